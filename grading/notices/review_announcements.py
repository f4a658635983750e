"""The notice by which results of a review are put before the public. Notices are always Chinese."""

from itertools import groupby

from grading.notices.announcements import LEFT_OUT, OBJECTING
from grading.rules.publicity import NAME, ORGANIZATION, masked
from grading.rules.review_notice import Term, notice_of
from office.personal import mask_name


def review_announcement(cycle, sheets):
    """Return title and text of the notice: name, organisation and band, and nothing else.

    :param sheets: those with a band, the highest band first.
    """
    hidden = set(masked(cycle.rules))
    term = notice_of(cycle.rules)
    if isinstance(term, Term) and term.shows and ORGANIZATION not in term.shows:
        hidden.add(ORGANIZATION)
    text = [
        f"根据《{cycle.version.scheme.title}》，经自评、审核，"
        "拟确定下列人民调解员的考核等次，现予公示。"
    ]
    for band, of_band in groupby(sheets, lambda row: row.band):
        rows = list(of_band)
        text += [f"{band}（{len(rows)}人）", *(line_of(row, hidden) for row in rows)]
    return f"{cycle.title.removesuffix('考核')}考核结果公示", "\n".join([*text, OBJECTING])


def line_of(sheet, hidden=()):
    """Return the line of one person."""
    name, body = sheet.mediator.name, sheet.organization.name
    if NAME in hidden:
        name = mask_name(name)
    return f"{name}　{LEFT_OUT if ORGANIZATION in hidden else body}"
