"""The acts by which results are announced, contested, confirmed and certified."""

from dataclasses import replace

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from grading.actions import announcing, certifying, confirming, forwarding, moving_up
from grading.flows import APPLICATION, ROUND, ApplicationState, RoundState
from grading.forms.results import CertifyForm, ContestedForm, ContestForm, DocumentForm
from grading.notices.announcements import announcement, supplement
from office.desk.acts import Act, step
from office.desk.history import name_acts, name_acts_of
from office.desk.viewset import DESKS

S = ApplicationState
name_acts(
    certify=gettext_lazy("Prepare certificates"),
    propose_above=gettext_lazy("Propose to record what the higher body granted"),
    decide=gettext_lazy("Keep the decision"),
    give=gettext_lazy("Give the level"),
)
name_acts_of(
    "grading.gradinground",
    propose=gettext_lazy("Propose the confirmation"),
    propose_anew=gettext_lazy("Let the confirmation be proposed anew"),
)


def announcing_effects(grading_round, today):
    """Say what the public will read, and until when one may object."""
    counted = counts_of(grading_round, S.PROPOSED)
    if grading_round.is_of_bodies:
        return [
            *counted,
            _("The public sees name and level of each organisation, and may object."),
            _("An objection suspends one organisation and not the list."),
        ]
    return [
        *counted,
        _("The public sees name, organisation and level, and may object until the last day."),
        _("An objection suspends one person and not the list."),
    ]


def confirming_effects(grading_round, today):
    return [
        *counts_of(grading_round, S.IN_NOTICE),
        *no_levels_of(grading_round),
        *entering_effects(grading_round),
    ]


def entering_effects(grading_round):
    """Say what becomes of what is held until now."""
    if grading_round.is_of_bodies:
        return [_("The stars enter the register today; those held until now end today.")]
    if grading_round.is_of_titles:
        return [
            _("The titles begin today, beside the level that is held; it does not change."),
            _("Who holds a higher title of this rule set keeps it."),
        ]
    return [
        _("The levels begin today; those held until now end today."),
        _("Who holds a higher level keeps it."),
    ]


def closing_effects(grading_round, today):
    return no_levels_of(grading_round)


def counts_of(grading_round, state):
    """Return a sentence for each level with how many it is given to."""
    found = []
    for level in grading_round.levels.order_by("rank"):
        number = level.applications.filter(state=state).count()
        told = {"level": level.label, "number": number}
        if grading_round.is_of_bodies:
            found.append(_("%(level)s: organisations: %(number)d.") % told)
            continue
        found.append(
            ngettext("%(level)s: %(number)d person.", "%(level)s: %(number)d persons.", number)
            % told
        )
    return found


def no_levels_of(grading_round):
    number = grading_round.applications.filter(state=S.NO_LEVEL).count()
    told = {"number": number}
    if grading_round.is_of_bodies:
        return [_("Organisations without a rating: %(number)d; this is recorded.") % told]
    return [
        ngettext(
            "%(number)d person gets no level; this is recorded.",
            "%(number)d persons get no level; this is recorded.",
            number,
        )
        % told
    ]


def dropping_effects(application, today):
    return [
        _("This one person gets no level; the others stay on the notice."),
        _("The objection is upheld; the objector reads your answer with the receipt code."),
    ]


def stands_by(application):
    """Whether it may yet move up: it got nothing for want of places, and was not dropped."""
    on_notice = application.grading_round.state == RoundState.NOTICE
    return on_notice and application.state == S.NO_LEVEL and application.objection_id is None


def is_forwarded(application):
    return application.state == S.FORWARDED


def granting_effects(application, today):
    if application.outside_on is None:
        return []
    said = {"document": application.outside_document, "day": application.outside_on.isoformat()}
    return [
        _("The higher body granted it by %(document)s of %(day)s.") % said,
        _("The level begins today; one held until now ends today."),
    ]


def keeping_effects(application, today):
    return [
        _("The person is on the notice again."),
        _("The objector reads your answer with the receipt code."),
    ]


