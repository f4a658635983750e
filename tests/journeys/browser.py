"""A real browser, and what it must never have to report on any page."""

import os
import signal
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from registry.city.accounts import PASSWORD

# The same engine without the windows, tabs and menus around it, which cost more than most pages.
CHROMIUM = "/usr/bin/chromium-headless-shell"
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
REPORT_BREACHES = """
document.addEventListener("securitypolicyviolation", (event) =>
    console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""


@contextmanager
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def another(browser):
    """Start a second browser, in processes of its own."""
    return browser.browser_type.launch(executable_path=CHROMIUM, args=FLAGS)


def kill(browser):
    """End a browser as a crash does: nothing on its pages is told."""
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    for process in processes["processInfo"]:
        if process["type"] == "browser":
            os.kill(int(process["id"]), signal.SIGKILL)


def follow(page, selector):
    """Click on what leads to another page and wait until that page is there."""
    with page.expect_navigation():
        page.click(selector)


class Visitor:
    """Somebody with a browser of their own. ``faults`` collects what no page may cause."""

    def __init__(self, browser, site, *, language=None, text_size=None, **options):
        self.site, self.faults = site, []
        self.context = browser.new_context(
            base_url=site, locale="zh-CN", **{"viewport": PHONE, **options}
        )
        self.context.set_default_timeout(20_000)
        cookies = {"django_language": language, "text_size": text_size}
        self.context.add_cookies(
            [
                {"name": name, "value": value, "url": site}
                for name, value in cookies.items()
                if value
            ]
        )
        if options.get("java_script_enabled", True):
            self.context.add_init_script(REPORT_BREACHES)
        self.context.on("request", self._note_request)
        self.context.on("response", self._note_response)
        self.context.on("console", self._note_console)
        self.context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        self.page = self.context.new_page()

    def _note_request(self, request):
        if not request.url.startswith((f"{self.site}/", "data:", "blob:")):
            self.faults.append(f"request off the site: {request.url}")

    def _note_response(self, response):
        is_page = response.request.resource_type == "document"
        if response.status >= (500 if is_page else 400):
            self.faults.append(f"{response.status}: {response.url}")

    def _note_console(self, message):
        # A page that answers 404 or 422 is reported by the browser as well; that is no fault.
        is_status = message.text.startswith("Failed to load resource")
        if message.type in {"error", "warning"} and not is_status:
            self.faults.append(f"{message.type}: {message.text} ({self.page.url})")

    def sign_in(self, username, to="/admin/"):
        """Sign in with an account of the demo and wait for the page that follows."""
        self.page.goto(f"/accounts/login/?next={to}")
        self.page.fill("[name=login]", username)
        self.page.fill("[name=password]", PASSWORD)
        follow(self.page, "main form .button")
        return self.page

    def leave(self):
        self.context.close()
