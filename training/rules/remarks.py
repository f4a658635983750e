"""What is said of a question that is wrong or doubtful: a code with its figures, kept as plain
values, and the sentence a trainer reads.
"""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    # What makes a question unfit to be handed over.
    "no_stem": _("The question has no text."),
    "long_stem": _("The text of the question is longer than %(most)d characters."),
    "long_text": _("A text is longer than %(most)d characters: “%(text)s”."),
    "shape": _("The answers are not of the shape this kind of question needs."),
    "few_options": _("The question needs at least %(least)d options."),
    "many_parts": _("The question has more than %(most)d options or answers."),
    "empty_option": _("An option has no text."),
    "same_option": _("Two options say the same: “%(text)s”."),
    "no_right_option": _("No option is marked as right: the key is missing."),
    "several_right": _("%(count)d options are marked as right; this kind has exactly one."),
    "weights": _("The weights of the right answers add up to %(total)s percent, not 100."),
    "bad_weight": _("“%(text)s” is no weight: give a percentage from -100 to 100."),
    "two_truths": _("A true or false question has exactly the answers true and false."),
    "no_answer": _("No accepted answer is given: the key is missing."),
    "empty_answer": _("An accepted answer has no text."),
    "same_answer": _("Two accepted answers are the same: “%(text)s”."),
    "no_full_answer": _("No accepted answer gives the full marks."),
    "bad_number": _("“%(text)s” is no number."),
    "empty_range": _("The range from %(low)s to %(high)s holds no number."),
    "few_pairs": _("A matching question needs at least two pairs."),
    "empty_pair": _("A pair has no right side."),
    "same_left": _("Two pairs have the same left side: “%(text)s”."),
    "empty_point": _("A point of the marking guide has no text."),
    "bad_marks": _("“%(text)s” is no number of marks."),
    # What a person must look at before the question is used.
    "duplicate": _("The same question is there already: %(of)s."),
    "duplicate_in_file": _("The same question stands in line %(line)d of this file."),
    "near_duplicate_in_file": _(
        "The text is nearly the same as in line %(line)d of this file (%(percent)d percent)."
    ),
    "near_duplicate": _("The text is nearly the same as that of %(of)s (%(percent)d percent)."),
    "repealed_law": _(
        "“%(law)s” is no longer in force since %(since)s; %(instead)s took its place."
    ),
    "older_edition": _("“%(law)s” is cited in an edition older than that of %(since)s."),
    "renumbered": _(
        "“%(law)s” was renumbered on %(since)s; what was article %(article)s is %(now)s."
    ),
    "marked_in_file": _("The file marks this question as “%(mark)s”."),
    "catch_all_left_out": _("The feedback for every other number was left out."),
    "unknown_topic": _("The topic “%(topic)s” is not known; the one chosen for the file is taken."),
    # Why a reader could not take a question out of a file.
    "description": _("This is a text without a question; nothing is entered."),
    "open_brace": _("A brace “{” is not closed before the next empty line."),
    "stray_brace": _("There is a brace “}” without one that opens it."),
    "two_blocks": _("There are two answers in braces in one question."),
    "no_title_end": _("The name of the question is not closed by two colons."),
    "bad_pair": _("An answer has no arrow “->” although others have one: “%(text)s”."),
    "unknown_answers": _("The answers in braces cannot be understood: “%(text)s”."),
    "picture": _("The question holds a picture or another file; enter it by hand."),
    "unsupported": _("Questions of the kind “%(kind)s” cannot be taken."),
    "unknown_kind": _("“%(kind)s” is no kind of question."),
    "no_answer_line": _("The line with the answer, such as “ANSWER: B”, is missing."),
    "bad_letter": _("The answer “%(text)s” names no option."),
    "stray_line": _("A line is neither an option nor the answer: “%(text)s”."),
    "long_code": _("The name of the question is longer than %(most)d characters."),
}  # fmt: skip


def remark(code, **figures):
    """Return a remark as plain values; ``code`` is one of ``SENTENCES``."""
    assert code in SENTENCES, code  # noqa: S101 - a remark nobody can read helps nobody
    return {"code": code, **figures}


def sentence(said):
    """Return a remark as a sentence in the language of the reader."""
    text = SENTENCES.get(said["code"])
    if text is None:
        return gettext("A remark of an earlier edition of this program.")
    return str(text) % {name: _shown(value) for name, value in said.items()}


def sentences(remarks):
    """Return the remarks as sentences."""
    return [sentence(said) for said in remarks]


def _shown(value):
    return value if isinstance(value, int) else str(value)
