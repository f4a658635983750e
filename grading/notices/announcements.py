"""The notice by which results are put before the public. Notices are always Chinese."""

from itertools import groupby

from grading.rules.publicity import NAME, ORGANIZATION, masked
from office.personal import mask_name

OBJECTING = (
    "对公示人员有异议的，请在公示期内在线或者书面提出，并写明姓名和事实，也可拨打12348咨询。"
)
OBJECTING_TO_BODIES = (
    "对公示组织有异议的，请在公示期内在线或者书面提出，并写明组织名称和事实，也可拨打12348咨询。"
)
PROPOSED = {
    "mediator": "拟确定下列人员的人民调解员等级，现予公示。",
    "committee": "拟评定下列人民调解委员会的星级，现予公示。",
    "title": "拟授予下列人民调解员称号，现予公示。",
}
LEFT_OUT = "（调解组织略）"


def announcement(grading_round, applications):
    """Return title and text of the notice: name, organisation and level, and nothing else.

    An organisation that is graded itself is called by its name, whatever the rule hides of people.

    :param applications: those proposed, the highest level first.
    """
    hidden, unit = masked(grading_round.rules), "个" if grading_round.is_of_bodies else "人"
    title = grading_round.version.scheme.title
    text = [f"根据《{title}》，经审核、评审，{PROPOSED[grading_round.subject]}"]
    for label, of_level in groupby(applications, lambda row: row.round_level.label):
        rows = list(of_level)
        text += [f"{label}（{len(rows)}{unit}）", *(_line(row, hidden) for row in rows)]
    closing = OBJECTING_TO_BODIES if grading_round.is_of_bodies else OBJECTING
    return f"{_results_of(grading_round)}公示", "\n".join([*text, closing])


def supplement(application):
    """Return title and text of the notice of somebody who moved up from the reserve."""
    of = application.grading_round
    text = [
        f"根据《{of.version.scheme.title}》，原公示名单中有名额空出，按排序递补，"
        "拟确定下列人员的人民调解员等级，现予补充公示。",
        f"{application.round_level.label}（1人）",
        _line(application, masked(of.rules)),
        OBJECTING,
    ]
    return f"{_results_of(of)}补充公示", "\n".join(text)


def _results_of(grading_round):
    title = grading_round.title
    return f"{title}结果" if title.endswith("评定") else f"{title}评定结果"


def _line(application, hidden):
    name, body = application.applicant_name, application.organization.name
    if application.is_of_body:
        return name
    if NAME in hidden:
        name = mask_name(name)
    return f"{name}　{LEFT_OUT if ORGANIZATION in hidden else body}"
