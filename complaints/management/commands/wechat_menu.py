import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from complaints.wechat.menu import NotTaken, menu, push


class Command(BaseCommand):
    help = "Prints the menu of the WeChat account; with --push, brings it to the platform."

    def add_arguments(self, parser):
        parser.add_argument("--push", action="store_true", help="bring it to the platform")

    def handle(self, **options):
        if not settings.SITE_URL:
            raise CommandError("Set SITE_URL: the buttons lead to pages of the site.")
        self.stdout.write(json.dumps(menu(), ensure_ascii=False, indent=2))
        if not options["push"]:
            return
        if not (settings.WECHAT_APP_ID and settings.WECHAT_APP_SECRET):
            raise CommandError("Set WECHAT_APP_ID and WECHAT_APP_SECRET.")
        try:
            push()
        except NotTaken as fault:
            raise CommandError(f"The platform did not take the menu: {fault}.") from None
        self.stderr.write("The platform has taken the menu.")
