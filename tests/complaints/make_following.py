"""Complaints before the browser of those who hold their codes."""

from complaints import actions, vault
from complaints.flows import ENDED
from complaints.models import Complaint, ComplaintClock, Part, StatementKind
from tests.complaints.make_complaints import handler, received
from tests.make import TODAY

FOLLOW, CASE = "/complaints/follow/", "/complaints/follow/case/"
KEY = "a" * 32


def put(complaint, state, *, by=None, **fields):
    """Put a complaint into a state, with what the database wants to go with it."""
    by = by or handler()
    actions.give_access(complaint, by, Part.HANDLER, by=by, today=TODAY)
    if state in ENDED:
        fields.setdefault("closed_on", TODAY)
    if state == "merged" and "merged_into" not in fields:
        fields["merged_into"] = received()[0]
    fields = {"state": state, "handler": by} | fields
    Complaint.objects.filter(pk=complaint.pk).update(**fields)
    complaint.refresh_from_db()
    return complaint


def held(state="received", *, fields=None, **given):
    """A complaint in a state, with its code."""
    complaint, code = received(**given)
    if state != "received" or fields:
        put(complaint, state, **(fields or {}))
    return complaint, code


def opened(client, state="received", **given):
    """A complaint in a state, opened by its code in a browser."""
    complaint, code = held(state, **given)
    response = client.post(FOLLOW, {"code": code})
    assert response.status_code == 302, response.content.decode()
    return complaint


def send(client, name, **typed):
    """Open the form of an act, fill it in and send it."""
    page = client.get(f"{CASE}{name}/")
    return client.post(f"{CASE}{name}/", {**hidden(page), **typed})


def hidden(page):
    """What the hidden fields of a page hold."""
    form = page.context["form"]
    values = {"proof": page.context["proof"]}
    if "submission" in form.fields:
        values["submission"] = form["submission"].value()
    return values


def ask(complaint, text="请问当时还有谁在场？"):
    """A question of the handler."""
    return vault.say(
        complaint, StatementKind.QUESTION, text, today=TODAY, by=complaint.handler or handler()
    )


def term(complaint, key, start_on):
    """A limit that began on a day."""
    return actions.start_clock(complaint, key, today=start_on)


def clocks(complaint):
    return set(
        ComplaintClock.objects.filter(complaint=complaint, stopped_on=None).values_list(
            "key", flat=True
        )
    )
