"""Where the rule's stages ask for it, the organisation sends in before the office reviews."""

import pytest

from grading.actions import recommending, reviewing
from grading.actions.acting import bars
from grading.actions.touched import forget_words
from grading.models import Application
from grading.notices.own_standing import told_state
from grading.rules.scheme import Scheme
from grading.rules.stages import is_sent_in_by_the_organization
from grading.rules.unknown import UNK
from office.flow import Refused
from office.models import LedgerEntry
from tests import make
from tests.grading import make_reviews
from tests.grading.make_reviews import GIVEN, now
from tests.make import TODAY
from tests.registry.desk import sent, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
STAGES = [
    {"id": "apply", "actor": "mediator"},
    {"id": "recommend", "actor": "mediation_committee"},
    {"id": "first_review", "actor": "justice_office"},
]
WAITS = "By the rule its organisation sends it in first."


def application(state="submitted", stages=STAGES, **fields):
    of = make_reviews.grading_round(content=make_reviews.rule(stages=stages))
    return make_reviews.application(state, of=of, answer=True, **fields)


def clerk_of(made):
    return make.officer("clerk", made.organization)


def refusal_of(act, *args, **given):
    with pytest.raises(Refused) as refusal:
        act(*args, **{**GIVEN, **given})
    return refusal.value.messages


def test_the_office_waits_for_the_organisation():
    made = application()
    office = make_reviews.office()
    assert refusal_of(reviewing.pass_first, made.pk, by=office) == [WAITS]
    clerk = clerk_of(made)
    sent_in = recommending.recommend(made.pk, by=clerk, **GIVEN)

    assert (sent_in.recommended_by, sent_in.recommended_on) == (clerk, TODAY)
    assert (sent_in.state, sent_in.recommendation) == ("submitted", GIVEN["reason"])
    assert reviewing.pass_first(made.pk, by=office, **GIVEN).state == "first_reviewed"
    entry = LedgerEntry.objects.of(made).get(act="grading.application.recommend")
    assert entry.after == {"recommended_by_id": clerk.pk, "recommended_on": TODAY.isoformat()}


def test_an_office_sends_in_where_nobody_else_does_and_another_reviews():
    made = application()
    first, second = make_reviews.office(), make_reviews.office()
    recommending.recommend(made.pk, by=first, **GIVEN)
    said = "Another officer has to do this than the one before."
    assert refusal_of(reviewing.pass_first, made.pk, by=first) == [said]
    assert bars(first, now(made), "pass_first") == [said]
    assert reviewing.pass_first(made.pk, by=second, **GIVEN).first_reviewed_by == second


def test_it_is_sent_in_once_and_with_an_opinion():
    made = application()
    clerk = clerk_of(made)
    assert refusal_of(recommending.recommend, made.pk, by=clerk, reason=" ") == [
        "Write the opinion of the organisation."
    ]
    recommending.recommend(made.pk, by=clerk, **GIVEN)
    assert refusal_of(recommending.recommend, made.pk, by=clerk) == [
        "It was sent in already, or the rule does not ask for it."
    ]


@pytest.mark.parametrize("state", ["draft", "returned", "first_reviewed", "eligible"])
def test_only_what_waits_for_its_first_review_is_sent_in(state):
    made = application(state)
    assert refusal_of(recommending.recommend, made.pk, by=clerk_of(made)) == [
        "Only what was handed in and waits for its first review is sent in."
    ]


def test_a_rule_without_such_a_stage_asks_nobody():
    made = application(stages=[STAGES[0], STAGES[2], STAGES[1]])
    assert refusal_of(recommending.recommend, made.pk, by=clerk_of(made)) == [
        "It was sent in already, or the rule does not ask for it."
    ]
    passed = reviewing.pass_first(made.pk, by=make_reviews.office(), **GIVEN)
    assert passed.recommended_on is None


def test_strangers_and_the_applicant_do_not_send_in():
    made = application()
    account = clerk_of(made)
    strangers = [
        make.officer("clerk", make.organization()),
        make_reviews.office("330681102"),
        make_reviews.bureau("330682"),
        make.officer("auditor", make.division("330681")),
    ]
    for officer in strangers:
        assert refusal_of(recommending.recommend, made.pk, by=officer) == [
            "You do not act on this application."
        ]
    # The clerk is the applicant.
    type(made.mediator).objects.filter(pk=made.mediator_id).update(user=account)
    assert refusal_of(recommending.recommend, made.pk, by=account) == [
        "You do not act on this application."
    ]
    assert now(made).recommended_on is None


def test_the_applicant_reads_where_it_lies():
    made = application()
    assert told_state(made) == ("submitted, with the organisation", "info")
    recommending.recommend(made.pk, by=clerk_of(made), **GIVEN)
    assert told_state(now(made)) == ("submitted", "info")


def test_an_erased_name_is_taken_out_of_the_opinion():
    made = application()
    name = made.mediator.name
    reason = f"同意推荐{name}。"
    recommending.recommend(made.pk, by=clerk_of(made), today=TODAY, reason=reason)
    forget_words(made.mediator, by=make.user(), today=TODAY, reason="x")
    assert name not in Application.objects.get(pk=made.pk).recommendation


@pytest.mark.parametrize(
    ("actors", "asked"),
    [
        (["mediator", "mediation_committee", "justice_office"], True),
        (["organization"], True),
        (["人民调解员", "调委会"], True),
        (["justice_office", "organization"], False),
        (["town_zongzhiban", "town_government"], False),
        (["mediator", "committee"], False),
        ([UNK, "organization"], False),
        ([], False),
    ],
)
def test_which_stages_mean_the_organisation(actors, asked):
    rows = [{"id": str(place), "actor": actor} for place, actor in enumerate(actors)]
    assert is_sent_in_by_the_organization(Scheme({"id": "X", "stages": rows})) is asked
    assert is_sent_in_by_the_organization(Scheme({"id": "X", "stages": UNK})) is False


def test_it_waits_for_the_clerk_and_then_for_the_office():
    made = application()
    office, clerk = make_reviews.office(), clerk_of(made)
    stranger = make.officer("clerk", make.organization())
    rows = Application.objects

    def waiting(user):
        return list(rows.within(user, "grading.view_application").waiting_for(user))

    assert [waiting(one) for one in (clerk, office, stranger)] == [[made], [], []]
    recommending.recommend(made.pk, by=clerk, **GIVEN)
    assert [waiting(one) for one in (clerk, office, stranger)] == [[], [made], []]


# --- The desk -----------------------------------------------------------------------------------


def test_a_clerk_sends_in_at_the_desk_and_no_other_clerk_finds_it(client, at_desk):
    made = application()
    address = url("grading_applications", "act", made.pk, "recommend")
    at_desk(make.officer("clerk", make.organization()))
    assert client.get(address).status_code == 404
    assert client.post(address, sent()).status_code == 404
    for role in ("panel", "auditor"):
        at_desk(make.officer(role, make.division("330681")))
        assert client.post(address, sent()).status_code == 404
    assert now(made).recommended_on is None

    at_desk(clerk_of(made))
    page = client.get(address)
    assert page.context["form"].fields["reason"].label == "Opinion of the organisation"
    assert client.post(address, sent(reason="同意推荐。")).status_code == 302
    assert now(made).recommendation == "同意推荐。"
    shown = client.get(url("grading_applications", "inspect", made.pk))
    assert "同意推荐。" in shown.content.decode()
    labels = [label for label, *_more in shown.context["buttons"]]
    assert "Send in for the organisation" not in labels
