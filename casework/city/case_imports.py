"""Files of invented cases in every state of an import, and the keys of two invented platforms."""

import csv
import io

from casework import actions
from registry.models import Appointment, Organization

HEADS = [
    "案件编号",
    "调解组织",
    "调解员",
    "纠纷类型",
    "受理日期",
    "结案日期",
    "调解结果",
    "协议形式",
]
FILES = ["uploaded", "checked", "applied", "undone", "abandoned"]
ROWS = 6


def make_case_imports(division, *, by, second, today):
    """Import invented cases of a division; returns {state: import}.

    ``by`` makes the keys, ``second`` confirms one of them.
    """
    posts = Appointment.objects.filter(organization__in=_listed(division), state="in_post")
    posts = list(posts.select_related("organization", "mediator").order_by("pk")[:ROWS])
    made = {state: _import(state, division, posts, by=by, today=today) for state in FILES if posts}
    for name in ("省级人民调解管理平台（演示）", "法院诉调对接平台（演示）"):
        key, _token = actions.make_push_key(
            name=name, division=division, by=by, today=today, reason="平台对接。"
        )
        if name.startswith("省级"):
            actions.confirm_push_key(key.pk, by=second, today=today, reason="已核对平台。")
    return made


def _listed(division):
    return Organization.objects.in_division(division).filter(state="listed")


def _import(state, division, posts, *, by, today):
    name = f"{division.name}案件-{FILES.index(state) + 1}.csv"
    batch = actions.receive_case_import(_file(state, posts), division=division, name=name, by=by)
    given = {"by": by, "today": today, "in_background": False}
    if state != "uploaded":
        actions.check_case_import(batch.pk, **given)
    if state in {"applied", "undone"}:
        actions.apply_case_import(batch.pk, **given)
    if state == "undone":
        actions.undo_case_import(batch.pk, reason="文件有误，重新整理。", **given)
    if state == "abandoned":
        actions.abandon_case_import(batch.pk, by=by, today=today, reason="重复上传。")
    batch.refresh_from_db()
    return batch


def _file(state, posts):
    """Return a file whose last row a clerk got wrong."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADS)
    for number, post in enumerate(posts, start=1):
        body, person = post.organization, post.mediator
        kind = "不明纠纷" if number == len(posts) else "邻里纠纷"
        day = f"{post.from_on.year + 1}-03-{number:02d}"
        told = [f"平台{body.division_id}-{FILES.index(state)}{number:03d}", body.name, person.name]
        writer.writerow([*told, kind, day, day, "成功", "口头"])
    return io.BytesIO(text.getvalue().encode("utf-8-sig"))
