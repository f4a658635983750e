"""How a lesson is read: its sections, its questions, what is done and what is left.

Pure functions over the blocks of a lesson and the answers given so far. What is shown of a question
tells which option is right only to who has found it.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Option:
    id: str
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class ShownQuestion:
    """A question as the reader may see it; ``explanation`` and ``article`` follow an answer."""

    id: str
    stem: str
    is_several: bool
    options: list
    is_answered: bool = False
    is_right: bool = False
    attempts: int = 0
    explanation: str = ""
    article: str = ""

    @property
    def name(self):
        """The name of its field in the form."""
        return f"question-{self.id}"


@dataclass(frozen=True)
class Part:
    """A block of a lesson; of a quiz, the questions as they may be shown."""

    block: object
    questions: list = field(default_factory=list)

    @property
    def is_open(self):
        """Whether a question of this quiz waits for its right answer."""
        return any(not question.is_right for question in self.questions)


@dataclass(frozen=True)
class ReadSection:
    """What stands between a heading and the next; ``following`` is the id to go on with."""

    id: str
    parts: list
    is_read: bool
    following: str


def sections_of(blocks):
    """Divide the blocks of a lesson: a heading begins a section."""
    sections = []
    for block in blocks:
        if not sections or block.block_type == "heading":
            sections.append([])
        sections[-1].append(block)
    return sections


def questions_of(blocks):
    """Return every question of a lesson's quizzes: {id: the question's block}."""
    quizzes = (block for block in blocks if block.block_type == "quiz")
    return {one.id: one.value for quiz in quizzes for one in quiz.value["questions"].bound_blocks}


def right_options(question):
    """Return the ids of the right options of a question."""
    return {one.id for one in question["options"].bound_blocks if one.value["correct"]}


def known_options(question, chosen):
    """Return those of the chosen ids that are options of the question, in their order."""
    return [one.id for one in question["options"].bound_blocks if one.id in set(chosen)]


def is_furthest(blocks, reached, block_id):
    """Whether a block stands after the one reached so far. An unknown one stands nowhere."""
    ids = [block.id for block in blocks]
    if block_id not in ids:
        return False
    return reached not in ids or ids.index(block_id) > ids.index(reached)


def reading_of(blocks, reached, answers):
    """Return the sections of a lesson for a reader.

    ``reached`` is the id of the block to go on with, ``answers`` {question id: answer}.
    """
    sections = sections_of(blocks)
    ids = [block.id for block in blocks]
    position = ids.index(reached) if reached in ids else 0
    following = [*(section[0].id for section in sections[1:]), ""][: len(sections)]
    return [
        ReadSection(
            id=section[0].id,
            parts=[Part(block, shown_questions(block, answers)) for block in section],
            is_read=bool(after) and ids.index(after) <= position,
            following=after,
        )
        for section, after in zip(sections, following, strict=True)
    ]


def shown_questions(block, answers):
    """Return the questions of a block as the reader may see them; none if it is no quiz."""
    if block.block_type != "quiz":
        return []
    return [
        shown_question(one.id, one.value, answers.get(one.id))
        for one in block.value["questions"].bound_blocks
    ]


def shown_question(pk, question, answer=None):
    """Return a question as the reader may see it after this answer, or before any."""
    chosen = set(answer.chosen) if answer else set()
    options = [
        Option(one.id, one.value["text"], one.id in chosen)
        for one in question["options"].bound_blocks
    ]
    several = len(right_options(question)) > 1
    if answer is None:
        return ShownQuestion(pk, question["stem"], several, options)
    return ShownQuestion(
        pk,
        question["stem"],
        several,
        options,
        is_answered=True,
        is_right=answer.is_right,
        attempts=answer.attempts,
        explanation=question["explanation"],
        article=question.get("article", ""),
    )
