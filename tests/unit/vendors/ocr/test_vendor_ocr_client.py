"""WeChat OCR against the fake (its recogniser replaced by a known answer) and against scripted answers."""

import io

import pytest
from PIL import Image

from common.domain.parsing.source import OcrItem
from common.errors import FileDamaged, FileTooLarge, NoTextFound, VendorQuotaExhausted, VendorReplyInvalid
from common.vendors.ocr import OcrSettings, WeChatOcr
from common.vendors.wechat import StableToken, WeChatSettings
from scripts.local_cloud.fakes.wechat import WeChatFake


def corners(left, top, right, bottom):
    points = {"left_top": (left, top), "right_top": (right, top)}
    points |= {"right_bottom": (right, bottom), "left_bottom": (left, bottom)}
    return {name: {"x": x, "y": y} for name, (x, y) in points.items()}


class KnownText:
    """In place of the engine: recognises the same lines in every picture."""

    def __init__(self):
        self.items = [
            {"text": "张三", "pos": corners(10, 20, 90, 50)},
            {"text": " ", "pos": corners(0, 0, 1, 1)},
            {"text": "电话 138", "pos": {**corners(10, 60, 200, 90), "right_top": {"x": 205, "y": 55}}},
        ]

    def answer(self, content):
        return {"errcode": 0, "errmsg": "ok", "items": self.items, "img_size": {"w": 300, "h": 100}}


@pytest.fixture(scope="module")
def running(served):
    return served(WeChatFake())


@pytest.fixture
def server(running):
    running.fake.reset()
    running.fake._recogniser = KnownText()
    return running


@pytest.fixture
def ocr(server, http, now):
    environment = server.fake.environment(server.url)
    settings = WeChatSettings(**{name.removeprefix("WECHAT_").lower(): value for name, value in environment.items()})
    issuer = StableToken(settings, http)
    return WeChatOcr(OcrSettings(base_url=server.url), http, lambda _rejected: issuer.issue_token(now=now).value)


@pytest.fixture
def picture():
    file = io.BytesIO()
    Image.new("L", (300, 100), 255).save(file, "PNG")
    return file.getvalue()


def test_lines_have_boxes_in_pixels_when_the_picture_is_read(ocr, picture):
    lines = ocr.recognise(picture, media_type="image/png")

    assert lines == [OcrItem("张三", (10, 20, 90, 50)), OcrItem("电话 138", (10, 55, 205, 90))]


def test_list_is_empty_when_there_is_no_text(ocr, picture, server):
    server.fake._recogniser.items = []

    assert ocr.recognise(picture, media_type="image/png") == []


def test_nothing_is_sent_when_the_picture_has_two_megabytes(ocr, server):
    with pytest.raises(FileTooLarge):
        ocr.recognise(b"x" * 2 * 1024 * 1024, media_type="image/jpeg")

    assert server.operations() == []


@pytest.mark.parametrize(
    ("errcode", "error"),
    [(101001, NoTextFound), (101002, FileDamaged), (101003, VendorQuotaExhausted), (45009, VendorQuotaExhausted)],
)
def test_refusal_has_its_error_when_wechat_says_why(ocr, server, picture, errcode, error):
    server.fault("ocr_comm", "errcode", errcode=errcode)

    with pytest.raises(error):
        ocr.recognise(picture, media_type="image/png")

    assert server.operations().count("ocr_comm") == 1


def test_picture_is_sent_twice_at_most_when_answers_are_lost(ocr, server, picture, records):
    server.fault("ocr_comm", "drop", when="after")

    lines = ocr.recognise(picture, media_type="image/png")

    assert len(lines) == 2
    assert records[-1].attempts == 2


def test_another_token_is_used_when_the_first_has_expired(http, server, picture, ocr):
    handed_out = []

    def access_token(rejected):
        handed_out.append(rejected)
        return "unknown" if rejected is None else ocr._access_token(None)

    lines = WeChatOcr(OcrSettings(base_url=server.url), http, access_token).recognise(picture, media_type="image/png")

    assert len(lines) == 2
    assert handed_out == [None, "unknown"]


@pytest.mark.parametrize("body", ["", "[]", '{"items": [{"text": "x"}]}'])
def test_answer_is_refused_when_it_is_not_a_recognition(ocr, server, picture, body):
    server.fault("ocr_comm", "malformed", body=body, times=2)

    with pytest.raises(VendorReplyInvalid):
        ocr.recognise(picture, media_type="image/png")
