"""The desk's menu in the form that Wagtail's script reads, packed without telepath's detours.

Telepath asks each of the hundred entries which script draws it and watches for entries that occur
twice, which took a quarter of every page. See ``docs/decisions/0013-desk-speed.md``.
"""

from telepath import DICT_RESERVED_KEYS, Adapter, ValueNode
from wagtail.admin.telepath import registry
from wagtail.admin.ui.sidebar import MainMenuModule


class MenuAdapter(Adapter):
    """Packs the main menu in the stead of the adapter that Wagtail registers."""

    def __init__(self, stock):
        self.js_constructor, self.js_args = stock.js_constructor, stock.js_args

    def build_node(self, obj, context):
        return ValueNode(in_full(obj))


def pack_menus_quickly():
    """Take the place of Wagtail's adapter. Once is enough; twice does no harm."""
    registry.register(MenuAdapter(registry.find_adapter(MainMenuModule)), MainMenuModule)


def in_full(value):
    """Return what telepath packs of a value, every part where it stands and none by reference."""
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, dict):
        parts = {str(key): in_full(part) for key, part in value.items()}
        return parts if parts.keys().isdisjoint(DICT_RESERVED_KEYS) else {"_dict": parts}
    if isinstance(value, (list, tuple)):
        return [in_full(part) for part in value]
    if adapter := registry.find_adapter(type(value)):
        return {"_type": adapter.js_constructor, "_args": in_full(adapter.js_args(value))}
    return str(value)  # A sentence that is translated when it is read.
