"""Who has to do with a complaint never sees it: the pages are the same with and without it."""

import re

import pytest

from complaints import actions
from complaints.forms.handling import HandOverForm, MergeForm
from complaints.models import Complaint, ComplaintClock, DeclaredRecusal
from complaints.queries import ties_of
from office.flow import Refused
from office.models import LedgerEntry, User
from registry.questions import asking_for_ties
from tests import make
from tests.complaints.make_complaints import DAY, TODAY, complaint, figures, handler, received, said
from tests.registry.desk import REASON, sent, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _figures(in_english):
    figures()


@pytest.fixture
def by(at_desk):
    return at_desk(handler())


def again(user):
    """The same account in its next request: what was asked once is asked anew."""
    return User.objects.get(pk=user.pk)


def serving(user, body=None):
    """An account that is a mediator's, with a post in an organisation."""
    post = make.appointment(body=body)
    post.mediator.user = user
    post.mediator.save()
    return post


def is_seen(row, user):
    return Complaint.objects.within(again(user)).filter(pk=row.pk).exists()


def test_the_one_complained_of_does_not_see_the_row(by):
    post = serving(by)
    row, _code = received(about=post.mediator)
    assert (is_seen(row, by), is_seen(row, handler())) == (False, True)


def test_whoever_serves_in_the_unit_does_not_see_the_row(by):
    post = serving(by)
    about_the_unit, _code = received(about=post.organization)
    colleague = make.appointment(body=post.organization).mediator
    about_a_colleague, _code = received(about=colleague)
    Complaint.objects.filter(pk=about_a_colleague.pk).update(organization=None)
    assert not is_seen(about_the_unit, by)
    assert not is_seen(about_a_colleague, by)


@pytest.mark.parametrize(("left", "sees"), [(TODAY, True), (TODAY + DAY, False)])
def test_who_left_the_unit_sees_its_complaints_again(by, left, sees):
    body = make.organization()
    person = make.mediator(user=by)
    make.appointment(person, body, **make.left(left))
    row, _code = received(about=body)
    assert is_seen(row, by) is sees


def test_a_complaint_about_nobody_known_is_seen_by_those_who_serve_somewhere(by):
    serving(by)
    row, _code = received()
    Complaint.objects.filter(pk=row.pk).update(about="unknown", mediator=None, organization=None)
    assert is_seen(row, by)


def test_a_floor_beside_answers_whom_the_account_is_tied_to(by):
    serving(by)
    master, body = make.appointment().mediator, make.organization()

    def answer(sender, user, people, today, **kwargs):
        assert (user, today) == (by, TODAY)
        return [master.pk], [body.pk]

    asking_for_ties.connect(answer)
    try:
        rows = [received(about=about)[0] for about in (master, body)]
        assert [is_seen(row, by) for row in rows] == [False, False]
    finally:
        asking_for_ties.disconnect(answer)
    assert [is_seen(row, by) for row in rows] == [True, True]


def test_ties_are_asked_once_a_request(by, django_assert_num_queries):
    serving(by)
    user = again(by)
    with django_assert_num_queries(2):
        for _time in range(3):
            ties_of(user)
    nobody = again(handler())
    with django_assert_num_queries(1):
        ties_of(nobody)


def pages(client, *paths):
    """The pages without the keys of forms, which differ from one asking to the next."""
    shown = [client.get(path).content.decode() for path in paths]
    return [re.sub(r"\b([A-Za-z0-9]{64}|[0-9a-f]{32})\b", "", page) for page in shown]


@pytest.mark.parametrize("why", ["declared", "self", "unit"])
def test_every_page_is_the_same_with_and_without_the_row(client, by, why):
    post = serving(by)
    open_row = complaint("screening", by=by)
    ways = {
        "self": {"about": post.mediator},
        "unit": {"about": post.organization},
        "declared": {"about": open_row.mediator},
    }
    paths = [
        url("complaints", "index"),
        url("complaints", "export"),
        f"{url('complaints', 'index')}?group=new&limit=over",
        url("complaints", "inspect", open_row.pk),
        url("complaints", "history", open_row.pk),
        url("complaints", "act", open_row.pk, "merge"),
    ]
    without = pages(client, *paths)
    hidden, _code = received(**ways[why], today=TODAY - 30 * DAY, grounds=["insult"])
    # Even a right to read that was given by mistake shows nothing of it.
    actions.give_access(hidden, by, "second", by=by, today=TODAY)
    if why == "declared":
        assert pages(client, *paths) != without
        actions.recuse(hidden.pk, by=by, today=TODAY, reason="我是其亲属")
    assert pages(client, *paths) == without
    for page in ("inspect", "history"):
        assert client.get(url("complaints", page, hidden.pk)).status_code == 404


def test_standing_back_gives_the_complaint_back_to_the_queue(client, by):
    row = complaint("accepted", by=by)
    answer = client.post(url("complaints", "act", row.pk, "recuse"), sent())
    row.refresh_from_db()
    assert answer.url == url("complaints", "index")
    assert (row.handler, row.state) == (None, "accepted")
    assert not actions.may_read(row, by)
    assert client.get(url("complaints", "inspect", row.pk)).status_code == 404
    assert said(row, "note") == [REASON]
    assert REASON not in str(list(LedgerEntry.objects.of(row).values_list("reason", "after")))
    other = handler()
    assert actions.take_over(row.pk, by=other, today=TODAY).handler == other


def test_one_stands_back_once(by):
    row, _code = received()
    actions.recuse(row.pk, by=by, today=TODAY, reason="我是其亲属")
    with pytest.raises(Refused, match="stood back"):
        actions.recuse(row.pk, by=by, today=TODAY, reason="我是其亲属")
    assert DeclaredRecusal.objects.count() == 1


def test_nobody_who_has_to_do_with_it_is_offered_or_taken_as_the_new_handler(by):
    post = serving(handler(name="Tied"))
    free, row = handler(name="Free"), complaint("screening", by=by, about=post.organization)
    form = HandOverForm(user=by, record=row)
    assert [label for _key, label in form.fields["to"].choices] == ["Free"]
    with pytest.raises(Refused, match="cannot handle"):
        actions.hand_over(row.pk, to=again(post.mediator.user), by=by, today=TODAY)
    assert actions.hand_over(row.pk, to=free, by=by, today=TODAY).handler == free


def test_only_readable_complaints_about_the_same_are_offered_to_join(by):
    row = complaint("screening", by=by)
    readable = complaint("screening", by=by, about=row.mediator)
    complaint("screening", by=handler(), about=row.mediator)
    complaint("rejected", by=by, about=row.mediator)
    complaint("screening", by=by)
    form = MergeForm(user=by, record=row)
    assert list(form.found.values()) == [readable]


def test_rows_of_a_complaint_vanish_with_it(by):
    post = serving(by)
    for about in (post.mediator, post.organization, make.appointment().mediator):
        received(about=about)
    declared, _code = received()
    actions.recuse(declared.pk, by=by, today=TODAY, reason="我是其亲属")
    seen = ComplaintClock.objects.within(again(by), "complaints.view_complaint")
    assert seen.count() == 1
    assert ComplaintClock.objects.within(handler()).count() == 4
