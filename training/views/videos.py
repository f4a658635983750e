"""Films of lessons, handed out in parts: phones play nothing that cannot be asked for in parts."""

import re

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model

from training.models.blocks import VIDEOS, suffix_of

PARTS = re.compile(r"\Abytes=(\d*)-(\d*)\Z")
MOST_BYTES = 2 * 1024 * 1024


@require_safe
def lesson_video(request, pk, filename):
    """Hand out a film, or the part of it that the browser asks for."""
    films = get_document_model().objects.filter(collection__view_restrictions=None)
    film = get_object_or_404(films, pk=pk)
    content_type = VIDEOS.get(suffix_of(film))
    if content_type is None or film.filename != filename:
        raise Http404
    size = film.file.size
    wanted = PARTS.match(request.headers.get("Range", ""))
    if not wanted:
        response = FileResponse(film.file.open("rb"), content_type=content_type)
    else:
        span = span_of(*wanted.groups(), size)
        if span is None:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        response = part_of(film.file, *span, size, content_type)
    response["Accept-Ranges"] = "bytes"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response


def span_of(first, last, size):
    """Return the first and the last byte to hand out; None if there is no such part.

    At most ``MOST_BYTES`` go out at once; the browser asks for the rest.
    """
    if not first and not last:
        return None
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        return None
    return start, min(end, start + MOST_BYTES - 1)


def part_of(file, start, end, size, content_type):
    """Return the answer that holds one part of a file."""
    with file.open("rb") as opened:
        opened.seek(start)
        content = opened.read(end - start + 1)
    return HttpResponse(
        content,
        status=206,
        content_type=content_type,
        headers={"Content-Range": f"bytes {start}-{end}/{size}"},
    )
