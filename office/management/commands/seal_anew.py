from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from office.accounts.second_factor import CONTEXT
from office.personal import EncryptedTextField, needs_rotation, seal, stored_text, unseal

SECRETS = ("secret", "seed")


class Command(BaseCommand):
    help = "Seals all personal data under the first key; the keys after it can be removed then."

    def handle(self, **options):
        sealed = sum(
            seal_column(model, field)
            for model in apps.get_models()
            for field in model._meta.local_fields
            if isinstance(field, EncryptedTextField)
        )
        sealed += sum(seal_secrets(row.pk) for row in Authenticator.objects.only("pk").iterator())
        self.stdout.write(f"{sealed} texts sealed anew")


def seal_column(model, field):
    """Seal one column of one table row by row, so that nobody waits; returns how many it were."""
    texts = model._base_manager.annotate(stored=stored_text(field.name)).order_by("pk")
    stored = texts.exclude(stored=None).exclude(stored="").values_list("pk", "stored")
    old = [pk for pk, text in stored.iterator() if needs_rotation(text)]
    names = [field.name, *(companion.name for companion in field.companions)]
    for pk in old:
        with transaction.atomic():
            model._base_manager.select_for_update(of=("self",)).get(pk=pk).save(update_fields=names)
    return len(old)


@transaction.atomic
def seal_secrets(pk):
    """Seal the secrets of one second factor; returns how many it were."""
    row = Authenticator.objects.select_for_update(of=("self",)).get(pk=pk)
    old = [name for name in SECRETS if name in row.data and needs_rotation(row.data[name])]
    for name in old:
        row.data[name] = seal(unseal(row.data[name], CONTEXT), CONTEXT)
    if old:
        row.save(update_fields=["data"])
    return len(old)
