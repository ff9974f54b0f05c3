"""Streams that unpack to a thousand times their size."""

import random
import zlib

import pytest

from common.documents.pdf_bombs import MAX_UNPACKED_BYTES, is_bomb
from common.documents.read_pdf import read_pdf
from common.errors import FileTooLarge

_BOMB = zlib.compress(b" " * (MAX_UNPACKED_BYTES + 1))


def _pdf(*streams: bytes, dictionary: bytes = b"") -> bytes:
    objects = (
        b"%d 0 obj<<%s/Filter/FlateDecode/Length %d>>stream\r\n%s\nendstream endobj"
        % (number, dictionary, len(one), one)
        for number, one in enumerate(streams, start=1)
    )
    return b"%PDF-1.4\n" + b"\n".join(objects)


def test_a_bomb_is_found_when_one_stream_unpacks_to_more_than_the_limit() -> None:
    assert is_bomb(_pdf(zlib.compress(b"BT ET"), _BOMB))


def test_a_bomb_is_found_when_many_streams_share_it() -> None:
    part = zlib.compress(b" " * (MAX_UNPACKED_BYTES // 8 + 1))

    assert is_bomb(_pdf(*[part] * 8))
    assert not is_bomb(_pdf(*[part] * 7))


def test_a_bomb_is_found_when_its_end_is_missing() -> None:
    assert is_bomb(_pdf(_BOMB).removesuffix(b"\nendstream endobj"))


def test_no_bomb_is_seen_when_streams_are_large_but_pack_like_text() -> None:
    numbers = random.Random(1)
    text = b" ".join(b"%d 0 m" % numbers.randrange(999) for _ in range(200_000))

    assert not is_bomb(_pdf(*[zlib.compress(text)] * 40))


def test_no_bomb_is_seen_when_it_is_an_image_of_one_colour() -> None:
    assert not is_bomb(_pdf(_BOMB, dictionary=b"/Subtype /Image"))


@pytest.mark.parametrize("content", [b"", b"stream", b"%PDF-1.4\nstream\n" + b"\0" * 9000, b"stream\nendstream" * 500])
def test_no_bomb_is_seen_when_nothing_unpacks(content: bytes) -> None:
    assert not is_bomb(content)


def test_read_pdf_refuses_a_bomb() -> None:
    with pytest.raises(FileTooLarge) as refused:
        read_pdf(_pdf(_BOMB))

    assert refused.value.facts == {"reason": "unpacked_size"}
