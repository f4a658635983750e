"""What a visitor asks of the list of notices: which place, which kind, running or past."""

from django.utils.translation import gettext as _

from registry.models import Division
from registry.models.division import division_id
from registry.models.notice import KINDS


class NoticeQuery:
    """The question in an address; what makes no sense in it is left out."""

    def __init__(self, data):
        self.past = data.get("when") == "past"
        self.kind = data.get("kind") if data.get("kind") in KINDS else ""
        page = data.get("page", "")
        self.page = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
        rows = Division.objects.filter(level="county", until_on=None).order_by("pk")
        self.places = list(rows.values_list("code", "name"))
        wanted = data.get("division", "")
        self.division = wanted if wanted in dict(self.places) else ""

    def narrow(self, rows, today):
        """Return the notices asked for, the newest first."""
        rows = rows.past(today) if self.past else rows.running(today)
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.division:
            low = division_id(self.division)
            rows = rows.filter(rows.between(low, low + 10 ** (12 - len(self.division))))
        return rows.order_by("-starts_on", "-pk")

    @property
    def kinds(self):
        return [(kind.code, kind.label) for kind in KINDS.values()]

    @property
    def is_narrowed(self):
        return bool(self.kind or self.division)

    @property
    def heading(self):
        return _("Past notices") if self.past else _("Public notices")
