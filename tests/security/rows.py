"""A row for each further desk, in one place, with the mark of that place in what people type."""

from datetime import date

from django.utils import timezone

from registry import actions
from registry.actions import auxiliaries, awards, erasures, experts, stars
from registry.actions.court import draw_court_notice
from registry.models import (
    ClosureItem,
    ConfirmationCampaign,
    ConfirmingOrganization,
    CourtSubject,
    Edition,
    Extract,
    Merge,
    OrganizationVersion,
    Policy,
    PublicNotice,
    Rectification,
    StaffingStandard,
)
from tests import make
from tests.make import DAY, TODAY
from tests.registry import cases
from tests.security import (
    rows_of_casework,
    rows_of_complaints,
    rows_of_grading,
    rows_of_marking,
    rows_of_training,
)
from tests.training import make_courses, make_exams, make_questions
from training.actions import begin_course, check_questions
from training.actions.lecturers import add_lecturer
from training.actions.textbooks import add_textbook
from training.models import CoursePage, StudyDivision


def further_rows(division, body, person, mark, recorder):
    """Return {name of the desk: row}; each maker is given the same place and mark."""
    place = Place(division, body, person, mark, recorder)
    return {name: made(place) for name, made in MAKERS.items()}


class Place:
    """What a maker needs to know."""

    def __init__(self, division, body, person, mark, recorder):
        self.division, self.body, self.person = division, body, person
        self.mark, self.recorder = mark, recorder


def policy(at):
    kind = "village" if Policy.objects.filter(division=at.division).exists() else ""
    return make.saved(
        Policy(
            key="filing_limit", division=at.division, kind=kind, amount=20, unit="working",
            standing="practice", source=f"{at.mark}文件", from_on=TODAY - 9 * DAY,
        )
    )  # fmt: skip


def version(at):
    return OrganizationVersion.objects.get(subject=at.body.pk, superseded_at=None)


def edition(at):
    """An edition that waits for the second officer: its files are nobody else's business."""
    return make.saved(
        Edition(
            title=f"{at.mark}名册", division=at.division, on_date=TODAY, known_at=timezone.now(),
            state="ready", people=1, prepared_by=at.recorder,
        )
    )  # fmt: skip


def merge(at):
    return make.saved(
        Merge(
            kind="mediator", kept=at.person.pk, gone=at.person.pk + 100_000,
            kept_name=f"{at.mark}某", gone_name=f"{at.mark}重复", division=at.division, moved=[],
            merged_by=at.recorder, merged_on=TODAY,
        )
    )  # fmt: skip


def extract(at):
    return make.saved(
        Extract(
            mediator=at.person, on_date=TODAY, known_at=timezone.now(), facts=[["姓名", "某"]],
            issued_by=at.recorder, issued_on=TODAY, issuer="司法局",
        )
    )  # fmt: skip


def filing(at):
    return make.filing(
        "draft", kind="change", body=at.body, note=f"{at.mark}情况", opened_by=at.recorder
    )


def confirming(at):
    return ConfirmingOrganization.objects.get(pk=at.body.pk)


def campaign(at):
    year = 2025 - ConfirmationCampaign.objects.filter(division=at.division).count()
    return make.campaign(at.division, year=year, closed_on=TODAY)


def court_notice(at):
    told = {"by": at.recorder, "today": TODAY, "note": f"{at.mark}说明"}
    return draw_court_notice(at.body, CourtSubject.LISTING, **told)


def erasure(at):
    return erasures.ask_for_erasure(at.person.pk, by=at.recorder, today=TODAY, reason="Set up.")


def rectification(at):
    """Without the step of the organisation, whose other pages are asked for as they are."""
    return make.saved(
        Rectification(
            organization=at.body, number=f"责改{at.body.pk}", ground="seal",
            faults=f"{at.mark}印章", policy=Policy.objects.get(key="rectification_term"),
            ordered_on=TODAY, due_on=TODAY + 30 * DAY, ordered_by=at.recorder,
        )
    )  # fmt: skip


def closure(at):
    return cases.closure(body=at.body, facts=f"{at.mark}撤销")


def closure_item(at):
    return ClosureItem.objects.filter(closure__organization=at.body).first()


def notice(at):
    return cases.notice(title=f"{at.mark}公示", division=at.division, by=at.recorder)


def objection(at):
    return cases.objection(
        to=PublicNotice.objects.get(title=f"{at.mark}公示"), text=f"{at.mark}异议"
    )


