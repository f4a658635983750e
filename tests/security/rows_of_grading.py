"""A row for each desk of grading, with the mark of its place in what people type."""

from tests.grading import make_grading


def grading_scheme(at):
    """A draft of the place; a settled rule of above would be read below as well."""
    content = make_grading.document(title=f"{at.mark}等级评定办法", issuer=f"{at.mark}司法局")
    given = {"division": at.division, "drafted_by": at.recorder}
    return make_grading.version(content=content, **given)


MAKERS = {"grading_schemes": grading_scheme}
