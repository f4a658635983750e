"""What a signed-in person has to do or may open: floors add their lines, the roof shows them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Task:
    """A line of the own page: what awaits the person, where, and until when.

    ``tone`` is "", "warn" or "error": it repeats what ``note`` says.
    """

    label: str
    url: str
    note: str = ""
    due_on: date | None = None
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of one's own that may be opened at any time, with what there is to see."""

    label: str
    url: str
    note: str = ""


_providers = []


def offer(provider):
    """Add a function ``(user, today) -> [Task or Place]``. Called in ``AppConfig.ready()``."""
    if provider not in _providers:
        _providers.append(provider)


def lines_of(user, today):
    """Return the tasks of a user, the most urgent first, and the places, in the order of floors."""
    lines = [line for provider in _providers for line in provider(user, today)]
    tasks = [line for line in lines if isinstance(line, Task)]
    tasks.sort(key=lambda task: (task.due_on is None, task.due_on or today))
    return tasks, [line for line in lines if isinstance(line, Place)]