def standard(at):
    return actions.set_standard(
        by=at.recorder, today=TODAY, reason="-", division=at.division, lines={"village": 1},
        from_on=TODAY + StaffingStandard.objects.filter(division=at.division).count() * DAY,
        name=f"{at.mark}标准", standing="setting",
    )  # fmt: skip


def award(at):
    return awards.add_award(
        by=at.recorder, today=TODAY, reason="-", level="county", title=f"{at.mark}荣誉",
        awarded_by="司法局", awarded_on=TODAY, mediator=at.person,
    )  # fmt: skip


def star(at):
    return stars.rate(
        by=at.recorder, today=TODAY, reason="-", organization=at.body, stars=3, most_stars=5,
        rated_on=TODAY, rated_by=f"{at.mark}评定",
    )  # fmt: skip


def studio(at):
    body = make.organization(
        kind="studio", parent=at.body, in_division=at.division, name=f"{at.mark}人民调解工作室"
    )
    make.appointment(at.person, body)
    return stars.recognise_studio(
        by=at.recorder, today=TODAY, reason="-", organization=body, named_after=f"{at.mark}某",
        leader=at.person, level="county", recognised_on=TODAY,
    )  # fmt: skip


def expert(at):
    return experts.add_expert(
        by=at.recorder, today=TODAY, reason="-", name=f"{at.mark}专家", field="medicine",
        division=at.division, born_on=date(1970, 5, 1), from_on=TODAY,
    )  # fmt: skip


def auxiliary(at):
    return auxiliaries.add_auxiliary(
        by=at.recorder, today=TODAY, reason="-", kind="informant", name=f"{at.mark}信息员",
        division=at.division, organization=at.body, from_on=TODAY,
    )  # fmt: skip


def course(at):
    """The same for everybody: what is of a place are the people who study it."""
    found = CoursePage.objects.first() or make_courses.course("逐条学")
    if not found.lessons.exists():
        make_courses.lesson(found, make_courses.one_question())
    return found


def course_study(at):
    return begin_course(at.person, course(at), today=TODAY)


def course_division(at):
    return StudyDivision.objects.get(pk=at.division.pk)


def textbook(at):
    return add_textbook(
        by=at.recorder, today=TODAY, reason="-", title=f"{at.mark}读本", kind="book",
        division=at.division,
    )  # fmt: skip


def lecturer(at):
    return add_lecturer(
        by=at.recorder, today=TODAY, reason="-", name=f"{at.mark}讲师", unit=f"{at.mark}律所",
        teaches="继承", division=at.division, from_on=TODAY - DAY, specialities=[],
    )  # fmt: skip


# By the name of the desk, or of the address outside of any desk.
def bank_question(at):
    stem = f"{at.mark}的调解委员会怎样设立？"
    return make_questions.question(stem, division=at.division, by=at.recorder)


def question_import(at):
    return check_questions(
        f"{at.mark}收费吗？ {{F}}".encode(), name=f"{at.mark}.gift", division=at.division,
        topic=make_questions.topic(), valid_from_on=TODAY, by=at.recorder, today=TODAY,
    )  # fmt: skip


def exam_paper(at):
    return make_exams.paper(["single"], at=at.division, name=f"{at.mark}试卷")


def exam(at):
    return make_exams.exam(of=exam_paper(at), title=f"{at.mark}考试")


def exam_candidate(at):
    return make_exams.candidate(exam(at), at.person)


def exam_attempt(at):
    place = make_exams.candidate(exam(at), at.person)
    return make_exams.sitting(place=place).attempt


MAKERS = {
    "policies": policy,
    "past-roster": version,
    "editions": edition,
    "merges": merge,
    "extract": extract,
    "filings": filing,
    "confirmations": confirming,
    "campaigns": campaign,
    "court_notices": court_notice,
    "erasures": erasure,
    "rectifications": rectification,
    "closures": closure,
    "closure_items": closure_item,
    "notices": notice,
    "objections": objection,
    "standards": standard,
    "awards": award,
    "stars": star,
    "studios": studio,
    "experts": expert,
    "auxiliaries": auxiliary,
    **rows_of_casework.MAKERS,
    **rows_of_complaints.MAKERS,
    **rows_of_grading.MAKERS,
    **rows_of_training.MAKERS,
    **rows_of_marking.MAKERS,
    "courses": course,
    "course_studies": course_study,
    "course_divisions": course_division,
    "textbooks": textbook,
    "lecturers": lecturer,
    "questions": bank_question,
    "question_imports": question_import,
    "exam_papers": exam_paper,
    "exams": exam,
    "exam_candidates": exam_candidate,
    "exam_attempts": exam_attempt,
}
