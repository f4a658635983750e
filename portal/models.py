"""The pages editors write, and what the foot of every page says."""

from django.core.paginator import Paginator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.blocks import BodyBlock
from portal.queries import NewsManager
from registry.models import Division, Speciality
from registry.models.division import DivisionLevel


@register_setting(icon="home")
class SiteDetails(BaseSiteSetting):
    """Who runs the site: shown in the head and foot of every page. What is empty is not shown."""

    sponsor = models.CharField(_("sponsor"), max_length=60, blank=True)
    sponsor_en = models.CharField(_("sponsor, in English"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    address_en = models.CharField(_("address, in English"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    site_code = models.CharField(_("government site code"), max_length=20, blank=True)
    icp_number = models.CharField(_("ICP filing number"), max_length=40, blank=True)
    police_number = models.CharField(_("public security filing number"), max_length=40, blank=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel(name) for name in ["sponsor", "sponsor_en", "address", "address_en"]],
            heading=_("Sponsor"),
        ),
        FieldPanel("phone"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ["site_code", "icp_number", "police_number"]],
            heading=_("Filing numbers"),
        ),
    ]

    class Meta:
        verbose_name = _("site details")
        verbose_name_plural = _("site details")

    @property
    def local_sponsor(self):
        return self.in_active_language("sponsor")

    @property
    def local_address(self):
        return self.in_active_language("address")

    def in_active_language(self, name):
        """Return a text in English where English is active and the text exists, else in Chinese."""
        english = getattr(self, f"{name}_en") if get_language() == "en" else ""
        return english or getattr(self, name)


class HomePage(Page):
    """The front door: the search box, the tasks, the latest news."""

    heading = models.CharField(_("heading"), max_length=60)
    intro = models.CharField(_("introduction"), max_length=200)

    content_panels = [*Page.content_panels, FieldPanel("heading"), FieldPanel("intro")]
    parent_page_types = ["wagtailcore.Page"]
    template = "portal/home_page.html"
    SPECIALITIES_SHOWN = 8
    NEWS_SHOWN = 5

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request, *args, **kwargs):
        news = NewsPage.objects.live().filter(locale_id=self.locale_id).latest_first()
        return super().get_context(request, *args, **kwargs) | {
            "counties": Division.objects.filter(level=DivisionLevel.COUNTY, until_on=None),
            "specialities": Speciality.objects.all()[: self.SPECIALITIES_SHOWN],
            "news": news[: self.NEWS_SHOWN],
        }


class ContentPage(Page):
    """A page of guidance or of the site's own rules."""

    intro = models.CharField(_("introduction"), max_length=300, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    parent_page_types = ["portal.HomePage", "portal.ContentPage"]
    subpage_types = ["portal.ContentPage"]
    template = "portal/content_page.html"

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")


class NewsIndexPage(Page):
    """The list of news, newest first."""

    parent_page_types = ["portal.HomePage"]
    subpage_types = ["portal.NewsPage"]
    max_count_per_parent = 1
    NEWS_PER_PAGE = 20
    template = "portal/news_index_page.html"

    class Meta:
        verbose_name = _("news index page")
        verbose_name_plural = _("news index pages")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        news = NewsPage.objects.live().child_of(self).latest_first()
        page = Paginator(news, self.NEWS_PER_PAGE).get_page(request.GET.get("page"))
        return context | {"news": page}


class NewsPage(Page):
    """An article, headed by the catalogue of open government information."""

    class Openness(models.TextChoices):
        PROACTIVE = "proactive", _("disclosed proactively")
        ON_REQUEST = "on_request", _("disclosed on request")

    published_on = models.DateField(_("publication date"))
    index_number = models.CharField(_("index number"), max_length=60, blank=True)
    topic = models.CharField(_("topic"), max_length=60, blank=True)
    issuer = models.CharField(_("issuing body"), max_length=60, blank=True)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    openness = models.CharField(
        _("manner of disclosure"),
        max_length=12,
        choices=Openness,
        default=Openness.PROACTIVE,
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"))

    objects = NewsManager()

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in [
                    "index_number",
                    "topic",
                    "issuer",
                    "published_on",
                    "document_number",
                    "openness",
                ]
            ],
            heading=_("Catalogue of open government information"),
        ),
        FieldPanel("body"),
    ]
    parent_page_types = ["portal.NewsIndexPage"]
    subpage_types = []
    template = "portal/news_page.html"

    class Meta:
        verbose_name = _("news page")
        verbose_name_plural = _("news pages")
