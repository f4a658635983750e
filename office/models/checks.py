from django.core.exceptions import FieldError
from django.db import models, router
from django.db.models import BooleanField, CheckConstraint, Q, UniqueConstraint, Value
from django.db.models.functions import Coalesce

from office.personal import LookupHashField


class CheckedAtOnce(models.Model):
    """A row whose CHECKs are asked of the database in one question, not one by one.

    Only when one of them does not hold are they asked singly, to say which.
    """

    class Meta:
        abstract = True

    _all_hold = False
    _touched = None

    def clean_touched(self, attnames):
        """Check a stored row of which these fields changed, as ``full_clean`` does.

        A constraint that none of them belongs to held when the row was stored, and holds still.
        A keyed hash changes with what it is computed from.
        """
        names = {self._meta.get_field(attname).name for attname in attnames}
        hashes = (one for one in self._meta.concrete_fields if isinstance(one, LookupHashField))
        self._touched = names | {one.name for one in hashes if one.source in names}
        try:
            self.full_clean()
        finally:
            del self._touched

    def validate_constraints(self, exclude=None):
        self._all_hold = self._checks_hold(exclude)
        try:
            super().validate_constraints(exclude=exclude)
        finally:
            del self._all_hold

    def get_constraints(self):
        return [
            (model, [c for c in some if not (self._all_hold and _is_check(c)) and self._asks(c)])
            for model, some in super().get_constraints()
        ]

    def _asks(self, constraint):
        """Tell whether one of the fields that changed belongs to a constraint."""
        names = fields_of(constraint) if self._touched is not None else None
        if names is None:
            return True
        return not self._touched.isdisjoint(self._meta.get_field(name).name for name in names)

    def _checks_hold(self, exclude):
        """Tell whether there are several and all hold; of fields left out nothing is known."""
        checks = [each for each in self._meta.constraints if _is_check(each) and self._asks(each)]
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


def fields_of(constraint):
    """Return the names of the fields that belong to a constraint, None if they are not known."""
    if _is_check(constraint):
        return constraint.condition.referenced_base_fields
    if isinstance(constraint, UniqueConstraint) and not constraint.expressions:
        condition = constraint.condition
        return {*constraint.fields, *(condition.referenced_base_fields if condition else ())}
    return None


def _is_check(constraint):
    return isinstance(constraint, CheckConstraint)


def _unless_unknown(condition):
    """What is neither true nor false, for want of a value, holds in SQL."""
    return Q(Coalesce(condition, Value(value=True), output_field=BooleanField()))
