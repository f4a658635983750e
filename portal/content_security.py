"""Where the strict content security policy has to give way, and to what."""

from csp.constants import SELF, UNSAFE_INLINE

# Wagtail's own screens that write script or style into the page. No record of the register is here.
WAGTAIL_EDITOR = ("/admin/pages/", "/admin/images/", "/admin/documents/", "/admin/users/")
RELAXED = {
    "script-src": [UNSAFE_INLINE],
    "style-src": [UNSAFE_INLINE],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}


def relax_for_the_page_editor(get_response):
    """Allow inline script and style, and the preview's frame, under Wagtail's page editor only."""

    def middleware(request):
        response = get_response(request)
        if request.path.startswith(WAGTAIL_EDITOR):
            response._csp_update = RELAXED  # noqa: SLF001 - the way django-csp is told
        return response

    return middleware
