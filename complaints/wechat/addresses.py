"""The pages of the site that people are led to from WeChat."""

from django.conf import settings
from django.urls import reverse


def start_page():
    """Return where a complaint begins; it is noted as one that came by WeChat."""
    return _whole("/complaints/?from=wechat")


def follow_page():
    """Return where a complaint is followed by its code."""
    return _whole(reverse("complaint_follow"))


def mediators_page():
    """Return where mediators are found."""
    return _whole(reverse("mediators"))


def _whole(path):
    return settings.SITE_URL.rstrip("/") + path
