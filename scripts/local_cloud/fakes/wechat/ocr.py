"""OCR of printed text (/cv/ocr/comm): recognises for real, where the optional engine is installed."""

from __future__ import annotations

from typing import Any

import httpx
from werkzeug.wrappers import Request

from scripts.local_cloud.fakes.kit_ocr import EngineMissing, RecognisedLine, Recogniser, UnreadablePicture, picture_size
from scripts.local_cloud.fakes.wechat.errors import WeChatError

MAX_BYTES = 2 * 1024 * 1024
DOWNLOAD_TIMEOUT_S = 5
SURE = 0.5
CORNERS = ("left_top", "right_top", "right_bottom", "left_bottom")


def read_image(request: Request) -> bytes:
    """The picture of the request, from the multipart part `img` or from ?img_url=. Raises 41005, 101000, 101002."""
    part = request.files.get("img")
    content: bytes
    if part is not None:
        content = part.read(MAX_BYTES + 1)
    elif request.args.get("img_url"):
        content = _download(request.args["img_url"])
    else:
        raise WeChatError(41005)
    if len(content) > MAX_BYTES:
        raise WeChatError(101002)
    return content


def _download(url: str) -> bytes:
    try:
        reply = httpx.get(url, timeout=DOWNLOAD_TIMEOUT_S, follow_redirects=True, trust_env=False)
        reply.raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise WeChatError(101000) from error
    return reply.content


def recognition(content: bytes, recogniser: Recogniser) -> dict[str, Any]:
    """WeChat's answer for one picture. Raises 101002, and 101003 where the engine is not installed."""
    try:
        width, height = picture_size(content)
        items = [_item(line) for line in _sure(recogniser.lines(content))]
    except UnreadablePicture as error:
        raise WeChatError(101002) from error
    except EngineMissing as error:
        raise WeChatError(101003, f"not enough market quota (fake: {error})") from error
    return {"errcode": 0, "errmsg": "ok", "items": items, "img_size": {"w": width, "h": height}}


def _sure(lines: list[RecognisedLine]) -> list[RecognisedLine]:
    """WeChat tells no confidence, so what would be a guess is left out; everything, when that is most of the picture."""
    sure = [line for line in lines if line.confidence >= SURE]
    letters, sure_letters = (sum(len(line.text) for line in some) for some in (lines, sure))
    return sure if 2 * sure_letters >= letters else []


def _item(line: RecognisedLine) -> dict[str, Any]:
    corners = zip(CORNERS, line.corners, strict=True)
    return {"text": line.text, "pos": {name: {"x": round(x), "y": round(y)} for name, (x, y) in corners}}
