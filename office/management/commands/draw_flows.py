from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand

from office.flow import Flow


def drawings():
    """Return the drawing of every model's flow by the name of its file."""
    return {
        f"{model._meta.app_label}-{model._meta.model_name}.mmd": model.flow.mermaid()
        for model in apps.get_models()
        if isinstance(getattr(model, "flow", None), Flow)
    }


class Command(BaseCommand):
    help = "Draws every life cycle into docs/flows/; removes drawings of those that are gone."

    def add_arguments(self, parser):
        parser.add_argument("--into", type=Path, default=settings.BASE_DIR / "docs" / "flows")

    def handle(self, *, into, **options):
        into.mkdir(parents=True, exist_ok=True)
        made = drawings()
        for stale in into.glob("*.mmd"):
            if stale.name not in made:
                stale.unlink()
        for name, drawing in made.items():
            (into / name).write_text(drawing)
            self.stdout.write(name)
