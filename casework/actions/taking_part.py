"""Nobody asks, checks or scores what was done in the own case."""

from django.utils.translation import gettext as _

from office.flow import Refused


def refuse_who_mediated(case, by):
    """:raises Refused: if the account is that of somebody who mediated the case."""
    if by is not None and case.shares.filter(mediator__user=by).exists():
        raise Refused(_("You mediated this case. Leave this to a colleague."))
