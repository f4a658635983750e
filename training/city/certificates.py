"""Certificates of the demo city, in every state; the demo's mediator holds some of them."""

from datetime import date, timedelta

from office.models import User
from registry.models import Appointment, Division, Mediator
from training import actions
from training.issuing import runs
from training.models import Certificate, CertificateKind

REASON = "演示城市。"
COUNTY = "330681"
DAY = timedelta(days=1)
BASES = ["岗前培训考试合格（86分）", "岗前培训考试合格（92分）", "岗前培训考试合格（78分）"]
PEOPLE = 44


def make_certificates(today):
    """Make certificates through the actions of two officers of the county.

    Needs the accounts and people of the city and the kinds that come with training. Returns the
    number of certificates.
    """
    first, second = (User.objects.get(username=name) for name in ("county", "county2"))
    desk = Desk(first, second, today)
    duty = CertificateKind.objects.get(code="duty", division=None)
    training = CertificateKind.objects.get(code="training", division=None)
    people = iter(people_of_the_county(today))
    for_the_mediator(desk, duty, training)
    for number in range(10):
        row = desk.issued(next(people), duty, days_ago=500 + 60 * number, number=number)
        desk.check(row, missing=number % 3 == 0)
    for name in ("applied", "examined", "declined", "suspended", "resumed", "revoking", "revoked"):
        for kind in (duty, training):
            getattr(desk, name)(next(people), kind)
    for kind in (duty, training):
        desk.superseded(next(people), kind)
    for number in range(3):
        desk.issued(next(people), training, days_ago=1_200 + number, number=number)
    bulk_issues(desk, training, people)
    return Certificate.objects.count()


def people_of_the_county(today):
    """Return people in post of the county with a number, as many as are needed."""
    posts = Appointment.objects.in_post(today)
    rows = Mediator.objects.in_division(Division.objects.get(code=COUNTY)).filter(
        pk__in=posts.values("mediator"), certificates=None, user=None
    )
    return list(rows.exclude(certificate_number=None).order_by("pk")[:PEOPLE])


def for_the_mediator(desk, duty, training):
    """The demo's mediator: a duty certificate with a check missing, one valid, one expired."""
    person = Mediator.objects.get(user__username="mediator")
    desk.check(desk.issued(person, duty, days_ago=1_000), missing=True)
    desk.issued(person, training, days_ago=1_300, number=1)
    desk.issued(person, training, days_ago=100, number=2)


def bulk_issues(desk, kind, people):
    """One bulk issue that was done, one that waits for the second officer, one discarded."""
    for title in ("2026年第一期培训", "2026年第二期培训", "试办培训"):
        chosen = [next(people).pk for _number in range(5)]
        run = actions.prepare_run(
            title=title,
            division=Division.objects.get(code=COUNTY),
            kind=kind,
            basis=f"{title}考核合格",
            mediators=Mediator.objects.filter(pk__in=chosen),
            by=desk.first,
            today=desk.today,
            reason=REASON,
        )
        if title.startswith("2026年第一"):
            desk.take("issue_run", run, by=desk.second)
            # The work itself, without a worker: a demo is made in one transaction.
            runs.carry_out(run.pk, by=desk.second, today=desk.today)
        elif title.startswith("试办"):
            desk.take("discard_run", run)


class Desk:
    """Two officers who take the steps that lead a certificate into a state."""

    def __init__(self, first, second, today):
        self.first, self.second, self.today = first, second, today

    def take(self, name, row, *, by=None, on=None, **given):
        """Take an action on a row, the first officer unless another is named."""
        when = on or self.today
        getattr(actions, name)(row.pk, by=by or self.first, today=when, reason=REASON, **given)

    def applied(self, person, kind, *, on=None, number=0):
        return actions.apply_for_certificate(
            mediator=person,
            kind=kind,
            basis=BASES[number % len(BASES)],
            by=self.first,
            today=on or self.today,
            reason=REASON,
        )

    def examined(self, person, kind, **given):
        row = self.applied(person, kind, **given)
        self.take("examine_certificate", row, on=given.get("on"))
        return row

    def declined(self, person, kind):
        row = self.applied(person, kind)
        self.take("decline_certificate", row)

    def issued(self, person, kind, *, days_ago, number=0):
        on = self.today - days_ago * DAY
        row = self.examined(person, kind, on=on, number=number)
        self.take("issue_certificate", row, by=self.second, on=on)
        return Certificate.objects.get(pk=row.pk)

    def check(self, row, *, missing):
        """Stamp the years that are due, the first of them not if it shall be missing."""
        for year in range(row.issued_on.year + 1 + missing, self.today.year + 1):
            on = min(date(year, 3, 1), self.today)
            self.take("check_certificate", row, on=on, year=year)

    def suspended(self, person, kind):
        row = self.issued(person, kind, days_ago=400)
        self.take("suspend_certificate", row, on=self.today - 20 * DAY)
        return row

    def resumed(self, person, kind):
        row = self.suspended(person, kind)
        self.take("resume_certificate", row)

    def revoking(self, person, kind):
        row = self.issued(person, kind, days_ago=450)
        self.take("propose_revocation", row, on=self.today - 5 * DAY)
        return row

    def revoked(self, person, kind):
        row = self.revoking(person, kind)
        self.take("revoke_certificate", row, by=self.second)

    def superseded(self, person, kind):
        old = self.issued(person, kind, days_ago=600)
        new = actions.reissue_certificate(
            old.pk, by=self.first, today=self.today, reason=REASON, basis="所在调解组织变更，换发"
        )
        self.take("examine_certificate", new)
        self.take("issue_certificate", new, by=self.second)
