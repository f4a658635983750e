"""Pay and awards that follow from a review are entered where they belong, by one form each."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.html import conditional_escape

from casework.actions import allowances
from casework.models import PayLine
from grading.models import ReviewConsequence, ReviewSheet
from office.roles import Role
from registry.models import Award
from tests import make
from tests.casework import make_allowances
from tests.grading import make_told
from tests.make import TODAY
from tests.registry.desk import fields, sent, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DESK = "grading_consequences"


def sheet(of=None):
    body = make_told.body()
    person = make.mediator(in_division=body.division)
    make.appointment(person, body, from_on=date(2020, 1, 1))
    return make_told.sheet("decided", of=of, organization=body, mediator=person)


def draft(division=make_told.COUNTY):
    return allowances.open_run(
        division=make.division(division), organization=None, from_on=make_allowances.JULY,
        months=1, **make_allowances.note(),
    )  # fmt: skip


@pytest.fixture
def pay():
    return make_told.consequence(sheet(), "pay", amount=Decimal(500))


@pytest.fixture
def award(pay):
    return make_told.consequence(sheet(pay.sheet.cycle), "award")


def act(row, name):
    return url(DESK, "act", row.pk, name)


def state(row):
    return ReviewConsequence.objects.get(pk=row.pk).state


def lines():
    return list(PayLine.objects.filter(kind="performance"))


def test_pay_is_entered_once_in_a_draft_of_the_officers_own_place(client, county, pay):
    run, _elsewhere = draft(), draft(make_told.ELSEWHERE)
    page = client.get(act(pay, "pay"))
    assert list(page.context["form"].fields["run"].queryset) == [run]
    shown = fields(page)
    assert (shown["run"], shown["month"], shown["amount"]) == (run.pk, run.from_on, Decimal(500))
    typed = {**shown, "reason": "By the rule."}
    for _twice in range(2):
        assert client.post(act(pay, "pay"), typed).status_code == 302
    (line,) = lines()
    assert (line.run, line.mediator, line.amount, line.entered_by, line.approved_by) == (
        run, pay.sheet.mediator, Decimal(500), county, None,
    )  # fmt: skip
    assert state(pay) == "done"


def test_what_a_run_does_not_take_is_said_and_what_was_typed_stays(client, county, pay):
    run = draft()
    typed = {"run": run.pk, "month": "2026-08-01", "amount": "450.50", "reason": "By the rule."}
    answer = client.post(act(pay, "pay"), sent(**typed))
    form = answer.context["form"]
    assert answer.status_code == 422
    assert form.errors == {"month": ["This month is not in the run."]}
    assert form["amount"].value() == "450.50"
    for name, wrong in [("amount", ""), ("amount", "-1"), ("month", ""), ("run", "")]:
        answer = client.post(act(pay, "pay"), sent(**typed | {name: wrong}))
        assert list(answer.context["form"].errors) == [name]
    theirs = draft(make_told.ELSEWHERE)
    answer = client.post(act(pay, "pay"), sent(**typed | {"run": theirs.pk}))
    assert list(answer.context["form"].errors) == ["run"]
    assert (state(pay), lines()) == ("open", [])


def test_a_run_that_is_on_its_way_is_not_offered(client, county, pay):
    run = draft()
    type(run).objects.filter(pk=run.pk).update(state="approval")
    page = client.get(act(pay, "pay"))
    field = page.context["form"].fields["run"]
    assert not field.queryset.exists()
    said = "There is no draft: first open a run of allowances, then enter the pay here."
    assert field.help_text == said


GIVEN = {"level": "county", "title": "优秀人民调解员", "awarded_by": "司法局",
         "awarded_on": "2026-11-23", "reason": "As decided."}  # fmt: skip


def test_an_award_is_entered_once_in_the_register(client, county, award):
    typed = sent(**GIVEN)
    for _twice in range(2):
        assert client.post(act(award, "award"), typed).status_code == 302
    made = Award.objects.get()
    assert (made.mediator, made.title, made.awarded_on) == (
        award.sheet.mediator, "优秀人民调解员", TODAY,
    )  # fmt: skip
    assert state(award) == "done"


def test_an_award_of_tomorrow_is_refused_beside_its_field(client, county, award):
    answer = client.post(act(award, "award"), sent(**GIVEN | {"awarded_on": "2026-11-24"}))
    form = answer.context["form"]
    assert list(form.errors) == ["awarded_on"]
    assert form["title"].value() == "优秀人民调解员"
    assert (state(award), Award.objects.count()) == ("open", 0)


@pytest.mark.parametrize("name", ["pay", "award"])
def test_each_form_is_offered_for_its_own_kind_while_it_is_open(client, county, pay, award, name):
    mine, other = (pay, award) if name == "pay" else (award, pay)
    labels = {"pay": "Enter the pay", "award": "Enter the award"}
    assert labels[name] in client.get(url(DESK, "inspect", mine.pk)).content.decode()
    assert labels[name] not in client.get(url(DESK, "inspect", other.pk)).content.decode()
    assert client.get(act(other, name)).context["refusals"]
    typed = sent(**GIVEN) if name == "award" else sent(
        run=draft().pk, month="2026-07-01", amount="1", reason="Wrong."
    )  # fmt: skip
    assert client.post(act(other, name), typed).status_code == 422
    assert (state(other), Award.objects.count(), lines()) == ("open", 0, [])
    ReviewConsequence.objects.filter(pk=mine.pk).update(
        state="dropped", settled_by=county, settled_on=TODAY, note="x"
    )
    assert client.get(act(mine, name)).context["refusals"]


@pytest.mark.parametrize("name", ["pay", "award"])
def test_nobody_of_another_place_or_post_pays_or_awards(client, at_desk, pay, award, name):
    row = pay if name == "pay" else award
    for role, place in [
        (Role.COUNTY_BUREAU, make_told.ELSEWHERE), (Role.JUSTICE_OFFICE, make_told.TOWN),
    ]:  # fmt: skip
        at_desk(make.officer(role, make.division(place)))
        assert client.get(act(row, name)).status_code == 404
        assert client.post(act(row, name), sent(**GIVEN)).status_code == 404
    assert state(row) == "open"


def test_the_level_of_an_award_is_chosen_and_none_is_named_by_dashes(client, county, award):
    levels = client.get(act(award, "award")).context["form"].fields["level"].choices
    assert [str(label) for value, label in levels if not value] == ["Choose"]
    assert len(levels) > 1


def test_amount_and_factor_are_told_as_people_write_them(client, county):
    row = make_told.consequence(sheet(), "pay", amount=Decimal(500), factor=Decimal("1.2000"))
    (section,) = client.get(url(DESK, "inspect", row.pk)).context["sections"]
    told = {str(label): str(value) for label, value in section.facts}
    assert told["Amount (yuan)"] == "500.00"
    assert told["Times the performance pay"] == "1.2"


def test_what_was_settled_leads_to_the_corrected_sheet_once_it_stands(client, county, pay):
    old = pay.sheet
    given = {"of": old.cycle, "mediator": old.mediator, "organization": old.organization}
    given |= {"corrects": old, "correction_reason": "Wrong figure."}
    waiting = make_told.sheet("bureau", **given, number=2)
    ways = client.get(url(DESK, "inspect", pay.pk)).context["buttons"]
    assert "The corrected sheet" not in [str(label) for label, *_rest in ways]
    waiting.delete()
    ReviewSheet.objects.filter(pk=old.pk).update(state="replaced")
    new = make_told.sheet("decided", **given, number=2)
    ways = client.get(url(DESK, "inspect", pay.pk)).context["buttons"]
    assert [address for label, address, *_rest in ways if str(label) == "The corrected sheet"] == [
        url("grading_sheets", "inspect", new.pk)
    ]


@pytest.mark.parametrize("name", ["pay", "carry_out", "drop"])
def test_what_follows_from_a_replaced_sheet_is_barred_before_anything_is_typed(
    client, county, pay, name
):
    ReviewSheet.objects.filter(pk=pay.sheet_id).update(state="replaced")
    page = client.get(act(pay, name))
    assert "The sheet was corrected: settle what follows from the new one." in page.text
    assert 'name="reason"' not in page.text
    assert client.post(act(pay, name), {"reason": "Anyway."}).status_code == 422
    pay.refresh_from_db()
    assert (pay.state, pay.settled_by) == ("open", None)


@pytest.mark.parametrize(
    ("state", "rule", "said"),
    [
        ("notice", {}, "are not decided yet"),
        ("decided", {"bands": "UNK"}, "does not know its bands"),
        ("decided", {"consequences": "UNK"}, "does not say what follows from a band"),
        ("decided", {"consequences": {"优秀": ["award"]}}, "Nobody in "),
    ],
)
def test_an_empty_list_says_why_and_what_to_do(client, county, state, rule, said):
    of = make_told.cycle(state, content=make_told.rule(**rule))
    make_told.sheet(state, of=of)
    page = client.get(url(DESK, "index") + f"?cycle={of.pk}")
    hints = page.context["hints"]
    assert (len(hints), said in hints[0]) == (2, True)
    assert all(conditional_escape(hint) in page.content.decode() for hint in hints)
    # Without a filter the newest review is spoken of.
    assert client.get(url(DESK, "index")).context["hints"] == hints


def test_an_empty_list_of_a_review_with_consequences_is_only_too_narrow(client, county, pay):
    narrow = f"?cycle={pay.sheet.cycle_id}&name=nobody"
    assert client.get(url(DESK, "index") + narrow).context["hints"] == []
    assert client.get(url(DESK, "index") + "?name=nobody").context["hints"] == []
    assert client.get(url(DESK, "index")).context["listed"] != []


def test_without_any_review_it_is_said_what_opens_consequences(client, county):
    (hint,) = client.get(url(DESK, "index")).context["hints"]
    assert hint.startswith("No review is decided yet.")


def test_a_review_of_another_place_gives_no_hint(client, county):
    theirs = make_told.cycle("notice", division=make.division(make_told.ELSEWHERE))
    (hint,) = client.get(url(DESK, "index")).context["hints"]
    assert theirs.title not in hint
