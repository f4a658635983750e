from django.core.exceptions import FieldError
from django.db import models, router
from django.db.models import BooleanField, CheckConstraint, Q, Value
from django.db.models.functions import Coalesce


class CheckedAtOnce(models.Model):
    """A row whose CHECKs are asked of the database in one question, not one by one.

    Only when one of them does not hold are they asked singly, to say which.
    """

    class Meta:
        abstract = True

    _all_hold = False

    def validate_constraints(self, exclude=None):
        self._all_hold = self._checks_hold(exclude)
        try:
            super().validate_constraints(exclude=exclude)
        finally:
            del self._all_hold

    def get_constraints(self):
        found = super().get_constraints()
        if not self._all_hold:
            return found
        return [(model, [c for c in some if not _is_check(c)]) for model, some in found]

    def _checks_hold(self, exclude):
        """Tell whether there are several and all hold; of fields left out nothing is known."""
        checks = [each for each in self._meta.constraints if _is_check(each)]
        if len(checks) < 2:
            return False
        conditions = [_unless_unknown(each.condition) for each in checks]
        try:
            return Q(*conditions).check(
                self._get_field_expression_map(meta=self._meta, exclude=exclude),
                using=router.db_for_write(type(self), instance=self),
            )
        except FieldError:
            return False


def _is_check(constraint):
    return isinstance(constraint, CheckConstraint)


def _unless_unknown(condition):
    """What is neither true nor false, for want of a value, holds in SQL."""
    return Q(Coalesce(condition, Value(value=True), output_field=BooleanField()))
