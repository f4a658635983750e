"""``manage.py migrate`` in half the time: ``python -m tests.migrating``.

After every step Django draws all models anew that hang together with the one it touched, which
here are most. A new model changes no other, a new constraint or index not even its own: for these
two, which are most of the steps, nothing else is drawn. What runs Python code still asks for all
models anew, and the steps themselves are Django's.
"""

import os

import django
from django.core.management import call_command
from django.db.migrations.state import ProjectState


def draw_little():
    """Let the two commonest steps draw nothing but what they change."""
    ProjectState.add_model, ProjectState._append_option = add_model, append_option


def add_model(self, model_state):
    key = model_state.app_label, model_state.name_lower
    self.models[key] = model_state
    if self._relations is not None:
        self.resolve_model_relations(key)
    if "apps" in self.__dict__:
        self.is_delayed = True
        self.apps.render_multiple([model_state])


def append_option(self, app_label, model_name, option, added):
    options = self.models[app_label, model_name].options
    options[option] = [*options[option], added]
    if "apps" in self.__dict__:
        self.is_delayed = True
        setattr(self.apps.get_model(app_label, model_name)._meta, option, options[option])


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    draw_little()
    call_command("migrate", verbosity=0)
