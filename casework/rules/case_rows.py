"""Whether what a file says of a case can be, together with what is stored of it.

Cases are given as plain values: days as ISO text, amounts as text. Faults are (column, code).
"""

# What only a case that succeeded has.
OF_SUCCESS = {
    "agreement": "",
    "agreed_on": None,
    "fulfilment": "",
    "due_on": None,
    "fulfilled_on": None,
    "is_voluntary": None,
    "confirmation": "",
    "confirmation_on": None,
}
BLANK = {
    "difficulty_id": None,
    "source": "applied",
    "closed_on": None,
    "people": None,
    "amount": None,
    "attempts": 1,
    "state": "accepted",
    "transferred_to": "",
    "documents": [],
    **OF_SUCCESS,
}
REQUIRED = {
    "organization_id": ("organization", "organization_missing"),
    "dispute_type_id": ("dispute_type", "type_missing"),
    "accepted_on": ("accepted_on", "accepted_missing"),
    "shares": ("mediators", "mediators_missing"),
}
CLOSED = {"succeeded", "failed", "withdrawn", "transferred"}
DONE = {"fulfilled", "partly"}
DECIDED = {"confirmed", "refused"}
# Days that lie neither before the case was accepted nor, but for the first, after today.
DAYS = ("due_on", "closed_on", "agreed_on", "fulfilled_on", "confirmation_on")


def settled(stored, given):
    """Return what the case says once a row is entered.

    An empty cell leaves what is stored; but a new outcome, or news of the fulfilment, takes away
    what no longer goes with it.
    """
    case = {**stored, **given}
    if "state" in given and case["state"] not in CLOSED and "closed_on" not in given:
        case["closed_on"] = None
    if "state" in given and case["state"] != "succeeded":
        case |= {name: empty for name, empty in OF_SUCCESS.items() if name not in given}
    if "fulfilment" in given and case["fulfilment"] not in DONE:
        names = {"fulfilled_on", "is_voluntary"} - given.keys()
        case |= dict.fromkeys(names)
    if "confirmation" in given and case["confirmation"] not in DECIDED:
        case |= dict.fromkeys({"confirmation_on"} - given.keys())
    return case


def faults_of(case, given, today):
    """Return why a case cannot be as it stands; ``given`` is what the row itself says."""
    return [
        *(fault for name, fault in REQUIRED.items() if not case.get(name)),
        *_of_days(case, today.isoformat()),
        *_of_outcome(case, given),
        *(_of_success(case) if case["state"] == "succeeded" else _of_others(case)),
    ]


def _of_days(case, today):
    accepted = case.get("accepted_on")
    if accepted and accepted > today:
        yield "accepted_on", "day_in_the_future"
    for name in DAYS:
        if not (day := case[name]):
            continue
        if accepted and day < accepted:
            yield name, "day_before_accepted"
        if day > today and name != "due_on":
            yield name, "day_in_the_future"


def _of_outcome(case, given):
    if case["state"] in CLOSED and not case["closed_on"]:
        yield "closed_on", "closed_missing"
    if case["state"] not in CLOSED and case["closed_on"]:
        yield "outcome", "outcome_missing" if "state" not in given else "closed_but_open"


def _of_success(case):
    if case["agreement"] == "none":
        yield "agreement", "success_without_agreement"
    if case["is_voluntary"] is not None and case["fulfilment"] not in DONE:
        yield "is_voluntary", "voluntary_without_fulfilment"
    if case["fulfilled_on"] and case["fulfilment"] not in DONE:
        yield "fulfilled_on", "fulfilled_day_without_fulfilment"
    if case["confirmation_on"] and case["confirmation"] not in DECIDED:
        yield "confirmation_on", "decision_day_without_decision"


def _of_others(case):
    if case["agreement"] in {"written", "oral"}:
        yield "agreement", "agreement_without_success"
    for name in OF_SUCCESS:
        if name != "agreement" and case[name] not in ("", None):
            yield name, "only_after_success"
