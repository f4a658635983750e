"""What the rows of one import may name: organisations, mediators and words, read once.

Nothing outside the division of the import (or the one organisation of a clerk) is in here, so what
lies outside is refused exactly like what does not exist.
"""

from collections import defaultdict

from casework.imports.words import key
from casework.models import DifficultyScheme, DisputeType
from office.personal import lookup_hash
from registry.flows import HOLDING, OrganizationState
from registry.imports.bodies import Index
from registry.models import Appointment, Mediator, Organization
from registry.rules import enclosing

UNFILED = [OrganizationState.DRAFT, OrganizationState.NOT_LISTED]
GONE = {OrganizationState.DEREGISTERED}
ID_NUMBER_DIGITS = 18


class Reach:
    """Finds what a row names. Each finder returns (what was found, fault)."""

    def __init__(self, division, organization=None):
        self.division, self.organization = division, organization
        self.index = Index(division, UNFILED)
        rows = Organization.objects.in_division(division).exclude(state__in=UNFILED)
        self.numbers = {
            key(number): into or pk
            for pk, number, into in rows.exclude(number=None).values_list(
                "pk", "number", "merged_into"
            )
        }
        self.types = _terms(DisputeType.objects.all())
        self.schemes = {}
        self._bodies = {}
        self._load_people()

    def _load_people(self):
        posts = Appointment.objects.filter(state__in=HOLDING, mediator__merged_into=None)
        posts = posts.filter(organization__in=self.index.divisions)
        if self.organization:
            posts = posts.filter(organization=self.organization)
        # {(organisation, name): {person: [(from, until)]}}; numbers find anybody of the area.
        self.posts = defaultdict(lambda: defaultdict(list))
        self.by_certificate, self.by_id_number = {}, {}
        columns = (
            "organization_id", "mediator_id", "mediator__name", "mediator__certificate_number",
            "mediator__id_number_hash", "from_on", "until_on",
        )  # fmt: skip
        for body, person, name, certificate, id_hash, start, end in posts.values_list(
            *columns
        ).iterator():
            until = end.isoformat() if end else "9999"
            self.posts[body, name][person].append((start.isoformat(), until))
            if certificate:
                self.by_certificate[key(certificate)] = person
            if id_hash:
                self.by_id_number[id_hash] = person

    def body(self, text):
        """Find an organisation by number or name."""
        if text not in self._bodies:
            self._bodies[text] = self._find_body(text)
        return self._bodies[text]

    def _find_body(self, text):
        number = self.numbers.get(key(text))
        found = [number] if number else self.index.find(text)
        found = [pk for pk in found if pk in self.index.divisions]
        if self.organization:
            found = [pk for pk in found if pk == self.organization.pk]
        if len(found) > 1:
            found = [pk for pk in found if self.index.states[pk] not in GONE] or found
        if len(found) == 1:
            return found[0], ""
        return None, "organization_ambiguous" if found else "organization_unknown"

    def division_of(self, body):
        return self.index.divisions[body]

    def holds(self, body):
        """Whether a case of an organisation may be read and changed by this import."""
        if self.organization:
            return body == self.organization.pk
        return body in self.index.divisions

    def person(self, who, body, day):
        """Find somebody by certificate number, ID number, or name within the organisation."""
        if any(character.isdigit() for character in who):
            person = self.by_certificate.get(key(who))
            if person is None and len(who) == ID_NUMBER_DIGITS:
                person = self.by_id_number.get(lookup_hash(Mediator, "id_number", who))
            if person:
                return person, ""
        found = self.posts.get((body, who), {})
        if len(found) > 1 and day:
            found = [
                person
                for person, spans in found.items()
                if any(start <= day < end for start, end in spans)
            ] or list(found)
        if len(found) == 1:
            return next(iter(found)), ""
        return None, "mediator_ambiguous" if found else "mediator_unknown"

    def type(self, text):
        found = self.types.get(key(text))
        return found, "" if found else "type_unknown"

    def difficulty(self, text, body, day):
        """Find a class of the scheme that held at the organisation's place on a day."""
        found = self._scheme(self.division_of(body), day).get(key(text))
        return found, "" if found else "difficulty_unknown"

    def _scheme(self, division, day):
        asked = (division, day)
        if asked not in self.schemes:
            if len(self.schemes) > 50_000:
                self.schemes.clear()
            self.schemes[asked] = self._classes(division, day)
        return self.schemes[asked]

    def _classes(self, division, day):
        """Return {name: class} of the scheme in force, out of the few that could be."""
        if not hasattr(self, "_candidates"):
            self._candidates = _schemes_with_classes()
        above = {*enclosing(division), None}
        ruling = [
            scheme
            for scheme in self._candidates
            if scheme.division_id in above
            and scheme.from_on.isoformat() <= day
            and (scheme.until_on is None or day < scheme.until_on.isoformat())
        ]
        if not ruling:
            return {}
        nearest = max(ruling, key=lambda one: (one.division_id or 0, one.from_on))
        return nearest.by_word


def _schemes_with_classes():
    schemes = list(DifficultyScheme.objects.prefetch_related("classes"))
    for scheme in schemes:
        scheme.by_word = {
            key(word): one.pk
            for one in scheme.classes.all()
            for word in (one.code, one.name, one.name_en)
        }
    return schemes


def _terms(rows):
    """Return {word: primary key} of the words that stand for exactly one row."""
    found = defaultdict(set)
    for row in rows:
        for word in {key(text) for text in (row.code, row.name, row.name_en, *row.synonyms)}:
            found[word].add(row.pk)
    return {word: next(iter(pks)) for word, pks in found.items() if len(pks) == 1}
