"""The candidates of the benchmark of exams: they begin, save, and count what was acknowledged."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from http.client import HTTPConnection, HTTPException
from statistics import median, quantiles
from time import perf_counter, sleep

from django.db import connection
from django.test import Client
from django.utils import timezone

from office.models import User
from registry.models import Division, Mediator
from training import actions
from training.models import (
    AnswerSave,
    Attempt,
    Exam,
    ExamCandidate,
    ExamPaper,
    PaperItem,
    Question,
    QuestionVersion,
    Topic,
    TrainingPolicy,
)

QUESTIONS = 20
ROUNDS = 5
CSRF = "a" * 32


class Sitter:
    """One candidate: the cookies, the numbers of the browser, and what was acknowledged."""

    def __init__(self, number, attempt, cookie):
        self.number, self.attempt = number, attempt
        self.made, self.base, self.acknowledged = 0, 0, {}
        self.headers = {
            "Content-Type": "application/json",
            "X-CSRFToken": CSRF,
            "Cookie": f"sessionid={cookie}; csrftoken={CSRF}",
        }

    def next_answer(self):
        self.made += 1
        position = 1 + (self.made * 7 + self.number) % QUESTIONS
        return {
            "client": f"{self.number:032x}", "number": self.made, "base": self.base,
            "position": position, "value": f"答{self.number}之{self.made}",
        }  # fmt: skip

    def hear(self, sent, told):
        self.base = told["sequence"]
        self.acknowledged[sent["position"]] = (told["sequence"], sent["value"])


def begin(candidates):
    """Make an exam and let everybody begin it; return the sitters."""
    now = timezone.now()
    exam = _exam(now)
    sitters = []
    for number in range(1, candidates + 1):
        user = User.objects.create(username=f"sitter{number}")
        person = Mediator.objects.create(name=f"人{number}", division=exam.division, user=user)
        place = ExamCandidate.objects.create(
            exam=exam, mediator=person, must_sit=True, may_sit=False, added_on=now.date()
        )
        client = Client()
        client.force_login(user)
        session = client.session
        session["exam_device"] = f"device-{number}"
        session.save()
        attempt = actions.start_attempt(place.pk, by=user, device=f"device-{number}", now=now)
        sitters.append(Sitter(number, attempt, client.cookies["sessionid"].value))
    return sitters


def _exam(now):
    today = timezone.localdate(now)
    place = _county()
    topic = Topic.objects.create(code="law", name="法律", name_en="Law")
    officer = User.objects.create(username="officer")
    paper = ExamPaper.objects.create(
        name="卷", division=place, kind="fixed", rule="wrong_zero", state="ready"
    )
    for number in range(1, QUESTIONS + 1):
        question = Question.objects.create(
            code=f"Q{number}", division=place, kind="essay", topic=topic, difficulty=1,
            state="in_use", reviewed_by=officer,
        )  # fmt: skip
        version = QuestionVersion.objects.create(
            question=question, number=1, stem="论述", content={"guide": []},
            valid_from_on=today, written_on=today,
        )  # fmt: skip
        PaperItem.objects.create(
            paper=paper, version=version, position=number, marks=Decimal(5)
        )  # fmt: skip
    gap = TrainingPolicy.objects.create(
        key="resit_gap", amount=15, unit="calendar", standing="setting", from_on=today
    )
    return Exam.objects.create(
        title="考试", purpose="yearly", division=place, paper=paper, state="open",
        opens_at=now - timedelta(hours=1), closes_at=now + timedelta(hours=3), minutes=120,
        grace_seconds=30, attempts_allowed=1, pass_share=60, must_sit_age=60, may_sit_age=60,
        resit_policy=gap,
    )  # fmt: skip


def _county():
    above = None
    for code, level in [("33", "province"), ("3306", "city"), ("330681", "county")]:
        pk = int(code.ljust(12, "0"))
        above = Division.objects.create(id=pk, code=code, name=code, level=level, parent=above)
    return above


def run(sitters, port, options, *, kill):
    """Measure saves and requests for nothing in turns; kill the worker; count what is lost."""
    line = Line(port, sitters[0].attempt.exam_id)
    for sitter in sitters[:10]:
        line.nothing(sitter)
        line.save(sitter)
    asked = {
        "a view that does nothing, for nobody": line.nothing_for_nobody,
        "a view that does nothing, signed in": line.nothing,
        "a save": line.save,
    }
    measured = {name: Measured() for name in asked}
    for _round in range(ROUNDS):
        times = max(1, options.saves // ROUNDS)
        for name, ask in asked.items():
            measured[name].add(ask, sitters * times, options.at_once)
    killed(line, sitters, options, kill)
    report(len(sitters), options.at_once, measured, count_lost(sitters))


class Line:
    """How requests reach the server."""

    def __init__(self, port, exam):
        self.port, self.address = port, f"/my/exams/{exam}/save/"

    def post(self, address, headers, sent):
        asked = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            asked.request("POST", address, json.dumps(sent).encode(), headers)
            answer = asked.getresponse()
            told = answer.read()
        finally:
            asked.close()
        if answer.status != 200:
            raise SystemExit(f"{address} answered {answer.status}: {told[:200]}")
        return json.loads(told)

    def nothing(self, sitter):
        self.post("/nothing/", sitter.headers, {"position": 1, "value": "答"})

    def nothing_for_nobody(self, sitter):
        headers = {**sitter.headers, "Cookie": f"csrftoken={CSRF}"}
        self.post("/nothing/", headers, {"position": 1, "value": "答"})

    def save(self, sitter):
        sent = sitter.next_answer()
        sitter.hear(sent, self.post(self.address, sitter.headers, sent))

    def save_until_heard(self, sitter):
        """Send again what was not acknowledged, as the script of the page does."""
        sent = sitter.next_answer()
        while True:
            try:
                return sitter.hear(sent, self.post(self.address, sitter.headers, sent))
            except (OSError, HTTPException):
                sleep(0.1)


class Measured:
    """The seconds of each request, and of all of them together."""

    def __init__(self):
        self.seconds, self.whole = [], 0

    def add(self, ask, sitters, at_once):
        def timed(sitter):
            start = perf_counter()
            ask(sitter)
            self.seconds.append(perf_counter() - start)

        start = perf_counter()
        with ThreadPoolExecutor(at_once) as pool:
            # Those of one sitter come one after the other: a browser waits for its answer.
            list(pool.map(timed, sitters))
        self.whole += perf_counter() - start

    @property
    def rate(self):
        return len(self.seconds) / self.whole

    @property
    def p50(self):
        return median(self.seconds)

    @property
    def p95(self):
        return quantiles(self.seconds, n=20)[-1]


def killed(line, sitters, options, kill):
    """Save once more for everybody while the worker is killed again and again."""
    with ThreadPoolExecutor(options.at_once) as pool:
        for _kill in range(options.kills):
            on_their_way = [pool.submit(line.save_until_heard, sitter) for sitter in sitters]
            sleep(0.3)
            kill()
            for one in on_their_way:
                one.result()


def count_lost(sitters):
    """Return how many acknowledged answers the database does not hold as they were told."""
    kept = {
        (attempt, sequence): (position, value)
        for attempt, sequence, position, value in AnswerSave.objects.values_list(
            "attempt_id", "sequence", "item__position", "value"
        )
    }
    lost = 0
    for sitter in sitters:
        attempt = Attempt.objects.get(pk=sitter.attempt.pk)
        positions = dict(attempt.items.values_list("pk", "position"))
        stands = {positions[pk]: value for pk, value in attempt.standing_answers().items()}
        for position, (sequence, value) in sitter.acknowledged.items():
            is_kept = kept.get((attempt.pk, sequence)) == (position, value)
            lost += not (is_kept and stands[position] == value)
    return lost


def report(candidates, at_once, measured, lost):
    print(f"\n{candidates} candidates on {connection.vendor}, {at_once} requests on their way.\n")
    print("| what | requests/s | p50 ms | p95 ms |\n|---|---|---|---|")
    for name, one in measured.items():
        print(f"| {name} | {one.rate:.0f} | {one.p50 * 1000:.1f} | {one.p95 * 1000:.1f} |")
    *nothing, saves = measured.values()
    print("\n| what | for nobody | signed in |\n|---|---|---|")
    rates = [f"{saves.rate / one.rate:.3f}" for one in nothing]
    print(f"| saves a second / requests for nothing a second | {' | '.join(rates)} |")
    late = [f"{saves.p95 / one.p95:.2f}" for one in nothing]
    print(f"| p95 of a save / p95 of nothing | {' | '.join(late)} |")
    print(f"\nAcknowledged answers lost, of {AnswerSave.objects.count():,}: {lost}.")
