"""Levels given elsewhere on the officers' desk: recognised by two, on a document."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grading.actions import recognising
from grading.flows import RECOGNITION, RecognitionState
from grading.forms.recognitions import RecognitionForm
from grading.models import Recognition
from grading.models.recognition import said_of
from grading.rules.levels import foreign_levels
from grading.viewsets.grades import person, place, valid_until
from office.desk.acts import step
from office.desk.columns import Section, column, facts_of
from office.desk.filters import Filters, contains
from office.desk.viewset import DESKS, DeskViewSet
from registry.viewsets.terms import DivisionFilter

S = RecognitionState
TONES = {S.PROPOSED: "warn", S.CONFIRMED: "ok", S.DROPPED: "plain"}
state = column(Recognition, "state", tones=TONES)


class RecognitionFilters(Filters):
    name = contains("mediator__name", gettext_lazy("Name"))
    division = DivisionFilter(field_name="mediator__division")
    document = contains("document", gettext_lazy("Number of the document"))

    class Meta:
        model = Recognition
        fields = []


def told_of_the_mapping(recognition):
    """Return what the rule's own mapping says of the level given, in a sentence.

    Of a level that is said to be none of those mapped they are named, to be held against it.
    """
    said, rules = recognition.mapping, recognition.version.rules
    if said is None:
        names = [f"{one.scale} {one.label}" for one in foreign_levels(rules, recognition.from_on)]
        if names:
            told = {"levels": "、".join(names)}
            return _("It is said to be none of the levels that the rule maps: %(levels)s.") % told
        return _("The rule does not say what this level counts as: the officers decide it.")
    counts = said_of(rules, said.counts_as)
    told = {"scale": said.scale, "level": said.label, "counts": counts}
    return _("By the rule's mapping %(scale)s, %(level)s counts as %(counts)s.") % told


def recognising_effects(recognition, today):
    said = {"level": recognition.label, "day": recognition.from_on.isoformat()}
    departure = [_("It departs from the rule's mapping, because: %s") % recognition.departure]
    return [
        told_of_the_mapping(recognition),
        *(departure if recognition.departs else []),
        _("The person holds “%(level)s” from %(day)s, in the register and on public pages.") % said,
        _("A level held until then ends on that day and answers for the days before."),
        _("It is checked again, lowered and revoked as a level that was won in a round."),
    ]


class RecognitionDesk(DeskViewSet):
    name = "grading_recognitions"
    icon = "download"
    model = Recognition
    help = gettext_lazy(
        "A level given elsewhere, or under an old scale, counts as one of the own scale once two"
        " officers have decided so on a document. Levels only ever rise."
    )
    related = ("mediator__division", "version__scheme", "proposed_by", "decided_by", "grade")
    filterset_class = RecognitionFilters
    tab_field = "state"
    list_columns = (person, place, "old_level", "given_by", "label", "from_on", state)
    exported = (
        person, place, "old_level", "given_by", "document", "dated", "label", "from_on",
        valid_until, "state", "decided_on",
    )  # fmt: skip
    add_form_class = RecognitionForm
    add = staticmethod(recognising.propose_recognition)
    acts = (
        step(
            RECOGNITION,
            "confirm",
            recognising.confirm_recognition,
            consequences=recognising_effects,
            sensitive=True,
        ),
        step(RECOGNITION, "drop", recognising.drop_recognition, icon="cross"),
    )

    def tags(self, record):
        return [(record.get_state_display(), TONES[record.state])]

    def ways_on(self, record, page):
        desks = [("registry.mediator", record.mediator_id, _("The person"))]
        if record.grade_id:
            desks.append(("grading.grade", record.grade_id, _("The level given")))
        for label, pk, said in desks:
            desk = DESKS.get(label)
            if desk and desk.rows(page.request.user).filter(pk=pk).exists():
                yield said, desk.url("inspect", pk), "user", False

    def sections(self, record, page):
        given = facts_of(record, person, place, "old_level", "given_by", "document", "dated")
        given.append((_("The rule's mapping"), told_of_the_mapping(record)))
        counts = facts_of(
            record, "label", "version", "from_on", valid_until, "proposed_by", "proposed_on",
            "decided_by", "decided_on",
        )  # fmt: skip
        if record.departure:
            counts.insert(1, (_("Departs from the mapping, because"), record.departure))
        return [
            Section(name="given", heading=_("Given elsewhere"), icon=self.icon, facts=given),
            Section(name="counts", heading=_("Counts here as"), icon="pick", facts=counts),
        ]
