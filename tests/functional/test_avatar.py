"""POST /user/avatar through the WSGI application of functions/avatar: pictures made anew, and everything that is none."""

import io
import struct
import zlib
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.functional import files
from tests.functional.cloud import Cloud
from tests.functional.phone import Phone
from tests.functional.scf import Answer

PLACE = b"31.2304 N 121.4737 E"


def send(cloud: Cloud, phone: Phone | None, content: bytes, *, part: str = "avatar") -> Answer:
    headers = {"Authorization": f"Bearer {phone.token}"} if phone else {}
    parts: Any = {part: ("tmp_3f.png", content)}
    request = httpx.Request("POST", "https://api.example.com/user/avatar", headers=headers, files=parts)
    return cloud.platform.request_web("avatar", request)


def picture(kind: str = "PNG", size: tuple[int, int] = (200, 120), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 60, 60)).save(out, kind, **options)
    return out.getvalue()


def photo_with_a_place() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    exif[0x0112] = 6
    return picture("JPEG", (300, 200), exif=exif.tobytes(), comment=PLACE, xmp=b"<x:xmpmeta>" + PLACE)


def bomb() -> bytes:
    """A PNG of 400 megapixels in a few bytes."""
    header = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    written = b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + written


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_avatar_is_shown_as_a_square_jpeg_when_it_is_a_picture(cloud: Cloud, alice: Phone, kind: str) -> None:
    answer = send(cloud, alice, picture(kind))

    shown = cloud.fetch(answer.json["avatar_url"])
    (key,) = cloud.keys
    assert answer.status == 200
    assert key.startswith(f"avatars/{answer.json['id']}/")
    assert shown.headers["content-type"] == "image/jpeg"
    assert Image.open(io.BytesIO(shown.content)).size == (120, 120)
    assert cloud.follow() == []


def test_avatar_says_nothing_of_the_place_when_the_photo_did(cloud: Cloud, alice: Phone) -> None:
    sent = photo_with_a_place() + b"<script>" + PLACE

    shown = cloud.fetch(send(cloud, alice, sent).json["avatar_url"]).content

    assert sent.count(PLACE) >= 2
    assert PLACE not in shown
    assert b"<script>" not in shown
    assert not Image.open(io.BytesIO(shown)).getexif()


def test_link_is_the_same_all_hour_and_in_every_answer(cloud: Cloud, alice: Phone) -> None:
    first = send(cloud, alice, picture()).json["avatar_url"]

    assert alice.call("GET", "/user/me").json["avatar_url"].partition("?")[0] == first.partition("?")[0]
    assert cloud.fetch(alice.log_in()["user"]["avatar_url"]).status_code == 200


def test_old_avatar_is_deleted_when_a_new_one_comes(cloud: Cloud, alice: Phone) -> None:
    send(cloud, alice, picture())
    before = cloud.keys

    send(cloud, alice, picture(size=(90, 90)))

    assert len(before) == len(cloud.keys) == 1
    assert before != cloud.keys


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", (422, "file_empty")),
        (b"GIF89a" + bytes(60), (415, "picture_unsupported")),
        (b"<svg onload='x()'/>", (415, "picture_unsupported")),
        (b"%PDF-1.7 " + bytes(60), (415, "picture_unsupported")),
        (files.docx(), (415, "picture_unsupported")),
        (picture()[:60], (422, "file_damaged")),
        (picture("JPEG")[:300], (422, "file_damaged")),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), (422, "file_damaged")),
        (picture(size=(4, 4)), (422, "file_damaged")),
        (bomb(), (413, "file_too_large")),
        (bytes(4 * 1024 * 1024 + 1), (413, "file_too_large")),
    ],
    ids=["empty", "gif", "svg", "pdf", "docx", "cut png", "cut jpeg", "no header", "dot", "pixels", "bytes"],
)
def test_avatar_is_refused_and_the_old_one_stays_when_it_is_no_picture(
    cloud: Cloud, alice: Phone, content: bytes, refusal: tuple[int, str]
) -> None:
    send(cloud, alice, picture())
    kept = cloud.keys

    answer = send(cloud, alice, content)

    assert answer.refusal[:2] == refusal
    assert cloud.keys == kept


def test_avatar_is_refused_when_nobody_is_logged_in_or_the_part_is_missing(cloud: Cloud, alice: Phone) -> None:
    assert send(cloud, None, picture()).refusal[:2] == (401, "not_logged_in")
    assert send(cloud, alice, picture(), part="file").refusal[:2] == (422, "invalid_field")
    assert cloud.keys == []


def test_avatars_are_refused_when_there_are_too_many(cloud: Cloud, alice: Phone) -> None:
    seen = [send(cloud, alice, b"x").status for _ in range(11)]

    assert seen == [*[415] * 10, 429]


def test_old_avatar_counts_when_the_bucket_is_down(cloud: Cloud, alice: Phone) -> None:
    first = send(cloud, alice, picture()).json["avatar_url"]
    cloud.fault("cos", "*", kind="status", status=503, times=20)

    answer = send(cloud, alice, picture())

    assert answer.refusal[0] == 503
    assert alice.call("GET", "/user/me").json["avatar_url"].partition("?")[0] == first.partition("?")[0]
