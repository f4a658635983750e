"""Why a row of a file of cases, or an item a platform pushes, is refused: in a clerk's words."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "number_missing": _("The case number is missing. By it a case is known again."),
    "number_long": _("The case number is longer than 40 characters."),
    "number_repeated": _("This case number stands in the file already, in row %(said)s."),
    "number_taken": _("This case number cannot be used: it belongs to a case outside your area."),
    "number_void": _("The case of this number was struck out; it is not changed by a file."),
    "organization_missing": _("The organisation is missing."),
    "organization_unknown": _(
        "There is no organisation “%(said)s” in your area. Write the name or the number as in the "
        "register."
    ),
    "organization_ambiguous": _(
        "Several organisations are called “%(said)s”. Write the number of the register."
    ),
    "mediators_missing": _("Name at least one mediator."),
    "mediator_unknown": _(
        "“%(said)s” never held a post in this organisation. Check the name, or write the "
        "certificate number."
    ),
    "mediator_ambiguous": _(
        "Several people of this organisation are called “%(said)s”. Write the certificate number."
    ),
    "mediator_twice": _("“%(said)s” is named twice."),
    "share_missing": _(
        "Write a share for every mediator or for none, like 张三(60%%)、李四(40%%)."
    ),
    "shares_do_not_sum": _("The shares together are not 100%%."),
    "type_missing": _("The type of dispute is missing."),
    "type_unknown": _("“%(said)s” is not a type of dispute of the list."),
    "difficulty_unknown": _(
        "“%(said)s” is not a class of difficulty of the scheme that held on the day of acceptance."
    ),
    "source_unknown": _("“%(said)s” is not a known source of a case."),
    "outcome_unknown": _("“%(said)s” is not a known outcome."),
    "outcome_missing": _("The case has a day on which it was closed but no outcome."),
    "closed_missing": _("The case has an outcome but no day on which it was closed."),
    "closed_but_open": _("The case is still being mediated but has a day on which it was closed."),
    "accepted_missing": _("The day of acceptance is missing."),
    "date_bad": _("“%(said)s” is not a date. Write it like 2026-03-05."),
    "date_imprecise": _("“%(said)s” does not name the day. Write it like 2026-03-05."),
    "day_in_the_future": _("This day has not come yet."),
    "day_before_accepted": _("This day lies before the day of acceptance."),
    "count_bad": _("“%(said)s” is not a whole number above zero."),
    "amount_bad": _("“%(said)s” is not an amount. Write it like 12000.00 or 1.2万元."),
    "amount_negative": _("An amount is not negative."),
    "agreement_unknown": _("“%(said)s” is not a form of agreement: write 书面, 口头 or 无."),
    "success_without_agreement": _("A case that succeeded has an agreement."),
    "agreement_without_success": _("Only a case that succeeded has an agreement."),
    "only_after_success": _("Only a case that succeeded has this."),
    "fulfilment_unknown": _("“%(said)s” does not say whether the agreement was fulfilled."),
    "voluntary_unknown": _("“%(said)s” is neither yes nor no."),
    "voluntary_without_fulfilment": _("Voluntary is only what was fulfilled."),
    "fulfilled_day_without_fulfilment": _("A day of fulfilment needs the word 已履行 as well."),
    "confirmation_unknown": _("“%(said)s” does not say what the court decided."),
    "decision_day_without_decision": _("A day of the court's decision needs the decision as well."),
    "documents_unknown": _("“%(said)s” is not a document of the contents list."),
    "digits_lost": _(
        "This number was stored as a numeric value and has lost its last digits. Format the column "
        "as text and type it again."
    ),
    "text_long": _("This is longer than the ledger can keep."),
    "phone_bad": _("This is not a telephone number."),
    "phone_without_name": _("There is a telephone number but nobody's name."),
    "kind_bad": _("This is neither a text nor a number, or a list where none may stand."),
    "field_unknown": _("There is no such field: “%(said)s”."),
    # In the words of the floor that bars it.
    "barred": "%(said)s",
}


def sentence(code, said=""):
    """Return the reason of a code as a sentence of the language in use."""
    return str(REASONS[code]) % {"said": said}
