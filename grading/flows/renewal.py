"""The life of a reappointment: what becomes of a post whose term ends.

"Not renewed" is not "dismissed": the term runs out (People's Mediation Law, art. 14 and 15).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from office.flow import Flow, Step, guard


class RenewalState(models.TextChoices):
    OPEN = "open", _("opened")
    RECOMMENDED = "recommended", _("recommendation made")
    DECIDED = "decided", _("decided by the unit")
    TOLD = "told", _("the person was told")
    IN_REVIEW = "in_review", pgettext_lazy("reappointment", "under review")
    ENDED = "ended", _("carried out")
    VOID = "void", _("no longer needed")


class Choice(models.TextChoices):
    RENEW = "renew", _("another term")
    NOT_RENEW = "not_renew", _("no further term")
    UNCLEAR = "unclear", _("left open by the rule")


S = RenewalState
RUNNING = [S.OPEN, S.RECOMMENDED, S.DECIDED, S.TOLD, S.IN_REVIEW]


@guard(_("The pack of evidence is not put together."))
def its_pack_is_taken(case, today):
    return bool(case.pack_digest)


@guard(_("A review the case rests on was corrected: take the evidence anew."))
def nothing_was_corrected(case, today):
    return case.flagged_on is None


@guard(_("The person asked for a review that is not decided."))
def no_reply_waits(case, today):
    return not case.reply or case.reviewed_on is not None


@guard(_("The person has until the last day of the reply to ask for a review."))
def the_reply_is_over(case, today):
    return (
        case.choice == Choice.RENEW
        or case.reviewed_on is not None
        or (case.reply_until is not None and case.reply_until < today)
    )


@guard(_("The time to reply is over."))
def a_reply_is_in_time(case, today):
    return case.reply_until is not None and today <= case.reply_until


@guard(_("The person asked for a review already; there is one."))
def nobody_replied_before(case, today):
    return not case.reply


@guard(_("The post ended or its term was changed: close this case."))
def its_term_still_ends(case, today):
    return case.is_needed


@guard(_("The post still runs to the end of this term: somebody has to decide."))
def nothing_is_left_to_decide(case, today):
    return not case.is_needed


RENEWAL = Flow(
    Step("recommend", _("Make the recommendation"), [S.OPEN, S.RECOMMENDED], S.RECOMMENDED,
         its_pack_is_taken, its_term_still_ends),
    Step("decide", _("Record the decision of the unit"), S.RECOMMENDED, S.DECIDED,
         its_pack_is_taken, nothing_was_corrected, its_term_still_ends),
    Step("tell", _("Tell the person"), S.DECIDED, S.TOLD),
    Step("reply", pgettext_lazy("reappointment", "Ask for a review"), S.TOLD, S.IN_REVIEW,
         a_reply_is_in_time, nobody_replied_before),
    Step("review", _("Record the decision of the review"), S.IN_REVIEW, S.TOLD),
    Step("carry_out", _("Carry out"), S.TOLD, S.ENDED, no_reply_waits, the_reply_is_over,
         nothing_was_corrected, its_term_still_ends),
    # The post ended some other way, or was renewed without a case.
    Step("void", _("Close as no longer needed"), RUNNING, S.VOID,
         nothing_is_left_to_decide),
    editable=RUNNING,
)  # fmt: skip
