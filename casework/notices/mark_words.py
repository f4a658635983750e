"""How people are told what in a text may tell who somebody is."""

from django.utils.translation import gettext_lazy as _

from casework.rules.personal_marks import MarkKind

MARK_LABELS = {
    MarkKind.ID_NUMBER: _("ID number"),
    MarkKind.MOBILE: _("mobile number"),
    MarkKind.LANDLINE: _("telephone number"),
    MarkKind.CARD: _("bank card"),
    MarkKind.PLATE: _("number plate"),
    MarkKind.EMAIL: _("e-mail address"),
    MarkKind.ACCOUNT: _("account of a messenger"),
    MarkKind.ADDRESS: _("address with door number"),
    MarkKind.PARTY: _("party of the case"),
    MarkKind.NAME: _("perhaps a name"),
    MarkKind.PLACE: _("village or township"),
}
