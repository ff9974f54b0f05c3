"""OCR of printed text (/cv/ocr/comm): recognises for real with rapidocr, where that optional engine is installed."""

from __future__ import annotations

import io
import threading
from typing import Any

import httpx
from PIL import Image, UnidentifiedImageError
from werkzeug.wrappers import Request

from scripts.local_cloud.fakes.wechat.errors import WeChatError

MAX_BYTES = 2 * 1024 * 1024
DOWNLOAD_TIMEOUT_S = 5
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


def image_size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels. Raises 101002 for what is not a whole picture."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            image.load()
            return int(image.width), int(image.height)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise WeChatError(101002) from error


def _download(url: str) -> bytes:
    try:
        reply = httpx.get(url, timeout=DOWNLOAD_TIMEOUT_S, follow_redirects=True, trust_env=False)
        reply.raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise WeChatError(101000) from error
    return reply.content


class Recogniser:
    """The engine, built on first use (about a second) and used by one request at a time: it takes most of a GB."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._engine: Any = None

    def answer(self, content: bytes) -> dict[str, Any]:
        """WeChat's answer for one picture. Raises 101002, and 101003 where rapidocr is not installed."""
        width, height = image_size(content)
        with self._lock:
            recognised = self._load()(content)
        lines = zip(_or_empty(recognised.txts), _or_empty(recognised.boxes), strict=True)
        items = [{"text": str(text), "pos": _corners(box)} for text, box in lines]
        return {"errcode": 0, "errmsg": "ok", "items": items, "img_size": {"w": width, "h": height}}

    def _load(self) -> Any:
        if self._engine is None:
            try:
                from rapidocr import RapidOCR
            except ImportError as error:
                reason = "not enough market quota (fake: rapidocr is not installed, see requirements-ocr.txt)"
                raise WeChatError(101003, reason) from error
            self._engine = RapidOCR(params={"Global.log_level": "warning"})
        return self._engine


def _or_empty(values: Any) -> Any:
    """The engine says None where it found nothing, and numpy arrays have no truth value."""
    return () if values is None else values


def _corners(box: Any) -> dict[str, dict[str, int]]:
    return {name: {"x": round(float(x)), "y": round(float(y))} for name, (x, y) in zip(CORNERS, box, strict=True)}
