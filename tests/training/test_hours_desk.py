"""Hours on the desk and on a mediator's own page: who sees which, and how it is shown."""

from datetime import date
from decimal import Decimal

import pytest

from office.roles import Role
from tests import make
from tests.make import TODAY
from tests.registry.desk import elsewhere, sent, url
from tests.training import make_hours as hours
from training.models import HourEntry, HoursAudit, HoursRule, HoursWaiver

pytestmark = pytest.mark.django_db
HERE, AWAY = "330681", "330682"


def listed(client, desk="hours", **query):
    rows = client.get(url(desk, "index"), query).context["listed"]
    return [row for row, _url, _cells in rows]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    hours.rule("20")
    for _number in range(rows):
        hours.learnt(hours.person(), "3.0")
    client.get(url("hours", "index"))

    with django_assert_num_queries(11):
        client.get(url("hours", "index"))


def test_only_people_in_post_in_the_own_county_are_listed(client, county):
    hours.rule("20", code="3306")
    here = hours.person()
    hours.person(AWAY)
    make.mediator()

    assert listed(client) == [here]


@pytest.mark.parametrize(
    ("standing", "found"), [("short", ["甲"]), ("complete", ["乙"]), ("unasked", [])]
)
def test_people_are_found_by_what_they_lack(client, county, standing, found):
    hours.rule("20")
    for name, amount in [("甲", "19.9"), ("乙", "20.0")]:
        person = hours.person()
        type(person).objects.filter(pk=person.pk).update(name=name)
        hours.learnt(person, amount)

    assert [row.name for row in listed(client, standing=standing)] == found


def test_the_requirement_chosen_is_the_one_that_is_counted(client, county):
    hours.rule("20")
    hours.rule("14", "special", content_class="skills")
    hours.person()

    assert [row.required for row in listed(client, requirement="special")] == [14]


def test_the_state_of_the_divisions_leads_to_the_people_behind_it(client, county):
    hours.rule("20")
    hours.person()

    page = client.get(url("hours", "state"))

    (line,) = page.context["lines"]
    assert (line.asked, line.done) == (1, 0)
    assert f"{url('hours', 'index')}?requirement=yearly&amp;{line.query}".replace(
        "&standing", "&amp;standing"
    ) in page.content.decode().replace("&amp;amp;", "&amp;")


@pytest.mark.parametrize(
    "query",
    [
        {"requirement": "nothing"},
        {"division": "330682000000"},
        {"division": "x"},
        {"division": "9" * 13},
    ],
)
def test_what_is_not_ones_own_or_no_such_thing_is_not_found(client, county, query):
    make.division(AWAY)

    assert client.get(url("hours", "state"), query).status_code == 404


def test_where_no_rule_holds_the_page_says_what_to_do(client, county):
    assert "Adopt a published rule" in client.get(url("hours", "state")).content.decode()


def away():
    """A row of every desk, in another county."""
    person = hours.person(AWAY)
    entry = hours.learnt(person, "2.0")
    rule = hours.rule("20", code=AWAY)
    waiver = make.saved(
        HoursWaiver(
            mediator=person, requirement="yearly", year=TODAY.year, hours=Decimal(3), reason="病",
            granted_on=TODAY,
        )
    )  # fmt: skip
    audit = make.saved(
        HoursAudit(
            division=make.division(AWAY), year=TODAY.year, size=1, seed="s",
            last_entry=entry.pk, drawn_on=TODAY,
        )
    )  # fmt: skip
    item = audit.items.create(entry=entry)
    return {
        "hour_entries": entry, "hours_rules": rule, "hours_waivers": waiver,
        "hours_audits": audit, "audit_items": item,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("desk", "act"),
    [
        ("hour_entries", "reverse"),
        ("hours_rules", "adopt"),
        ("hours_waivers", "withdraw"),
        ("hours_audits", None),
        ("audit_items", "check"),
    ],
)
def test_a_row_of_another_county_cannot_be_found(client, county, desk, act):
    row = away()[desk]
    assert row not in listed(client, desk)

    for address in [
        url(desk, "inspect", row.pk),
        url(desk, "history", row.pk),
        *([url(desk, "act", row.pk, act)] if act else []),
    ]:
        assert client.get(address).status_code == 404
        assert client.post(address, sent(reason="-")).status_code in {404, 405}
    assert elsewhere().code == AWAY


