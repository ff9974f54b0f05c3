"""What a page drawn with a published layout must not hold, looked for in the page as it is, whatever the layout looked like.

Values of a resume are escaped, so a tag in the page is the layout's. The page is kept and opened in browsers.
"""

import re
from html.parser import HTMLParser

from common.documents.typesetting.power import LayoutRefused

_TAGS = frozenset(
    "script iframe frame object embed applet link base form input button svg math video audio source".split()
)
_ADDRESSES = frozenset("src href action formaction data poster background srcset xlink:href".split())
#: Portraits are data: URIs, links are a resume's own.
_ADDRESS = re.compile(r"(?:https?:|mailto:|tel:|#)|data:image/(?:png|jpeg);base64,", re.IGNORECASE)
_STYLE = re.compile(r"@import|url\s*\(|expression\s*\(|\\", re.IGNORECASE)


def refuse_page(html: str) -> None:
    """Raises LayoutRefused naming the kind of thing, never its content."""
    reader = _Reader()
    reader.feed(html)
    reader.close()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        names = [name for name, _ in attrs]
        if tag in _TAGS or (tag == "meta" and "http-equiv" in names) or any(name.startswith("on") for name in names):
            raise LayoutRefused(f"tag {tag}")
        for name, value in attrs:
            text = (value or "").strip()
            if name in _ADDRESSES and text and not (_ADDRESS.match(text) and (tag == "a" or text.startswith("data:"))):
                raise LayoutRefused(f"address in {tag}")
            if name == "style" and _STYLE.search(text):
                raise LayoutRefused("address in a style")

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"

    def handle_data(self, data: str) -> None:
        if self._in_style and _STYLE.search(data):
            raise LayoutRefused("address in a style")

    def handle_decl(self, decl: str) -> None:
        if decl.strip().lower() != "doctype html":
            raise LayoutRefused("declaration")

    def unknown_decl(self, data: str) -> None:  # noqa: ARG002
        raise LayoutRefused("declaration")
