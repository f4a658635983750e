"""The desk of panels: setting up, seats, readings, recusals, the reveal, scores side by side."""

import pytest

from grading.actions import recusing
from grading.models import Panel, PanelMember, Reading, Recusal
from office.roles import Role
from tests import make
from tests.grading import make_grading, make_panels, make_rounds
from tests.grading.make_panels import sheet
from tests.make import TODAY
from tests.registry.desk import REASON, sent, url

pytestmark = pytest.mark.django_db
DESK = "grading_panels"


def listed(response):
    return [row for row, _url, _cells in response.context["listed"]]


def text(response):
    return response.content.decode()


def page(client, panel):
    return client.get(url(DESK, "inspect", panel.pk))


def done(client, panel, name, **typed):
    response = client.post(url(DESK, "act", panel.pk, name), sent(**typed))
    assert response.status_code == 302, response.context["errors"]
    return response


def elsewhere():
    of = make_rounds.grading_round("scoring", division=make.division("330682"), codes=["l4"])
    return make_rounds.panel(of)


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_takes_as_many_queries_for_one_row_as_for_three(
    client, county, number, django_assert_num_queries
):
    for _one in range(number):
        make_panels.scoring(1, 1)
    client.get(url(DESK, "index"))
    with django_assert_num_queries(9):
        assert client.get(url(DESK, "index")).status_code == 200


def test_a_panel_of_another_county_is_not_found(client, county):
    own, _rows, _people = make_panels.scoring()
    other = elsewhere()

    assert listed(client.get(url(DESK, "index"))) == [own]
    assert page(client, own).status_code == 200
    acts = ("seat", "assign", "reveal", "lift", "drop_reading", "find_recusals")
    for where in (
        url(DESK, "inspect", other.pk), url(DESK, "edit", other.pk), url(DESK, "compare", other.pk),
        url(DESK, "history", other.pk), *(url(DESK, "act", other.pk, name) for name in acts),
    ):  # fmt: skip
        assert client.get(where).status_code == 404


@pytest.mark.parametrize("role", [Role.PANEL, Role.JUSTICE_OFFICE, Role.TRAINER])
def test_who_holds_no_bureau_post_finds_no_panel(client, at_desk, role):
    panel, _rows, _people = make_panels.scoring()
    at_desk(make.officer(role, make.division("330681")))

    assert client.get(url(DESK, "index")).status_code == 404
    assert page(client, panel).status_code == 404


def test_an_auditor_reads_and_does_nothing(client, at_desk):
    panel, _rows, _people = make_panels.scoring()
    at_desk(make.officer(Role.AUDITOR, make.division("330681")))

    assert page(client, panel).status_code == 200
    assert client.get(url(DESK, "act", panel.pk, "assign")).status_code == 404
    assert client.get(url(DESK, "edit", panel.pk)).status_code == 404


def new_panel(client, levels, **fields):
    typed = {
        "name": "委员会", "levels": [one.pk for one in levels], "reads": 2, "limit_points": "15",
        "third_rule": "nearest_two", "mentorship_months": 12, "case_months": 24, **fields,
    }  # fmt: skip
    return client.post(url(DESK, "add"), sent(**typed))


def test_a_panel_is_set_up_seated_and_convened(client, county):
    content = make_grading.document(committee={"seats": {"member": 1}})
    of = make_rounds.grading_round("reviewing", content=content)
    assert new_panel(client, of.levels.all()).status_code == 302
    panel = Panel.objects.get()
    user = make_panels.accounts(1)[0]
    assert "This is not possible now" in text(client.get(url(DESK, "act", panel.pk, "convene")))

    seat = panel.seats.get()
    done(client, panel, "seat", seat=seat.pk, user=user.pk, alternate=0, from_on="2026-11-01")
    assert user.get_full_name() in text(page(client, panel))
    done(client, panel, "convene")
    panel.refresh_from_db()
    assert panel.state == "sitting"


def test_levels_of_another_county_or_another_round_are_no_choice(client, county):
    content = make_grading.document(committee={"seats": {"member": 1}})
    one, other = (make_rounds.grading_round("reviewing", content=content) for _n in range(2))
    foreign = make_rounds.grading_round("reviewing", division=make.division("330682"), codes=["l4"])

    assert new_panel(client, foreign.levels.all()).status_code == 422
    both = [one.levels.first(), other.levels.first()]
    response = new_panel(client, both)
    assert response.context["form"].errors == {"levels": ["A panel reads for one round."]}
    assert Panel.objects.count() == 0


def test_a_draft_is_edited_and_a_stale_form_is_not_written(client, county):
    of = make_rounds.grading_round("reviewing")
    panel = make_rounds.panel(of, "draft")
    response = client.get(url(DESK, "edit", panel.pk))
    form = response.context["form"]
    typed = {
        "name": "新名", "reads": 3, "limit_points": "10", "third_rule": "mean_of_all",
        "mentorship_months": 12, "case_months": 24, "revision": form["revision"].value(),
        "levels": [one.pk for one in of.levels.all()],
    }  # fmt: skip
    assert client.post(url(DESK, "edit", panel.pk), sent(**typed)).status_code == 302
    typed["name"] = "又一个名"
    assert client.post(url(DESK, "edit", panel.pk), sent(**typed)).status_code == 409
    panel.refresh_from_db()
    assert (panel.name, panel.reads) == ("新名", 3)


def test_readings_are_assigned_and_what_is_short_is_said(client, county):
    panel, rows, people = make_panels.scoring(1, 2)
    make_rounds.person(user=people[0], body=rows[0].organization)
    done(client, panel, "assign")
    shown = text(page(client, panel))

    named = f"{panel.grading_round_id}-{rows[0].pk:05d}"
    assert f"Application {named} has 1 of 2 readers." in shown
    assert "The member and the applicant belong to the same organisation." in shown
    assert Reading.objects.count() == 1


