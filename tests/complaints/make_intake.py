"""A citizen before the form: every click is one request that is counted, redirects not."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from complaints.views.intake.drafting import COOKIE
from registry.search import upkeep
from tests import make
from tests.make import TODAY

NOW = f"{TODAY}T09:00:00+08:00"
PLACE_TAKEN = "Fengqiao, Zhuji"
WHAT = {
    "grounds": ["property", "partiality"],
    "happened_on": "2026-11-05",
    "text": "调解员收了对方两条香烟，然后只听他一个人说。",
}
CONTACT = {"name": "钱一民", "phone": "139 0000 1111"}


def listed(name="陈宏玉", *, in_division=None, **fields):
    """A mediator on the public roster; the organisation is on it as well."""
    body = make.organization(in_division=in_division, **fields)
    person = make.appointment(make.mediator(name=name, in_division=body.division), body).mediator
    upkeep.refresh_organizations([body.pk], today=TODAY)
    return person


class Citizen:
    """Somebody who fills in the form by plain requests; ``clicks`` counts them."""

    def __init__(self, client):
        self.client, self.clicks, self.page = client, 0, None

    @property
    def at(self):
        """The name of the step one stands at."""
        return self.page.request["PATH_INFO"].removeprefix("/complaints/").strip("/")

    @property
    def text(self):
        return self.page.content.decode()

    @property
    def key(self):
        return self.client.cookies[COOKIE].value

    def send(self, step, follow=True, **typed):
        """Click on a button of a step; one stands where that leads to."""
        self.clicks += 1
        path = f"/complaints/{step}/".replace("//", "/")
        self.page = self.client.post(path, typed, follow=follow)
        return self.page

    def open(self, step):
        path = f"/complaints/{step}/".replace("//", "/")
        self.page = self.client.get(path, follow=True)
        return self.page

    def begin(self, mode="anonymous", **params):
        self.send("", **params)
        return self.send("new/way", mode=mode)

    def pick(self, person):
        self.send("new/whom", q=person.name)
        return self.send("new/whom", pick=f"mediator:{person.public_id}")

    def up_to_check(self, person, mode="anonymous", **what):
        """Answer everything; without files."""
        self.begin(mode)
        self.pick(person)
        self.send("new/what", **(WHAT | what))
        self.send("new/evidence")
        if mode != "anonymous":
            self.send("new/contact", **CONTACT)
        return self.page

    def arrive(self):
        """Load the picture of the receipt, as a browser does once it has the page."""
        return self.client.get("/complaints/receipt/seen.svg")


def picture(name="证据.jpg", *, size=(60, 40), form="JPEG", exif=True):
    """A picture as a telephone takes it: with the place in its metadata."""
    data = Image.Exif()
    data[0x010E] = PLACE_TAKEN
    data[0x0110] = "HUAWEI P70"
    target = BytesIO()
    image = Image.new("RGB", size, (200, 30, 30))
    image.save(target, form, **({"exif": data} if exif else {}))
    return SimpleUploadedFile(name, target.getvalue(), content_type="image/jpeg")
