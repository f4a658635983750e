"""A whole round of committees: applied for by the clerk, judged, announced, confirmed as stars."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from grading.actions import (
    announcing,
    certifying,
    confirming,
    deciding,
    entering,
    entering_papers,
    forwarding,
    giving,
    nominating,
    recusing,
    reviewing,
    rounds,
)
from grading.actions.touched import running_applications
from grading.flows import ApplicationState
from grading.models import Application, Decision, Grade, GradingRound
from grading.reports import provenance
from grading.reports.blind import shown_of
from grading.reports.late_facts import late_facts
from grading.reports.round_figures import EMPLOYMENT, RoundFigures
from grading.reports.statements import statement_of
from grading.rules.scheme import Scheme
from grading.rules.stars import most_stars, stars_of
from grading.rules.unknown import UNK
from office import ledger
from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from registry.actions.stars import rate, rate_alone, recheck_stars
from registry.models import LevelHolding, StarRating
from registry.rules import years_later
from tests import make
from tests.grading import make_bodies, make_grading, make_rounds
from tests.grading.make_results import AFTER, note
from tests.make import DAY, TODAY
from tests.registry import cases
from tests.registry.desk import url

pytestmark = pytest.mark.django_db
S = ApplicationState
REASON = "县局会议决定。"


@pytest.fixture(autouse=True)
def _english():
    translation.activate("en")
    cases.load_rules()


def handed_in(of, body, code="s3", *, with_paper=True):
    """The application of a committee, from the first click of its clerk to handing in."""
    by = make_bodies.clerk(body)
    given = {"by": by, "today": TODAY}
    row = entering.begin_for_body(body, of.levels.get(code=code), **given)
    entering.save_draft(row.pk, statement="队伍稳定，制度健全。", **given)
    if with_paper:
        kind = next(kind for kind, label in entering_papers.kinds_of(row) if label == "规章制度")
        entering_papers.add_paper(row.pk, kind=kind, upload=cases.pdf(), **given)
    entering.sign_declaration(row.pk, **given)
    return entering.submit_application(row.pk, **given)


def judged(row, *, eligible=True):
    """Review and decide as two officers of the bureau, for the office of the place has none."""
    office = make.officer(Role.JUSTICE_OFFICE, row.division)
    county = cases.county_officer()
    given = {"today": TODAY, "reason": REASON}
    first = office if row.division.level == "township" else cases.county_officer()
    reviewing.answer_question(row.pk, name="premises", answer=True, by=first, **given)
    reviewing.pass_first(row.pk, by=first, **given)
    take = deciding.find_eligible if eligible else deciding.find_ineligible
    return take(row.pk, by=county, **given)


def proposed(count=1, losers=0, *, code="s3", **fields):
    """A round of committees on notice whose confirmation was proposed, its term over."""
    of = make_bodies.stars_round("ranking", **fields)
    for place in range(count):
        body = make_bodies.committee(1)
        make_rounds.application("proposed", of=of, code=code, body=body, place=place + 1)
    for _n in range(losers):
        make_rounds.application("no_level", of=of, code=code, outcome_reason="未达到要求。")
    announcing.announce_round(of.pk, **note(make.user()))
    return confirming.propose_confirmation(of.pk, **note(today=AFTER))


def test_a_rule_says_how_many_stars_a_level_is_and_nothing_guesses_it():
    scheme = Scheme(make_bodies.stars_rule())
    assert [stars_of(scheme, code) for code in ("s3", "s2", "s1")] == [3, 2, 1]
    assert most_stars(scheme) == 3
    silent = make_bodies.stars_rule()
    for level in silent["levels"]:
        del level["stars"]
    assert (stars_of(Scheme(silent), "s3"), most_stars(Scheme(silent))) == (UNK, UNK)
    version = make_grading.version("draft", content=silent)
    assert [path for path, _said in version.blockers() if "stars" in path] == [
        "levels.s3.stars", "levels.s2.stars", "levels.s1.stars",
    ]  # fmt: skip
    assert make_grading.version(content=make_bodies.stars_rule()).blockers() == []


def test_a_round_is_set_up_by_a_rule_for_committees():
    content = make_bodies.stars_rule()
    version = make_grading.version("active", content=content, division=make.division("3306"))
    given = {"by": cases.county_officer(), "today": TODAY, "reason": REASON, "title": "星级评定"}
    made = rounds.add_round(
        division=make.division("330681"), version=version, as_of=TODAY, levels=["s3", "s1"], **given
    )
    found = made.levels.order_by("rank")
    assert [(one.code, one.stars, one.level) for one in found] == [("s3", 3, None), ("s1", 1, None)]


@pytest.mark.parametrize(("stars", "said"), [(None, "how many stars"), (6, "no so many stars")])
def test_a_level_the_register_could_not_take_is_refused(stars, said):
    content = make_bodies.stars_rule()
    content["levels"][0]["stars"] = stars
    version = make_grading.version("active", content=content, division=make.division("3306"))
    with pytest.raises(Refused, match=said):
        rounds.add_round(
            division=make.division("330681"), version=version, as_of=TODAY, levels=["s3"],
            by=cases.county_officer(), today=TODAY, reason=REASON, title="星级评定",
        )  # fmt: skip
    assert GradingRound.objects.count() == 0


def test_a_whole_round_from_the_clerk_to_the_register():
    of = make_bodies.stars_round()
    winner, other, refused = (make_bodies.committee(n) for n in (3, 2, 2))
    first = handed_in(of, winner)
    second = handed_in(of, other, "s2")
    third = handed_in(of, refused)
    assert [row.result for row in (first, second, third)] == ["pending", "pending", "fail"]

    GradingRound.objects.filter(pk=of.pk).update(state="reviewing")
    for row, eligible in ((first, True), (second, True), (third, False)):
        judged(row, eligible=eligible)
    Application.objects.filter(pk=first.pk).update(state=S.PROPOSED, place=1)
    Application.objects.filter(pk=second.pk).update(state=S.NO_LEVEL, outcome_reason="名额已满。")
    GradingRound.objects.filter(pk=of.pk).update(state="ranking")
    announced = announcing.announce_round(of.pk, **note(make.user()))
    assert f"\n三星级（1个）\n{winner.name}\n" in announced.notice.body
    assert "拟评定下列人民调解委员会的星级" in announced.notice.body
    assert other.name not in announced.notice.body

    confirming.propose_confirmation(of.pk, **note(today=AFTER))
    confirming.confirm_round(of.pk, **note(today=AFTER))

    rating = StarRating.objects.get()
    row = Application.objects.get(pk=first.pk)
    assert (row.state, row.star_rating) == (S.CONFIRMED, rating)
    assert (rating.organization, rating.stars, rating.most_stars) == (winner, 3, 3)
    assert (rating.rated_on, rating.recheck_due) == (AFTER, years_later(AFTER, 2))
    assert rating.policy.key == "star_years"
    assert (LevelHolding.objects.count(), Grade.objects.count()) == (0, 0)
    results = Decision.objects.filter(kind="outcome").order_by("pk")
    assert [(one.application_id, one.result) for one in results] == [
        (second.pk, "no_level"), (first.pk, "confirmed"),
    ]  # fmt: skip
    assert list(provenance.faults()) == []


def test_the_policy_says_when_stars_are_checked_again_where_the_rule_does_not():
    of = proposed(content=make_bodies.stars_rule(validity={}))
    confirming.confirm_round(of.pk, **note(today=AFTER))
    rating = StarRating.objects.get()
    assert rating.recheck_due == years_later(AFTER, rating.policy.amount)


def test_stars_held_before_end_that_day():
    of = proposed(code="s2")
    body = of.applications.get().organization
    before = old_rating(body, 3)
    confirming.confirm_round(of.pk, **note(today=AFTER))
    before.refresh_from_db()
    assert before.until_on == AFTER
    assert StarRating.objects.current().get(organization=body).stars == 2


def old_rating(body, stars, rated_on=TODAY - 900 * DAY):
    return rate(
        organization=body, stars=stars, most_stars=5, rated_on=rated_on, rated_by="市司法局",
        by=cases.county_officer(), today=TODAY, reason=REASON,
    )  # fmt: skip


def alone(body, **given):
    fields = {"stars": 2, "most_stars": 3, "rated_on": AFTER, "rated_by": "县司法局", **given}
    by = cases.county_officer()
    return rate_alone(organization=body, by=by, today=AFTER, reason=REASON, **fields)


def test_stars_of_a_round_are_not_changed_by_one_officer(client):
    of = proposed(code="s2")
    body = of.applications.get().organization
    before = old_rating(body, 3)
    with pytest.raises(Refused) as refusal:
        alone(body)
    deciding_them = f"The stars of the committee are being decided in the round “{of.title}”."
    assert refusal.value.messages == [deciding_them]
    confirming.confirm_round(of.pk, **note(today=AFTER))
    given = StarRating.objects.current().get(organization=body)
    said = (
        f"The stars were given in the round “{of.title}”, by two officers: a new round rates them"
        " anew."
    )
    for act in (
        lambda: alone(body, rated_on=AFTER + DAY),
        lambda: recheck_stars(given.pk, by=make.user(), today=AFTER + 2 * DAY, reason=REASON),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.messages == [said]
    assert list(StarRating.objects.filter(organization=body).order_by("pk")) == [before, given]

    client.force_login(cases.county_officer())
    client.cookies["django_language"] = "en"
    page = client.get(url("stars", "act", given.pk, "recheck"))
    assert list(page.context["refusals"]) == [said]
    new = make_bodies.stars_round("ranking")
    make_rounds.application("proposed", of=new, code="s3", body=body, place=1)
    announcing.announce_round(new.pk, **note(make.user(), AFTER))
    later = AFTER + 60 * DAY
    confirming.propose_confirmation(new.pk, **note(today=later))
    confirming.confirm_round(new.pk, **note(today=later))
    assert StarRating.objects.current().get(organization=body).stars == 3


@pytest.mark.parametrize(
    ("state", "passes"),
    [
        ("submitted", True), ("eligible", True), ("no_level", True), ("withdrawn", True),
        ("proposed", False), ("in_notice", False), ("objected", False), ("forwarded", False),
    ],
)  # fmt: skip
def test_until_a_committee_is_proposed_one_officer_may_rate_it(state, passes):
    body, other = make_bodies.committee(), make_bodies.committee()
    of = make_bodies.stars_round("ranking")
    make_rounds.application(state, of=of, code="s2", body=body)
    assert alone(other, rated_on=TODAY).stars == 2
    if passes:
        assert alone(body, rated_on=TODAY).stars == 2
    else:
        with pytest.raises(Refused, match="being decided in the round"):
            alone(body, rated_on=TODAY)


def test_stars_given_at_the_desk_are_checked_again_there():
    old = old_rating(make_bodies.committee(), 3)
    assert alone(old.organization).stars == 2
    old.refresh_from_db()
    assert old.until_on == AFTER


@pytest.mark.parametrize(
    ("module", "where"), [(giving, "rate"), (confirming, "_decide_all"), (giving, "_rate")]
)
def test_a_crash_half_way_leaves_nothing(module, where, monkeypatch):
    of = proposed(2, losers=1)
    real, calls = getattr(module, where), []

    def fall_over(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("The power is gone.")
        return real(*args, **kwargs)

    monkeypatch.setattr(module, where, fall_over)
    given, head = note(today=AFTER), ledger.head()
    with pytest.raises(RuntimeError):
        confirming.confirm_round(of.pk, **given)
    assert StarRating.objects.count() == 0
    assert Decision.objects.count() == 0
    assert {row.state for row in of.applications.all()} == {S.IN_NOTICE, S.NO_LEVEL}
    assert GradingRound.objects.get(pk=of.pk).state == "notice"
    assert ledger.head() == head


def test_a_committee_off_the_roster_is_named_and_nobody_is_rated():
    of = proposed(2)
    gone = of.applications.order_by("-pk").first().organization
    type(gone).objects.filter(pk=gone.pk).update(state="deregistered", deregistered_on=TODAY)
    with pytest.raises(Refused) as refusal:
        confirming.confirm_round(of.pk, **note(today=AFTER))
    assert refusal.value.messages == [f"{gone.name}：The organisation is not on the roster."]
    assert StarRating.objects.count() == 0


def test_an_objection_suspends_one_committee_and_not_the_list():
    of = proposed(2)
    row = of.applications.order_by("pk").first()
    objection = cases.objection(to=of.notice)
    announcing.contest(row.pk, objection=objection, **note())
    with pytest.raises(Refused, match="still open"):
        confirming.confirm_round(of.pk, **note(today=AFTER))
    announcing.drop_proposal(row.pk, answer="经查属实。", **note())
    confirming.confirm_round(of.pk, **note(today=AFTER))
    assert StarRating.objects.get().organization != row.organization
    assert list(provenance.faults()) == []


def test_altered_stars_are_found():
    of = proposed()
    confirming.confirm_round(of.pk, **note(today=AFTER))
    assert list(provenance.faults()) == []
    StarRating.objects.update(stars=1)
    row = Application.objects.get()
    assert list(provenance.faults()) == [
        f"application {row.pk}: the register has 1 stars, 3 were decided"
    ]
    Application.objects.update(star_rating=None)
    assert list(provenance.faults()) == [
        f"application {row.pk}: 3 stars were decided and are not in the register"
    ]


def test_an_application_is_a_persons_or_an_organisations():
    of = make_bodies.stars_round()
    row = make_rounds.application("draft", of=of, code="s3")
    for broken in ({"is_of_body": False}, {"mediator": make.mediator()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Application.objects.filter(pk=row.pk).update(**broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_rounds.application("draft", of=of, code="s2", body=row.organization)
    Application.objects.filter(pk=row.pk).update(state=S.WITHDRAWN)
    make_rounds.application("draft", of=of, code="s2", body=row.organization)


def test_who_may_apply_for_what():
    of, body = make_bodies.stars_round(), make_bodies.committee()
    by, level = make_bodies.clerk(body), of.levels.get(code="s3")
    strangers = [
        make_bodies.clerk(make_bodies.committee()), cases.county_officer(),
        make.user(is_superuser=True), make_rounds.person(body=body, user=make.user()).user,
    ]  # fmt: skip
    for stranger in strangers:
        with pytest.raises(Refused, match="Only the clerk"):
            entering.begin_for_body(body, level, by=stranger, today=TODAY)
    elsewhere = make_bodies.committee(in_division=make.division("330602"))
    with pytest.raises(Refused, match="no committee on the roster"):
        entering.begin_for_body(elsewhere, level, by=make_bodies.clerk(elsewhere), today=TODAY)
    studio = make_bodies.committee(kind="studio")
    with pytest.raises(Refused, match="no committee on the roster"):
        entering.begin_for_body(studio, level, by=make_bodies.clerk(studio), today=TODAY)
    made = entering.begin_for_body(body, level, by=by, today=TODAY)
    with pytest.raises(Refused, match="in this round already"):
        entering.begin_for_body(body, of.levels.get(code="s2"), by=by, today=TODAY)
    for stranger in strangers:
        with pytest.raises(ValidationError):
            entering.sign_declaration(made.pk, by=stranger, today=TODAY)
    assert Application.objects.count() == 1


def test_persons_and_organisations_do_not_apply_in_each_others_rounds():
    of = make_bodies.stars_round()
    someone = make_rounds.person(user=make.user())
    level = of.levels.get(code="s3")
    with pytest.raises(Refused, match="organisations apply"):
        entering.begin_application(someone, level, by=someone.user, today=TODAY)
    with pytest.raises(Refused, match="organisations apply"):
        nominating.nominate(of.pk, mediator=someone, level=level, **note())
    people = make_rounds.grading_round()
    body = make_bodies.committee()
    with pytest.raises(Refused, match="mediators apply"):
        entering.begin_for_body(
            body, people.levels.get(code="l4"), by=make_bodies.clerk(body), today=TODAY
        )


def test_what_is_missing_is_said_of_the_organisation():
    of, body = make_bodies.stars_round(), make_bodies.committee(established_on=None)
    with pytest.raises(Refused) as refusal:
        handed_in(of, body, with_paper=False)
    assert refusal.value.messages == ["Missing: established_on.", "Missing: 规章制度."]


def test_more_stars_than_the_rule_allows_from_those_held_are_refused():
    path = {"first": "any", "promotion": "next", "min_years_in_level": 1}
    content = make_bodies.stars_rule(path=path)
    of = make_bodies.stars_round(codes=("s3", "s2", "s1"), content=content)
    body = make_bodies.committee()
    old_rating(body, 1)
    given = {"of": of, "body": body}
    refusals = {}
    for code in ("s3", "s2", "s1"):
        row = make_rounds.application("draft", code=code, **given)
        refusals[code] = bool(row.path_refusals(TODAY))
        Application.objects.filter(pk=row.pk).update(state=S.WITHDRAWN)
    # The next one may be risen to, and what is held may be checked again.
    assert refusals == {"s3": True, "s2": False, "s1": False}


def test_who_belongs_to_the_organisation_does_not_review_or_read_its_application():
    of, body = make_bodies.stars_round("reviewing"), make_bodies.committee(0)
    row = make_rounds.application(of=of, code="s3", body=body)
    make_rounds.application("eligible", of=of, code="s3")
    member = cases.county_officer()
    make_rounds.person(body=body, user=member)
    other = cases.county_officer()
    with pytest.raises(Refused, match="You belong to the organisation"):
        reviewing.send_back(row.pk, by=member, today=TODAY, reason=REASON)
    Application.objects.filter(pk=row.pk).update(state=S.ELIGIBLE)
    panel = make_rounds.panel(of, members=[member, other])
    recusing.write_recusals(panel, by=other, today=TODAY)
    found = [(one.user, one.application, one.grounds) for one in panel.recusals.all()]
    assert found == [(member, row, ["organisation"])]
    # What was found is not found again.
    assert recusing.find_recusals(panel.pk, by=other, today=TODAY) == []


def test_certificates_are_not_for_organisations():
    of = proposed()
    confirming.confirm_round(of.pk, **note(today=AFTER))
    with pytest.raises(Refused, match="Certificates are for persons"):
        certifying.prepare_certificates(
            of.pk, level=of.levels.get(code="s3"), kind=None, **note(today=AFTER)
        )


def test_late_facts_and_reasons_of_an_organisation():
    of = make_bodies.stars_round()
    row = handed_in(of, make_bodies.committee(3))
    GradingRound.objects.filter(pk=of.pk).update(state="reviewing")
    judged(row)
    rows = Application.objects.with_all()
    assert list(late_facts(rows)) == []
    row.organization.appointments.order_by("pk").first().delete()
    (late,) = late_facts(rows)
    changes = {one.name: (one.was, one.now) for one in late.changes}
    assert changes["members.count"] == ("3", "2")
    assert late.turns
    statement = statement_of(rows.select_related("round_level__panel").get())
    assert statement.facts[0] == ("Organisation", row.organization.name)


def test_figures_are_a_share_of_the_committees_on_the_roster():
    of = make_bodies.stars_round("reviewing")
    body = make_bodies.committee(1)
    make_bodies.committee(1)
    make.organization(kind="studio")
    make.organization("deregistered")
    make_rounds.application(of=of, code="s3", body=body)
    figures = RoundFigures(of, Application.objects.all())
    assert (figures.total().in_post, figures.total().rate) == (2, 50.0)
    assert EMPLOYMENT not in figures.dimensions


def test_the_ledger_tells_who_rated_whom_for_which_round():
    of = proposed()
    confirming.confirm_round(of.pk, **note(today=AFTER))
    entry = LedgerEntry.objects.of(StarRating.objects.get()).get()
    assert (entry.act, entry.after["stars"]) == ("registry.starrating.rate", 3)


def test_a_reader_sees_no_name_of_the_organisation():
    of = make_bodies.stars_round("scoring")
    row = make_rounds.application("eligible", of=of, code="s3", statement="")
    row.statement = f"{row.organization.name}制度健全。"
    assert shown_of(row)["statement"] == "〇〇制度健全。"


def test_a_dissolved_committee_ends_its_application_and_hands_it_to_nobody():
    body = make_bodies.committee()
    running = make_rounds.application(of=make_bodies.stars_round(), code="s3", body=body)
    over = make_bodies.stars_round("confirmed")
    make_rounds.application("forwarded", of=over, code="s3", body=body)
    (found,) = running_applications(body)
    assert (found.subject_id, list(found.destinations)) == (str(running.pk), ["end"])


def test_what_a_higher_body_grants_enters_the_register_once():
    of = make_bodies.stars_round("confirmed")
    row = make_rounds.application("forwarded", of=of, code="s3", forward_to="city_bureau")
    given = {"document": "市司〔2026〕1号", "on": TODAY}
    forwarding.propose_above(row.pk, **given, **note())
    granted = forwarding.grant_above(row.pk, **note())
    rating = StarRating.objects.get()
    assert (granted.star_rating, rating.stars) == (rating, 3)
    assert Application.objects.get(pk=row.pk).star_rating == rating
    with pytest.raises(Refused):
        forwarding.grant_above(row.pk, **note())
    assert StarRating.objects.count() == 1
    assert list(provenance.faults_of_the_register()) == []
