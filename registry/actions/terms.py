"""The lists of words the register uses, and the levels, come from a file the bureau may edit."""

from django.db import transaction

from registry.models import Language, Level, Speciality


@transaction.atomic
def load_terms(content):
    """Store specialities, languages and levels; what is there already is brought up to date.

    ``content`` holds the lists ``specialities``, ``languages`` and ``levels`` of plain values.
    Returns the number of rows of each list.
    """
    for model, name in [(Speciality, "specialities"), (Language, "languages")]:
        for order, values in enumerate(content[name]):
            code = values["code"]
            model.objects.update_or_create(code=code, defaults={**values, "order": order})
    for values in content["levels"]:
        key = {"scale": values["scale"], "code": values["code"]}
        Level.objects.update_or_create(**key, defaults=values)
    return {name: len(content[name]) for name in ["specialities", "languages", "levels"]}
