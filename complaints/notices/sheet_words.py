"""What the finds of the redaction, the units and their conflicts are called."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.rules.redaction import PieceKind
from complaints.rules.routing import Addressee, Conflict

K = PieceKind
KIND_LABELS = {
    K.NAME: pgettext_lazy("redaction", "a name"),
    K.CALLED: pgettext_lazy("redaction", "how somebody is called"),
    K.PARTY: pgettext_lazy("redaction", "a party's name"),
    K.MOBILE: pgettext_lazy("redaction", "a mobile number"),
    K.LANDLINE: pgettext_lazy("redaction", "a telephone number"),
    K.ID_NUMBER: pgettext_lazy("redaction", "an ID number"),
    K.CARD: pgettext_lazy("redaction", "a bank card number"),
    K.ADDRESS: pgettext_lazy("redaction", "an address"),
    K.PLACE: pgettext_lazy("redaction", "a place"),
    K.PLATE: pgettext_lazy("redaction", "a number plate"),
    K.ACCOUNT: pgettext_lazy("redaction", "an account"),
    K.EMAIL: pgettext_lazy("redaction", "an e-mail address"),
    K.RELATION: pgettext_lazy("redaction", "a relation that may tell who it is"),
    K.DAY: pgettext_lazy("redaction", "a day that may tell who it is"),
}
UNIT_LABELS = {
    Addressee.ORGANIZATION: _("the organisation"),
    Addressee.TOWNSHIP: _("the justice office"),
    Addressee.COUNTY: _("the county bureau"),
    Addressee.CITY: _("the city bureau"),
}
CONFLICT_LABELS = {
    Conflict.IS_COMPLAINED_OF: _("it is complained of itself"),
    Conflict.HEAD: _("its head is the person complained of"),
    Conflict.CLERK: _("one who works on sheets there is the person complained of"),
    Conflict.KIN: _("one who works on sheets there declared to have a part in it"),
    Conflict.NOT_IN_WORK: _("it is deregistered"),
}
