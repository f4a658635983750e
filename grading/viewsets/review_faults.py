"""The faults that an edit of a review rule would leave, said beside the field or by its place."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from grading.notices.clauses import place_words
from grading.notices.review_rule_words import keys_of_path


def in_words(refusal, form, target):
    """Return the refusal of an edit as a clerk reads it: by field, or by place in words.

    :param target: the keys of what the form is about, in the document as it would be.
    """
    found = {}
    for path, sentence in refusal.faults:
        name = _field_of(form, keys_of_path(refusal.document, path), target)
        said = sentence if name else f"{place_words(refusal.document, path)}：{sentence}"
        found.setdefault(name or NON_FIELD_ERRORS, []).append(said)
    return ValidationError(found)


def _field_of(form, keys, target):
    inside = keys[len(target) :] if keys[: len(target)] == target else ()
    for name in ("__".join(map(str, inside)), str(inside[0])) if inside else ():
        for field in form.fields:
            if field in (name, f"{name}_0") or field.startswith(f"{name}__"):
                return field
    return None
