"""Reappointments on the desk and on the own page: who sees and does what, and on paper."""

import re

import pytest
from django.urls import reverse

from grading.actions import renewals
from grading.models import Renewal, ReviewSheet
from grading.reports.own_renewals import renewal_lines
from grading.reports.renewal_forecast import forecast
from grading.viewsets import renewal_pages
from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from office.workbench import Place, Task
from registry.models import Appointment, Organization
from registry.rules import months_later
from tests import make
from tests.grading import make_cycles, make_renewals
from tests.grading.make_renewals import ENDS_ON, UNIT
from tests.make import DAY, TODAY
from tests.registry import cases
from tests.registry.desk import elsewhere, fields, sent, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DESK = "grading_renewals"


@pytest.fixture(autouse=True)
def _rules(db):
    cases.load_rules()


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def case_of(place=None, state="told", **given):
    body = make.organization(in_division=place or make.division("330681"))
    person = make.mediator(in_division=body.division, user=given.pop("user", None))
    held = make_renewals.post(person=person, body=body)
    return make_renewals.renewal(state, held=held, **given)


# --- The desk -----------------------------------------------------------------------------------


def test_another_county_cannot_be_found(client, at_desk):
    version = make_renewals.rule()
    own, other = case_of(version=version), case_of(elsewhere(), version=version)
    at_desk(password_shown=True)
    listed = {row.pk for row, _url, _cells in client.get(url(DESK, "index")).context["listed"]}
    assert listed == {own.pk}
    for page, *args in (("inspect",), ("evidence",), ("history",), ("act", "carry_out")):
        assert client.get(url(DESK, page, own.pk, *args)).status_code == 200
        assert client.get(url(DESK, page, other.pk, *args)).status_code == 404
    assert client.post(url(DESK, "act", other.pk, "carry_out"), sent()).status_code == 404
    assert make_renewals.standing(other.appointment).state == "in_post"


def test_a_clerk_reads_the_own_organisation_and_decides_nothing(client, at_desk):
    version = make_renewals.rule()
    own, other = case_of(version=version), case_of(version=version)
    at_desk(make.officer(Role.CLERK, own.appointment.organization), password_shown=True)
    listed = {row.pk for row, _url, _cells in client.get(url(DESK, "index")).context["listed"]}
    assert listed == {own.pk}
    assert client.get(url(DESK, "inspect", own.pk)).status_code == 200
    assert client.get(url(DESK, "inspect", other.pk)).status_code == 404
    for page, *args in (
        ("act", own.pk, "decide"), ("act", own.pk, "take_pack"), ("export",), ("open",),
        ("at_once", "decide"),
    ):  # fmt: skip
        assert client.get(url(DESK, page, *args)).status_code == 404


def test_nobody_handles_the_own_case(client, at_desk):
    officer = cases.county_officer()
    case = case_of(user=officer)
    at_desk(officer)
    assert client.get(url(DESK, "inspect", case.pk)).status_code == 404


def test_the_page_tells_the_evidence_and_the_reasons(client, at_desk):
    case = case_of(state="recommended", bands=("不称职", "不称职"))
    at_desk()
    page = client.get(url(DESK, "inspect", case.pk))
    # On a phone each cell says by itself what it is.
    assert '<td data-label="Band">不称职</td>' in page.content.decode()
    told = text_of(page)
    for words in ("2024年度考核", "不称职", "第十二条", case.pack_digest, "no further term"):
        assert words in told


def test_the_evidence_is_a_paper(client, at_desk):
    version = make_renewals.rule()
    case, bare = case_of(version=version), case_of(state="open", version=version)
    at_desk()
    response = client.get(url(DESK, "evidence", case.pk))
    assert (response["Content-Type"], response.content[:4]) == ("application/pdf", b"%PDF")
    assert "no-store" in response["Cache-Control"]
    assert client.get(url(DESK, "evidence", bare.pk)).status_code == 404


