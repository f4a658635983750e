"""Forms of the parts of a review rule, made from their descriptions."""

from django import forms
from django.utils.translation import gettext

from grading.actions.scheme_editing import LEFT_OUT
from grading.evaluation.catalogue import FIGURES
from grading.forms.review_cells import cell_of
from grading.forms.scheme_nodes import add_window, clean_window, window_typed
from grading.forms.scheme_values import NodeForm
from grading.rules import wording
from grading.rules.indicators import indicators_of
from grading.rules.review_consequences import PAY
from grading.rules.review_kinds import KINDS, NAMED, SAID
from grading.rules.review_parts import (
    ANY,
    BANDS,
    CONSEQUENCE,
    LOWER_BANDS,
    METRICS,
    PARTS,
    SCALABLE,
    TIES,
    UPPER_BANDS,
    Spec,
)
from grading.rules.review_rows import (
    band_names,
    band_of,
    consequence_of,
    flat_band,
    flat_consequence,
    flat_indicator,
    indicator_of,
)
from grading.rules.reviews import bands_of
from grading.rules.terms import label_of
from grading.rules.unknown import UNK, is_known

# What is no number is no figure of an indicator.
NO_NUMBERS = ("exists", "latest", "by_year")


def offered(scheme, words):
    """Return {word: label} of what a name may be: closed words, or what this rule has itself."""
    return _OFFERED[words](scheme) if isinstance(words, str) else words


def _bands_but(scheme, which):
    """Return the bands without the lowest or highest; all where it is unknown which that is."""
    found = band_names(scheme)
    return found if bands_of(scheme) is UNK else found[which]


def _ties(scheme):
    found = {}
    for one in indicators_of(scheme):
        found[one.name] = gettext("%s, more is better") % one.label
        found[f"-{one.name}"] = gettext("%s, less is better") % one.label
    return found


def _metrics(scheme):
    own = {name: wording.metric_label(scheme, name) for name in scheme.section("metrics")}
    known = {
        name: str(label) for name, (label, calc) in FIGURES.items()
        if not any(kind in calc for kind in NO_NUMBERS)
    }  # fmt: skip
    return {**known, **own}


def _named(rows):
    return {one: one for one in rows}


_OFFERED = {
    BANDS: lambda scheme: _named(band_names(scheme)),
    UPPER_BANDS: lambda scheme: _named(_bands_but(scheme, slice(-1))),
    LOWER_BANDS: lambda scheme: _named(_bands_but(scheme, slice(1, None))),
    TIES: _ties,
    SCALABLE: lambda scheme: {
        one.name: one.label for one in indicators_of(scheme) if one.is_scalable
    },
    METRICS: _metrics,
}


class PartForm(NodeForm):
    """A part: the names it has by its description, and whatever stands there besides."""

    hidden = ()

    def __init__(self, *args, scheme, part, value, **kwargs):
        super().__init__(*args, **kwargs)
        self.scheme, self.part, self.value = scheme, part, value
        self.flat = self.flattened()
        self.cells = [
            cell_of(spec, self.flat.get(spec.name), offered(scheme, spec.words))
            for spec in self.specs()
        ]
        for cell in self.cells:
            self.fields.update(cell.fields())
        self.build()
        self.last()

    def build(self):
        """Add fields of which the description does not know."""

    def flattened(self):
        """Return what stands there by the names of the description."""
        if isinstance(self.value, dict):
            return self.value
        return {self.part.short: self.value} if self.part.short and is_known(self.value) else {}

    def specs(self):
        """Yield the descriptions of what the form asks for."""
        known = {*self.part.others, *(one.name for one in self.part.specs)}
        yield from (one for one in self.part.specs if one.name not in self.hidden)
        for name, said in self.flat.items():
            if name not in known and not isinstance(said, dict | list) and "." not in name:
                yield Spec(name, ANY, label_of(name))

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            self.found = {
                cell.spec.name: said
                for cell in self.cells
                if (said := cell.typed(self)) is not None
            }
        return cleaned

    def made(self):
        """Return the part that was typed; what the form does not ask for stays."""
        asked = {cell.spec.name for cell in self.cells}
        kept = {
            name: self.found.get(name, said)
            for name, said in self.flat.items()
            if name not in asked or name in self.found
        }
        found = {**kept, **{name: said for name, said in self.found.items() if name not in kept}}
        if found == self.flat and is_known(self.value):
            return self.value
        if self.part.short and list(found) == [self.part.short]:
            return found[self.part.short]
        return {**found, **{n: one for n, one in self.part.others.items() if n not in found}}


class PointsForm(PartForm):
    """The numbers of the review itself, beside its sections."""

    def specs(self):
        return self.part.specs

    def changed_values(self):
        """Return what differs from what stands there."""
        names = [cell.spec.name for cell in self.cells]
        typed = {name: self.found.get(name, LEFT_OUT) for name in names}
        return {
            name: said for name, said in typed.items() if said is not self.flat.get(name, LEFT_OUT)
        }


class StepForm(PartForm):
    """A step; who gives points for what has a page for all steps at once."""

    hidden = ("indicators", "share")


