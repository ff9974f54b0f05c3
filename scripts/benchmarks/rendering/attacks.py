"""Hostile texts for every field of a resume, and hostile pages for the engine itself, should a template ever let one through."""

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from common.domain.resume.model import Resume
from scripts.benchmarks.rendering.resumes import one_page

SECRET = Path(__file__)
_URL = "http://127.0.0.1:9/"

TEXTS = {
    "script": "<script src='http://127.0.0.1:9/x.js'></script><script>fetch('http://127.0.0.1:9/')</script>",
    "img file:": f"<img src='{SECRET.as_uri()}'><img src='{SECRET}'><img src='../../etc/passwd'>",
    "css url": f"<style>@import url({_URL}a.css); body {{ background: url({_URL}b.png) }}</style>",
    "style attribute": f"' style=\"background-image: url('{_URL}c.png')\" x='",
    "engine tags": f"<pdf:include src='{SECRET}'/><pdf:font name='x' src='{SECRET}'/><pdf:nextpage/><pdf:toc/>",
    "nested tags": "<div>" * 3000 + "x" + "</div>" * 3000,
    "template": "{{ view.__class__.__mro__[1].__subclasses__() }}{% include '/etc/passwd' %}{{ 9 ** 9 ** 9 }}",
    "entities": "&lt;b&gt;&#0;&#x1F600;&nbsp;]]><!-- --><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
    "control characters": "".join(map(chr, range(32))) + "\x7f\x80\x9f\u200b\u200e\u202e\u2066\ufeff\ufffe\uffff\ud800",
    "links": f"javascript:alert(1) data:text/html,x {SECRET.as_uri()} {_URL}",
    "one word": "长" * 500 + "w" * 5000,
}
#: A megabyte in one field; a field is enough, because a resume of more is refused before it comes here.
LONG = {
    "3,000 nested tags in one field": TEXTS["nested tags"],
    "1 MB of Han": "重构" * 170_000,
    "1 MB without a space": "w" * 1_000_000,
    "1 MB of lines": "行\n" * 250_000,
}

PAGES = {
    "raw img": f"<img src='{SECRET.as_uri()}'><img src='{SECRET}'><img src='{_URL}a.png'><img src='scripts/x.png'>",
    "raw css": f"<link rel=stylesheet href='{_URL}a.css'><style>@import '{SECRET}'; @font-face {{ font-family: q; src: "
    f"url('{SECRET}') }} @page {{ background-image: url('{SECRET}') }} p {{ background: url({_URL}) }}</style><p>",
    "raw svg": f"<svg><image href='{SECRET.as_uri()}'/></svg><object data='{SECRET}'></object><iframe src='{_URL}'></iframe>",
    "raw list": f"<ul style=\"list-style-image: url('{SECRET}')\"><li>x</ul>",
    "raw engine tags": f"<pdf:include src='{SECRET}'/><pdf:font name=a src='{SECRET}'/><pdf:toc/><pdf:barcode value=x/>",
    "raw nested tags": "<div>" * 3000 + "x" + "</div>" * 3000,
    "raw tables": "<table><tr><td>" * 60 + "x" + "</td></tr></table>" * 60,
    "raw wide table": "<table>" + ("<tr>" + "<td>x</td>" * 40 + "</tr>") * 60 + "</table>",
}


def resumes() -> Iterator[tuple[str, Resume]]:
    for name, text in TEXTS.items():
        yield name, Resume.model_validate(_filled(one_page().as_json_resume(), text))
    for name, text in LONG.items():
        yield name, Resume.model_validate({"basics": {"name": "张三", "summary": text}})
    for name, picture in pictures():
        yield name, Resume.model_validate({"basics": {"name": "张三", "image": picture}})


def pictures() -> Iterator[tuple[str, str]]:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(buffer, "PNG", optimize=True)
    yield "20,000 px picture", _data_uri(buffer.getvalue())
    yield "cut picture", _data_uri(buffer.getvalue()[:200])
    yield "SVG picture", _data_uri(f"<svg><image href='{SECRET.as_uri()}'/></svg>".encode())
    yield "picture from a file", SECRET.as_uri()
    yield "picture from the network", f"{_URL}photo.png"


def _data_uri(content: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(content).decode()


def _filled(value: Any, text: str) -> Any:
    """Every string of the resume, names of sections and labels too, replaced by `text`."""
    if isinstance(value, dict):
        return {(text[:200] if key == "性别" else key): _filled(item, text) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, text) for item in value[:2]]
    return text if isinstance(value, str) else value
