"""One number for a request, in the answer's head and in every line of the log it caused."""

import logging
import re
import uuid
from contextvars import ContextVar

HEADER = "X-Request-ID"
GIVEN = re.compile(r"[0-9A-Za-z-]{8,64}")

current = ContextVar("request_id", default="")


def number_requests(get_response):
    """Take the number the proxy gave, or make one, while the request is answered."""

    def middleware(request):
        given = request.headers.get(HEADER, "")
        number = given if GIVEN.fullmatch(given) else uuid.uuid4().hex
        # Not reset at the end: Django logs a refusal after the last middleware has answered.
        current.set(number)
        response = get_response(request)
        response.headers[HEADER] = number
        return response

    return middleware


class RequestIdFilter(logging.Filter):
    """Add the number of the request, empty outside of any, to a record of the log."""

    def filter(self, record):
        record.request_id = current.get()
        return True
