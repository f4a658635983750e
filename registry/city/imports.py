"""Imports of the demo in every state, with files that change little: a phone, or nothing."""

import csv
from io import StringIO

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import translation

from office.flow import taking
from office.models import User
from registry.actions import imports
from registry.city.accounts import FENGQIAO
from registry.flows import ImportState
from registry.imports import work
from registry.models import Appointment, Division, ImportBatch, ImportKind

REASON = "演示。"
COUNTY = FENGQIAO[:6]
HEADS = ["姓名", "性别", "身份证号码", "所在调解组织", "职务", "专/兼职", "联系电话"]
I = ImportState  # noqa: E741
# What is done with a file after it was received. The first step of a stage that a background
# worker does is taken without one, so that the batch stays where it is seen at work.
PATHS = {
    I.UPLOADED: [],
    I.CHECKING: ["start check"],
    I.CHECKED: ["check"],
    I.FAILED: ["start check", "fail"],
    I.APPLYING: ["check", "start apply"],
    I.APPLIED: ["check", "apply"],
    I.UNDOING: ["check", "apply", "start undo"],
    I.UNDONE: ["check", "apply", "undo"],
    I.ABANDONED: ["check", "abandon"],
}
TAKES = {
    "check": imports.check_import,
    "apply": imports.apply_import,
    "undo": imports.undo_import,
}


def make_imports(today):
    """Bring in rosters of one person each, and one of an organisation, by the county's officer."""
    by = User.objects.get(username="county")
    county = Division.objects.get(code=COUNTY)
    posts = Appointment.objects.in_post(today).filter(
        organization__division__code__startswith=COUNTY,
        organization__state="listed",
        employment="part_time",
        mediator__user=None,
        mediator__merged_into=None,
    )
    posts = posts.select_related("mediator", "organization").order_by("-pk")
    for number, (state, post) in enumerate(zip(PATHS, posts[: len(PATHS)], strict=False)):
        content = sheet(HEADS, cells(post, f"139571{number:05d}"))
        batch = received(content, ImportKind.MEDIATORS, county, f"名册{number + 1}.csv", by)
        for step in PATHS[state]:
            take(step, batch.pk, by, today)
    body = posts[0].organization
    with translation.override(settings.LANGUAGE_CODE):
        content = sheet(["调解组织名称", "组织类型"], [body.name, str(body.get_kind_display())])
    received(content, ImportKind.ORGANIZATIONS, county, "组织名册.csv", by)


def received(content, kind, division, name, by):
    file = ContentFile(content, name=name)
    return imports.receive_import(file, kind=kind, division=division, name=name, by=by)


def sheet(heads, row):
    """Return a CSV file of one row as spreadsheet programs of the offices write it."""
    text = StringIO()
    csv.writer(text).writerows([heads, row])
    return text.getvalue().encode("utf-8-sig")


def cells(post, phone):
    """What the register says of a post, with another phone."""
    person = post.mediator
    with translation.override(settings.LANGUAGE_CODE):
        post_held, employment = post.get_post_display(), post.get_employment_display()
        sex = person.get_sex_display()
        body = post.organization.name
        return [person.name, sex, person.id_number, body, post_held, employment, phone]


def take(step, pk, by, today):
    """Take one step of an import at once."""
    if step == "fail":
        work.give_up(
            ImportBatch.objects.get(pk=pk), "fail", "文件读取中断，请重新核对。", by=by, today=today
        )
    elif step == "abandon":
        imports.abandon_import(pk, by=by, today=today, reason=REASON)
    elif step in TAKES:
        TAKES[step](pk, by=by, today=today, in_background=False)
    else:
        name = step.removeprefix("start ")
        with taking(name, ImportBatch.objects, pk, by=by, today=today, reason=REASON):
            pass
