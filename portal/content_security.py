"""Where the strict content security policy has to give way, and to what."""

from csp.constants import SELF, UNSAFE_INLINE

INLINE_SCRIPT = {"script-src": [SELF, UNSAFE_INLINE]}

# Wagtail's own screens that write script or style into the page, as measured in a browser; the
# editor also frames the preview. No record of the register is shown on them.
GIVES_WAY = {
    "/admin/pages/": {
        **INLINE_SCRIPT,
        "style-src": [SELF, UNSAFE_INLINE],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
    },
    "/admin/users/": INLINE_SCRIPT,
}


def give_way_to_wagtail(get_response):
    """Allow inline script, and for the page editor style and frames, under their addresses only."""

    def middleware(request):
        response = get_response(request)
        for address, directives in GIVES_WAY.items():
            if request.path.startswith(address):
                response._csp_replace = directives  # noqa: SLF001 - the way django-csp is told
        return response

    return middleware
