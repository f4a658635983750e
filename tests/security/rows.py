"""A row for each further desk, in one place, with the mark of that place in what people type."""

from django.utils import timezone

from registry.models import Edition, Extract, Merge, OrganizationVersion, Policy
from tests import make
from tests.make import DAY, TODAY


def further_rows(division, body, person, mark, recorder):
    """Return {name of the desk: row}; each maker is given the same place and mark."""
    place = Place(division, body, person, mark, recorder)
    return {name: made(place) for name, made in MAKERS.items()}


class Place:
    """What a maker needs to know."""

    def __init__(self, division, body, person, mark, recorder):
        self.division, self.body, self.person = division, body, person
        self.mark, self.recorder = mark, recorder


def policy(at):
    kind = "village" if Policy.objects.filter(division=at.division).exists() else ""
    return make.saved(
        Policy(
            key="filing_limit", division=at.division, kind=kind, amount=20, unit="working",
            standing="practice", source=f"{at.mark}文件", from_on=TODAY - 9 * DAY,
        )
    )  # fmt: skip


def version(at):
    return OrganizationVersion.objects.get(subject=at.body.pk, superseded_at=None)


def edition(at):
    """An edition that waits for the second officer: its files are nobody else's business."""
    return make.saved(
        Edition(
            title=f"{at.mark}名册", division=at.division, on_date=TODAY, known_at=timezone.now(),
            state="ready", people=1, prepared_by=at.recorder,
        )
    )  # fmt: skip


def merge(at):
    return make.saved(
        Merge(
            kind="mediator", kept=at.person.pk, gone=at.person.pk + 100_000,
            kept_name=f"{at.mark}某", gone_name=f"{at.mark}重复", division=at.division, moved=[],
            merged_by=at.recorder, merged_on=TODAY,
        )
    )  # fmt: skip


def extract(at):
    return make.saved(
        Extract(
            mediator=at.person, on_date=TODAY, known_at=timezone.now(), facts=[["姓名", "某"]],
            issued_by=at.recorder, issued_on=TODAY, issuer="司法局",
        )
    )  # fmt: skip


# By the name of the desk, or of the address outside of any desk.
MAKERS = {
    "policies": policy,
    "past-roster": version,
    "editions": edition,
    "merges": merge,
    "extract": extract,
}
