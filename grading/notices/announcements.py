"""The notice by which results are put before the public. Notices are always Chinese."""

from itertools import groupby

from grading.rules.publicity import NAME, ORGANIZATION, masked
from office.personal import mask_name

OBJECTING = (
    "对公示人员有异议的，请在公示期内在线或者书面提出，并写明姓名和事实，也可拨打12348咨询。"
)
LEFT_OUT = "（调解组织略）"


def announcement(grading_round, applications):
    """Return title and text of the notice: name, organisation and level, and nothing else.

    :param applications: those proposed, the highest level first.
    """
    hidden = masked(grading_round.rules)
    text = [
        f"根据《{grading_round.version.scheme.title}》，经审核、评审，"
        "拟确定下列人员的人民调解员等级，现予公示。"
    ]
    for label, of_level in groupby(applications, lambda row: row.round_level.label):
        rows = list(of_level)
        text += [f"{label}（{len(rows)}人）", *(_line(row, hidden) for row in rows)]
    return f"{grading_round.title}评定结果公示", "\n".join([*text, OBJECTING])


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
    return f"{of.title}评定结果补充公示", "\n".join(text)


def _line(application, hidden):
    name, body = application.mediator.name, application.organization.name
    if NAME in hidden:
        name = mask_name(name)
    return f"{name}　{LEFT_OUT if ORGANIZATION in hidden else body}"
