"""HTML of a board → plain text with its line breaks. nh3 (ammonia, html5ever) does the parsing; nothing is judged by patterns.

Only tags that break lines survive the cleaning, without attributes; what is then between < and > is ours to turn into breaks.
"""

import re
from html import unescape

_BREAKS = {
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "dt",
    "dd",
}
#: Their content is no text for people.
_UNSEEN = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title", "textarea", "select"}
_TAG = re.compile(r"<(/?)([a-z0-9]+)>")
_LOOKS_LIKE_HTML = re.compile(r"<[a-zA-Z!/]|&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,6});")
_INVISIBLE = re.compile("[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
MOST_HTML, MOST_TEXT = 200_000, 20_000
#: Parsing takes the square of how deep tags are nested; what a person wrote has a few hundred.
MOST_TAGS = 2_000


def plain_text(html: str) -> str:
    """Lines without blanks at their ends and never two empty ones in a row; at most 20,000 characters."""
    html = _shortened(html)
    text = _cleaned(html) if _LOOKS_LIKE_HTML.search(html) else html
    text = _INVISIBLE.sub("", re.sub(r"\r\n?", "\n", text))
    lines = (re.sub(r"[ \t\u00a0\u3000]+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:MOST_TEXT]


def one_line(html: str, *, most: int) -> str:
    """For titles and names."""
    return " ".join(plain_text(html).split())[:most]


def _shortened(html: str) -> str:
    pieces = html[:MOST_HTML].split("<", MOST_TAGS)
    return "<".join(pieces[:MOST_TAGS])


def _cleaned(html: str) -> str:
    import nh3

    safe = nh3.clean(html, tags=_BREAKS, clean_content_tags=_UNSEEN, attributes={}, link_rel=None, strip_comments=True)
    flowing = re.sub(r"\n", " ", safe) if "<p" in safe or "<br" in safe or "<li" in safe or "<div" in safe else safe
    return unescape(_TAG.sub(_break, flowing))


def _break(found: re.Match[str]) -> str:
    """An item begins with a mark, so that a list stays one."""
    closing, tag = found.groups()
    if tag == "li":
        return "" if closing else "\n· "
    return "\n"
