"""A question of the bank as the item a writer takes."""

from training.formats.items import Item


def item_of(question):
    """Return a question in its current version as an ``Item``."""
    version = question.current
    return Item(
        line=0,
        kind=question.kind,
        stem=version.stem,
        content=version.content,
        explanation=version.explanation,
        law_basis=version.law_basis,
        topic=question.topic.name,
        difficulty=question.difficulty,
        code=question.code,
        source=question.source,
    )
