"""Who gives points for what: every step beside every indicator by hand, so that shares add up."""

from django.utils.translation import gettext

from grading.forms.review_cells import cell_of
from grading.forms.scheme_values import NodeForm
from grading.rules.indicators import indicators_of
from grading.rules.review_edits import rows_of
from grading.rules.review_parts import ANY, Spec
from grading.rules.review_steps import ALL, ONE_SHARE
from grading.rules.review_terms import STEPS
from grading.rules.terms import label_of
from grading.rules.unknown import UNK, is_known

WHOLE = "100%"


class GiversForm(NodeForm):
    """A field for each step and each indicator whose points a person gives."""

    def __init__(self, *args, scheme, value, **kwargs):
        super().__init__(*args, **kwargs)
        self.steps = rows_of("review.steps", value)
        self.leaves = [one for one in indicators_of(scheme) if one.is_given]
        self.cells = {}
        for at, step in enumerate(self.steps):
            called = step.get("label") or STEPS.get(step.get("id")) or label_of(step.get("id"))
            held = self._held(step)
            for place, one in enumerate(self.leaves):
                told = {"step": called, "indicator": one.label}
                label = gettext("%(step)s gives points for “%(indicator)s”") % told
                spec = Spec(f"share_{at}_{place}", ANY, label, help=gettext(
                    "Its share of the points, as 40%; blank: it gives none; 0%: shown, not counted."
                ))  # fmt: skip
                self.cells[at, one.name] = cell = cell_of(spec, held.get(one.name))
                self.fields.update(cell.fields())
        self.last()

    def _held(self, step):
        """Return the share of a step by indicator, the whole where it alone gives points."""
        named = step.get("indicators", [])
        every = [one.name for one in self.leaves]
        names = every if named == ALL or named is UNK else [named] if is_word(named) else named
        share = step.get("share")
        if isinstance(share, dict) and ONE_SHARE.isdisjoint(share):
            return {name: share.get(name) for name in names}
        share = UNK if named is UNK else WHOLE if share is None else share
        return dict.fromkeys(names, share)

    def clean(self):
        cleaned = super().clean()
        self.found = {} if self.errors else {
            key: cell.typed(self) for key, cell in self.cells.items()
        }  # fmt: skip
        return cleaned

    def made(self):
        """Return the steps with what each gives points for."""
        return [self._step(at, step) for at, step in enumerate(self.steps)]

    def _step(self, at, step):
        shares = {
            one.name: said for one in self.leaves if (said := self.found[at, one.name]) is not None
        }
        if shares == {name: said for name, said in self._held(step).items() if is_there(said)}:
            return step
        rest = {name: said for name, said in step.items() if name not in ("indicators", "share")}
        if not shares:
            return rest
        rest["indicators"] = list(shares)
        alone = all(said == WHOLE for said in shares.values())
        return rest if alone else {**rest, "share": shares}


def is_word(named):
    return isinstance(named, str)


def is_there(said):
    return said is UNK or is_known(said)
