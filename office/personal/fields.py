"""Model fields for personal data: sealed in the database, found by a keyed hash.

``save()`` and ``bulk_create()`` (also with ``update_conflicts``, if ``update_fields`` names both
columns) write text and hash together. A sealed text that has a hash can otherwise only be written
through ``personal_values``: ``bulk_update()`` and a plain ``update()`` are refused, since they
would leave the hash behind, and so is ``loaddata``. An expression such as ``F()`` bypasses a field:
never write one here.
"""

import re
from dataclasses import dataclass

from django.core import checks
from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.db.models import lookups, signals
from django.db.models.functions import Cast
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from office.personal.ciphers import SEALED, keyed_hash, seal, unseal

HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is stored of a text; it shows that the hash was written along with it."""

    stored: str | None


class EncryptedTextField(models.TextField):
    """Text that is encrypted in the database and plain on the instance.

    ``max_length`` counts the plain characters. No text stays no text, so that it can be told apart
    without a key. The column cannot be searched; ``isnull`` is the only lookup.
    """

    description = _("Encrypted text")

    @property
    def context(self):
        """The table and column that a sealed text is bound to."""
        return f"{self.model._meta.db_table}.{self.column}"

    @property
    def companions(self):
        """The hash fields computed from this one."""
        fields = self.model._meta.concrete_fields
        return [
            field
            for field in fields
            if isinstance(field, LookupHashField) and field.source == self.name
        ]

    def sealed(self, text):
        """Return the text as it is stored."""
        return Sealed(seal(text, self.context) if text else text)

    def from_db_value(self, value, expression, connection):
        return unseal(value, self.context) if value else value

    def to_python(self, value):
        value = super().to_python(value)
        if value and SEALED.fullmatch(value):
            raise ValidationError(_("This is encrypted text; give the plain text."), "sealed")
        return value

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if self.max_length is not None and value is not None and len(value) > self.max_length:
            message = _("At most %(limit)d characters are possible; this has %(length)d.")
            numbers = {"limit": self.max_length, "length": len(value)}
            raise ValidationError(message, "max_length", numbers)

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if hasattr(value, "resolve_expression"):
            raise FieldError(f"{self} takes text only: an expression would be stored unencrypted.")
        return self.sealed(value)

    def get_db_prep_save(self, value, connection):
        if not isinstance(value, Sealed) and self.companions:
            raise FieldError(
                f"{self} has a keyed hash that would be left behind: save the row, or write "
                f"update(**personal_values({self.model.__name__}, {self.name}=...))."
            )
        return super().get_db_prep_save(value, connection)

    def get_prep_value(self, value):
        # Not by way of TextField: its ``to_python`` is for what people type.
        value = models.Field.get_prep_value(self, value)
        return (value if isinstance(value, Sealed) else self.sealed(value)).stored

    def get_lookup(self, lookup_name):
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        ways = " or ".join(f"{field.name}__of" for field in self.companions)
        hint = f"find rows by {ways}" if ways else "it has no hash to find rows by"
        raise FieldError(f"{self} is encrypted, “{lookup_name}” cannot be asked of it: {hint}.")

    def get_transform(self, lookup_name):
        return self.get_lookup(lookup_name)

    def value_to_string(self, obj):
        """Return the sealed text: what is serialised to a file must not be readable there."""
        return self.sealed(self.value_from_object(obj)).stored or ""

    def check(self, **kwargs):
        found = super().check(**kwargs)
        if self.unique or self.db_index:
            message = "An encrypted field cannot be unique or indexed; give its hash field that."
            found.append(checks.Error(message, obj=self, id="office.E003"))
        return found


class ComputedHash(DeferredAttribute):
    """The hash of the source as it is now; what was loaded or assigned never shows."""

    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        return self.field.hash_of(getattr(instance, self.field.source))

    def __set__(self, instance, value):
        # Kept, since Django takes a field that is not there for a deferred one.
        instance.__dict__[self.field.attname] = value


class LookupHashField(models.CharField):
    """The keyed hash of an ``EncryptedTextField`` of the same model, for search and uniqueness.

    Always computed from ``source``. Ask by plain text: ``filter(phone_hash__of="138 1234 5678")``,
    ``filter(phone_hash__of_any=[...])``. No text has no hash (null).
    """

    description = _("Keyed hash of encrypted text")
    descriptor_class = ComputedHash

    def __init__(self, *args, source=None, **kwargs):
        self.source = source
        super().__init__(
            *args, **{**kwargs, "max_length": 64, "null": True, "blank": True, "editable": False}
        )

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "null", "blank", "editable"):
            del kwargs[fixed]
        return name, path, args, {**kwargs, "source": self.source}

    def hash_of(self, text):
        """Return the hash of a plain text in this column."""
        return keyed_hash(text, self.model._meta.get_field(self.source).context)

    def pre_save(self, model_instance, add):
        return getattr(model_instance, self.attname)

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        if value is not None and not HASH.fullmatch(value):
            raise ValueError(f"{self} holds hashes: ask “{self.name}__of” for a plain text.")
        return value

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        if not cls._meta.abstract:
            signals.pre_save.connect(self._refuse_half_a_save, sender=cls)

    def _refuse_half_a_save(self, sender, update_fields, **kwargs):
        if update_fields and (self.source in update_fields) != (self.name in update_fields):
            raise FieldError(f"Save “{self.source}” and “{self.name}” together.")

    def check(self, **kwargs):
        names = {field.name: field for field in self.model._meta.concrete_fields}
        found = super().check(**kwargs)
        if not isinstance(names.get(self.source), EncryptedTextField):
            message = f"The source “{self.source}” is not an encrypted field of the same model."
            found.append(checks.Error(message, obj=self, id="office.E004"))
        return found


@LookupHashField.register_lookup
class Of(lookups.Exact):
    """``phone_hash__of=text``: rows whose source is this text."""

    lookup_name = "of"
    # No text has no hash, and nothing equals null: no row is found.
    can_use_none_as_rhs = True

    def get_prep_lookup(self):
        return self.lhs.output_field.hash_of(self.rhs)

    def get_rhs_op(self, connection, rhs):
        return connection.operators[lookups.Exact.lookup_name] % rhs


@LookupHashField.register_lookup
class OfAny(lookups.In):
    """``phone_hash__of_any=texts``: rows whose source is one of these texts."""

    lookup_name = "of_any"

    def get_prep_lookup(self):
        return [self.lhs.output_field.hash_of(text) for text in self.rhs]


def lookup_hash(model, source, text):
    """Return the hash under which ``model`` stores a text of its field ``source``."""
    field = model._meta.get_field(source)
    return keyed_hash(text, field.context)


def personal_values(model, **texts):
    """Return sealed texts and their hashes for ``update()``: ``update(**personal_values(...))``."""
    values = {}
    for name, text in texts.items():
        field = model._meta.get_field(name)
        values[name] = field.sealed(text)
        values |= {companion.name: companion.hash_of(text) for companion in field.companions}
    return values


def stored_text(name):
    """Return an expression for what the database holds of an encrypted field, unopened."""
    return Cast(name, models.TextField())


def unmasked(row, name, *, reason):
    """Return the plain text of an encrypted field to somebody who gives a reason.

    Whether the person may, and the entry in the ledger, are the caller's to see to.

    :raises ValidationError: if no reason is given.
    """
    field = row._meta.get_field(name)
    if not isinstance(field, EncryptedTextField):
        raise FieldError(f"{field} is not an encrypted field.")
    if not reason.strip():
        raise ValidationError(_("State the reason for which you need to see it in full."), "reason")
    return getattr(row, name)
