"""The letter to the basic court (People's Mediation Law art. 10), in Chinese like all papers."""

from office.papers import OFFICIAL, Facts, Paper, Rows, Text
from registry.models import CourtSubject, Division
from registry.rules import county_code

SAID = {
    CourtSubject.LISTING: "现将新列入名册的人民调解组织及其成员函告你院。",
    CourtSubject.CHANGE: "现将人民调解组织的变更情况函告你院。",
    CourtSubject.RE_ELECTION: "现将人民调解委员会换届及其成员情况函告你院。",
    CourtSubject.DEREGISTRATION: "现将人民调解组织的注销情况函告你院。",
    CourtSubject.MEMBER: "现将人民调解委员会的人员变动情况函告你院。",
}
TITLES = {
    CourtSubject.LISTING: "关于{name}设立备案情况的函",
    CourtSubject.CHANGE: "关于{name}变更备案情况的函",
    CourtSubject.RE_ELECTION: "关于{name}换届备案情况的函",
    CourtSubject.DEREGISTRATION: "关于{name}注销情况的函",
    CourtSubject.MEMBER: "关于{name}人员变动情况的函",
}
BASIS = "根据《中华人民共和国人民调解法》第十条的规定，"


def parties(organization):
    """Return (issuing bureau, court) of a letter about an organisation.

    The court is the basic court of its county; which one it is for an organisation of the city,
    the division does not say.
    """
    numbers = {organization.division_id, int(county_code(organization.division_id) + "0" * 6)}
    places = Division.objects.filter(pk__in=numbers).order_by("level", "pk")
    county = next((place for place in places if place.level == "county"), None)
    if county is None:
        return f"{organization.division.name}司法局", "所在地基层人民法院"
    return f"{county.name}司法局", f"{county.name}人民法院"


def content_of(organization, members, differences=(), term=None):
    """Return what a letter says, as plain values that are kept with it."""
    facts = [
        ["名称", organization.name],
        ["登记编号", organization.number or ""],
        ["设立单位", organization.founding_unit],
        ["地址", organization.address],
        ["电话", organization.phone],
    ]
    if term is not None:
        span = f"{_day(term.from_on)}至{_day(term.until_on)}"
        facts.append(["届次和任期", f"第{term.number}届，{span}"])
    return {
        "name": organization.name,
        "facts": [fact for fact in facts if fact[1]],
        "members": [[POSTS[row.post], row.mediator.name] for row in members],
        "differences": [[str(cell or "无") for cell in row] for row in differences],
    }


POSTS = {
    "director": "主任", "deputy": "副主任", "member": "委员", "mediator": "调解员",
    "chief": "首席调解员",
}  # fmt: skip


def change_of_member(appointment):
    """Return the line that tells who took up or left a post: what of it, before and after."""
    has_begun = appointment.until_on is None
    day = _day(appointment.from_on if has_begun else appointment.until_on)
    told, name = f"{POSTS[appointment.post]}（{day}起）", appointment.mediator.name
    return [told, "", name] if has_begun else [told, name, ""]


def letter(notice):
    """Return the letter as a paper in the style of official documents."""
    content = notice.content
    body = [
        Text(f"{notice.court}：", indent=0),
        Text(BASIS + SAID[notice.subject]),
        Facts([tuple(fact) for fact in content["facts"]]),
    ]
    if content["differences"]:
        body.append(Rows(["事项", "变更前", "变更后"], content["differences"]))
    if content["members"]:
        body.append(Rows(["职务", "姓名"], content["members"]))
    body.append(Text("特此函告。"))
    return Paper(
        title=TITLES[notice.subject].format(name=content["name"]),
        issuer=notice.issuer,
        number=notice.number,
        dated_on=notice.drawn_on,
        body=body,
        style=OFFICIAL,
    )


def _day(day):
    return f"{day.year}年{day.month}月{day.day}日"
