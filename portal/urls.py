"""Every address of the site, in one place."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from office.accounts import urls as account_urls
from office.desk import urls as desk_urls
from portal import health, views

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("language/", views.choose_language, name="set_language"),
    path("text-size/", views.choose_text_size, name="text_size"),
    path("sitemap/", views.site_map, name="site_map"),
    path("components/", views.components, name="components"),
    path("accounts/", include(account_urls.accounts)),
    path("admin/", include(account_urls.instead_of_wagtail)),
    path("admin/", include(desk_urls.instead_of_wagtail)),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("registry.urls")),
    path("", include("casework.urls")),
    path("", include("complaints.urls")),
    path("", include("grading.urls")),
    path("", include("training.urls")),
    path("my/", views.my_page, name="my_page"),
    *(static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT) if settings.DEBUG else []),
    *i18n_patterns(
        path("", include(account_urls.instead_of_wagtails_pages)),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]

handler500 = "portal.views.server_error"
