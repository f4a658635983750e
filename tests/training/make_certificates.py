"""Valid kinds and certificates for tests, in any state, made through the actions."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from registry import actions as registry_actions
from tests import make
from tests.make import DAY, TODAY
from training import actions
from training.models import CertificateKind, TrainingPolicy

FIXTURES = Path(__file__).parent.parent.parent / "fixtures" / "training"
ISSUED_ON = date(2024, 5, 6)


def policies():
    """The figures of training that come with the product."""
    content = json.loads((FIXTURES / "policies.json").read_text(encoding="utf-8"))
    registry_actions.load_policies(content, TrainingPolicy)


def kind(category="duty", **fields):
    """A kind of certificate, the standing one of its code if there is one."""
    fields.setdefault("code", category)
    standing = CertificateKind.objects.filter(
        code=fields["code"], division=fields.get("division"), until_on=None
    )
    if found := standing.first():
        return found
    fields = {
        "name": "人民调解员证" if category == "duty" else "培训合格证书",
        "name_en": f"{category} certificate",
        "wording": "考核合格，特发此证。",
        "has_yearly_check": category == "duty",
        "is_limited": category != "duty",
        "valid_months": None if category == "duty" else 36,
        "from_on": date(2020, 1, 1),
        **fields,
    }
    return make.saved(CertificateKind(category=category, **fields))


def certificate(state="issued", *, mediator=None, of=None, on=ISSUED_ON, **fields):
    """A certificate in a state; it is issued on ``on``, what followed came a day later each."""
    of = of or kind()
    first, second = make.user(), make.user()
    given = {"today": on, "reason": "A test."}
    row = actions.apply_for_certificate(
        mediator=mediator or make.mediator(name="章丽娟", sex="female"),
        kind=of,
        basis=fields.pop("basis", "岗前培训考试合格"),
        by=first,
        **given,
        **fields,
    )
    for name, by, days in STEPS[state]:
        take = getattr(actions, name)
        take(row.pk, by=(first, second)[by], reason="A test.", today=on + days * DAY)
    row.refresh_from_db()
    return row


APPROVE, ISSUE = ("examine_certificate", 0, 0), ("issue_certificate", 1, 0)
PROPOSE = ("propose_revocation", 0, 1)
STEPS = {
    "applied": [],
    "examined": [APPROVE],
    "declined": [("decline_certificate", 0, 0)],
    "issued": [APPROVE, ISSUE],
    "suspended": [APPROVE, ISSUE, ("suspend_certificate", 0, 1)],
    "revoking": [APPROVE, ISSUE, PROPOSE],
    "revoked": [APPROVE, ISSUE, PROPOSE, ("revoke_certificate", 1, 2)],
}


def superseded(*, on=ISSUED_ON, reissued_on=TODAY - 30 * DAY, **fields):
    """A certificate and the one that took its place."""
    old = certificate(on=on, **fields)
    new = actions.reissue_certificate(
        old.pk, by=make.user(), today=reissued_on, reason="Moved.", basis="信息变更"
    )
    actions.examine_certificate(new.pk, by=make.user(), today=reissued_on)
    actions.issue_certificate(new.pk, by=make.user(), today=reissued_on)
    old.refresh_from_db()
    new.refresh_from_db()
    return old, new


def picture():
    """The picture of a seal, as a browser sends it."""
    target = BytesIO()
    Image.new("RGB", (60, 60), (200, 30, 30)).save(target, "PNG")
    return SimpleUploadedFile("seal.png", target.getvalue(), "image/png")
