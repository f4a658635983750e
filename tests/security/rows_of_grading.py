"""A row for each desk of grading, with the mark of its place in what people type."""

from grading.actions import renewals
from grading.models import Recognition, Renewal
from tests import make
from tests.grading import make_cycles, make_grading, make_renewals, make_rounds, make_told
from tests.make import DAY, TODAY

CODES = ("l4",)


def grading_scheme(at):
    """A draft of the place; a settled rule of above would be read below as well."""
    content = make_grading.document(title=f"{at.mark}等级评定办法", issuer=f"{at.mark}司法局")
    given = {"division": at.division, "drafted_by": at.recorder}
    return make_grading.version(content=content, **given)


def grading_round(at, state="draft"):
    """A draft of the place; a published round of above would be read below as well."""
    version = make_grading.version("active", division=at.division, drafted_by=at.recorder)
    # That a round is held for a place is known to everybody of the place.
    title = f"{at.mark}评定批次" if state == "draft" else "评定批次"
    return make_rounds.grading_round(
        state, division=at.division, version=version, codes=CODES, title=title,
        opened_by=at.recorder,
    )  # fmt: skip


def application(at):
    """An application that waits for its first review."""
    return make_rounds.application(
        of=grading_round(at, "reviewing"), mediator=at.person, body=at.body,
        statement=f"{at.mark}陈述",
    )  # fmt: skip


def panel(at):
    """A panel that is being put together."""
    member = make.user(name=f"{at.mark}评委")
    return make_rounds.panel(
        grading_round(at, "scoring"), "draft", members=[member], name=f"{at.mark}评审委员会"
    )


def reading(at):
    """A sheet of a panel that has shown its scores: while members read, each sees the own alone."""
    of, member = grading_round(at, "scoring"), make.user(name=f"{at.mark}评委")
    shown = make_rounds.panel(of, "revealed", members=[member], name=f"{at.mark}评审委员会")
    person = make_rounds.person(body=at.body, name=f"{at.mark}申请人")
    read = make_rounds.application("eligible", of=of, mediator=person, body=at.body)
    return make_rounds.reading(shown, read, member, "submitted", remark=f"{at.mark}评语")


def level_given(at):
    """A level that was given to somebody of the place."""
    holder = make_rounds.person(body=at.body, name=f"{at.mark}持级人")
    return make_rounds.grade(holder)


def level_ranked(at):
    """A level of a round that is being ranked, with one application that was found eligible."""
    of = grading_round(at, "ranking")
    ranked = make_rounds.person(body=at.body, name=f"{at.mark}参评人")
    make_rounds.application("eligible", of=of, mediator=ranked, body=at.body)
    return of.levels.get()


def recognition(at):
    """A level of elsewhere that waits to be recognised."""
    holder = make_rounds.person(body=at.body, name=f"{at.mark}外来人")
    version = make_grading.version("active", division=at.division, drafted_by=at.recorder)
    return make.saved(
        Recognition(
            mediator=holder, version=version, code="l4", label="四级人民调解员",
            old_level="二级", proposed_on=TODAY, given_by=f"{at.mark}外地司法局",
            document="外司〔2025〕8号", dated=TODAY - 120 * DAY, from_on=TODAY - 100 * DAY,
            proposed_by=at.recorder,
        )
    )  # fmt: skip


def review_cycle(at, state="draft"):
    """A draft of the place; a published review of above would be read below as well."""
    version = make_told.version(division=at.division)
    title = f"{at.mark}年度考核" if state == "draft" else "年度考核"
    return make_cycles.cycle(
        state, division=at.division, version=version, title=title, opened_by=at.recorder
    )


def review_sheet(at, state="bureau"):
    """A sheet with figures and points of everybody; before the notice nobody outside reads it."""
    person = make_rounds.person(body=at.body, name=f"{at.mark}受考人")
    of = review_cycle(at, "decided" if state == "decided" else "bureau")
    made = make_told.sheet(
        state, of=of, mediator=person, organization=at.body, statement=f"{at.mark}述职"
    )
    make_told.figure(made)
    make_told.mark(made, by=at.recorder, note=f"{at.mark}依据")
    return made


def review_consequence(at):
    """What follows from a decided sheet, to be settled."""
    return make_told.consequence(review_sheet(at, "decided"))


def renewal(at):
    """The reappointment of somebody of the place whose term ends."""
    person = make.mediator(in_division=at.division, name=f"{at.mark}届满人")
    held = make_renewals.post(person=person, body=at.body, unit=f"{at.mark}村民会议")
    case = make.saved(
        Renewal(appointment=held, term_until_on=held.term_until_on, opened_on=TODAY - 5 * DAY)
    )
    return renewals.take_pack(case.pk, by=at.recorder, today=TODAY, reason=f"{at.mark}缘由")


MAKERS = {
    "grading_schemes": grading_scheme,
    "grading_rounds": grading_round,
    "grading_applications": application,
    "grading_panels": panel,
    "grading_readings": reading,
    "grading_levels": level_ranked,
    "grading_levels_given": level_given,
    "grading_recognitions": recognition,
    "grading_reviews": review_cycle,
    "grading_sheets": review_sheet,
    "grading_consequences": review_consequence,
    "grading_renewals": renewal,
}
