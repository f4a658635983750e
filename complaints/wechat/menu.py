"""The menu below the official account, and how it is brought to the platform."""

import json
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils.translation import pgettext

from complaints.wechat.addresses import follow_page, mediators_page, start_page
from complaints.wechat.answers import HOTLINE, Answer

SECONDS = 10
# What the platform shows: more is cut off, or the menu refused.
BYTES_OF_A_BUTTON, BYTES_BELOW_A_BUTTON = 16, 40


class NotTaken(Exception):
    """The platform did not take the menu; the message is its error number, or what failed."""


def menu():
    """Return the menu as the platform takes it."""
    complain = [
        _page(pgettext("WeChat menu", "Complain now"), start_page()),
        _page(pgettext("WeChat menu", "Follow up"), follow_page()),
        _words(pgettext("WeChat menu", "How to ask here"), Answer.HOW_TO_FOLLOW),
    ]
    return {
        "button": [
            {"name": pgettext("WeChat menu", "Complain"), "sub_button": complain},
            _page(pgettext("WeChat menu", "Find mediators"), mediators_page()),
            _words(HOTLINE, Answer.HOTLINE),
        ]
    }


def _page(name, address):
    return {"type": "view", "name": name, "url": address}


def _words(name, answer):
    return {"type": "click", "name": name, "key": str(answer)}


def push():
    """Bring the menu to the platform. :raises NotTaken: if it could not be reached or refuses."""
    asked = {
        "grant_type": "client_credential",
        "appid": settings.WECHAT_APP_ID,
        "secret": settings.WECHAT_APP_SECRET,
    }
    # In the body: an address is written into logs.
    token = _asked("/cgi-bin/stable_token", asked).get("access_token")
    if not token:
        raise NotTaken("no access_token")
    _asked(f"/cgi-bin/menu/create?{urlencode({'access_token': token})}", menu())


def _asked(path, content):
    body = json.dumps(content, ensure_ascii=False).encode()
    request = Request(settings.WECHAT_API + path, body, {"Content-Type": "application/json"})  # noqa: S310
    try:
        with urlopen(request, timeout=SECONDS) as response:  # noqa: S310 - an address of ours
            answer = json.load(response)
    except (URLError, TimeoutError, ValueError) as error:
        raise NotTaken(type(error).__name__) from None
    if not isinstance(answer, dict) or answer.get("errcode"):
        raise NotTaken(str(answer.get("errcode")) if isinstance(answer, dict) else "no object")
    return answer
