"""Where a request comes from: the network address and the device, as far as they may be kept."""

import ipaddress
import re

from django.conf import settings

DEVICES = [
    (r"MicroMessenger", "WeChat"),
    (r"Edg(e|A|iOS)?/", "Edge"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/", "Chrome"),
    (r"Safari/", "Safari"),
]
SYSTEMS = [
    (r"OpenHarmony|HarmonyOS", "HarmonyOS"),
    (r"Android", "Android"),
    (r"iPhone|iPad", "iOS"),
    (r"Windows", "Windows"),
    (r"Mac OS X", "macOS"),
    (r"Linux|X11", "Linux"),
]


def client_address(request):
    """Return the visitor's address: of the one configured header, else of the connection.

    Any other forwarding header is ignored, for the visitor could have written it. Of a list the
    last address counts: the own proxy wrote it. What is no address counts as none.
    """
    text = request.META.get("REMOTE_ADDR", "")
    if settings.CLIENT_ADDRESS_HEADER:
        text = request.headers.get(settings.CLIENT_ADDRESS_HEADER, "").rpartition(",")[2]
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        return "0.0.0.0"  # noqa: S104  (an address that no visitor has, not one to listen on)


def masked_address(text):
    """Return an address without the part that names one machine: 203.0.113.*, 2001:db8:1::*."""
    address = ipaddress.ip_address(text)
    if address.version == 4:
        return text.rpartition(".")[0] + ".*"
    return ":".join(f"{int(part, 16):x}" for part in address.exploded.split(":")[:3]) + "::*"


def device_of(request):
    """Return browser and system in a few words; what a visitor wrote itself is never repeated."""
    agent = request.headers.get("User-Agent", "")[:500]
    found = [_first(agent, DEVICES), _first(agent, SYSTEMS)]
    return ", ".join(name for name in found if name)


def _first(agent, names):
    return next((name for pattern, name in names if re.search(pattern, agent)), "")
