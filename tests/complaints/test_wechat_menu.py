"""The menu as the platform takes it, and the settings that are told before anything is served."""

import io
import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.utils import translation

from complaints.wechat.checks import wechat_account_is_set_up
from complaints.wechat.menu import menu
from tests.complaints.wechat_platform import APP_ID, set_up

SITE = "https://tiaojie.example.gov.cn"
SECRET = "PLANTED-secret"  # noqa: S105


@pytest.fixture(autouse=True)
def _account(settings):
    set_up(settings, is_safe=True)


def printed(*arguments):
    out = io.StringIO()
    call_command("wechat_menu", *arguments, stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue())


def entries(content):
    return [one for button in content["button"] for one in button.get("sub_button", [button])]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_menu_has_the_shape_the_platform_takes(language):
    with translation.override(language):
        content = menu()
    assert len(content["button"]) <= 3
    for button in content["button"]:
        assert len(button["name"].encode()) <= 16
        below = button.get("sub_button", [])
        assert len(below) <= 5
        assert [one for one in below if len(one["name"].encode()) > 40] == []
    for one in entries(content):
        assert set(one) == {"type", "name", {"view": "url", "click": "key"}[one["type"]]}


def test_the_menu_leads_to_complaint_follow_up_mediators_and_the_hotline():
    found = [one.get("url") or one["key"] for one in entries(printed())]
    assert found == [
        f"{SITE}/complaints/?from=wechat", f"{SITE}/complaints/follow/", "how_to_follow",
        f"{SITE}/mediators/", "hotline",
    ]  # fmt: skip


def test_without_an_address_of_the_site_there_is_no_menu(settings):
    settings.SITE_URL = ""
    with pytest.raises(CommandError, match="SITE_URL"):
        printed()


@pytest.mark.parametrize("missing", ["WECHAT_APP_ID", "WECHAT_APP_SECRET"])
def test_without_id_and_secret_nothing_is_pushed(settings, missing):
    settings.WECHAT_APP_SECRET = SECRET
    settings.WECHAT_API = "http://127.0.0.1:9"
    setattr(settings, missing, "")
    with pytest.raises(CommandError, match="Set WECHAT_APP_ID and WECHAT_APP_SECRET"):
        printed("--push")


@pytest.fixture
def platform(settings):
    """A platform on this machine that gives the answers it is told to; yields what it was asked."""
    asked, answers = [], []

    class Platform(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append((self.path, body.decode()))
            content = answers.pop(0).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments):
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Platform)
    thread = Thread(target=server.serve_forever)
    thread.start()
    settings.WECHAT_APP_SECRET = SECRET
    settings.WECHAT_API = f"http://127.0.0.1:{server.server_port}"
    yield asked, answers
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_push_asks_for_a_token_and_brings_the_menu_in_chinese_characters(platform):
    asked, answers = platform
    answers += ['{"access_token": "T&1", "expires_in": 7200}', '{"errcode": 0, "errmsg": "ok"}']
    printed("--push")
    (first, credentials), (second, content) = asked
    assert (first, second) == ("/cgi-bin/stable_token", "/cgi-bin/menu/create?access_token=T%261")
    assert json.loads(credentials)["appid"] == APP_ID
    assert SECRET in credentials
    assert json.loads(content) == menu()
    assert "\\u" not in content


ANSWERS = {
    "a refusal": ('{"errcode": 40013, "errmsg": "PLANTED"}', "40013"),
    "no token": ('{"expires_in": 7200}', "no access_token"),
    "no JSON": ("<html>PLANTED", "JSONDecodeError"),
    "no object": ("[]", "no object"),
}


@pytest.mark.parametrize(("answer", "told"), ANSWERS.values(), ids=ANSWERS)
def test_what_the_platform_refuses_is_told_by_its_number_and_without_a_secret(
    platform, answer, told
):
    platform[1].append(answer)
    with pytest.raises(CommandError, match=told) as error:
        printed("--push")
    assert "PLANTED" not in str(error.value)
    assert error.value.__cause__ is None


def test_a_platform_out_of_reach_is_told(settings):
    settings.WECHAT_APP_SECRET, settings.WECHAT_API = SECRET, "http://127.0.0.1:9"
    with pytest.raises(CommandError, match="URLError"):
        printed("--push")


# The settings.


def faults(settings, **given):
    for name, value in given.items():
        setattr(settings, name, value)
    return [fault.msg for fault in wechat_account_is_set_up(None)]


def test_an_account_that_is_set_up_has_no_faults_and_so_has_none_at_all(settings):
    assert faults(settings) == []
    assert faults(settings, WECHAT_SAFE_MODE=False, WECHAT_AES_KEY="", WECHAT_APP_ID="") == []
    assert faults(settings, WECHAT_TOKEN="", WECHAT_AES_KEY="x") == []


FAULTS = {
    "WECHAT_TOKEN": ["ab", "a" * 33, "with blank", "令牌令牌"],
    "WECHAT_AES_KEY": ["", "a" * 42, "a" * 44, "a" * 42 + "=", "密" * 43],
    "WECHAT_APP_ID": [""],
    "WECHAT_REPLAY_SECONDS": [0],
    "WECHAT_KEEP_DAYS": [0],
    "SITE_URL": [""],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in FAULTS.items() for value in values]
)
def test_a_malformed_setting_is_told_without_its_value(settings, name, value):
    (fault,) = faults(settings, **{name: value})
    assert fault.startswith(name)
    assert not value or len(str(value)) < 5 or str(value) not in fault


def test_the_check_of_the_whole_site_tells_it(settings):
    settings.WECHAT_AES_KEY = "x" * 42
    with pytest.raises(SystemCheckError, match=r"\(complaints\.E001\) WECHAT_AES_KEY is not 43"):
        call_command("check")