def test_a_decision_is_typed_and_what_is_wrong_stands_beside_it(client, at_desk):
    case = case_of(state="recommended")
    at_desk()
    page = url(DESK, "act", case.pk, "decide")
    typed = {
        "choice": "renew", "unit": "诸暨市司法局", "unit_document": "决议1号",
        "unit_decided_on": str(TODAY), "new_term_until_on": "",
    }  # fmt: skip
    assert fields(client.get(page))["unit"] == UNIT
    refused = client.post(page, sent(**typed))
    assert refused.status_code == 422
    assert "A bureau of justice neither elects nor appoints" in text_of(refused)
    form = sent(**{**typed, "unit": UNIT})
    for _twice in range(2):
        assert client.post(page, form).status_code == 302
    case = make_renewals.now(case)
    assert (case.state, case.new_term_until_on) == ("decided", months_later(ENDS_ON, 36))
    assert LedgerEntry.objects.of(case).filter(act="grading.renewal.decide").count() == 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("recommended=renew", {"good", "flagged"}),
        ("recommended=not_renew", {"bad"}),
        ("flagged=true", {"flagged"}),
        ("flagged=false", {"good", "bad"}),
        (f"ends_until={ENDS_ON - DAY}", set()),
        (f"ends_from={ENDS_ON}", {"good", "bad", "flagged"}),
        ("state=open", {"good", "bad", "flagged"}),
        ("kind=village", {"bad"}),
        ("state=ended", set()),
    ],
)
def test_the_list_is_filtered(client, at_desk, query, expected):
    version = make_renewals.rule()
    made = {
        "good": case_of(state="packed", version=version),
        "bad": case_of(state="packed", version=version, bands=("不称职", "不称职")),
        "flagged": case_of(state="packed", version=version),
    }
    Renewal.objects.filter(pk=made["flagged"].pk).update(flagged_on=TODAY)
    bodies = {name: case.appointment.organization_id for name, case in made.items()}
    Organization.objects.filter(pk__in=bodies.values()).update(kind="township")
    Organization.objects.filter(pk=bodies["bad"]).update(kind="village")
    at_desk()
    response = client.get(f"{url(DESK, 'index')}?{query}")
    found = {row.pk for row, _url, _cells in response.context["listed"]}
    assert found == {made[name].pk for name in expected}


# --- A whole year -------------------------------------------------------------------------------


def test_a_whole_list_is_decided_with_the_exceptions_named(client, at_desk):
    version = make_renewals.rule()
    fit = case_of(state="recommended", version=version)
    odd = case_of(state="recommended", version=version, choice="not_renew")
    other = case_of(elsewhere(), state="recommended", version=version)
    at_desk()
    page = url(DESK, "at_once", "decide")
    shown = client.get(page)
    assert (shown.context["fit"], shown.context["exceptions"]) == (1, 1)
    assert "an officer recommends otherwise" in text_of(shown)
    typed = {
        **fields(shown), **sent(), "unit_document": "选举结果", "unit_decided_on": str(TODAY),
        "selection": fields(shown)["selection"],
    }  # fmt: skip

    assert client.post(page, {**typed, "selection": "0" * 64}).status_code == 422
    assert make_renewals.now(fit).state == "recommended"
    assert client.post(page, typed).status_code == 302
    states = {case.pk: make_renewals.now(case).state for case in (fit, odd, other)}
    assert states == {fit.pk: "decided", odd.pk: "recommended", other.pk: "recommended"}


def test_more_than_can_be_done_at_once_is_left_for_the_next_time(client, at_desk, monkeypatch):
    monkeypatch.setattr(renewal_pages, "MOST_AT_ONCE", 1)
    version = make_renewals.rule()
    made = [case_of(state="recommended", version=version) for _n in range(2)]
    at_desk()
    page = url(DESK, "at_once", "decide")
    for done in (1, 2):
        shown = client.get(page)
        assert (shown.context["fit"], shown.context["later"]) == (1, 2 - done)
        typed = {
            **sent(), "unit_document": "选举结果", "unit_decided_on": str(TODAY),
            "selection": fields(shown)["selection"],
        }  # fmt: skip
        assert client.post(page, typed).status_code == 302
        states = [make_renewals.now(case).state for case in made]
        assert states.count("decided") == done


def test_new_terms_of_a_year_begin_only_after_the_password(client, at_desk):
    case = case_of(state="told")
    at_desk()
    page = url(DESK, "at_once", "carry_out")
    assert client.get(page).status_code == 302
    at_desk(password_shown=True)
    typed = {**sent(), "selection": fields(client.get(page))["selection"]}
    assert client.post(page, typed).status_code == 302
    assert make_renewals.now(case).state == "ended"
    assert client.get(url(DESK, "at_once", "no-such")).status_code == 404


def test_cases_are_opened_for_the_own_place_only(client, at_desk):
    inside = make_renewals.post()
    outside = make_renewals.post(body=make.organization(in_division=elsewhere()))
    county = make.division("330681")
    at_desk()
    page = url(DESK, "open")
    assert client.get(page).context["form"].initial["division"] == county.pk
    assert client.post(page, sent(division=elsewhere().pk)).status_code == 422
    assert client.post(page, sent(division=county.pk)).status_code == 302
    assert [case.appointment for case in Renewal.objects.all()] == [inside]
    assert not outside.renewals.exists()


