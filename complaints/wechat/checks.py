"""What is wrong with the settings of the official account, told before anything is served."""

import re

from django.conf import settings
from django.core import checks

from complaints.wechat.safe_mode import key_bytes

TOKEN = re.compile(r"[A-Za-z0-9]{3,32}")


def _faults():
    if not TOKEN.fullmatch(settings.WECHAT_TOKEN):
        yield "WECHAT_TOKEN must be 3 to 32 letters and digits."
    if settings.WECHAT_REPLAY_SECONDS < 1:
        yield "WECHAT_REPLAY_SECONDS must be 1 or more."
    if settings.WECHAT_KEEP_DAYS < 1:
        yield "WECHAT_KEEP_DAYS must be 1 or more: a message must be known again when it is resent."
    if not settings.SITE_URL:
        yield "SITE_URL must be set: the answers of WeChat lead to pages of the site."
    if settings.WECHAT_SAFE_MODE or settings.WECHAT_AES_KEY:
        yield from _faults_of_safe_mode()


def _faults_of_safe_mode():
    try:
        key_bytes(settings.WECHAT_AES_KEY)
    except ValueError as fault:
        yield f"WECHAT_AES_KEY is {fault}."
    if not settings.WECHAT_APP_ID:
        yield "WECHAT_APP_ID must be set for the safe mode."


@checks.register(checks.Tags.security)
def wechat_account_is_set_up(app_configs, **kwargs):
    """Refuse to start with an account that is half set up; without a token there is none."""
    if not settings.WECHAT_TOKEN:
        return []
    return [checks.Error(fault, id="complaints.E001") for fault in _faults()]
