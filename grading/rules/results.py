"""What a rule may say of an applicant, in words."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from grading.rules.predicates import FAIL, PASS, PENDING

RESULTS = {
    PASS: pgettext_lazy("application", "passes"),
    PENDING: pgettext_lazy("application", "left open"),
    FAIL: pgettext_lazy("application", "does not pass"),
    "vetoed": pgettext_lazy("application", "vetoed"),
    "blocked_rule": gettext_lazy("the rule does not say enough"),
    "level_not_open": gettext_lazy("this level is not open"),
    "": pgettext_lazy("application", "not judged yet"),
}
CHOICES = [(name, words) for name, words in RESULTS.items() if name]
