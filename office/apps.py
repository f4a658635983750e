from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AppConfig):
    name = "office"
    verbose_name = _("Office")

    def ready(self):
        from office.accounts import receivers  # noqa: F401, PLC0415
        from office.roles import Role, allow  # noqa: PLC0415

        allow(Role.SYSTEM_ADMIN, "office.help_account")
        from wagtail.documents import get_document_model  # noqa: PLC0415
        from wagtail.images import get_image_model  # noqa: PLC0415
        from wagtail.models import Page  # noqa: PLC0415

        from office.policies import admit_posts_to_pages, scope_policies  # noqa: PLC0415

        scope_policies(self)
        admit_posts_to_pages(Page, get_image_model(), get_document_model())