# --- The forecast -------------------------------------------------------------------------------


def list_of(first, last):
    return f"{first} {last}"


def test_terms_are_counted_month_by_month_and_place_by_place(django_assert_num_queries):
    first = TODAY.replace(day=1)
    town = make.division("330681101")
    body = make.organization(in_division=town)
    for ends_on in (first, months_later(first, 36) - DAY, months_later(first, 12)):
        make_renewals.post(body=body, term_until_on=ends_on)
    make_renewals.post(body=body, term_until_on=months_later(first, 36))
    make_renewals.post(body=body, term_until_on=first - DAY)
    posts, city = Appointment.objects.all(), make.division("3306")

    with django_assert_num_queries(3):
        found = forecast(posts, TODAY, list_of, city)

    assert len(found.chart.months) == 36
    counted = {at: month.count for at, month in enumerate(found.chart.months) if month.count}
    assert counted == {0: 1, 12: 1, 35: 1}
    assert (
        found.chart.months[35].url == f"{months_later(first, 35)} {months_later(first, 36) - DAY}"
    )
    (line,) = found.lines
    assert (line.label, line.over, line.soon, line.all) == ("Division 330681", 1, 1, 3)
    (of_body,) = forecast(posts, TODAY, list_of, town).lines
    assert (of_body.label, of_body.all) == (body.name, 3)


def test_the_forecast_counts_the_own_place_only(client, at_desk):
    make_renewals.post()
    make_renewals.post(body=make.organization(in_division=elsewhere()))
    at_desk()
    assert client.get(url(DESK, "forecast")).context["found"].chart.total == 1
    named = client.get(f"{url(DESK, 'forecast')}?division={elsewhere().pk}")
    assert named.context["found"].chart.total == 0
    assert client.get(f"{url(DESK, 'forecast')}?division=x").status_code == 404


def test_the_forecast_begins_with_the_one_place_of_the_officer(client, at_desk):
    make_renewals.post()
    at_desk()
    shown = client.get(url(DESK, "forecast")).context
    assert shown["division"] == make.division("330681")


# --- The own page -------------------------------------------------------------------------------


def test_the_person_reads_the_decision_and_asks_for_a_review_once(client, at_desk):
    user = make.user()
    case = case_of(user=user, choice="not_renew")
    at_desk(user)
    listed = text_of(client.get(reverse("my_renewals")))
    assert listed.count(str(case.appointment.organization)) == 1
    page = reverse("my_renewal", args=[case.pk])
    told = text_of(client.get(page))
    for words in (UNIT, "no further term", "2024年度考核", "nothing bars a later nomination"):
        assert words in told
    assert client.post(page, {**sent(), "text": " "}).status_code == 422
    form = {**sent(), "text": "请复核。"}
    for _twice in range(2):
        assert client.post(page, form).status_code == 302
    assert (make_renewals.now(case).reply, make_renewals.now(case).state) == (
        "请复核。", "in_review",
    )  # fmt: skip
    assert client.get(reverse("my_renewal_paper", args=[case.pk])).content[:4] == b"%PDF"


def test_before_one_is_told_nothing_is_shown(client, at_desk):
    user = make.user()
    case = case_of(user=user, state="decided")
    at_desk(user)
    listed = client.get(reverse("my_renewals"))
    assert (list(listed.context["told"]), list(listed.context["waiting"])) == ([], [case])
    assert "another term" not in text_of(listed)
    assert client.get(reverse("my_renewal", args=[case.pk])).status_code == 404
    assert client.get(reverse("my_renewal_paper", args=[case.pk])).status_code == 404


def test_the_decision_on_another_cannot_be_found(client, at_desk):
    case = case_of(user=make.user())
    at_desk(make.user())
    for name in ("my_renewal", "my_renewal_paper"):
        assert client.get(reverse(name, args=[case.pk])).status_code == 404
    assert client.post(reverse("my_renewal", args=[case.pk]), sent(text="x")).status_code == 404
    client.logout()
    assert client.get(reverse("my_renewals")).status_code == 302


def test_the_work_bench_asks_until_the_last_day():
    user = make.user()
    case = case_of(user=user, choice="not_renew")
    kinds = [type(line) for line in renewal_lines(user, case.reply_until)]
    assert kinds == [Place, Task]
    assert [type(line) for line in renewal_lines(user, case.reply_until + DAY)] == [Place]
    assert renewal_lines(make.user(), TODAY) == []


