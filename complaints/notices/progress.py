"""How far a complaint has come, in the words its holder reads. They name nobody."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.flows import ComplaintState
from complaints.models import ComplaintClock, ComplaintKey
from office.clocks import Calendar
from office.templatetags.clocks import due_text
from registry.letters import bureau_of

S, K = ComplaintState, ComplaintKey
MOST_JOINED = 20  # complaints joined in a row; a ring of them would be a fault

STATES = {
    S.RECEIVED: gettext_lazy("Your complaint was received. It has not been taken up yet."),
    S.SCREENING: gettext_lazy("We check whether your complaint can be accepted."),
    S.AWAITING_MATERIAL: gettext_lazy(
        "We wait for material from you. Until it comes, the limit for our answer stands still."
    ),
    S.ACCEPTED: gettext_lazy("Your complaint was accepted."),
    S.REJECTED: gettext_lazy("Your complaint was not accepted."),
    S.LEAD: gettext_lazy(
        "Your complaint was taken as a lead, because it names nobody. It is looked into; there "
        "is no duty to reply to it."
    ),
    S.ASSIGNED: gettext_lazy("The facts are being looked into. Nobody there is told who you are."),
    S.FINDINGS_IN: gettext_lazy("The facts were looked into. The decision is being prepared."),
    S.DECIDED: gettext_lazy("It is decided. The written reply is on its way."),
    S.REPLIED: gettext_lazy("The reply was given."),
    S.IN_REVIEW: gettext_lazy("The decision is under review, by others than those who decided."),
    S.REVIEWED: gettext_lazy("The review is decided."),
    S.IN_RECHECK: gettext_lazy("The decision is under re-review."),
    S.FINAL: gettext_lazy("The re-review is decided. The decision is final."),
    S.CLOSED: gettext_lazy("Your complaint is closed."),
    S.WITHDRAWN: gettext_lazy("Your complaint was withdrawn."),
}
SUSPENDED = gettext_lazy(
    "Handling is suspended until another proceeding has ended. The limits stand still."
)
JOINED = gettext_lazy(
    "It was joined to another complaint about the same facts. The progress shown here is that of "
    "both."
)
DESTROYED = gettext_lazy(
    "The content of this complaint was destroyed after the time set for keeping it. Only its "
    "number and dates are left."
)
STEPS = {
    "screen": gettext_lazy("Taken up for screening"),
    "ask_material": gettext_lazy("Missing material was asked for"),
    "go_on": gettext_lazy("Screening went on"),
    "lapse": gettext_lazy("Closed, because the missing material did not come"),
    "accept": gettext_lazy("It was accepted"),
    "reject": gettext_lazy("It was not accepted"),
    "make_lead": gettext_lazy("It was taken as a lead"),
    "pursue": gettext_lazy("The lead was accepted as a complaint"),
    "assign": gettext_lazy("Looking into the facts began"),
    "object": gettext_lazy("Who looks into the facts is settled anew"),
    "call_back": gettext_lazy("Who looks into the facts is settled anew"),
    "report": gettext_lazy("The facts were looked into"),
    "send_back": gettext_lazy("The facts are looked into once more"),
    "decide": gettext_lazy("It was decided"),
    "reply": gettext_lazy("The reply was sent"),
    "ask_review": gettext_lazy("A review was asked for"),
    "review": gettext_lazy("The review was decided"),
    "look_again": gettext_lazy("The review has the facts looked into once more"),
    "ask_recheck": gettext_lazy("A re-review was asked for"),
    "recheck": gettext_lazy("The re-review was decided"),
    "close": gettext_lazy("It was closed"),
    "reopen": gettext_lazy("It was opened again"),
    "withdraw": gettext_lazy("It was withdrawn"),
    "merge": gettext_lazy("It was joined to another complaint"),
}
# Limits that bind us towards the holder, or bind the holder; those among officers are not told.
LIMITS = {
    K.ACCEPT_DAYS: gettext_lazy("We tell you whether it is accepted by"),
    K.MATERIAL_DAYS: gettext_lazy("Please send what is missing by"),
    K.HOTLINE_DAYS: gettext_lazy("The hotline ticket is answered by"),
    K.TOTAL_DAYS: gettext_lazy("It is decided by"),
    K.REPLY_DAYS: gettext_lazy("You are sent the reply by"),
    K.REVIEW_DAYS: gettext_lazy("The review is decided by"),
    K.RECHECK_DAYS: gettext_lazy("The re-review is decided by"),
}
OWN_LIMITS = {
    K.REVIEW_ASK_DAYS: gettext_lazy("You may ask for a review until"),
    K.RECHECK_ASK_DAYS: gettext_lazy("You may ask for a re-review until"),
}


def leading(complaint):
    """Return the complaint that is handled: the one it was joined to in the end, or itself."""
    for _joined in range(MOST_JOINED):
        if complaint.merged_into is None:
            break
        complaint = complaint.merged_into
    return complaint


def standing(complaint, lead):
    """Return the sentences that say how a complaint stands; ``lead`` is the one handled."""
    said = [JOINED] if lead != complaint else []
    said.append(STATES[lead.state])
    if lead.is_suspended:
        said.append(SUSPENDED)
    return [str(sentence) for sentence in said]


def limits(complaint, lead, today):
    """Return what comes next as ``(key, what, until when)``, in the order it is due."""
    keys = LIMITS if lead != complaint else LIMITS | OWN_LIMITS
    clocks = ComplaintClock.objects.filter(
        complaint=lead, key__in=list(keys), task=None, stopped_on=None
    )
    calendar = Calendar.load()
    running = clocks.select_related("policy").prefetch_related("pauses")
    found = [(clock.key, clock.deadline(calendar)) for clock in running]
    found.sort(key=lambda one: (one[1].due_on is None, one[1].due_on or today))
    return [(key, str(keys[key]), due_text(deadline, today)) for key, deadline in found]


def in_charge(lead):
    """Return the sentence that names the body that handles it now."""
    return _("%(body)s handles it.") % {"body": bureau_of(lead.division_id)}


def status_in_words(complaint, today):
    """Return short sentences on how a complaint stands, for a message: nobody is named in them."""
    lead = leading(complaint)
    dated = [
        _("%(what)s: %(until)s") % {"what": what, "until": until}
        for _key, what, until in limits(complaint, lead, today)
    ]
    return [*standing(complaint, lead), in_charge(lead), *dated]
