"""Acts: what an officer may do with a record from its page, steps of its flow among them."""

from collections.abc import Callable
from dataclasses import dataclass

from office.desk.forms import ReasonForm


def _nothing(*args):
    return []


def _no_more(page):
    return {}


def _always(row):
    return True


@dataclass(frozen=True, kw_only=True)
class Act:
    """One button on a record's page, the page that asks for what it needs, and the act itself.

    ``take(pk, *, by, today, **values)`` is an action of the app. ``refusals(row, today)`` says all
    that bars it, ``consequences(row, today)`` what it will bring about; both are sentences.
    ``answer(page, result)`` may return a response of its own instead of the record's page.
    A ``template`` of its own shows more than sentences: what it needs is ``shown(page)``.
    """

    name: str
    label: str
    take: Callable
    permission: str
    form_class: type = ReasonForm
    refusals: Callable = _nothing
    consequences: Callable = _nothing
    offered: Callable = _always
    answer: Callable | None = None
    template: str = ""
    shown: Callable = _no_more
    sensitive: bool = False
    grave: bool = False
    icon: str = "check"


def step(flow, name, take, **given):
    """Return the act of taking a step of a flow: label, guards and permission are the step's.

    What is ``given`` of these takes their place: refusals in other words, offered to fewer rows.
    """
    taken = flow.steps[name]
    return Act(
        name=name,
        label=taken.label,
        take=take,
        permission=name,
        **{
            "offered": lambda row: row.state in taken.sources,
            "refusals": lambda row, today: flow.refusals(row, name, today),
            **given,
        },
    )
