"""Ask for an address and say in one word what came of it, and whether anything was written."""

import re
import time
from contextlib import contextmanager
from io import BytesIO
from zipfile import ZipFile

from django.db import connection

WRITES = re.compile(r"\s*(?:INSERT\b.*?\bINTO|UPDATE|DELETE\s+FROM)\s+\"?(\w+)", re.IGNORECASE)
# What looking at pages leaves behind: sessions, and Wagtail's own notes about its pages and files.
BY_THE_WAY = re.compile(r"office_session|wagtail\w+")


@contextmanager
def writes():
    """Collect the tables that are written to."""
    found = set()

    def watch(execute, sql, params, many, context):
        if (match := WRITES.match(sql)) and not BY_THE_WAY.fullmatch(match[1]):
            found.add(match[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found


def show_password(client, account):
    """Let the session look as if the password was just typed again."""
    session = client.session
    shown = {"method": "password", "at": time.time(), "username": account.username}
    session["account_authentication_methods"] = [shown]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()


def word(response):
    """Return the status, or where a redirect leads."""
    if response.status_code != 302:
        return str(response.status_code)
    target = response["Location"].partition("?")[0]
    return WORDS.get(target, "302")


WORDS = {
    "/accounts/login/": "login",
    "/admin/login/": "login",
    "/accounts/reauthenticate/": "again",
    "/admin/": "home",
}


def text(response):
    """Return all that an answer says, of a workbook what its sheets say."""
    if response.status_code == 302:
        return response["Location"]
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body.startswith(b"PK"):
        with ZipFile(BytesIO(body)) as book:
            body = b"\n".join(book.read(name) for name in book.namelist())
    return body.decode(errors="replace")
