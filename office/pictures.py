"""Pictures people upload, drawn anew: nothing of the file itself is kept but what one sees."""

import struct
import zlib
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
MEGABYTE = 1024 * 1024
QUALITY = 85
WHITE = (255, 255, 255)

BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# What Pillow's readers raise on damaged data.
DAMAGE = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, zlib.error)


def reencode(upload, *, max_bytes=8 * MEGABYTE, max_side=1600, max_pixels=40_000_000):
    """Return the uploaded picture as a fresh RGB JPEG, upright, `max_side` pixels at most.

    Metadata (EXIF with its place, ICC, XMP, comments) and anything hidden in or behind the file
    are gone. Transparent parts turn white; of an animation the first frame stays.

    :param upload: a file opened for reading bytes.
    :raises ValidationError: the file is empty, too large, no picture, damaged, or has too many
        pixels (read from its head, before anything is decoded).
    """
    picture = opened(read(upload, max_bytes))
    if picture.width * picture.height > max_pixels:
        raise too_many_pixels()
    try:
        picture.draft(None, (max_side, max_side))
        picture.load()
        picture = flat(upright(picture))
    except DAMAGE as damage:
        raise damaged() from damage
    picture.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
    target = BytesIO()
    picture.save(target, "JPEG", quality=QUALITY, optimize=True)
    return ContentFile(target.getvalue(), name="picture.jpg")


def read(upload, max_bytes):
    """Return the bytes of `upload`, never reading more than the limit."""
    upload.seek(0)
    data = upload.read(max_bytes + 1)
    if not data:
        raise ValidationError(_("The file is empty. Choose another one."), code="empty")
    if len(data) > max_bytes:
        raise ValidationError(
            _("The picture is larger than %(limit)s. Choose a smaller one."),
            code="too_large",
            params={"limit": filesizeformat(max_bytes)},
        )
    return data


def opened(data):
    """Return the picture with its head read and nothing decoded."""
    try:
        return Image.open(BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError as unknown:
        raise ValidationError(
            _("This file is not a picture in JPEG, PNG or WebP format. Choose another one."),
            code="not_a_picture",
        ) from unknown
    except BOMB as bomb:
        raise too_many_pixels() from bomb
    except DAMAGE as damage:
        raise damaged() from damage


def upright(picture):
    """Return `picture` turned as its EXIF says; EXIF that cannot be read says nothing."""
    try:
        return ImageOps.exif_transpose(picture)
    except DAMAGE:
        return picture


def flat(picture):
    """Return `picture` as RGB on white, with nothing attached to it."""
    if picture.mode.startswith("I"):  # 16 bits of grey: Pillow would cut them off at 255
        picture = picture.point(lambda grey: grey * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
    page = Image.new("RGB", picture.size, WHITE)
    page.paste(picture.convert("RGB"), mask=picture if picture.mode == "RGBA" else None)
    return page


def damaged():
    """Return the refusal of a picture that cannot be decoded."""
    return ValidationError(
        _("The picture is damaged. Save it again and upload the new file."), code="damaged"
    )


def too_many_pixels():
    """Return the refusal of a picture that would take too much memory."""
    return ValidationError(
        _("The picture has too many pixels. Make it smaller and upload it again."),
        code="too_many_pixels",
    )
