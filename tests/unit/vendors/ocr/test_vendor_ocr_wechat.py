"""WeChat OCR against the fake (its engine replaced by a known answer) and against scripted answers."""

import pytest

from common.errors import FileDamaged, FileTooLarge, VendorBusy, VendorQuotaExhausted, VendorReplyInvalid
from common.vendors.ocr.wechat.client import WeChatOcr
from common.vendors.wechat.settings import WeChatSettings
from common.vendors.wechat.stable_token import StableToken
from scripts.local_cloud.fakes.wechat import WeChatFake
from tests.unit.vendors.ocr.known_text import KnownText, picture


@pytest.fixture(scope="module")
def running(served):
    return served(WeChatFake())


@pytest.fixture
def server(running):
    running.fake.reset()
    running.fake._recogniser = KnownText()
    return running


@pytest.fixture
def access_token(server, http, now):
    environment = server.fake.environment(server.url)
    settings = WeChatSettings(**{name.removeprefix("WECHAT_").lower(): value for name, value in environment.items()})
    issuer = StableToken(settings, http)
    return lambda _rejected: issuer.issue_token(now=now).value


@pytest.fixture
def ocr(server, http, access_token):
    return WeChatOcr(http, access_token, base_url=server.url)


def test_lines_have_corners_and_boxes_in_pixels_when_the_picture_is_read(ocr):
    first, second = ocr.recognise(picture(), media_type="image/png")

    assert (first.text, first.box, first.confidence) == ("张三", (10, 20, 90, 50), 1.0)
    assert (second.text, second.box) == ("电话 138", (10, 55, 205, 90))
    assert second.corners == ((10, 60), (205, 55), (200, 90), (10, 90))


def test_list_is_empty_when_there_is_no_text(ocr, server):
    server.fake._recogniser.known = []

    assert ocr.recognise(picture(), media_type="image/png") == []


def test_list_is_empty_when_wechat_finds_nothing_on_this_page(ocr, server):
    server.fault("ocr_comm", "errcode", errcode=101001)

    assert ocr.recognise(picture(), media_type="image/png") == []


def test_nothing_is_sent_when_the_picture_has_two_megabytes(ocr, server):
    with pytest.raises(FileTooLarge):
        ocr.recognise(b"x" * 2 * 1024 * 1024, media_type="image/jpeg")

    assert server.operations() == []


@pytest.mark.parametrize(
    ("errcode", "error"), [(101002, FileDamaged), (101003, VendorQuotaExhausted), (45009, VendorQuotaExhausted)]
)
def test_refusal_has_its_error_when_wechat_says_why(ocr, server, errcode, error):
    server.fault("ocr_comm", "errcode", errcode=errcode)

    with pytest.raises(error):
        ocr.recognise(picture(), media_type="image/png")

    assert server.operations().count("ocr_comm") == 1


def test_limit_of_a_minute_is_not_tried_against_when_the_minute_has_not_passed(ocr, server, sleeps):
    server.fault("ocr_comm", "errcode", errcode=45011, times=2)

    with pytest.raises(VendorBusy):
        ocr.recognise(picture(), media_type="image/png")

    assert sleeps == []
    assert server.operations().count("ocr_comm") == 1


def test_picture_is_sent_twice_at_most_when_answers_are_lost(ocr, server, records):
    server.fault("ocr_comm", "drop", when="after")

    lines = ocr.recognise(picture(), media_type="image/png")

    assert len(lines) == 2
    assert records[-1].attempts == 2


@pytest.mark.parametrize("errcode", [40001, 42001])
def test_another_token_is_used_when_the_first_is_no_good(http, server, access_token, errcode):
    handed_out = []

    def tokens(rejected):
        handed_out.append(rejected)
        return access_token(rejected)

    server.fault("ocr_comm", "errcode", errcode=errcode)

    lines = WeChatOcr(http, tokens, base_url=server.url).recognise(picture(), media_type="image/png")

    assert len(lines) == 2
    assert handed_out == [None, access_token(None)]


@pytest.mark.parametrize("body", ["", "[]", '{"items": [{"text": "x"}]}'])
def test_answer_is_refused_when_it_is_not_a_recognition(ocr, server, body):
    server.fault("ocr_comm", "malformed", body=body, times=2)

    with pytest.raises(VendorReplyInvalid):
        ocr.recognise(picture(), media_type="image/png")