def test_hours_are_taken_back_from_the_page_of_the_entry_once(client, county):
    entry = hours.learnt(hours.person(), "2.0")
    address = url("hour_entries", "act", entry.pk, "reverse")

    client.post(address, sent(reason="Absent."))
    again = client.post(address, sent(reason="Absent."))

    assert HourEntry.objects.total() == 0
    assert again.status_code in {404, 409, 422}


def test_a_rule_is_set_and_a_template_adopted_on_the_desk(client, county):
    template = hours.rule("24")
    HoursRule.objects.filter(pk=template.pk).update(division=None)

    client.post(
        url("hours_rules", "act", template.pk, "adopt"),
        sent(reason="As there.", division=make.division().pk, from_on=TODAY.isoformat()),
    )

    assert HoursRule.objects.get(division=make.division()).hours == 24


def test_an_audit_is_drawn_and_a_credit_checked_on_the_desk(client, county):
    hours.learnt(hours.person(), "2.0")
    client.post(
        url("hours_audits", "add"),
        sent(reason="Yearly.", division=make.division().pk, year=TODAY.year, size=5, seed=""),
    )
    item = HoursAudit.objects.get().items.get()
    page = client.get(url("hours_audits", "inspect", item.audit_id))
    assert item.entry.mediator.name in page.content.decode()

    client.post(
        url("audit_items", "act", item.pk, "check"),
        sent(reason="No list.", finding="not_borne_out"),
    )

    assert HourEntry.objects.total() == 0


def test_the_justice_office_sees_hours_and_sets_no_rule(client, at_desk):
    at_desk(make.officer(Role.JUSTICE_OFFICE, make.division(HERE)))

    assert client.get(url("hours", "index")).status_code == 200
    assert client.get(url("hours_rules", "add")).status_code == 404
    assert client.get(url("hours_audits", "index")).status_code == 404


@pytest.fixture
def own(client, at_desk):
    """A mediator at the own page."""
    person = hours.person()
    person.user = make.user()
    person.save()
    at_desk(person.user)
    return person


def test_a_mediator_sees_what_is_missing_and_the_own_entries_only(client, own):
    hours.rule("20")
    hours.learnt(own, "8.0")
    hours.learnt(hours.person(), "9.0")

    page = client.get("/my/hours/")

    assert [need.missing for need in page.context["needs"]] == [12]
    assert page.context["total"] == 8
    assert [entry.mediator for entry in page.context["entries"]] == [own]


def test_another_year_is_shown_when_asked_for_and_nonsense_is_this_year(client, own):
    hours.learnt(own, "8.0", done_on=date(TODAY.year - 1, 5, 5))

    assert client.get("/my/hours/", {"year": TODAY.year - 1}).context["total"] == 8
    for nonsense in ["1066", "x", ""]:
        assert client.get("/my/hours/", {"year": nonsense}).context["year"] == TODAY.year


def test_missing_hours_are_a_task_on_the_own_page(client, own):
    hours.rule("20")

    tasks = client.get("/my/").context["tasks"]

    assert [task.url for task in tasks] == ["/my/hours/"]
    assert tasks[0].due_on == date(TODAY.year, 12, 31)


def test_who_is_no_mediator_has_no_hours(client, at_desk):
    at_desk(make.user())

    assert client.get("/my/hours/").status_code == 404
    assert client.get("/my/").context["places"] == []


def test_who_is_not_signed_in_is_asked_to(client):
    assert client.get("/my/hours/").status_code == 302
