"""One small register with rows inside and outside of everybody's posts, and an account per role.

Every row outside carries a mark of its own, every field that is never public carries one as well,
so that a crawl can tell from any answer what should not have been in it.
"""

import json
from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.models import Page

from office import ledger
from office.identity import resident_id_for
from office.roles import Role
from registry.models import Consent, Discipline, ImportBatch
from registry.search.upkeep import refresh_organizations
from tests import make
from tests.make import TODAY
from tests.registry.cases import load_rules
from tests.security.routes import patterns
from tests.security.rows import further_rows

TOWNSHIP = "330681003"
# Where the rows outside of a post lie: as near as the post allows.
ELSEWHERE = {"same_place": TOWNSHIP, "township": "330681004", "county": "330682", "city": "330102"}
OUTSIDE = {Role.CLERK: "same_place", Role.JUSTICE_OFFICE: "township", Role.CITY_BUREAU: "city"}
PLACES = {Role.JUSTICE_OFFICE: TOWNSHIP, Role.CITY_BUREAU: "3306"}

ANONYMOUS, MEDIATOR, SUPERUSER = "anonymous", "mediator", "superuser"
ROLES = [ANONYMOUS, MEDIATOR, *Role.values, SUPERUSER]
# One phone for all: who looks for duplicates would find everybody.
PHONE = "13905750917"
MARK = "标记{}"
NEVER_PUBLIC = "密{}"


@dataclass
class Rows:
    """A row of every kind, all in one place, with what marks them."""

    place: str
    division: object
    organization: object
    mediator: object
    appointment: object
    discipline: object
    post: object
    importbatch: object
    entry: object
    further: dict
    marks: list
    secrets: list
    numbers: list


def picture():
    file = BytesIO()
    Picture.new("RGB", (40, 40), "teal").save(file, "JPEG")
    return file.getvalue()


def rows(place, serial):
    """Make a row of every kind in one division, listed, in post and with everything filled in."""
    division = make.division(TOWNSHIP if place in {"own", "same_place"} else ELSEWHERE[place])
    mark, secret = MARK.format(place), NEVER_PUBLIC.format(place)
    body = make.organization(in_division=division, name=f"{mark}人民调解委员会")
    number = resident_id_for("330681", make.date(1975, 3, 8), 100 + serial)
    born_on = make.date(1930 + serial, 3, 8)
    person = make.mediator(
        in_division=division,
        name=f"{mark}某",
        sex="male",
        born_on=born_on,
        ethnicity=f"{secret}族",
        political_status=f"{secret}党",
        other_specialities=f"{secret}专长",
        note=f"{secret}备注",
        id_number=number,
        phone=PHONE,
        certificate_number=f"证{secret}{serial:04d}",
    )
    person.photo.save("photo.jpg", ContentFile(picture()))
    held = make.appointment(person, body)
    record = make.saved(
        Discipline(
            appointment=held, kind="criticism", ground="insult", unit=f"{mark}人民调解委员会",
            decided_on=TODAY, text=f"{secret}批评",
        )
    )  # fmt: skip
    make.level_holding(person)
    recorder = make.user(name=f"{mark}记录人")
    officer = make.officer(Role.JUSTICE_OFFICE, division, name=f"{mark}干部")
    batch = checked_import(division, mark, secret)
    entry = ledger.append(
        "registry.mediator.change", person, by=recorder, reason=f"{mark}缘由",
        before={"note": ""}, after={"note": f"{secret}备注"},
    )  # fmt: skip
    refresh_organizations([body.pk], today=TODAY)
    return Rows(
        place, division, body, person, held, record, officer.posts.get(), batch, entry,
        further_rows(division, body, person, mark, recorder),
        marks=[mark, *([] if place in {"own", "same_place"} else [f"{division.name}<"])],
        secrets=[secret, f"{born_on.year}年", f"{born_on:%Y-%m-%d}"],
        numbers=[number, PHONE],
    )  # fmt: skip


def checked_import(division, mark, secret):
    """An import that was checked and waits to be entered, with one new row and a refused one."""
    batch = make.saved(
        ImportBatch(
            kind="mediators",
            division=make.division(division.code[:6]),
            state="checked",
            file_name=f"{mark}.csv",
            digest="0" * 64,
            checked_on=TODAY,
            rows=2,
            new=1,
            refused=1,
        )
    )
    head, cells = (
        "姓名,性别,身份证号码,所在调解组织,专/兼职",
        f"{mark}新人,男,,{mark}人民调解委员会,兼职",
    )
    batch.file.save("roster", ContentFile(f"{head}\n{cells}\n{cells}\n".encode()))
    after = json.dumps({"before": {}, "after": {"name": f"{mark}新人", "note": f"{secret}备注"}})
    batch.lines.create(number=1, sheet_row=2, verdict="new", content=after)
    batch.lines.create(number=2, sheet_row=3, verdict="error", faults=[["姓名", f"{mark}重复"]])
    return batch


class World:
    """All rows and accounts."""

    def __init__(self):
        list(patterns())  # Reading them is what registers the desks.
        load_rules()
        self.own = rows("own", 1)
        self.elsewhere = {place: rows(place, 2 + n) for n, place in enumerate(ELSEWHERE)}
        self.accounts = {role: self.account(role) for role in ROLES if role != ANONYMOUS}
        self.page = Page.objects.filter(depth=2).first()
        self.document = get_document_model().objects.create(
            title="Guide", file=SimpleUploadedFile("guide.txt", b"A guide.")
        )
        Consent(
            mediator=self.own.mediator, field="photo", given_on=TODAY, recorded_by=make.user()
        ).save()

    def account(self, role):
        if role == SUPERUSER:
            return make.user(is_superuser=True)
        if role == MEDIATOR:
            account = make.user()
            self.own.mediator.user = account
            self.own.mediator.save()
            return account
        place = (
            self.own.organization
            if role == Role.CLERK
            else make.division(PLACES.get(role, "330681"))
        )
        return make.officer(Role(role), place)

    def outside(self, role):
        """The rows that lie as near to the role's post as rows outside of it can."""
        return self.elsewhere[OUTSIDE.get(role, "county")]

    def hidden_from(self, role):
        """The rows outside of the role's post; of everybody without one, all rows."""
        if role in {ANONYMOUS, MEDIATOR}:
            return [self.own, *self.elsewhere.values()]
        nearest = list(ELSEWHERE).index(OUTSIDE.get(role, "county"))
        return list(self.elsewhere.values())[nearest:]
