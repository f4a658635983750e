"""An opinion on a session is taken once from each participant, and told of nobody."""

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused
from training.models import Enrolment, Feedback


@transaction.atomic
def give_feedback(pk, *, mediator, **answers):
    """Take the opinion of a participant on a session that is over.

    Only that it was given is noted with the enrolment; the ledger names nobody.

    :raises Refused: if the person did not complete the session, or gave an opinion before.
    """
    mine = Enrolment.objects.filter(session=pk, mediator=mediator, state="completed")
    if not mine.exists():
        raise Refused(_("Only participants are asked, after the session."))
    # An update leaves the time of the last change alone: it would tell who answered when.
    if not mine.filter(has_answered=False).update(has_answered=True):
        raise Refused(_("You have given your opinion already."))
    opinion = Feedback(session_id=pk, **answers)
    opinion.full_clean()
    opinion.save(force_insert=True)
    ledger.append("training.trainingsession.give_feedback", opinion.session, by=None)
