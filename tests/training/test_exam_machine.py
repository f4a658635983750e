"""Whatever happens in an exam, no acknowledged answer is lost and none is accepted late.

A machine plays a candidate with two browsers: answers are typed, sent, sent again because the
acknowledgement was lost, kept while the line is down; the other browser takes over; time passes,
is extended, runs out; the exam is handed in. Beside it a model remembers what was acknowledged.
"""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from office.flow import Refused
from tests import make
from tests.training import make_exams
from tests.training.make_exams import NOW, SECOND
from training import actions
from training.actions.delivery import TakenOver, TooLate
from training.models import AnswerSave, Attempt

pytestmark = pytest.mark.django_db
BROWSERS = st.sampled_from(["one", "two"])
POSITIONS = st.integers(1, 2)
TEXTS = st.sampled_from(["甲", "乙", "丙", None])


@dataclass
class Browser:
    """What a browser keeps: what it has not been acknowledged for, and the last number it heard."""

    name: str
    made: int = 0
    base: int = 0
    queue: list = field(default_factory=list)


class Sitting(RuleBasedStateMachine):
    """One attempt, from its beginning to long after its end."""

    exam = None

    def __init__(self):
        super().__init__()
        self.place = make_exams.candidate(self.exam)
        self.user, self.now = self.place.mediator.user, NOW
        self.attempt = actions.start_attempt(self.place.pk, by=self.user, device="one", now=NOW)
        self.until = self.attempt.accepts_until
        self.holder, self.over = "one", False
        self.browsers = {name: Browser(name) for name in ("one", "two")}
        self.acknowledged, self.stands = {}, {}
        # Of each position what stood at some time: (browser, its number, the server's number).
        self.stood = {position: [] for position in (1, 2)}

    @property
    def is_open(self):
        return not self.over and self.now <= self.until

    @rule(browser=BROWSERS, position=POSITIONS, text=TEXTS)
    def type_while_the_line_is_down(self, browser, position, text):
        one = self.browsers[browser]
        one.made += 1
        one.queue.append((one.made, one.base, position, text))

    @rule(browser=BROWSERS, position=POSITIONS, text=TEXTS)
    def answer(self, browser, position, text):
        self.type_while_the_line_is_down(browser, position, text)
        self.send(browser, -1, is_heard=True)

    @rule(browser=BROWSERS, which=st.integers(0, 5), is_heard=st.booleans())
    def send(self, browser, which, is_heard):
        """Send something kept, perhaps out of turn; if nothing is heard of it, it is kept."""
        one = self.browsers[browser]
        if not one.queue:
            return
        kept = one.queue[which % len(one.queue) if which >= 0 else -1]
        number, base, position, text = kept
        was_open, known = self.is_open, (browser, number) in self.acknowledged
        try:
            answer = self.save(browser, number, base, position, text)
        except TooLate:
            assert not was_open
            return
        except TakenOver:
            assert was_open
            assert self.holder != browser
            return
        if not known:
            assert was_open, "accepted late"
            assert self.holder == browser, "accepted from a device that was taken over"
            self.acknowledged[browser, number] = (answer.sequence, position, text)
            assert answer.overtaken is self.comes_too_late(browser, number, base, position)
            if not answer.overtaken:
                self.stands[position] = text
                self.stood[position].append((browser, number, answer.sequence))
        assert self.acknowledged[browser, number][0] == answer.sequence
        if is_heard:
            one.queue.remove(kept)
            one.base = max(one.base, answer.sequence)

    def comes_too_late(self, browser, number, base, position):
        """Whether the same browser made a later one, or another saved what this did not know."""
        return any(
            made > number if other == browser else sequence > base
            for other, made, sequence in self.stood[position]
        )

    def save(self, browser, number, base, position, text):
        return actions.save_answer(
            self.attempt.pk, by=self.user, position=position, value=text, device=browser,
            now=self.now, client=browser, number=number, base=base,
        )  # fmt: skip

    @rule(position=POSITIONS, text=TEXTS)
    def answer_without_script(self, position, text):
        try:
            answer = actions.save_answer(
                self.attempt.pk, by=self.user, position=position, value=text, device=self.holder,
                now=self.now,
            )  # fmt: skip
        except TooLate:
            assert not self.is_open
        else:
            assert self.is_open, "accepted late"
            self.stands[position] = text
            self.stood[position].append(("", 0, answer.sequence))

    @rule(browser=BROWSERS)
    def take_over(self, browser):
        try:
            actions.take_over(self.attempt.pk, by=self.user, device=browser, now=self.now)
        except TooLate:
            assert not self.is_open
        else:
            assert self.is_open
            self.holder = browser
            self.browsers[browser].base = Attempt.objects.get(pk=self.attempt.pk).sequence

    @property
    def is_under_way(self):
        """Whether enough was acknowledged for an end to be worth looking at."""
        return len(self.acknowledged) >= 5

    @rule(seconds=st.sampled_from([1, 29, 30, 31]))
    def let_time_pass(self, seconds):
        self.now += seconds * SECOND

    @precondition(lambda self: self.is_under_way)
    @rule()
    def wait_for_the_last_moment(self):
        self.now = max(self.now, self.until)

    @rule(minutes=st.sampled_from([1, 10]))
    def extend(self, minutes):
        try:
            actions.extend_exam(
                self.exam.pk, by=self.user, now=self.now, reason="停电", minutes=minutes,
                candidate=self.place,
            )  # fmt: skip
        except Refused:
            assert not self.is_open
        else:
            self.until += timedelta(minutes=minutes)

    @precondition(lambda self: self.is_under_way)
    @rule(browser=BROWSERS)
    def hand_in(self, browser):
        try:
            actions.submit_attempt(self.attempt.pk, by=self.user, device=browser, now=self.now)
        except TakenOver:
            assert self.is_open
            assert self.holder != browser
        else:
            self.over = True

    @invariant()
    def nothing_acknowledged_is_lost(self):
        attempt = Attempt.objects.get(pk=self.attempt.pk)
        kept = {
            (save.client, save.client_sequence): (save.sequence, save.item.position, save.value)
            for save in AnswerSave.objects.filter(attempt=attempt)
            .exclude(client="")
            .select_related("item")
        }
        assert kept == self.acknowledged
        answers = attempt.standing_answers()
        positions = dict(attempt.items.values_list("pk", "position"))
        stands = {position: text for position, text in self.stands.items() if text is not None}
        assert {positions[pk]: value for pk, value in answers.items()} == stands
        if attempt.state != "in_progress":
            given = dict(attempt.items.exclude(answer=None).values_list("position", "answer"))
            assert given == stands

    @invariant()
    def the_time_is_the_servers(self):
        attempt = Attempt.objects.get(pk=self.attempt.pk)
        assert attempt.accepts_until == self.until
        assert attempt.is_running(self.now) is self.is_open


def test_no_acknowledged_answer_is_lost_and_none_is_accepted_late():
    exam = make_exams.exam(of=make_exams.paper(["fill_in"] * 2))
    machine = type("SittingOfThisExam", (Sitting,), {"exam": exam})
    make.user()

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=60,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
