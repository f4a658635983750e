"""Mediators on the officer's desk."""

from dataclasses import replace

import django_filters
from django.db.models import Prefetch
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act
from office.desk.columns import Column, Section, column, columns_of, facts_of
from office.desk.filters import Filters, contains
from office.desk.history import name_acts, name_facts, told
from office.desk.viewset import DESKS, DeskViewSet
from office.models import LedgerEntry
from office.personal import mask_phone, mask_resident_id
from registry.actions import extracts, mediators
from registry.flows import HOLDING
from registry.forms.editions import ExtractForm
from registry.forms.staff import (
    ConsentForm,
    MediatorForm,
    NewConsentForm,
    NewMediatorForm,
    PhotoForm,
)
from registry.models import (
    Appointment,
    ConsentField,
    Discipline,
    Employment,
    Level,
    LevelHolding,
    Mediator,
    Speciality,
)
from registry.permissions import EXPORT_INTERNAL, READ_INTERNAL
from registry.questions import titles_of, ways_on_above
from registry.reports.career import career
from registry.rules import Likeness
from registry.viewsets import levels
from registry.viewsets.erasures import ASK
from registry.viewsets.merges import MERGE_MEDIATORS, merged_tags
from registry.viewsets.person_pages import FindView, PhotoView, show_extract, show_numbers
from registry.viewsets.terms import APPOINTMENT_TONES, DivisionFilter, division_column

LIKENESS_TONES = {Likeness.CERTAIN: "error", Likeness.POSSIBLE: "warn"}
MOST_ACTS = 50  # of the ledger on a person's page; the history page has them all

name_acts(
    unmask=gettext_lazy("See ID number and phone in full"),
    give_consent=gettext_lazy("Record a consent"),
    withdraw_consent=gettext_lazy("Withdraw a consent"),
)
name_facts(consent=(gettext_lazy("Consent to publish"), ConsentField.choices))


NAME = column(Mediator, "name", label=gettext_lazy("Person's name"))
CERTIFICATE = column(Mediator, "certificate_number", permission=READ_INTERNAL)


def internal(*specs):
    """Return columns that only those may export who export more than the public fields."""
    return [replace(c, permission=EXPORT_INTERNAL) for c in columns_of(Mediator, specs)]


class MediatorFilters(Filters):
    name = contains("name", gettext_lazy("Person's name"))
    certificate_number = contains("certificate_number", gettext_lazy("Certificate number"))
    division = DivisionFilter()
    level = django_filters.ModelChoiceFilter(
        queryset=Level.objects.all(),
        label=gettext_lazy("Level"),
        method="hold_level",
        empty_label=gettext_lazy("All"),
    )
    employment = django_filters.ChoiceFilter(
        choices=Employment.choices,
        label=gettext_lazy("Full-time or part-time"),
        method="are_employed",
        empty_label=gettext_lazy("All"),
    )
    speciality = django_filters.ModelChoiceFilter(
        field_name="specialities",
        queryset=Speciality.objects.all(),
        label=gettext_lazy("Speciality"),
        empty_label=gettext_lazy("All"),
    )
    duplicates = django_filters.ChoiceFilter(
        choices=Likeness.choices,
        label=gettext_lazy("Duplicates"),
        method="are_alike",
        empty_label=gettext_lazy("All"),
    )

    asks_for = {"certificate_number": READ_INTERNAL, "duplicates": READ_INTERNAL}

    class Meta:
        model = Mediator
        fields = []

    def are_employed(self, rows, name, value):
        return rows.employed(value, timezone.localdate())

    def hold_level(self, rows, name, value):
        return rows.holding(value, timezone.localdate())

    def are_alike(self, rows, name, value):
        # Against everybody in the own area, not only against those the other filters leave.
        among = Mediator.objects.within(self.request.user, "registry.view_mediator")
        return rows.with_likeness(among).filter(likeness=value)


def joined(rows):
    return "、".join(str(row) for row in rows)


