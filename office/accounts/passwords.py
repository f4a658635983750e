"""Password rules as a policy that can be chosen: 等保 wants complexity and change, ASVS length.

The numbers are settings (``PASSWORD_POLICIES``); a rule whose number is 0 does not apply. Sources:
GB/T 22239-2019 8.1.4.1 a) asks for complexity and regular change without naming numbers; OWASP ASVS
5.0 V6.2 forbids composition rules and forced change and asks for a list of common passwords.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from office.models import PastPassword

TOLD_APART = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
KINDS = [str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum() or not c.isascii()]


def policy():
    """Return the numbers of the policy in force."""
    return settings.PASSWORD_POLICIES[settings.PASSWORD_POLICY]


def kinds_in(password):
    """Return how many of the four kinds of characters a password has."""
    return sum(any(kind(c) for c in password if c.isascii() or kind is KINDS[3]) for kind in KINDS)


def refusals(password, user=None):
    """Return every reason, in a sentence, why the policy does not take a password."""
    return [reason for rule in RULES for reason in rule(password, user)]


def due_at(user):
    """Return the moment from which the account needs a new password; None if it never does.

    One that an officer handed out is due at once, under either policy (ASVS 5.0 6.4.1).
    """
    newest, days = user.past_passwords.first(), policy()["max_age_days"]
    if newest and newest.handed_out:
        return newest.set_at
    if not days:
        return None
    return (newest.set_at if newest else user.date_joined) + timedelta(days=days)


def invented():
    """Return a password of 16 easily told characters that the policy takes."""
    while True:
        groups = ["".join(secrets.choice(TOLD_APART) for _n in range(4)) for _m in range(4)]
        if not refusals(password := "-".join(groups)):
            return password


def help_sentences():
    """Return what the policy asks for, in sentences, before anything is typed."""
    rules, said = policy(), []
    said.append(_("At least %d characters.") % rules["min_length"])
    if rules["kinds"]:
        said.append(
            _("At least %d of: capital letters, small letters, digits, other characters.")
            % rules["kinds"]
        )
    if rules["history"]:
        said.append(_("None of your last %d passwords.") % rules["history"])
    said.append(_("Not a common password, and not close to your name."))
    if rules["max_age_days"]:
        said.append(_("It has to be changed every %d days.") % rules["max_age_days"])
    return said


class PasswordPolicy:
    """The policy in force, as the one validator of Django's settings."""

    def validate(self, password, user=None):
        if reasons := refusals(password, user):
            raise ValidationError(reasons)

    def get_help_text(self):
        return " ".join(help_sentences())

    def password_changed(self, password, user=None):
        """Keep the hash; under either policy, so that the other one finds it after a change."""
        if user is not None and user.pk:
            PastPassword.objects.create(user=user, hash=user.password, set_at=timezone.now())


def _is_long_enough(password, user):
    if (missing := policy()["min_length"] - len(password)) > 0:
        yield (
            ngettext(
                "The password needs %d more character.",
                "The password needs %d more characters.",
                missing,
            )
            % missing
        )


def _has_enough_kinds(password, user):
    if (wanted := policy()["kinds"]) > kinds_in(password):
        yield (
            _(
                "The password needs characters of %d kinds out of four: capital letters, small "
                "letters, digits, other characters."
            )
            % wanted
        )


def _is_not_common(password, user):
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        yield _("This password is on the list of common passwords; choose another one.")


def _is_not_the_name(password, user):
    try:
        UserAttributeSimilarityValidator(["username", "name", "email"]).validate(password, user)
    except ValidationError:
        yield _("The password is too close to your user name, name or e-mail address.")


def _is_new(password, user):
    count = policy()["history"]
    if not count or user is None or not user.pk:
        return
    past = user.past_passwords.values_list("hash", flat=True)[:count]
    if any(check_password(password, used) for used in past):
        yield _("This is one of your last %d passwords; choose another one.") % count


RULES = [_is_long_enough, _has_enough_kinds, _is_not_common, _is_not_the_name, _is_new]
