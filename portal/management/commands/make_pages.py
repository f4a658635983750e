"""Create the public pages in Chinese and English, as far as they do not exist yet."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Locale, Page, Site

from portal.models import ContentPage, HomePage, NewsIndexPage, SiteDetails
from training.actions import let_trainers_write
from training.models import TrainingIndexPage

FOLDER = settings.BASE_DIR / "fixtures" / "pages"
KINDS = {
    "content": ContentPage,
    "courses": TrainingIndexPage,
    "news_index": NewsIndexPage,
}
DETAILS = {
    "sponsor": "某某市司法局（示例）",
    "sponsor_en": "Bureau of Justice of a City (example)",
    "address": "某某市某某路 1 号（示例）",
    "address_en": "1 Example Road, a City (example)",
    "phone": "0000-00000000（示例）",
    "site_code": "0000000000（示例）",
    "icp_number": "某ICP备00000000号（示例）",
    "police_number": "某公网安备00000000000000号（示例）",
}


class Command(BaseCommand):
    help = "Creates the public pages in both languages; what exists is left as editors have it."

    @transaction.atomic
    def handle(self, *args, **options):
        made = sum(make_tree(code) for code, _name in settings.LANGUAGES)
        make_site()
        let_trainers_write()
        self.stdout.write(f"{made} pages created")


def make_tree(code):
    """Create the pages of one language that are missing, and return how many that were."""
    content = json.loads(Path(FOLDER / f"{code}.json").read_text())
    locale, _created = Locale.objects.get_or_create(language_code=code)
    home, made = make_home(locale, content["home"])
    return made + sum(make_page(home, dict(page)) for page in content["pages"])


def make_home(locale, fields):
    home = HomePage.objects.filter(locale=locale).first()
    if home:
        return home, 0
    home = HomePage(locale=locale, slug=slugify(f"home-{locale.language_code}"), **fields)
    join_translations(home, HomePage.objects.all())
    Page.get_first_root_node().add_child(instance=home)
    home.save_revision().publish()
    return home, 1


def make_page(home, fields):
    """Create a page below the home page unless its slug is taken; return how many were made."""
    kind = KINDS[fields.pop("type")]
    if home.get_children().filter(slug=fields["slug"]).exists():
        return 0
    if "body" in fields:
        fields["body"] = json.dumps(fields["body"])
    page = kind(locale=home.locale, **fields)
    join_translations(page, kind.objects.filter(slug=page.slug))
    home.add_child(instance=page)
    page.save_revision().publish()
    return 1


def join_translations(page, others):
    """Make a new page the translation of the same page in another language, if there is one."""
    other = others.exclude(locale=page.locale).first()
    if other:
        page.translation_key = other.translation_key


def make_site():
    """Point the site at the Chinese home page and give it labelled example details."""
    home = HomePage.objects.get(locale__language_code=settings.LANGUAGE_CODE)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if site.root_page_id != home.pk:
        site.root_page = home
        site.site_name = str(settings.WAGTAIL_SITE_NAME)
        site.save()
    SiteDetails.objects.get_or_create(site=site, defaults=DETAILS)
