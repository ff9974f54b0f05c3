"""The second OCR: asked when the first one's quota is used up, and only then."""

import pytest

from common.errors import OcrUnavailable, VendorQuotaExhausted, VendorUnavailable
from common.services.recognising import WithFallback
from tests.doubles import FakeOcr


class Refusing(FakeOcr):
    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def recognise(self, image, *, media_type):
        self.seen.append(image)
        raise self._error


def test_second_is_not_asked_when_the_first_reads():
    first, second = FakeOcr(), FakeOcr()

    items = WithFallback(first, second).recognise(b"one", media_type="image/png")

    assert [item.text for item in items] == ["one"]
    assert second.seen == []


@pytest.mark.parametrize("error", [VendorQuotaExhausted(), OcrUnavailable()])
def test_second_reads_every_page_when_the_first_has_nothing_left(error):
    first, second = Refusing(error), FakeOcr()
    ocr = WithFallback(first, second)

    read = [ocr.recognise(page, media_type="image/png")[0].text for page in (b"one", b"two")]

    assert read == ["one", "two"]
    assert first.seen == [b"one"]


def test_second_is_not_asked_when_the_first_only_fails():
    second = FakeOcr()

    with pytest.raises(VendorUnavailable):
        WithFallback(Refusing(VendorUnavailable()), second).recognise(b"one", media_type="image/png")

    assert second.seen == []


def test_error_is_the_second_ones_when_neither_has_anything_left():
    ocr = WithFallback(Refusing(VendorQuotaExhausted(vendor="a")), Refusing(VendorQuotaExhausted(vendor="b")))

    with pytest.raises(VendorQuotaExhausted) as caught:
        ocr.recognise(b"one", media_type="image/png")

    assert caught.value.facts == {"vendor": "b"}
