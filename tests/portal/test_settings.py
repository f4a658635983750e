"""What production says to a browser, read from the answers of the real web server."""

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings

from tests.databases import copy_migrated

ROOT = Path(settings.BASE_DIR)
HOST = "tiaojie.example.gov.cn"
SECRETS = [
    "SECRET_KEY", "PERSONAL_DATA_KEY", "PERSONAL_DATA_INDEX_KEY", "CERTIFICATE_SIGNING_KEY",
]  # fmt: skip
STRICT = (
    "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; img-src 'self' data:; media-src 'self'; script-src 'self'; "
    "style-src 'self'"
)
PASSWORD = "Zhuji-2026-Fengqiao"  # noqa: S105
MAKE_A_MEDIATOR = f"""
import django
django.setup()
from office.models import User
User.objects.create_user("mediator", password={PASSWORD!r})
"""


def production(home, **given):
    """Return an environment as of the example, with keys, and files below ``home``."""
    own = {"PATH": os.environ["PATH"], "ENV_FILE": "deploy/production.env.example"}
    keys = dict.fromkeys(SECRETS, "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")
    keys["SECRET_KEY"] = secrets.token_urlsafe(48)
    places = {"VAR_DIR": str(home), "DATABASE_URL": f"sqlite:///{home / 'live.sqlite3'}"}
    return own | keys | places | {"CACHE_URL": "locmemcache://"} | given


