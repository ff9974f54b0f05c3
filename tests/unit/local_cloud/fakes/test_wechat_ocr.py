"""OCR: what is refused before anything is recognised, and the shape of what is."""

from __future__ import annotations

import builtins
import io
import types
from typing import Any

import httpx
import pytest
from PIL import Image

from scripts.local_cloud.fakes.kit import Request, Response, serve
from scripts.local_cloud.fakes.wechat import WeChatFake


@pytest.fixture
def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(buffer, "PNG")
    return buffer.getvalue()


def recognise(client: httpx.Client, token: str, content: bytes, *, part: str = "img") -> dict[str, Any]:
    files = {part: ("page.png", content, "image/png")}
    answer: dict[str, Any] = client.post("/cv/ocr/comm", params={"access_token": token}, files=files).json()
    return answer


class OneLine:
    """An engine that reads one line, in the shape of rapidocr's result."""

    def __call__(self, _content: bytes) -> types.SimpleNamespace:
        return types.SimpleNamespace(txts=("林小满",), boxes=[[[1.2, 2], [30, 2], [30, 12.7], [1, 13]]], scores=(0.9,))


class BlankPage:
    """An engine that finds nothing, which rapidocr says with None."""

    def __call__(self, _content: bytes) -> types.SimpleNamespace:
        return types.SimpleNamespace(txts=None, boxes=None, scores=None)


def test_ocr_gives_items_with_four_corners_and_the_size_when_text_is_found(
    wechat_client: httpx.Client, wechat: WeChatFake, access_token: str, picture: bytes
) -> None:
    wechat._recogniser._engine = OneLine()

    answer = recognise(wechat_client, access_token, picture)

    assert (answer["errcode"], answer["img_size"]) == (0, {"w": 40, "h": 30})
    assert answer["items"] == [
        {
            "text": "林小满",
            "pos": {
                "left_top": {"x": 1, "y": 2},
                "right_top": {"x": 30, "y": 2},
                "right_bottom": {"x": 30, "y": 13},
                "left_bottom": {"x": 1, "y": 13},
            },
        }
    ]


def test_ocr_gives_no_items_when_the_page_is_blank(
    wechat_client: httpx.Client, wechat: WeChatFake, access_token: str, picture: bytes
) -> None:
    wechat._recogniser._engine = BlankPage()

    answer = recognise(wechat_client, access_token, picture)

    assert (answer["errcode"], answer["items"]) == (0, [])


def test_ocr_leaves_out_what_it_would_have_to_guess(
    wechat_client: httpx.Client, wechat: WeChatFake, access_token: str, picture: bytes
) -> None:
    corners = [[1, 2], [30, 2], [30, 12], [1, 12]]

    def texts(*scores: float) -> list[str]:
        known = types.SimpleNamespace(txts=("林小满", "描步商历"), boxes=[corners] * 2, scores=scores)
        wechat._recogniser._engine = lambda _content: known
        return [item["text"] for item in recognise(wechat_client, access_token, picture)["items"]]

    assert texts(0.9, 0.9) == ["林小满", "描步商历"]
    assert texts(0.3, 0.9) == ["描步商历"]
    assert texts(0.9, 0.3) == []


def test_ocr_answers_101003_saying_why_when_the_engine_is_not_installed(
    wechat_client: httpx.Client, access_token: str, picture: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_import = builtins.__import__

    def without_engine(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "rapidocr":
            raise ImportError(name)
        return real_import(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_engine)
    answer = recognise(wechat_client, access_token, picture)

    assert answer["errcode"] == 101003
    assert "rapidocr is not installed" in answer["errmsg"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\nbroken"])
def test_ocr_answers_101002_when_the_picture_cannot_be_decoded(
    wechat_client: httpx.Client, access_token: str, content: bytes
) -> None:
    answer = recognise(wechat_client, access_token, content)

    assert answer["errcode"] == 101002


def test_ocr_answers_101002_when_the_picture_is_cut_short(
    wechat_client: httpx.Client, access_token: str, picture: bytes
) -> None:
    answer = recognise(wechat_client, access_token, picture[: len(picture) // 2])

    assert answer["errcode"] == 101002


def test_ocr_answers_101002_when_the_file_is_larger_than_2_mb(
    wechat_client: httpx.Client, access_token: str, picture: bytes
) -> None:
    answer = recognise(wechat_client, access_token, picture + bytes(2 * 1024 * 1024))

    assert answer["errcode"] == 101002


def test_ocr_answers_41005_when_the_part_is_not_called_img(
    wechat_client: httpx.Client, access_token: str, picture: bytes
) -> None:
    answer = recognise(wechat_client, access_token, picture, part="file")

    assert answer["errcode"] == 41005


def test_ocr_answers_101003_when_the_package_was_never_ordered(
    wechat_client: httpx.Client, access_token: str, picture: bytes
) -> None:
    wechat_client.post("/__fake__/limits", json={"ocr_enabled": False})

    answer = recognise(wechat_client, access_token, picture)

    assert answer["errcode"] == 101003


def test_ocr_answers_45009_when_the_day_is_used_up(
    wechat_client: httpx.Client, wechat: WeChatFake, access_token: str, picture: bytes
) -> None:
    wechat._recogniser._engine = BlankPage()
    wechat_client.post("/__fake__/limits", json={"ocr_per_day": 1})

    codes = [recognise(wechat_client, access_token, picture)["errcode"] for _ in range(2)]

    assert codes == [0, 45009]


def test_ocr_downloads_the_picture_when_given_a_url(
    wechat_client: httpx.Client, wechat: WeChatFake, access_token: str, picture: bytes
) -> None:
    wechat._recogniser._engine = OneLine()
    shop = Request.application(lambda _request: Response(picture, content_type="image/png"))

    with serve(shop) as serving:
        params = {"access_token": access_token, "img_url": f"{serving.url}/page.png"}
        answer = wechat_client.post("/cv/ocr/comm", params=params).json()

    assert answer["items"][0]["text"] == "林小满"


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/page.png", "not a url"])
def test_ocr_answers_101000_when_the_url_cannot_be_fetched(
    wechat_client: httpx.Client, access_token: str, url: str
) -> None:
    params = {"access_token": access_token, "img_url": url}

    answer = wechat_client.post("/cv/ocr/comm", params=params).json()

    assert answer["errcode"] == 101000


@pytest.mark.ocr
def test_ocr_reads_real_letters_when_the_engine_is_installed(wechat_client: httpx.Client, access_token: str) -> None:
    pytest.importorskip("rapidocr")
    from PIL import ImageDraw, ImageFont

    page, buffer = Image.new("RGB", (600, 120), "white"), io.BytesIO()
    ImageDraw.Draw(page).text((20, 30), "Python Engineer", fill="black", font=ImageFont.load_default(48))
    page.save(buffer, "PNG")

    answer = recognise(wechat_client, access_token, buffer.getvalue())

    assert "Python" in "".join(item["text"] for item in answer["items"])
