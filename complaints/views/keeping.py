"""Pages of people who are signed in, kept in no browser and no cache."""

from functools import wraps

from django.utils.cache import patch_cache_control


def kept_nowhere(view):
    """Let no browser or proxy keep the page, nor tell another site where one was.

    The policy is not ``no-referrer``: under it a browser sends the forms of the page with the
    origin ``null``, which the protection against forged forms refuses.
    """

    @wraps(view)
    def answered(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        patch_cache_control(response, no_store=True, private=True)
        response["Referrer-Policy"] = "same-origin"
        return response

    return answered
