"""Uploaded pictures are drawn anew, or refused with a sentence."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from office.pictures import reencode

RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)
MARK = b"<script>alert(1)</script>"
GPS_PLACE = "1234567"


def encoded(picture, kind, **options):
    """Return `picture` as the bytes of a file."""
    target = BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def upload(data):
    """Return `data` as Django hands over an uploaded file."""
    return SimpleUploadedFile("photo.jpg", data, content_type="image/jpeg")


def result(data, **limits):
    """Return the picture made of an upload, and its bytes."""
    made = reencode(upload(data), **limits).read()
    return Image.open(BytesIO(made)), made


def refusal(data, **limits):
    """Return code and sentence of the refusal of an upload."""
    with pytest.raises(ValidationError) as refused:
        reencode(upload(data), **limits)
    return refused.value.code, refused.value.messages


def close(pixel, colour):
    """Say whether a pixel shows a colour, but for what JPEG changes."""
    return all(abs(one - other) <= 12 for one, other in zip(pixel, colour, strict=True))


def two_halves(mode="RGB", size=(64, 32)):
    """Return a picture that is red on the left and blue on the right."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (size[0] // 2, 0, *size))
    return picture.convert(mode)


def png_head(width, height):
    """Return a PNG that claims a size and holds next to nothing."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_an_rgb_jpeg_of_the_same_look(kind):
    picture, _ = result(encoded(two_halves(), kind))

    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (64, 32))
    assert close(picture.getpixel((4, 16)), RED)
    assert close(picture.getpixel((60, 16)), BLUE)


def test_the_file_has_a_name_of_ours():
    assert reencode(upload(encoded(two_halves(), "PNG"))).name == "picture.jpg"


def test_an_upload_that_was_read_before_is_read_from_its_start():
    file = upload(encoded(two_halves(), "PNG"))
    file.read()

    assert reencode(file).size > 0


@pytest.mark.parametrize(
    ("size", "expected"),
    [((100, 50), (100, 50)), ((101, 50), (100, 50)), ((50, 400), (12, 100)), ((5000, 1), (100, 1))],
)
def test_the_longer_side_is_bounded(size, expected):
    picture, _ = result(encoded(Image.new("RGB", size), "PNG"), max_side=100)

    assert picture.size == expected


def test_a_large_jpeg_is_bounded():
    picture, _ = result(encoded(two_halves(size=(4000, 2000)), "JPEG"), max_side=500)

    assert picture.size == (500, 250)


def with_place():
    """Return a JPEG that tells where it was taken, in EXIF, XMP, a comment and its profile."""
    exif = Image.Exif()
    exif[0x010F] = "Camera maker"
    exif.get_ifd(0x8825)[29] = GPS_PLACE
    return encoded(
        two_halves(),
        "JPEG",
        exif=exif,
        xmp=b"<x:xmpmeta>" + GPS_PLACE.encode() + b"</x:xmpmeta>",
        comment=GPS_PLACE.encode(),
        icc_profile=GPS_PLACE.encode() * 30,
    )


def test_place_and_all_other_metadata_are_removed():
    source = with_place()
    picture, made = result(source)

    assert source.count(GPS_PLACE.encode()) == 33
    assert made.count(GPS_PLACE.encode()) == 0
    assert dict(picture.getexif()) == {}
    assert sorted(picture.info) == ["jfif", "jfif_density", "jfif_unit", "jfif_version"]


def test_text_in_a_png_is_removed():
    text = PngImagePlugin.PngInfo()
    text.add_text("Location", GPS_PLACE)

    assert GPS_PLACE.encode() not in result(encoded(two_halves(), "PNG", pnginfo=text))[1]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_is_hidden_behind_a_picture_is_removed(kind):
    assert MARK not in result(encoded(two_halves(), kind) + MARK)[1]


def test_a_page_disguised_as_a_picture_is_drawn_anew():
    picture, made = result(encoded(two_halves(), "JPEG", comment=MARK))

    assert MARK not in made
    assert picture.size == (64, 32)


@pytest.mark.parametrize(
    ("orientation", "size", "place"), [(3, (64, 32), (60, 16)), (6, (32, 64), (16, 4))]
)
def test_a_turned_photo_is_set_upright(orientation, size, place):
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture, _ = result(encoded(two_halves(), "JPEG", exif=exif))

    assert picture.size == size
    assert close(picture.getpixel(place), RED)


def test_unreadable_exif_does_not_spoil_a_photo():
    assert result(encoded(two_halves(), "JPEG", exif=b"Exif\0\0XX*\0junk"))[0].size == (64, 32)


def test_transparent_parts_turn_white():
    picture = Image.new("RGBA", (32, 32), (255, 0, 0, 0))
    picture.paste((0, 0, 255, 255), (16, 0, 32, 32))
    made, _ = result(encoded(picture, "PNG"))

    assert close(made.getpixel((4, 16)), WHITE)
    assert close(made.getpixel((28, 16)), BLUE)


def test_a_palette_with_a_transparent_colour_turns_white():
    picture = Image.new("P", (32, 32), 0)
    picture.putpalette([*RED, *BLUE])
    picture.paste(1, (16, 0, 32, 32))
    made, _ = result(encoded(picture, "PNG", transparency=0))

    assert close(made.getpixel((4, 16)), WHITE)
    assert close(made.getpixel((28, 16)), BLUE)


def test_grey_with_alpha_is_drawn_on_white():
    assert close(result(encoded(Image.new("LA", (8, 8), (0, 0)), "PNG"))[0].getpixel((4, 4)), WHITE)


@pytest.mark.parametrize(("grey", "expected"), [(0x0000, 0), (0x8000, 128), (0xFFFF, 255)])
def test_sixteen_bits_of_grey_keep_their_tones(grey, expected):
    made, _ = result(encoded(Image.new("I;16", (8, 8), grey), "PNG"))

    assert close(made.getpixel((4, 4)), (expected,) * 3)


def test_cmyk_becomes_rgb():
    made, _ = result(encoded(two_halves("CMYK"), "JPEG"))

    assert made.mode == "RGB"
    assert close(made.getpixel((4, 16)), RED)


def test_one_bit_becomes_rgb():
    assert close(result(encoded(Image.new("1", (8, 8), 1), "PNG"))[0].getpixel((4, 4)), WHITE)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_the_first_frame_of_an_animation_stays(kind):
    frames = [Image.new("RGB", (32, 32), colour) for colour in (RED, BLUE)]
    made, _ = result(encoded(frames[0], kind, save_all=True, append_images=frames[1:]))

    assert close(made.getpixel((16, 16)), RED)


def test_an_empty_file_is_refused():
    assert refusal(b"")[0] == "empty"


@pytest.mark.parametrize(("spare", "code"), [(0, None), (-1, "too_large")])
def test_a_file_may_be_as_large_as_the_limit(spare, code):
    data = encoded(two_halves(), "PNG")
    limit = len(data) + spare

    assert (
        refusal(data, max_bytes=limit)[0] if code else result(data, max_bytes=limit)[0].width
    ) == (code or 64)


@pytest.mark.parametrize(
    "data",
    [
        b"not a picture",
        b"%PDF-1.4\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xd8\xff",
        encoded(two_halves("P"), "GIF"),
        encoded(two_halves(), "BMP"),
        encoded(two_halves(), "TIFF"),
        encoded(two_halves(), "ICO"),
        MARK + encoded(two_halves(), "JPEG"),
    ],
)
def test_what_is_not_an_allowed_picture_is_refused(data):
    assert refusal(data)[0] == "not_a_picture"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_truncated_picture_is_refused(kind):
    data = encoded(Image.effect_noise((200, 200), 90).convert("RGB"), kind)

    assert refusal(data[: len(data) // 2])[0] == "damaged"


def test_a_png_with_a_broken_checksum_is_refused():
    data = bytearray(encoded(two_halves(), "PNG"))
    data[data.index(b"IDAT") + 8] ^= 0xFF

    assert refusal(bytes(data))[0] == "damaged"


@pytest.mark.parametrize("side", [6_325, 10_000, 12_000, 60_000])
def test_too_many_pixels_are_refused_before_decoding(side):
    assert refusal(png_head(side, side))[0] == "too_many_pixels"


def test_as_many_pixels_as_the_limit_are_taken():
    data = encoded(Image.new("RGB", (20, 10)), "PNG")

    assert result(data, max_pixels=200)[0].size == (20, 10)
    assert refusal(data, max_pixels=199)[0] == "too_many_pixels"


def test_a_text_bomb_in_a_png_is_refused():
    text = PngImagePlugin.PngInfo()
    text.add_text("bomb", "0" * 80_000_000, zip=True)

    assert refusal(encoded(two_halves(), "PNG", pnginfo=text))[0] == "damaged"


@pytest.mark.parametrize("code", ["too_large", "not_a_picture"])
def test_a_refusal_is_one_full_sentence_with_its_limit(code):
    found, sentences = refusal(b"x" * 2049, max_bytes=2048 if code == "too_large" else 4096)

    assert found == code
    assert len(sentences) == 1
    assert sentences[0] != ""


SOURCES = [with_place(), *(encoded(two_halves(), kind) for kind in ("JPEG", "PNG", "WEBP"))]


# Pillow warns of damaged EXIF and reads on: a line in the log, not a refusal.
@pytest.mark.filterwarnings("ignore::UserWarning:PIL.TiffImagePlugin")
@given(st.sampled_from(SOURCES), st.integers(0, 5000), st.binary(min_size=1, max_size=40))
def test_any_damage_ends_in_a_picture_or_a_refusal(source, at, junk):
    data = bytearray(source)
    start = at % len(data)
    data[start : start + len(junk)] = junk

    assert outcome(bytes(data)) in {"JPEG", "damaged", "not_a_picture", "too_many_pixels"}


def outcome(data):
    """Return the format of the picture made, or the code of its refusal."""
    try:
        return result(data)[0].format
    except ValidationError as refused:
        return refused.code
