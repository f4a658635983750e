"""What is kept and read by others is kept in the language of the site, whoever typed it."""

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from grading.actions import awarding, entering
from grading.forms import grades
from grading.forms.grades import GroundForm
from grading.forms.reviews import ReviewForm
from grading.models import Application
from office.desk.submissions import new_key
from office.models import LedgerEntry
from tests import make
from tests.grading import make_panels, make_reviews, make_rounds
from tests.grading.make_panels import WHY
from tests.make import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def of_the_site(words):
    with translation.override(settings.LANGUAGE_CODE):
        return gettext(words)


def test_the_opinion_to_begin_with():
    form = ReviewForm(user=make.user(), record=make_reviews.application())
    words = "The papers are complete; nothing speaks against it."
    assert form["reason"].value() == of_the_site(words)
    typed = ReviewForm(user=make.user(), record=form.record, initial={"reason": "同意。"})
    assert typed["reason"].value() == "同意。"


class Effect:
    certain, bar_months = True, 6


def test_a_ground_of_the_rule(monkeypatch):
    row = {"clause": "第十八条", "effect": "revoke"}
    monkeypatch.setattr(grades, "grounds_now", lambda grade, today: [(row, Effect)])
    grade = make_rounds.grade()
    sent = {"submission": new_key(), "reason": "x", "chosen": "0", "answer_days": 5}
    form = GroundForm(sent, user=make.user(), record=grade)
    assert form.is_valid(), form.errors
    with translation.override(settings.LANGUAGE_CODE):
        assert form.values()["ground"] == GroundForm.named(row)
    # What is chosen among is read in the reader's own language.
    assert form.fields["chosen"].choices[0][1] == GroundForm.named(row)


def test_the_reason_of_an_outcome():
    level, rows = make_panels.ranking([(40, 40), (2, 2)])
    awarding.award_level(level.pk, by=make.user(), **WHY)
    loser = Application.objects.get(pk=rows[1].pk)
    assert loser.outcome_reason == of_the_site("The score does not reach the pass mark.")


def test_the_name_of_the_evidence_in_the_ledger():
    account = make.user()
    of = make_rounds.grading_round("open")
    person = make_rounds.person(
        user=account, body=make.organization(in_division=make.division("330681001"))
    )
    made = make_rounds.application("draft", of=of, mediator=person, declared_on=TODAY)
    Application.objects.filter(pk=made.pk).update(state="returned", declared_on=TODAY,
                                                  submitted_on=TODAY, returned_on=TODAY,
                                                  return_reasons="x")  # fmt: skip
    entering.resubmit_application(made.pk, by=account, today=TODAY)
    entry = LedgerEntry.objects.of(made).get(act="grading.application.resubmit")
    assert entry.evidence[0]["name"] == of_the_site("evidence")
