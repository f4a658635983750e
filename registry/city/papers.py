"""Editions, an extract and merges of the demo city, in every state."""

from django.utils import timezone

from office import ledger
from office.models import User
from registry.actions import editions, extracts, merges
from registry.city.accounts import FENGQIAO
from registry.editions.making import make
from registry.models import Appointment, Division, Edition, Mediator, Organization

REASON = "演示城市。"


def make_papers(today):
    """Publish editions, issue an extract and merge entries; the first two officers of the county.

    The moment of knowledge is that of the clock: versions are told by it.
    """
    first, second = (User.objects.get(username=name) for name in ("county", "county2"))
    county, township = Division.objects.get(code="330681"), Division.objects.get(code=FENGQIAO)
    told = {"today": today, "reason": REASON}
    published, withdrawn = (
        _edition(f"枫桥镇人民调解员名册（{part}）", township, first, today)
        for part in ("年度", "更正前")
    )
    for edition in (published, withdrawn):
        editions.publish_edition(edition.pk, by=second, **told)
    editions.withdraw_edition(withdrawn.pk, by=second, **told)
    _edition("诸暨市行业性、专业性调解组织名册", county, first, today, kind="industry")
    discarded = _edition("试印", township, first, today)
    editions.discard_edition(discarded.pk, by=first, **told)
    _in_the_making(township, first, today)
    _merges(township, first, told)
    _merge_of_bodies(township, first, told)


def _edition(title, division, by, today, kind=""):
    edition = editions.prepare_edition(
        by=by,
        today=today,
        reason=REASON,
        title=title,
        division=division,
        kind=kind,
        on_date=today,
        known_at=timezone.now(),
    )
    make(edition.pk, by=by, today=today)
    return edition


def _in_the_making(division, by, today):
    """An edition whose files no worker makes, so that it stays where one sees it being made."""
    edition = Edition.objects.create(
        title="名册（制作中）",
        division=division,
        on_date=today,
        known_at=timezone.now(),
        prepared_by=by,
    )
    after = ledger.filled(edition)
    ledger.append("registry.edition.prepare", edition, by=by, reason=REASON, after=after)


def _merge_of_bodies(township, by, told):
    """Enter a village committee a second time and merge the two."""
    villages = Organization.objects.in_division(township).listed().filter(kind="village")
    if (body := villages.order_by("pk").last()) is None:
        return
    twin = Organization.objects.create(
        public_id="twinbody0001",
        name=f"{body.name}（重复登记）",
        kind=body.kind,
        division=body.division,
        state="listed",
        established_on=body.established_on,
    )
    merges.merge_organizations(body.pk, by=by, gone=twin, **told)


def _merges(township, by, told):
    """Enter two people a second time and merge them, one at the second attempt."""
    posts = Appointment.objects.in_post(told["today"]).filter(
        organization__division=township, employment="part_time"
    )
    people = [post.mediator for post in posts.select_related("mediator").order_by("pk")[:2]]
    for number, one in enumerate(people):
        twin = Mediator.objects.create(
            public_id=f"twin{number:08d}",
            name=one.name,
            sex=one.sex,
            born_on=one.born_on,
            division=one.division,
        )
        merge = merges.merge_mediators(one.pk, by=by, gone=twin, **told)
        if number:
            merges.undo_merge(merge.pk, by=by, **told)
            merges.merge_mediators(one.pk, by=by, gone=twin, **told)
    if people:
        extracts.issue_extract(
            people[0].pk, by=by, on_date=told["today"], known_at=timezone.now(), **told
        )