def moving_up_effects(application, today):
    found = [
        _("%(name)s is proposed for “%(level)s” and put on a notice of the full term.")
        % {"name": application.mediator.name, "level": application.round_level.label},
        _("The round is confirmed only after this notice, by two officers."),
    ]
    if "reserve" not in application.grading_round.rules.section("selection"):
        found.append(_("The rule names no reserve: the order of the ranking is taken."))
    return found


def shown_run(page, run):
    """Go on to the bulk issue, where another officer issues the certificates."""
    desk = DESKS["training.certificaterun"]
    if desk.permits(page.request.user, "view"):
        return redirect(desk.url("inspect", run.pk))
    return redirect(page.record_url)


def shown_notice(page):
    """Return the text of the notice as the public will read it."""
    rows = page.record.applications.filter(state=S.PROPOSED)
    rows = rows.select_related("round_level", "mediator", "organization")
    title, body = announcement(page.record, sorted(rows, key=announcing.in_the_order_of_the_notice))
    return {"notice_title": title, "notice_body": body}


def shown_supplement(page):
    """Return the text of the notice of one person as the public will read it."""
    title, body = supplement(page.record)
    return {"notice_title": title, "notice_body": body}


def may_be_proposed(grading_round):
    return grading_round.proposed_by_id is None and grading_round.state in confirming.ENDING


def may_be_certified(grading_round):
    is_over = grading_round.state in {RoundState.CONFIRMED, RoundState.ARCHIVED}
    return is_over and not grading_round.is_of_bodies


ROUND_ACTS = (
    step(
        ROUND,
        "announce",
        announcing.announce_round,
        consequences=announcing_effects,
        sensitive=True,
        template="grading/desk/announce.html",
        shown=shown_notice,
        icon="openquote",
    ),
    Act(
        name="propose",
        label=gettext_lazy("Propose the confirmation"),
        take=confirming.propose_confirmation,
        permission="propose",
        refusals=confirming.bars_to_proposing,
        consequences=confirming_effects,
        offered=may_be_proposed,
    ),
    step(
        ROUND,
        "confirm",
        confirming.confirm_round,
        consequences=confirming_effects,
        sensitive=True,
    ),
    step(
        ROUND,
        "close_empty",
        confirming.close_empty_round,
        consequences=closing_effects,
        sensitive=True,
        icon="cross",
    ),
    Act(
        name="certify",
        label=gettext_lazy("Prepare certificates"),
        take=certifying.prepare_certificates,
        permission="award",
        form_class=CertifyForm,
        refusals=certifying.bars_to_certifying,
        offered=may_be_certified,
        answer=shown_run,
        icon="doc-full",
    ),
)
APPLICATION_ACTS = (
    step(APPLICATION, "object", announcing.contest, form_class=ContestForm, icon="comment"),
    step(
        APPLICATION,
        "keep",
        announcing.keep_proposal,
        form_class=ContestedForm,
        consequences=keeping_effects,
    ),
    step(
        APPLICATION,
        "drop",
        announcing.drop_proposal,
        form_class=ContestedForm,
        consequences=dropping_effects,
        grave=True,
        icon="cross",
    ),
    replace(
        step(
            APPLICATION,
            "move_up",
            moving_up.move_up,
            consequences=moving_up_effects,
            sensitive=True,
            template="grading/desk/announce.html",
            shown=shown_supplement,
            icon="arrow-up",
        ),
        offered=stands_by,
    ),
    Act(
        name="propose_above",
        label=gettext_lazy("Propose to record what the higher body granted"),
        take=forwarding.propose_above,
        permission="propose_above",
        form_class=DocumentForm,
        offered=is_forwarded,
    ),
    step(
        APPLICATION,
        "grant_above",
        forwarding.grant_above,
        consequences=granting_effects,
        sensitive=True,
    ),
    step(
        APPLICATION, "refuse_above", forwarding.refuse_above, form_class=DocumentForm, icon="cross"
    ),
)
