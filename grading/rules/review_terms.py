"""What the closed words of a review rule are called by people."""

from django.utils.translation import pgettext_lazy

CYCLES = {
    "month": pgettext_lazy("review", "month"),
    "quarter": pgettext_lazy("review", "quarter"),
    "half_year": pgettext_lazy("review", "half-year"),
    "year": pgettext_lazy("review", "year"),
}
STEPS = {
    "self": pgettext_lazy("review", "self-review"),
    "organization": pgettext_lazy("review", "organisation"),
    "office": pgettext_lazy("review", "justice office"),
    "bureau": pgettext_lazy("review", "justice bureau"),
}
CONSEQUENCES = {
    "award": pgettext_lazy("review", "award"),
    "renewal": pgettext_lazy("review", "renewal of the term"),
    "talk": pgettext_lazy("review", "talk with the person"),
    "training": pgettext_lazy("review", "further training"),
    "no_renewal": pgettext_lazy("review", "no renewal of the term"),
    "pay": pgettext_lazy("review", "performance pay"),
    "grading": pgettext_lazy("review", "review of the grade"),
}
RECOMMENDATIONS = {
    "renew": pgettext_lazy("review", "renew the term"),
    "not_renew": pgettext_lazy("review", "do not renew the term"),
    "unclear": pgettext_lazy("review", "to be weighed by a person"),
}
STATES = {
    "done": pgettext_lazy("review", "scored"),
    "not_assessed": pgettext_lazy("review", "not assessed"),
    "too_little": pgettext_lazy("review", "too little was assessed"),
    "needs_rule": pgettext_lazy("review", "the rule does not say it"),
    "not_graded": pgettext_lazy("review", "not graded: too short a service"),
    "graded": pgettext_lazy("review", "graded"),
}
LINES = {
    "assessed": pgettext_lazy("review", "assessed"),
    "missing": pgettext_lazy("review", "not assessed: no data"),
    "too_few": pgettext_lazy("review", "not assessed: too few cases"),
}
# What a cut of a band came to while it is open.
CUTS = {
    "decided": pgettext_lazy("review", "decided"),
    "tie_needs_policy": pgettext_lazy("review", "equals at the cut: the rule does not say"),
    "tie_needs_seed": pgettext_lazy("review", "equals at the cut: a lot has to be drawn"),
    "tie_needs_senior_body": pgettext_lazy("review", "equals at the cut: a senior body decides"),
    "waits_for_higher_band": pgettext_lazy("review", "waits for the band above"),
    "needs_rule": pgettext_lazy("review", "the rule does not say it"),
}
