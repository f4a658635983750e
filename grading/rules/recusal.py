"""Why a member does not judge an applicant: computed from facts, and declared.

Facts are sets of plain values; whoever loads them decides which complaints or cases there are. Days
within so many months include the first: what ended on 22 August is within three months on
22 November.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from registry.rules.days import months_before

SELF, ORGANISATION, MENTORSHIP = "self", "organisation", "mentorship"
CO_MEDIATION, COMPLAINT, KIN, DECLARED = "co_mediation", "complaint", "kin", "declared"

# In the order in which they are told.
GROUNDS = {
    SELF: _("The member is the applicant."),
    ORGANISATION: _("The member and the applicant belong to the same organisation."),
    MENTORSHIP: _("One of them is the other's mentor, or was lately."),
    CO_MEDIATION: _("They have lately mediated a case together."),
    COMPLAINT: _("One of them has to do with a complaint about the other."),
    KIN: _("They are declared to be relatives."),
    DECLARED: _("The member has declared another reason."),
}


@dataclass(frozen=True)
class Facts:
    """What is known of members and applicants, who are named by the same sort of key.

    ``belongs``: (person, organisation), on the day that counts.
    ``mentorships``: (mentor, mentee, from_on, until_on), half-open; None has no end.
    ``mediated``: (case, person, day), one for each mediator of a case.
    ``complaints``: (person, respondent), for all who have to do with a complaint.
    ``kin``: (person, person), in either order.
    ``declared``: (member, person), whatever the reason.
    """

    belongs: frozenset = frozenset()
    mentorships: frozenset = frozenset()
    mediated: frozenset = frozenset()
    complaints: frozenset = frozenset()
    kin: frozenset = frozenset()
    declared: frozenset = frozenset()


def recusals(members, applicants, facts, *, on, mentorship_months, case_months):
    """Return {(member, application): (grounds, ...)} as of a day; who is not in it may judge.

    ``applicants`` is {application: person}. Mentorships count now or within ``mentorship_months``
    after they end, cases within ``case_months``; with 0 months a mentorship counts only while it
    lasts.
    """
    members = frozenset(members)
    grounds = defaultdict(set)
    for ground, pairs in _pairs(members, facts, on, mentorship_months, case_months):
        for one, other in pairs:
            grounds[one, other].add(ground)
            if ground != DECLARED:
                grounds[other, one].add(ground)
    for person in members:
        grounds[person, person] = {SELF}
    return {
        (member, application): tuple(one for one in GROUNDS if one in grounds[member, person])
        for application, person in applicants.items()
        for member in members
        if (member, person) in grounds
    }


def _pairs(members, facts, on, mentorship_months, case_months):
    """Yield grounds with the pairs of people they hold between."""
    yield ORGANISATION, _together(members, ((where, person) for person, where in facts.belongs))
    yield MENTORSHIP, _mentored(facts.mentorships, on, mentorship_months)
    since = months_before(on, case_months)
    lately = ((case, person) for case, person, day in facts.mediated if since <= day <= on)
    yield CO_MEDIATION, _together(members, lately)
    yield COMPLAINT, facts.complaints
    yield KIN, facts.kin
    yield DECLARED, facts.declared


def _mentored(mentorships, on, months):
    """Yield mentors and mentees; the last day is the day before ``until_on``."""
    since = months_before(on, months)
    for mentor, mentee, from_on, until_on in mentorships:
        if from_on <= on and (until_on is None or until_on > since):
            yield mentor, mentee


def _together(members, placed):
    """Yield each member with everybody who is in the same place."""
    people = defaultdict(set)
    for place, person in placed:
        people[place].add(person)
    for those in people.values():
        for member in those & members:
            for other in those - {member}:
                yield member, other
