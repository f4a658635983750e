"""A mediator's own write-ups in the browser, and what the library recommends."""

import pytest
from django.urls import reverse

from casework.models import CaseStudy
from office.desk.submissions import new_key
from tests import make
from tests.casework import make_case_studies, make_cases
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(at_desk):
    """A mediator with a post, signed in."""
    person = make_case_studies.author()
    at_desk(person.user)
    return person


def typed(study, **fields):
    return {**make_case_studies.TEXT, "revision": study.revision, **fields}


def test_one_begins_with_an_own_case_writes_checks_and_hands_in(client, author):
    case = make_cases.case("succeeded", mediators=[author])
    foreign = make_cases.case("succeeded")
    make_cases.party(case, name="张三丰")
    form = {"submission": new_key(), "case": case.pk, "title": "滴水", "dispute_type": ""}

    page = client.get(reverse("new_case_study")).content.decode()
    assert case.number in page
    assert foreign.number not in page
    begun = [client.post(reverse("new_case_study"), form) for _twice in range(2)]
    study = CaseStudy.objects.get()
    assert [answer.url for answer in begun] == [reverse("edit_case_study", args=[study.pk])] * 2

    named = typed(study, facts="张三丰家的屋檐滴水。")
    written = client.post(reverse("edit_case_study", args=[study.pk]), named)
    assert written.url == reverse("my_case_study", args=[study.pk])
    shown = client.get(written.url).content.decode()
    assert "<mark>张三丰</mark>" in shown
    assert "张某某" in shown
    refused = client.post(reverse("submit_case_study", args=[study.pk]))
    assert refused.status_code == 422
    assert "“张三丰” in “what happened” tells who somebody is." in refused.content.decode()

    study.refresh_from_db()
    client.post(reverse("edit_case_study", args=[study.pk]), typed(study, facts="张某家滴水。"))
    for _twice in range(2):
        client.post(reverse("submit_case_study", args=[study.pk]))
    study.refresh_from_db()
    assert study.state == "submitted"
    assert client.get(reverse("edit_case_study", args=[study.pk])).status_code == 302


def test_a_case_of_others_cannot_be_chosen(client, author):
    foreign = make_cases.case("succeeded")
    form = {"submission": new_key(), "case": foreign.pk, "title": "一", "dispute_type": ""}
    answer = client.post(reverse("new_case_study"), form)
    assert answer.status_code == 422
    assert not CaseStudy.objects.exists()


def test_a_stale_form_keeps_what_was_typed(client, author):
    study = make_case_studies.study(by=author, revision=3)
    answer = client.post(
        reverse("edit_case_study", args=[study.pk]), typed(study, revision=2, title="新的题目")
    )
    assert answer.status_code == 422
    assert "was changed by someone else" in answer.content.decode()
    assert "新的题目" in answer.content.decode()


def test_colleagues_of_the_case_and_nobody_else_are_co_authors(client, author):
    colleague, stranger = make.mediator(), make.mediator()
    case = make_cases.case("succeeded", mediators=[author, colleague])
    study = make_case_studies.study(by=author, case=case)
    url = reverse("edit_case_study", args=[study.pk])
    assert client.post(url, typed(study, co_authors=[stranger.pk])).status_code == 422
    client.post(url, typed(study, co_authors=[colleague.pk], is_signed="on"))
    study.refresh_from_db()
    assert [*study.co_authors.all()] == [colleague]
    assert study.is_signed


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "declined", "published"])
def test_each_state_has_its_page_and_another_persons_is_not_there(client, author, state):
    own = make_case_studies.study(state, by=author)
    foreign = make_case_studies.study(state)
    for name in ("my_case_study", "edit_case_study"):
        assert client.get(reverse(name, args=[own.pk])).status_code in {200, 302}
        assert client.get(reverse(name, args=[foreign.pk])).status_code == 404
        assert client.get(reverse(name, args=[own.pk])).headers["Cache-Control"]
    assert client.post(reverse("submit_case_study", args=[foreign.pk])).status_code == 404
    listed = client.get(reverse("my_case_studies")).context["studies"]
    assert [row for row, _tone, _adopted in listed] == [own]


def test_reasons_and_congratulations_are_read_on_the_own_page(client, author):
    returned = make_case_studies.study("returned", by=author, reasons="请补充调解过程。")
    adopted = make_case_studies.study("adopted", by=author)
    page = client.get(reverse("my_case_study", args=[returned.pk])).content.decode()
    assert "请补充调解过程。" in page
    page = client.get(reverse("my_case_study", args=[adopted.pk])).content.decode()
    assert "Congratulations" in page
    mine = client.get(reverse("my_page")).content.decode()
    assert "Rework “屋檐滴水引起的争执”" in mine


def test_who_is_no_mediator_has_no_such_pages(client, at_desk):
    at_desk(make.user())
    for name in ("my_case_studies", "new_case_study", "my_library"):
        assert client.get(reverse(name)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_own_list_takes_as_many_queries_for_one_row_as_for_three(
    client, author, rows, django_assert_num_queries
):
    for _row in range(rows):
        make_case_studies.study(by=author)
    client.get(reverse("my_case_studies"))
    with django_assert_num_queries(4):
        client.get(reverse("my_case_studies"))


def recommended(client):
    answer = client.get(reverse("my_library"))
    return [(one.entry.title, one.reasons) for one in answer.context["recommended"]]


def test_cases_are_recommended_by_field_recent_cases_and_shared_words(client, author):
    drains = make_cases.dispute_type()
    wages = make_cases.dispute_type("wages", "劳动报酬", "Wages")
    love = make_cases.dispute_type("family", "婚姻家庭", "Family")
    type(love).objects.filter(pk=love.pk).update(speciality=make.speciality("family", "婚姻"))
    type(wages).objects.filter(pk=wages.pk).update(speciality=None)
    author.specialities.add(make.speciality("family", "婚姻"))
    make_cases.case("succeeded", mediators=[author], dispute_type=drains, summary="工资拖欠")
    old = TODAY - 500 * DAY
    make_cases.case("succeeded", mediators=[author], dispute_type=wages, accepted_on=old)
    make_case_studies.published(title="滴水", dispute_type=drains)
    make_case_studies.published(title="离婚", dispute_type=refreshed(love), keywords="彩礼")
    make_case_studies.published(title="讨薪", dispute_type=refreshed(wages), keywords="工资")
    make_case_studies.published(title="无关", dispute_type=refreshed(wages), keywords="加班")
    make_case_studies.published(title="自己的", by=author, dispute_type=drains)

    assert recommended(client) == [
        ("滴水", ["because you handle: Neighbours"]),
        ("离婚", ["because your field is: Neighbours"]),
        ("讨薪", ["because your cases speak of: 工资"]),
    ]


def refreshed(term):
    return type(term).objects.get(pk=term.pk)
