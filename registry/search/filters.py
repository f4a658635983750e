"""By what the roster can be narrowed, and what of it stands in an address."""

from typing import NamedTuple

from django.core.cache import caches
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from registry.models import Division, Employment, Language, Level, OrganizationKind, Speciality
from registry.models.division import CODE_DIGITS, DivisionLevel
from registry.rules import enclosing
from registry.search.originals import LEVEL_SCALE, UNRATED_CODE

# With more counties than this a list to choose from starts with the provinces.
MOST_COUNTIES = 100
# How much of an unknown value is repeated.
SHOWN = 20


class Filter(NamedTuple):
    """A filter: its name in the address, its label, and the letter its facets begin with."""

    name: str
    label: str
    prefix: str


DIVISION = Filter("division", gettext_lazy("Place"), "d")
LEVEL = Filter("level", gettext_lazy("Level"), "l")
SPECIALITY = Filter("speciality", gettext_lazy("Speciality"), "s")
KIND = Filter("kind", gettext_lazy("Kind of organisation"), "k")
EMPLOYMENT = Filter("employment", gettext_lazy("Full-time or part-time"), "e")
LANGUAGE = Filter("language", gettext_lazy("Language or dialect"), "g")
FIELD = Filter("speciality", gettext_lazy("Field of disputes"), "s")

OF_MEDIATORS = [SPECIALITY, LEVEL, EMPLOYMENT, KIND, LANGUAGE]
OF_ORGANIZATIONS = [KIND, FIELD]


class Terms:
    """The words of the bureau's lists, each read if it is shown and then kept for a minute."""

    def of(self, name):
        """Return code and label of everything one can choose in a filter."""
        return getattr(self, name)

    @cached_property
    def speciality(self):
        return _labels(Speciality.objects, "name")

    @cached_property
    def language(self):
        return _labels(Language.objects, "name")

    @cached_property
    def level(self):
        rated = _labels(Level.objects.filter(scale=LEVEL_SCALE), "label")
        return {**rated, UNRATED_CODE: _("Not rated")}

    @cached_property
    def kind(self):
        return {code: str(label) for code, label in OrganizationKind.choices}

    @cached_property
    def employment(self):
        return {code: str(label) for code, label in Employment.choices}


class Chosen(NamedTuple):
    """A value chosen in a filter."""

    filter: Filter
    code: str
    label: str

    @property
    def facet(self):
        return f"{self.filter.prefix}{self.code}"


def _labels(terms, name):
    """Return code and label of each term, in the active language."""
    name = f"{name}_en" if (get_language() or "").startswith("en") else name
    return caches["page_parts"].get_or_set(
        f"terms:{terms.model._meta.label_lower}:{name}",
        lambda: dict(terms.values_list("code", name)),
    )


def groups_of(chosen):
    """Return the facets of chosen values, one group a filter: one facet of each must fit."""
    groups = {}
    for choice in chosen:
        groups.setdefault(choice.filter.name, []).append(choice.facet)
    return list(groups.values())


class Choices:
    """What was chosen in an address, and what can be; ``unknown`` says which values are odd."""

    def __init__(self, params, filters):
        self.filters, self.terms, self.unknown = filters, Terms(), []
        self.division = self._division(params)
        self.chosen = [
            Chosen(one, code, self.terms.of(one.name)[code])
            for one in filters
            for code in dict.fromkeys(params.getlist(one.name))
            if self._is_known(one, code)
        ]
        if self.division:
            self.chosen.insert(0, Chosen(DIVISION, self.division.code, self.division.name))

    def places(self):
        """Return code and name of the divisions one can go to: around the chosen one and in it."""
        code = self.division.code if self.division else ""
        return caches["page_parts"].get_or_set(
            f"places:{code}", lambda: list(self._places().values_list("code", "name"))
        )

    def _places(self):
        if self.division:
            near = Q(parent_id=self.division.parent_id) | Q(parent_id=self.division.pk)
            return Division.objects.filter(Q(pk__in=enclosing(self.division.pk)) | near)
        counties = Division.objects.filter(level=DivisionLevel.COUNTY)
        if counties[: MOST_COUNTIES + 1].count() > MOST_COUNTIES:
            return Division.objects.filter(level=DivisionLevel.PROVINCE)
        return counties

    def _division(self, params):
        code = params.get(DIVISION.name, "").strip()
        if not code:
            return None
        is_code = code.isascii() and code.isdigit() and len(code) <= CODE_DIGITS
        found = Division.objects.filter(code=code).first() if is_code else None
        if found is None:
            self._note(DIVISION, code)
        return found

    def _is_known(self, one, code):
        is_known = code in self.terms.of(one.name)
        if code and not is_known:
            self._note(one, code)
        return is_known

    def _note(self, one, code):
        self.unknown.append(
            _("“%(value)s” is not a value of the filter “%(filter)s” and was left out.")
            % {"value": code[:SHOWN], "filter": one.label}
        )
