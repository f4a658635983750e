"""One language per visitor: Chinese unless the visitor chose English (docs/decisions/0003)."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers


def chosen_language(request):
    """Return the language of the visitor's cookie, the site's own when there is none of ours."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def remember_language(response, language):
    """Keep the choice in the cookie that Django's own language form uses."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )


class LanguageMiddleware:
    """Speak the language of the address if it names one, else the one the visitor chose.

    Django's LocaleMiddleware cannot serve here: with an unprefixed default language it ignores the
    cookie on unprefixed addresses, and the registers have only those. The browser's
    Accept-Language is not asked: the service is Chinese first.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        named = translation.get_language_from_path(request.path_info)
        language = named or chosen_language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        if not named and self.is_page_in_another_language(request, response, language):
            response = HttpResponseRedirect(f"/{language}{request.get_full_path()}")
        if named and named != chosen_language(request):
            remember_language(response, named)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response

    @staticmethod
    def is_page_in_another_language(request, response, language):
        """Tell whether no address matched because pages of this language have a prefix."""
        return (
            response.status_code == 404
            and request.method in {"GET", "HEAD"}
            and request.resolver_match is None
            and language != settings.LANGUAGE_CODE
        )
