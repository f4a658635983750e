"""The question bank of the demo city: questions in every state, some with findings."""

import json
from datetime import date
from pathlib import Path

from django.conf import settings

from office.models import User
from office.roles import Role
from registry.actions import grant_post
from registry.city.accounts import PASSWORD
from registry.models import Division
from training import actions
from training.actions.question_doubts import key_of
from training.formats.items import option, truths
from training.models import Question, Topic

BANK = settings.BASE_DIR / "fixtures" / "questions.json"
TOPICS = settings.BASE_DIR / "fixtures" / "training" / "topics.json"
IN_FORCE = date(2011, 1, 1)
REASON = "演示城市。"
CIVIL_CODE = [{"law": "民法典", "article": "1127"}]
# (kind, topic, text, answers, law): the last step each takes is in ``STEPS`` at the same place.
DRAFTS = [
    (
        "single",
        "family",
        "依《继承法》的规定，下列哪一人属于第一顺序继承人？",
        {"options": [option(0, "祖父", "0"), option(1, "养子女", "100"), option(2, "叔父", "0")]},
        CIVIL_CODE,
    ),
    (
        "true_false",
        "agreement",
        "口头调解协议自各方当事人达成协议之日起生效。",
        {"options": truths(answer=True)},
        [{"law": "人民调解法", "article": "30"}],
    ),
    (
        "numerical",
        "judicial_confirmation",
        "双方当事人可以自调解协议生效之日起多少日内共同申请司法确认？",
        {"accepted": [{"low": "30", "high": "30", "weight": "100", "feedback": ""}]},
        [{"law": "人民调解法", "article": "33"}],
    ),
    (
        "matching",
        "procedure",
        "请将各条与其规定的内容配对。",
        {
            "pairs": [
                {"id": "a", "left": "人民调解法第十七条", "right": "当事人申请与主动调解"},
                {"id": "b", "left": "人民调解法第二十八条", "right": "可以制作调解协议书"},
                {"id": "c", "left": "", "right": "调解员的报酬由当事人承担"},
            ]
        },
        [{"law": "人民调解法", "article": "17、28"}],
    ),
    (
        "fill_in",
        "people_mediation_law",
        "人民调解委员会委员每届任期____年，可以连选连任。",
        {"accepted": [{"text": "三", "weight": "100", "feedback": ""}], "case": False},
        [{"law": "人民调解法", "article": "9"}],
    ),
    (
        "essay",
        "skills",
        "两户因宅基地界线争执，一方情绪激动。第一次见面前后，调解员应当做哪些准备和安排？",
        {
            "guide": [
                {"point": "先分别听取陈述、稳定情绪", "marks": "4"},
                {"point": "实地查看界线并核对权属材料", "marks": "4"},
                {"point": "告知自愿与权利义务，再安排共同调解", "marks": "2"},
            ]
        },
        [{"law": "人民调解法", "article": "22、23"}],
    ),
]
STEPS = [(), (), ("submit",), ("submit", "review"), ("submit", "review", "use"), ("retire",)]
PAST = "依《合同法》的规定，赠与的财产权利转移之前，赠与人能否撤销赠与？ {=可以 ~不可以}\n"


def make_questions(today):
    """Fill the bank of the demo city; returns the number of its questions."""
    city = Division.objects.filter(level="city").order_by("pk").first()
    trainer = User.objects.filter(username="trainer").first()
    if city is None or trainer is None:
        return 0
    if not Topic.objects.exists():
        actions.load_topics(_read(TOPICS))
    reviewer = _second_person(city, today)
    if BANK.exists():
        actions.load_questions(_read(BANK), division=city, by=None, reviewer=reviewer, today=today)
    made = [_draft(values, city, trainer, today) for values in DRAFTS]
    for question, steps in zip(made, STEPS, strict=True):
        _walk(question, steps, trainer, reviewer, today)
    _settle_one(made[1], trainer, reviewer, today)
    _import(city, trainer, today)
    return Question.objects.filter(division=city).count()


def _read(path):
    return json.loads(Path(path).read_text(encoding="utf-8"))


def _second_person(city, today):
    """The colleague who approves: nobody approves a question of their own."""
    account, is_new = User.objects.get_or_create(username="trainer2", defaults={"name": "何知言"})
    if is_new:
        account.set_password(PASSWORD)
        account.save()
        grant_post(
            user=account, role=Role.TRAINER, division=city, from_on=today, by=None, reason=REASON
        )
    return account


def _draft(values, city, trainer, today):
    kind, topic, stem, content, law_basis = values
    return actions.add_question(
        division=city,
        kind=kind,
        topic=Topic.objects.get(code=topic),
        difficulty=1,
        stem=stem,
        content=content,
        law_basis=law_basis,
        valid_from_on=IN_FORCE,
        source="诸暨市培训讲义",
        by=trainer,
        today=today,
        reason=REASON,
    )


def _walk(question, steps, trainer, reviewer, today):
    acts = {
        "submit": (actions.submit_question, trainer),
        "review": (actions.review_question, reviewer),
        "use": (actions.put_question_in_use, reviewer),
        "retire": (actions.retire_question, trainer),
    }
    for step in steps:
        _clear(question.pk, trainer, today)
        act, by = acts[step]
        act(question.pk, by=by, today=today, reason=REASON)


def _clear(pk, trainer, today):
    """Settle what the demo bank finds alike, so that every state can be reached."""
    question = Question.objects.get(pk=pk)
    if question.findings and question.state == "draft":
        keys = [key_of(finding) for finding in question.findings]
        reason = "已核对，角度不同，保留。"
        actions.settle_findings(pk, findings=keys, by=trainer, today=today, reason=reason)


def _settle_one(question, trainer, reviewer, today):
    """A question sent back and edited: two versions to compare."""
    _walk(question, ("submit",), trainer, reviewer, today)
    back = "请写明条文的完整表述。"
    actions.send_back_question(question.pk, by=reviewer, today=today, reason=back)
    actions.edit_question(
        question.pk,
        stem="口头调解协议自各方当事人达成协议之日起生效，无须另行签字。",
        by=trainer,
        today=today,
        reason="补充表述。",
    )


def _import(city, trainer, today):
    """One import that was checked and waits to be looked at."""
    actions.check_questions(
        PAST.encode(),
        name="旧题库.gift",
        division=city,
        topic=Topic.objects.get(code="civil_code"),
        valid_from_on=IN_FORCE,
        by=trainer,
        today=today,
    )