# --- Corrections, and what an officer sees of a reply --------------------------------------------


def test_a_correction_is_seen_in_the_list_and_leads_to_the_corrected_sheet(client, county):
    case = case_of(state="ended")
    rested_on = case.reviews[0]["sheet"]
    old = ReviewSheet.objects.get(pk=rested_on)
    ReviewSheet.objects.filter(pk=old.pk).update(state="replaced")
    new = make_cycles.sheet(
        "decided", of=old.cycle, mediator=old.mediator, body=old.organization, band="不称职",
        number=2, corrects=old, correction_reason="Wrong.",
    )  # fmt: skip
    Renewal.objects.filter(pk=case.pk).update(flagged_on=TODAY)
    listed = client.get(url(DESK, "index"))
    ((_row, _url, shown),) = listed.context["listed"]
    assert [cell.value for cell in shown if cell.column.name == "flagged"] == [TODAY]
    buttons = client.get(url(DESK, "inspect", case.pk)).context["buttons"]
    assert [address for label, address, *_rest in buttons if label == "The corrected sheet"] == [
        url("grading_sheets", "inspect", new.pk)
    ]


def test_what_was_carried_out_is_looked_at_again_once_and_nothing_is_undone(client, county):
    case = case_of(state="ended")
    refused = client.post(url(DESK, "act", case.pk, "look_again"), sent())
    assert "No correction of a review waits here." in text_of(refused)
    Renewal.objects.filter(pk=case.pk).update(flagged_on=TODAY)
    assert client.post(url(DESK, "act", case.pk, "look_again"), sent()).status_code == 302
    again = make_renewals.now(case)
    assert (again.flagged_on, again.state, again.choice) == (None, "ended", case.choice)
    entry = LedgerEntry.objects.get(act="grading.renewal.look_again")
    assert (entry.before["flagged_on"], entry.after["flagged_on"]) == (TODAY.isoformat(), None)


def test_of_a_case_that_runs_the_evidence_is_taken_anew_instead(county):
    case = case_of(state="told")
    Renewal.objects.filter(pk=case.pk).update(flagged_on=TODAY)
    with pytest.raises(Refused, match="take the evidence anew"):
        renewals.look_again(case.pk, by=county, today=TODAY, reason="Seen.")
    assert make_renewals.now(case).flagged_on == TODAY


def test_who_reviews_reads_the_decision_and_what_the_person_writes(client, county):
    case = case_of(state="in_review", choice="not_renew", user=make.user())
    page = client.get(url(DESK, "act", case.pk, "review"))
    assert page.context["consequences"] == [
        f"Decided so far by {UNIT}: no further term.",
        "The person writes: 考核年度有误，请求复核。",
        "The person reads your answer; a new term is never taken away by a review.",
    ]


def test_an_officer_leaves_it_to_the_unit_where_the_rule_leaves_it_open(client, county):
    case = case_of(state="packed", bands=("不称职", "称职"))
    form = client.get(url(DESK, "act", case.pk, "recommend")).context["form"]
    assert str(dict(form.fields["advice"].choices)["unclear"]) == "left to the unit"
    assert Renewal(advice="unclear").get_advice_display() == "left to the unit"
    assert Renewal(recommended="unclear").get_recommended_display() == "left open by the rule"
    assert (Renewal(advice="renew").get_advice_display(), Renewal().get_advice_display()) == (
        "another term", ""
    )  # fmt: skip


def test_the_person_reads_when_it_was_written_to_the_register(client, at_desk):
    me = make.user()
    case = case_of(state="ended", user=me)
    client.force_login(me)
    page = client.get(reverse("my_renewal", args=[case.pk]))
    assert "Written to the register on" in text_of(page)
    told = case_of(state="told", user=make.user(), version=case.version)
    client.force_login(told.appointment.mediator.user)
    page = client.post(reverse("my_renewal", args=[told.pk]), {"text": ""})
    assert "Written to the register on" not in text_of(page)
    title = re.search(r"<title>(.*?)</title>", page.content.decode(), re.DOTALL)[1]
    assert title.count("Error:") == 1


def test_a_review_without_a_band_says_why(client, county):
    case = case_of(state="open")
    rows = ReviewSheet.objects.filter(mediator=case.appointment.mediator)
    rows.filter(cycle__from_on__year=2025).update(band="", score=None)
    renewals.take_pack(case.pk, by=county, today=TODAY, reason="Now.")
    assert "no band: figures were missing" in text_of(client.get(url(DESK, "inspect", case.pk)))