def masked_id_number(mediator):
    return mask_resident_id(mediator.id_number) if mediator.id_number else ""


def masked_phone(mediator):
    return mask_phone(mediator.phone) if mediator.phone else ""


organization_column = Column(
    name="organization",
    label=gettext_lazy("Organisation"),
    value=lambda row: joined(held.organization for held in row.held),
)
employment_column = Column(
    name="employment",
    label=gettext_lazy("Full-time or part-time"),
    value=lambda row: joined(dict.fromkeys(held.get_employment_display() for held in row.held)),
)
level_column = Column(
    name="level",
    label=gettext_lazy("Level"),
    value=lambda row: joined(holding.level for holding in row.held_levels),
)


id_number_column = Column(
    name="id_number", label=gettext_lazy("ID number (masked)"), value=masked_id_number
)
phone_column = Column(
    name="phone", label=gettext_lazy("Personal phone (masked)"), value=masked_phone
)


def is_known(mediator):
    """Whether anything personal is left to look at or to correct."""
    return mediator.erased_on is None


class MediatorDesk(DeskViewSet):
    name = "mediators"
    icon = "user"
    model = Mediator
    related = ("division",)
    filterset_class = MediatorFilters
    index_template = "registry/desk/mediators.html"
    list_columns = (
        NAME,
        "sex",
        organization_column,
        employment_column,
        level_column,
        division_column,
        CERTIFICATE,
    )
    exported = (
        NAME, "sex",
        *internal(
            "born_on", "ethnicity", "education", "background", "political_status",
            id_number_column, phone_column, "certificate_number",
        ),
        division_column, organization_column, employment_column, level_column,
    )  # fmt: skip
    history_action = "read_internal"
    export_is_personal = True
    form_class = MediatorForm
    add_form_class = NewMediatorForm
    add = staticmethod(mediators.add_mediator)
    change = staticmethod(mediators.change_mediator)
    acts = (
        Act(
            name="photo",
            label=gettext_lazy("Replace the photo"),
            take=mediators.replace_photo,
            permission="change",
            form_class=PhotoForm,
            offered=is_known,
            icon="image",
        ),
        Act(
            name="give-consent",
            label=gettext_lazy("Record a consent"),
            take=mediators.give_consent,
            permission="change",
            form_class=NewConsentForm,
            offered=is_known,
        ),
        Act(
            name="withdraw-consent",
            label=gettext_lazy("Withdraw a consent"),
            take=mediators.withdraw_consent,
            permission="change",
            form_class=ConsentForm,
            offered=lambda row: any(c.withdrawn_on is None for c in row.consents.all()),
            icon="cross",
        ),
        levels.RECORD,
        levels.END,
        MERGE_MEDIATORS,
        ASK,
        Act(
            name="extract",
            label=gettext_lazy("Issue an extract of the roster"),
            take=extracts.issue_extract,
            permission="extract",
            form_class=ExtractForm,
            answer=show_extract,
            icon="doc-full",
        ),
        Act(
            name="unmask",
            label=gettext_lazy("See ID number and phone in full"),
            take=mediators.unmask_mediator,
            permission="unmask",
            answer=show_numbers,
            offered=is_known,
            sensitive=True,
            icon="view",
        ),
    )

    def rows(self, user, action="view"):
        today = timezone.localdate()
        held = Appointment.objects.within(user).in_post(today).select_related("organization")
        held_levels = LevelHolding.objects.in_force(today).select_related("level")
        return (
            super()
            .rows(user, action)
            .prefetch_related(
                Prefetch("appointments", held, to_attr="held"),
                Prefetch("levels", held_levels, to_attr="held_levels"),
            )
        )

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("find/", self.page(FindView), name="find"),
            path("<int:pk>/photo/", self.page(PhotoView), name="photo"),
        ]

    def is_editable(self, record):
        return record.erased_on is None

    def tags(self, record):
        held = [(str(holding.level), "info") for holding in record.held_levels]
        titles = titles_of([record.pk], timezone.localdate()).get(record.pk, [])
        held += [(title, "info") for title, *_days in titles]
        erased = [(_("personal data erased"), "plain")] if record.erased_on else []
        return held + merged_tags(record) + erased

    def ways_on(self, record, page):
        desk = DESKS["registry.appointment"]
        if desk.permits(page.request.user, "nominate"):
            url = f"{desk.url('nominate')}?mediator={record.pk}"
            yield _("Nominate for a post"), url, "clipboard-list", False
        yield from ways_on_above(record, page.request.user)

    def sections(self, record, page):
        appointments = list(
            Appointment.objects.within(page.request.user)
            .filter(mediator=record)
            .select_related("organization", "mediator")
        )
        if not page.may("read_internal"):
            held = [row for row in appointments if row.state in HOLDING]
            return [self.public_person(record), self.posts(record, held, page)]
        if record.erased_on:
            return [self.person(record), self.posts(record, appointments, page)]
        alike = self.alike(record, page)
        return [
            *([alike] if alike else []),
            self.person(record),
            self.posts(record, appointments, page),
            self.career(record, appointments, page),
        ]

    def public_person(self, record):
        """What everybody may know, for those who read no more than that."""
        facts = facts_of(record, "name", "sex", "division")
        return Section(name="person", heading=_("Person"), icon="user", facts=facts)

    def alike(self, record, page):
        """The entries that may be the same person, if there are any."""
        found = self.rows(page.request.user).like(record)[:20]
        url = self.url
        alike = [
            (
                row,
                url("inspect", row.pk),
                Likeness(row.likeness).label,
                LIKENESS_TONES[row.likeness],
            )
            for row in found
        ]
        return alike and Section(
            name="alike",
            heading=_("Possible duplicates"),
            icon="warning",
            template="registry/desk/likeness.html",
            context={"alike": alike},
        )

    def person(self, record):
        shown = facts_of(
            record, NAME, "sex", "born_on", "ethnicity", "education", "background",
            "political_status", "certificate_number", "division",
        )  # fmt: skip
        shown += [
            (_("ID number"), masked_id_number(record)),
            (_("Personal phone"), masked_phone(record)),
            (_("Specialities"), joined(record.specialities.all())),
            (_("Languages and dialects"), joined(record.languages.all())),
            (_("Published with consent"), self.consents(record)),
            *facts_of(record, "note"),
        ]
        photo = self.url("photo", record.pk) if record.photo else ""
        return Section(
            name="person",
            heading=_("Person"),
            icon="user",
            template="registry/desk/person.html",
            context={"facts": shown, "photo": photo, "name": record.name},
        )

    def consents(self, record):
        open_consents = [c for c in record.consents.all() if c.withdrawn_on is None]
        return "、".join(consent.get_field_display() for consent in open_consents)

    def posts(self, record, appointments, page):
        desk = DESKS["registry.appointment"]
        held = [
            {
                "appointment": row,
                "url": desk.url("inspect", row.pk),
                "tone": APPOINTMENT_TONES.get(row.state, "plain"),
            }
            for row in appointments
        ]
        may_add = desk.permits(page.request.user, "add")
        return Section(
            name="posts",
            heading=_("Posts held"),
            icon="group",
            template="registry/desk/appointments.html",
            context={
                "held": held,
                "add_url": may_add and f"{desk.url('add')}?mediator={record.pk}",
            },
        )

    def career(self, record, appointments, page):
        entries = LedgerEntry.objects.of(record).exclude(act="registry.mediator.unmask")
        acts = told(entries.order_by("-sequence")[:MOST_ACTS])
        discipline = Discipline.objects.within(page.request.user).filter(
            appointment__in=appointments
        )
        return Section(
            name="career",
            heading=_("Career"),
            icon="history",
            template="registry/desk/career.html",
            context={"career": career(record, appointments, acts, discipline, page.today)},
        )
