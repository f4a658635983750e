"""What stands in an edition: public fields only, in one order, the same whenever it is computed."""

import hashlib
from typing import NamedTuple

from registry.models import (
    AppointmentVersion,
    Division,
    Employment,
    Level,
    OrganizationKind,
    OrganizationVersion,
    PostHeld,
)
from registry.search.originals import mask

# The papers are official documents: their words are Chinese whoever draws them.
HEAD = (
    "姓名", "性别", "调解组织", "组织类型", "行政区划", "职务", "专职/兼职", "等级", "证号",
    "调解组织电话", "任职自", "任期至",
)  # fmt: skip
SEXES = {"male": "男", "female": "女"}
KINDS = {
    "village": "村（社区）调委会", "township": "乡镇（街道）调委会",
    "enterprise": "企事业单位调委会",
    "industry": "行业性、专业性调委会", "regional": "区域性调委会", "county": "市、县级调委会",
    "stationed": "派驻调解工作室", "studio": "个人（品牌）调解室", "social": "社会团体调委会",
    "group": "调解小组", "commercial": "商事调解组织",
}  # fmt: skip
POSTS = {
    "director": "主任", "deputy": "副主任", "member": "委员", "mediator": "调解员",
    "chief": "首席调解员",
}  # fmt: skip
EMPLOYMENTS = {"full_time": "专职", "part_time": "兼职", "invited": "特邀"}


class Content(NamedTuple):
    """The rows of an edition, and how many people and organisations they name."""

    rows: list
    people: int
    organizations: int

    @property
    def digest(self):
        """The SHA-256 of the head and every row, each cell and row ended by a mark of its own."""
        digest = hashlib.sha256()
        for row in [HEAD, *self.rows]:
            digest.update(("\x1f".join(row) + "\x1e").encode())
        return digest.hexdigest()


def content_of(edition):
    """Return what the register says for an edition; the same each time it is asked."""
    bodies = bodies_of(edition)
    posts = list(
        in_order(AppointmentVersion.objects.told(edition.on_date, edition.known_at, bodies))
    )
    return Content(
        printed(posts),
        people=len({post.mediator_id for post in posts}),
        organizations=len({post.organization_id for post in posts}),
    )


def content_for(mediator, on_date, known_at):
    """Return the rows that the roster of a day has of one person."""
    bodies = OrganizationVersion.objects.as_of(on_date, known_at).on_the_register()
    posts = AppointmentVersion.objects.told(on_date, known_at, bodies)
    return printed(list(in_order(posts.filter(mediator_id=mediator.pk))))


def in_order(posts):
    return posts.order_by(
        "organization_division_id", "organization_name", "organization_id", "from_on", "subject"
    )


def printed(posts):
    """Return the cells of each post."""
    levels = dict(Level.objects.values_list("pk", "label"))
    wanted = {post.organization_division_id for post in posts}
    places = dict(Division.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return [row_of(post, levels, places) for post in posts]


def bodies_of(edition):
    """Return the versions of the organisations an edition speaks of."""
    versions = OrganizationVersion.objects.as_of(edition.on_date, edition.known_at)
    bodies = versions.on_the_register().in_division(edition.division)
    return bodies.filter(kind=edition.kind) if edition.kind else bodies


def row_of(post, levels, places):
    """Return the cells of one post as they are printed."""
    return (
        post.name,
        SEXES.get(post.sex, ""),
        post.organization_name,
        KINDS[OrganizationKind(post.organization_kind)],
        places.get(post.organization_division_id, ""),
        POSTS[PostHeld(post.post)],
        EMPLOYMENTS[Employment(post.employment)],
        levels.get(post.level_id, ""),
        mask(post.certificate_number or ""),
        post.organization_phone,
        post.from_on.isoformat(),
        post.term_until_on.isoformat() if post.term_until_on else "",
    )