def test_recusals_are_looked_for_and_lifted_with_a_reason(client, county):
    panel, rows, people = make_panels.scoring(1, 2)
    make_rounds.person(user=people[0], body=rows[0].organization)
    done(client, panel, "find_recusals")
    row = Recusal.objects.get()
    assert (
        client.post(url(DESK, "act", panel.pk, "lift"), sent(recusal=row.pk, reason="")).status_code
        == 422
    )

    done(client, panel, "lift", recusal=row.pk)
    row.refresh_from_db()
    assert row.lifted_on == TODAY


def read(points, **fields):
    """A panel whose members have handed in {skill points}."""
    panel, rows, people = make_panels.scoring(len(points), 2, **fields)
    for row, skills in zip(rows, points, strict=True):
        for account, skill in zip(people, skills, strict=True):
            make_rounds.reading(panel, row, account, "submitted", scores=sheet(skill))
    return panel, rows, people


def test_no_score_is_shown_before_the_reveal(client, county):
    panel, _rows, _people = read([(37, 39)])
    sections = page(client, panel).context["sections"]
    shown = [(one.facts, str(one.context)) for one in sections]
    Reading.objects.update(scores=sheet(1))
    sections = page(client, panel).context["sections"]
    assert [(one.facts, str(one.context)) for one in sections] == shown
    for row, skill in zip(Reading.objects.order_by("pk"), (37, 39), strict=True):
        Reading.objects.filter(pk=row.pk).update(scores=sheet(skill))

    assert client.get(url(DESK, "compare", panel.pk)).status_code == 404
    done(client, panel, "reveal")
    compared = text(client.get(url(DESK, "compare", panel.pk)))
    assert "given 77" in compared
    assert "given 79" in compared
    assert "78.00" in compared


def test_raw_stands_beside_calibrated_and_the_reason_where_there_is_none(client, county):
    panel, _rows, _people = read([(40, 36), (30, 26)], calibration_minimum=2)
    done(client, panel, "reveal")
    compared = text(client.get(url(DESK, "compare", panel.pk)))
    assert "given 80, calibrated 78.00" in compared
    assert "given 76, calibrated 78.00" in compared

    Panel.objects.update(calibration_minimum=3)
    compared = text(client.get(url(DESK, "compare", panel.pk)))
    assert "given 80（Not calibrated: 2 readings shared with others, 3 needed.）" in compared


def test_an_officer_who_is_recused_sees_neither_score_nor_mean_of_it(client, county):
    panel, rows, people = read([(40, 36), (30, 26)], calibration_minimum=1)
    done(client, panel, "reveal")
    Recusal.objects.create(
        panel=panel, application=rows[0], user=county, grounds=["kin"], found_on=TODAY
    )
    with_row = client.get(url(DESK, "compare", panel.pk)).context["compared"]
    Recusal.objects.all().delete()
    Reading.objects.filter(application=rows[0]).delete()
    without = client.get(url(DESK, "compare", panel.pk)).context["compared"]

    assert with_row.lines == without.lines
    assert with_row.leniencies == without.leniencies
    assert len(with_row.lines) == 1
    assert len(people) == 2


def test_a_sheet_that_cannot_be_read_stops_the_reveal_and_is_named(client, county):
    panel, rows, people = read([(40, 40)])
    Reading.objects.filter(member=people[0]).update(scores={"skill": "40"})
    barred = text(client.get(url(DESK, "act", panel.pk, "reveal")))

    assert f"{panel.grading_round_id}-{rows[0].pk:05d} cannot be read" in barred
    Panel.objects.update(state="revealed")
    assert client.get(url(DESK, "compare", panel.pk)).status_code == 302


def test_a_successor_and_the_end_of_a_membership_are_noted(client, county):
    of = make_rounds.grading_round("reviewing")
    panel = make_rounds.panel(of, "draft")
    seat = panel.seats.get()
    seat.bound = "post"
    seat.save()
    first, second = make_panels.accounts(2)
    typed = {"seat": seat.pk, "alternate": 0, "from_on": "2026-11-01", "post": "科长"}
    done(client, panel, "seat", user=first.pk, **typed)
    member = PanelMember.objects.get()
    done(client, panel, "succeed", member=member.pk, user=second.pk, from_on="2026-11-20")
    done(client, panel, "end_seat", member=member.pk, until_on="2026-12-01")

    found = member.tenures.order_by("from_on").values_list("user", "until_on")
    assert [(user, str(until)) for user, until in found] == [
        (first.pk, "2026-11-20"), (second.pk, "2026-12-01"),
    ]  # fmt: skip


def test_one_application_is_read_by_all_and_a_reading_taken_back(client, county):
    panel, _rows, people = make_panels.scoring(1, 2)
    out = make_rounds.application("not_eligible", of=panel.grading_round)
    done(client, panel, "calibrate", application=out.pk)
    assert Reading.objects.filter(application=out, is_calibration=True).count() == 2

    mine = Reading.objects.get(member=people[0])
    done(client, panel, "drop_reading", reading=mine.pk)
    mine.refresh_from_db()
    assert mine.state == "dropped"


def test_the_history_tells_acts_in_words_with_their_reasons(client, county):
    panel, _rows, _people = make_panels.scoring(1, 2)
    done(client, panel, "assign")
    recusing.find_recusals(panel.pk, by=county, today=TODAY)
    shown = text(client.get(url(DESK, "history", panel.pk)))

    assert "Assign the readings" in shown
    assert REASON in shown
