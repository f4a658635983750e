"""The mechanisms of the desk: one sending, one effect; sentences; columns; pages of a list."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.admin.icons import get_icons

from office import ledger
from office.desk.columns import Cell, Column, cells, column, facts_of
from office.desk.forms import RecordModelForm
from office.desk.history import act_choices, act_label, kind_label, told, told_since
from office.desk.lists import MOST_PAGES, ROWS_A_PAGE, CappedPaginator
from office.desk.submissions import SentAgain, new_key, once
from office.desk.viewset import DESKS
from office.models import LedgerEntry, Submission
from office.templatetags.desk import shown, value
from registry.actions import organizations
from registry.models import Organization
from tests import make
from tests.make import TODAY

pytestmark = pytest.mark.django_db


def test_a_second_sending_learns_where_the_first_one_led():
    user, key = make.user(), new_key()
    with once(key, user) as submission:
        submission.outcome = "/there/"

    with pytest.raises(SentAgain) as again, once(key, user):
        pytest.fail("The act ran twice.")

    assert again.value.outcome == "/there/"
    assert Submission.objects.count() == 1


def refuse_after_writing(key, user):
    with once(key, user):
        make.organization()
        raise ValidationError("No.")


def test_a_sending_that_failed_is_forgotten_together_with_what_it_wrote():
    user, key = make.user(), new_key()

    with pytest.raises(ValidationError):
        refuse_after_writing(key, user)

    assert (Submission.objects.count(), Organization.objects.count()) == (0, 0)
    with once(key, user) as submission:
        submission.outcome = "/there/"
    assert Submission.objects.count() == 1


def test_the_same_key_of_another_user_is_another_sending():
    key = new_key()
    for user in (make.user(), make.user()):
        with once(key, user) as submission:
            submission.outcome = "/there/"

    assert Submission.objects.count() == 2


def test_a_form_of_the_desk_never_saves():
    class Form(RecordModelForm):
        class Meta:
            model = Organization
            fields = ["name"]

    with pytest.raises(TypeError, match="call an action"):
        Form(user=make.user(), record=make.organization()).save()


@pytest.mark.parametrize(
    ("act", "label"),
    [
        ("registry.organization.list", "Enter in the roster"),
        ("registry.organization.change", "Correct"),
        ("registry.organization.unheard", "unheard"),
        ("gone.model.list", "list"),
    ],
)
def test_an_act_is_called_by_its_label_if_it_has_one(act, label):
    with translation.override("en"):
        assert str(act_label(act)) == label


def test_every_step_of_every_flow_can_be_asked_for():
    names = [name for name, _label in act_choices()]

    assert {"list", "suspend", "resume", "change", "add", "export"} <= set(names)
    assert names == sorted(names)


def test_a_kind_of_record_that_is_gone_keeps_its_code():
    assert kind_label("gone.model") == "gone.model"


def test_entries_are_told_with_one_query_for_each_linked_field(django_assert_num_queries):
    officer, body = make.user(), make.organization()
    for number in range(1, 4):
        organizations.correct_entry(
            body.pk,
            by=officer,
            today=TODAY,
            reason="Moved.",
            revision=number - 1,
            division=make.division(f"33068100{number}"),
        )
    entries = list(LedgerEntry.objects.of(body).order_by("sequence"))

    with django_assert_num_queries(1):
        [first, *_others] = told(entries)

    assert first.changes[0][1:] == ("Division 330681", "Division 330681001")


def test_what_happened_since_a_revision_leaves_out_what_came_before_and_what_changed_nothing():
    officer, body = make.user(), make.organization()
    note = {"by": officer, "today": TODAY, "reason": "R."}
    organizations.change_organization(body.pk, revision=0, phone="1", **note)
    organizations.change_organization(body.pk, revision=1, phone="2", **note)
    ledger.append("registry.organization.look", body, by=officer)
    body.refresh_from_db()

    [change] = told_since(body, 1)

    assert change.changes[0][1:] == ("1", "2")
    assert told_since(body, 2) == []
    assert told_since(body, 99) == []


def test_columns_show_labels_and_tones():
    body = make.organization("draft", name="甲村调委会")
    state = column(Organization, "state", tones={"draft": "warn"})
    plain = Column(name="n", label="N", value=lambda row: row.name)

    assert cells([state, plain], body) == [
        Cell(state, body.get_state_display(), "warn"),
        Cell(plain, "甲村调委会", ""),
    ]
    assert facts_of(body, plain) == [("N", "甲村调委会")]


@pytest.mark.parametrize(
    ("raw", "html"),
    [
        (None, "—"),
        ("", "—"),
        (0, 0),
        ("<b>", "<b>"),
        (date(2026, 11, 3), "<time>2026-11-03</time>"),
        (datetime(2026, 11, 3, 16, 5, tzinfo=UTC), "<time>2026-11-04 00:05</time>"),
    ],
)
def test_values_are_written_as_people_read_them(raw, html):
    assert value(raw) == html


def test_a_tag_escapes_what_it_shows():
    toned = Column(name="n", label="N", value=None, tone=lambda row: "ok")

    assert (
        shown(Cell(toned, "<b>", "ok")) == '<span class="officer-tag officer-ok">&lt;b&gt;</span>'
    )


@pytest.mark.parametrize(
    ("count", "pages", "capped"),
    [
        (0, 1, False),
        (ROWS_A_PAGE, 1, False),
        (ROWS_A_PAGE + 1, 2, False),
        (MOST_PAGES * ROWS_A_PAGE, MOST_PAGES, False),
        (MOST_PAGES * ROWS_A_PAGE + 1, MOST_PAGES, True),
        (3_200_000, MOST_PAGES, True),
    ],
)
def test_a_list_has_so_many_pages_and_no_more(count, pages, capped):
    paginator = CappedPaginator([], count)

    assert (paginator.num_pages, paginator.is_capped) == (pages, capped)
    assert paginator.get_page("999999999").number == pages


def test_every_icon_of_a_desk_or_act_is_one_that_is_drawn(client):
    client.get("/admin/")  # Reading the addresses is what registers the desks.
    drawn = get_icons()
    wanted = {desk.icon for desk in DESKS.values()}
    wanted |= {act.icon for desk in DESKS.values() for act in desk.all_acts}

    assert sorted(icon for icon in wanted if f'id="icon-{icon}"' not in drawn) == []
