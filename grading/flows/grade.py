"""The life of a level that was won: it runs, is checked again, lowered or revoked by two officers.

That it has run out is no state: it is read from its dates.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard


class GradeState(models.TextChoices):
    HELD = "held", _("held")
    # Proposed by one officer, to be decided by another; the person is asked first.
    LOWERING = "lowering", _("to be lowered")
    REVOKING = "revoking", _("to be revoked")
    LOWERED = "lowered", _("lowered")
    REVOKED = "revoked", _("revoked")
    FOLLOWED = "followed", _("followed by another level")


S = GradeState
# It is somebody's on its days.
STANDING = [S.HELD, S.LOWERING, S.REVOKING]


@guard(_("The level has run out."))
def it_has_not_run_out(grade, today):
    return grade.until_on is None or today < grade.until_on


@guard(_("The person was not heard, and the time to answer is not over."))
def the_person_was_heard(grade, today):
    return grade.answered_on is not None or (
        grade.answer_by is not None and grade.answer_by < today
    )


GRADE = Flow(
    Step("propose_lowering", _("Propose to lower"), S.HELD, S.LOWERING, it_has_not_run_out),
    Step("propose_revoking", _("Propose to revoke"), S.HELD, S.REVOKING, it_has_not_run_out),
    Step("lower", _("Lower"), S.LOWERING, S.LOWERED, the_person_was_heard),
    Step("revoke", _("Revoke"), S.REVOKING, S.REVOKED, the_person_was_heard),
    Step("keep", _("Leave as it is"), [S.LOWERING, S.REVOKING], S.HELD),
    # Taken by the confirmation of the level that follows it.
    Step("follow", _("Follow by another level"), STANDING, S.FOLLOWED),
    editable=[],
)