class Server:
    """The web server as systemd starts it, behind no proxy."""

    def __init__(self, home):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = home / "log"
        environment = production(
            home,
            DJANGO_SETTINGS_MODULE="tests.production",
            BIND=f"127.0.0.1:{self.port}",
            WEB_PROCESSES="1",
        )
        copy_migrated(home / "live.sqlite3")
        run([sys.executable, "-c", MAKE_A_MEDIATOR], environment)
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=log)  # noqa: S603

    def ask(self, path, method="GET", body=None, **headers):
        """Return the answer to a request that came through the proxy by https."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        heads = {"Host": HOST, "X-Forwarded-Proto": "https", **headers}
        connection.request(method, path, body, heads)
        answer = connection.getresponse()
        answer.text = answer.read().decode()
        connection.close()
        return answer

    def wait(self):
        for _ in range(200):
            try:
                return self.ask("/healthz")
            except ConnectionRefusedError:
                time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)


def run(command, environment):
    return subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("production"))
    try:
        server.wait()
        yield server
    finally:
        server.stop()


def cookies(answer):
    """Return the attributes of each cookie that an answer sets."""
    found = {}
    for head in answer.headers.get_all("Set-Cookie") or []:
        pair, *attributes = head.split("; ")
        name, _, value = pair.partition("=")
        found[name] = value, {attribute.partition("=")[0] for attribute in attributes}
    return found


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("Strict-Transport-Security", "max-age=31536000; includeSubDomains; preload"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_every_answer_bears_the_heads_of_safety(server, head, value):
    assert server.ask("/accounts/login/").headers[head] == value


def test_the_public_side_runs_no_script_or_style_but_its_own(server):
    policy = server.ask("/accounts/login/").headers["Content-Security-Policy"]

    assert "; ".join(sorted(policy.split("; "))) == STRICT


def test_without_https_the_visitor_is_sent_to_it(server):
    answer = server.ask("/mediators/?q=1", **{"X-Forwarded-Proto": "http"})

    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/mediators/?q=1")


def test_a_monitor_on_the_machine_needs_no_https(server):
    answer = server.ask("/healthz", **{"X-Forwarded-Proto": "http", "Host": "127.0.0.1"})

    assert answer.status == 200


def test_another_host_is_not_answered(server):
    assert server.ask("/", Host="evil.example").status == 400


def test_the_cookies_belong_to_this_host_and_https_alone(server):
    page = server.ask("/accounts/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
    csrf, csrf_attributes = cookies(page)["__Host-csrf"]
    answer = server.ask(
        "/accounts/login/",
        "POST",
        f"login=mediator&password={PASSWORD}&csrfmiddlewaretoken={token}",
        **{
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"__Host-csrf={csrf}",
            "Referer": f"https://{HOST}/accounts/login/",
        },
    )

    assert answer.status == 302
    assert {"Secure", "Path", "SameSite"} <= csrf_attributes
    assert "Domain" not in csrf_attributes
    _value, attributes = cookies(answer)["__Host-session"]
    assert {"Secure", "HttpOnly", "Path", "SameSite"} <= attributes
    assert "Domain" not in attributes


def test_the_log_is_one_object_a_line_with_the_number_of_the_request(server):
    server.ask("/no-such-page/", **{"X-Request-ID": "number-of-a-lost-page"})

    lines = [
        json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")
    ]
    found = [line for line in lines if line["request_id"] == "number-of-a-lost-page"]
    assert [(line["levelname"], line["message"]) for line in found] == [
        ("WARNING", "Not Found: /no-such-page/")
    ]


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("value", ["", "change-me"])
def test_without_a_secret_production_does_not_start(tmp_path, name, value):
    ended = run(
        [sys.executable, "-c", "import portal.settings"], production(tmp_path, **{name: value})
    )

    assert ended.returncode == 1
    assert f"Set {name} in the environment" in ended.stderr


def test_production_is_not_in_debug_and_no_demo(tmp_path):
    ended = run(
        [sys.executable, "-c", "from portal.settings import *; print(DEBUG, DEMO)"],
        production(tmp_path),
    )

    assert ended.stdout == "False False\n"


def test_passwords_and_receipt_codes_are_hashed_slowly(tmp_path):
    question = "from portal.settings import *; print(PASSWORD_HASHERS[0], RECEIPT_HASH_COST)"

    ended = run([sys.executable, "-c", question], production(tmp_path))

    assert ended.stdout == f"django.contrib.auth.hashers.Argon2PasswordHasher {2**14}\n"


def test_files_go_to_an_object_store_when_one_is_named(tmp_path):
    question = "from portal.settings import STORAGES as s; print(s['default'])"

    ended = run([sys.executable, "-c", question], production(tmp_path, S3_BUCKET="register"))

    assert "'BACKEND': 'storages.backends.s3.S3Storage'" in ended.stdout
    assert "'bucket_name': 'register'" in ended.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WAGTAIL_ENABLE_UPDATE_CHECK", False),
        ("WAGTAIL_ENABLE_WHATS_NEW_BANNER", False),
        ("WAGTAIL_GRAVATAR_PROVIDER_URL", None),
        ("WAGTAILEMBEDS_FINDERS", []),
    ],
)
def test_nothing_calls_outside(name, value):
    assert getattr(settings, name) == value


STRICT_DIRECTIVES = {"script-src": "'self'", "style-src": "'self'", "frame-ancestors": "'none'"}
SCRIPTS = {**STRICT_DIRECTIVES, "script-src": "'self' 'unsafe-inline'"}
EDITOR = {**SCRIPTS, "style-src": "'self' 'unsafe-inline'", "frame-ancestors": "'self'"}


@pytest.mark.parametrize(
    ("path", "directives"),
    [
        ("/", STRICT_DIRECTIVES),
        ("/admin/", STRICT_DIRECTIVES),
        ("/admin/registry/mediator/", STRICT_DIRECTIVES),
        ("/admin/images/", STRICT_DIRECTIVES),
        ("/admin/pagesandmore/", STRICT_DIRECTIVES),
        ("/accounts/login/?next=/admin/pages/", STRICT_DIRECTIVES),
        ("/admin/pages/3/edit/", EDITOR),
        ("/admin/users/", SCRIPTS),
    ],
)
def test_the_policy_gives_way_under_wagtails_own_screens_only(client, db, path, directives):
    policy = client.get(path)["Content-Security-Policy"].split("; ")

    said = {name: sources for name, _, sources in (line.partition(" ") for line in policy)}
    assert {name: said[name] for name in directives} == directives


def variables():
    """Return the names that the settings and the server read from the environment."""
    read = re.compile(r"\b(?:env(?:\.\w+)?|secret|environ\.get)\(\s*[\"']([A-Z0-9_]+)[\"']")
    places = ["portal/settings.py", "deploy/gunicorn.conf.py"]
    return {name for place in places for name in read.findall((ROOT / place).read_text())}


def test_the_papers_explain_every_variable_and_no_other():
    papers = (ROOT / "docs" / "operations.md").read_text()
    explained = re.findall(r"^\| `([A-Z0-9_]+)` \|", papers, flags=re.M)

    assert sorted(explained) == sorted(variables())


def test_the_example_names_only_variables_that_exist():
    example = (ROOT / "deploy" / "production.env.example").read_text()

    assert set(re.findall(r"^([A-Z0-9_]+)=", example, flags=re.M)) - variables() == set()
