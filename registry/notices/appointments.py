"""The notice of a nomination: what the public may know of a candidate, and no more."""

from django.utils import translation

NOT_CARRIED_ON = "该拟聘任（选任）程序已终止，公示予以撤回。"
OBJECTING = "有异议的，请在公示期内在线或者书面提出，也可拨打12348咨询。"


def announcement(appointment):
    """Return title and text of the notice of a nomination."""
    body = appointment.organization
    # Notices are in Chinese, whatever language the officer reads.
    with translation.override("zh-hans"):
        facts = [
            ("姓名", appointment.mediator.name),
            ("调解组织", body.name),
            ("组织类型", body.get_kind_display()),
            ("拟任职务", appointment.get_post_display()),
            ("专职或者兼职", appointment.get_employment_display()),
            ("产生方式", appointment.get_route_display()),
        ]
        lines = [f"{label}：{value}" for label, value in facts if value]
    opening = "经推荐和资格审查，下列人员拟任人民调解员，现予公示。"
    return f"关于{body.name}拟任人民调解员的公示", "\n".join([opening, *lines, OBJECTING])