class ReviewVetoForm(PartForm):
    """A veto of the review; its condition has a page of its own."""

    hidden = ("window",)

    def flattened(self):
        found = dict(super().flattened())
        if isinstance(found.get("effect"), dict):
            found["effect.cap"] = found.pop("effect").get("cap")
        return found

    def build(self):
        add_window(self, self.flat.get("window"))

    def clean(self):
        cleaned = super().clean()
        clean_window(self)
        if not self.errors and {"effect", "effect.cap"} <= self.found.keys():
            self.add_error("effect__cap", gettext("It has one effect: one of the two."))
        return cleaned

    def made(self):
        found = {name: said for name, said in super().made().items() if name != "window"}
        cap = found.pop("effect.cap", None)
        effect = {"effect": {"cap": cap}} if cap is not None else {}
        made = {**found, **effect, **window_typed(self)}
        return self.value if made == self.value else made


class ConsequenceForm(PartForm):
    """One thing that follows from a band."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{**kwargs, "part": CONSEQUENCE})

    def flattened(self):
        return flat_consequence(self.value) if self.value is not None else {}

    def clean(self):
        cleaned = super().clean()
        if not self.errors and "kind" not in self.found:
            self.add_error("kind", gettext("Say what follows."))
        elif not self.errors and self.found["kind"] != PAY:
            for name in {"factor", "amount"} & self.found.keys():
                self.add_error(name, gettext("Only pay has a factor or an amount."))
        return cleaned

    def made(self):
        found = self.found
        return self.value if found == self.flat else consequence_of(found)


class BandForm(PartForm):
    """A band: its word, its two ends, and whether each end belongs to it."""

    def flattened(self):
        return flat_band(self.scheme, self.value) if is_known(self.value) else {}

    def specs(self):
        label, *others = self.part.specs
        belongs = [(True, gettext("this number belongs to the band")),
                   (False, gettext("this number does not belong to it"))]  # fmt: skip
        yield label
        yield Spec("low", ANY, gettext("The lower end"))
        self.fields["low_included"] = self._choice(belongs, "low", is_usual=True)
        yield Spec("high", ANY, gettext("The upper end"), help=gettext(
            "Left blank: up to the band above it, or without end."
        ))  # fmt: skip
        self.fields["high_included"] = self._choice(belongs, "high", is_usual=False)
        yield from others

    def _choice(self, rows, end, *, is_usual):
        label = gettext("Whether the lower end belongs to it")
        return forms.TypedChoiceField(
            label=label if end == "low" else gettext("Whether the upper end belongs to it"),
            choices=rows, initial=self.flat.get(f"{end}_included", is_usual),
            coerce=lambda said: said in (True, "True"), widget=forms.RadioSelect,
        )  # fmt: skip

    def build(self):
        self.order_fields(["label", "low", "low_included", "high", "high_included"])

    def clean_label(self):
        label = self.cleaned_data["label"]
        if label is UNK or not label:
            raise forms.ValidationError(gettext("A band needs a word."))
        if set(str(label)) & set(".[]"):
            raise forms.ValidationError(gettext("A name has no dots and brackets."))
        return label

    def made(self):
        found = dict(self.found)
        for end in ("low", "high"):
            included = f"{end}_included"
            stays = found.get(end) is UNK and self.flat.get(end) is UNK
            if end in found and not (stays and included not in self.flat):
                found[included] = self.cleaned_data[included]
        is_same = found == self.flat
        return self.value if is_same else band_of(self.scheme, found, self.value)


class IndicatorForm(PartForm):
    """An indicator of one kind, or a group of them."""

    def __init__(self, *args, kind, places=(), path="", **kwargs):
        self.kind, self.places, self.path = kind, places, path
        super().__init__(*args, **{**kwargs, "part": KINDS[kind]})

    def flattened(self):
        return flat_indicator(self.value) if is_known(self.value) else {}

    def specs(self):
        about = {one.name: one for one in (*NAMED, *self.part.specs, *SAID)}
        return list({**about, **{one.name: one for one in self._besides(about)}}.values())

    def _besides(self, about):
        every = {one.name for part in KINDS.values() for one in part.specs}
        for name, said in self.flat.items():
            if name not in about and name not in every and not isinstance(said, dict | list):
                yield Spec(name, ANY, label_of(name))

    def build(self):
        if len(self.places) > 1:
            self.fields["into"] = forms.ChoiceField(
                label=gettext("Stands in"), choices=self.places, initial=self.path
            )

    def clean(self):
        cleaned = super().clean()
        if not self.errors and set(str(self.found.get("id", ""))) & set(".[]"):
            self.add_error("id", gettext("A name has no dots and brackets."))
        if not self.errors and "id" not in self.found and not isinstance(self.value, dict):
            self.add_error("id", gettext("An indicator needs a name."))
        if not self.errors and "deduct.more" in self.found:
            self._test_first_cost(self.found.get("deduct.costs"))
        return cleaned

    def _test_first_cost(self, costs):
        """What comes after the first time is said once: by a list, or by what is added."""
        if not isinstance(costs, list) or len(costs) != 1:
            said = gettext("Beside this, only what the first time costs is named.")
            self.add_error("deduct__costs", said)

    @property
    def into(self):
        """The path of the list that the indicator is to stand in, None if it stays."""
        chosen = self.cleaned_data.get("into", self.path)
        return None if chosen == self.path else chosen

    def made(self):
        if self.found == self.flat and is_known(self.value):
            return self.value
        return indicator_of(self.kind, self.found, self.value)


FORMS = {
    "": PointsForm,
    "bands[]": BandForm,
    "consequences.*[]": ConsequenceForm,
    "indicators[]": IndicatorForm,
    "steps[]": StepForm,
    "vetoes[]": ReviewVetoForm,
}


def form_of(name):
    """Return the form of a part, None where it only leads to others."""
    if name in FORMS:
        return FORMS[name]
    return PartForm if name in PARTS and PARTS[name].specs else None
