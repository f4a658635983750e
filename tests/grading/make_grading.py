"""Rule sets of every state, built through the real models."""

from pathlib import Path

from grading.actions.schemes import digest_of
from grading.models import GradingScheme, SchemeVersion
from grading.rules.documents import written
from grading.rules.reading import read
from tests import make
from tests.make import DAY, TODAY

FIXTURES = Path(__file__).parent.parent.parent / "fixtures" / "grading"


def text(name):
    """The text of a file of rule sets that comes with the product."""
    return (FIXTURES / f"{name}.yaml").read_text(encoding="utf-8")


def document(**changes):
    """The rule set of the demo, complete enough to be put into force, with other sections."""
    return {**read(text("demo_city"))[0]["ruleset"], **changes}


def published(code):
    """One of the published rule sets."""
    return next(one["ruleset"] for one in read(text("published")) if one["ruleset"]["id"] == code)


def scheme(division=None, **fields):
    fields = {"code": f"S{make.next_number()}", "title": "等级评定办法", **fields}
    return make.saved(GradingScheme(division=division, **fields))


def version(state="draft", *, content=None, of=None, division=None, **fields):
    """A version of a scheme; of a template the scheme lies nowhere."""
    content = content or document()
    if of is None:
        place = None if state == "template" else division or make.division()
        given = {"title": content["title"]} if "title" in content else {}
        given["subject"] = content.get("subject", "mediator")
        of = scheme(place, **given)
    content = {**content, "id": of.code}
    body = written(content)
    number = of.versions.count() + 1
    fields.setdefault("effective_from", None if state == "template" else TODAY - 700 * DAY)
    fields.setdefault("drafted_by", make.user())
    if state in {"active", "retired"}:
        fields.setdefault("activated_by", make.user())
        fields.setdefault("activated_on", fields["effective_from"])
    if state == "retired":
        fields.setdefault("effective_until", TODAY - 100 * DAY)
    return make.saved(
        SchemeVersion(
            scheme=of, number=number, state=state, text=body, digest=digest_of(body), **fields
        )
    )
