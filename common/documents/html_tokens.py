"""HTML's syntax: text, start and end tags (HTML Living Standard, "Tokenization"), in time that grows with the file alone.

The standard library's html.parser takes two minutes for 300 KB of "<!--" in the Pythons that functions run on (CVE-2025-6069).
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from common.documents.limits import MAX_MARKUP
from common.errors import FileTooComplex

#: Their content is text up to their own end tag, whatever stands in it.
RAW = frozenset("script style textarea title xmp iframe noembed noframes".split())

_MARKUP = re.compile(r"<(?:[a-zA-Z]|/[a-zA-Z]|[!?])")
_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"[\s/]*(=?[^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]*)))?")
_MOST_ATTRIBUTES = 60
_LONG_REFERENCE = re.compile("&#[xX]?[0-9a-fA-F]{8,}")  # no character has such a number, and int() refuses long ones


class Tag(NamedTuple):
    """Names in lower case. `empty` for one that is written as <br/>."""

    name: str
    attributes: dict[str, str]
    is_end: bool = False
    empty: bool = False


def html_tokens(text: str) -> Iterator[str | Tag]:
    """Texts with their character references resolved, and tags. Comments and declarations are left out, Word's <![if]> too.

    Raises FileTooComplex for more tags than a document has.
    """
    place = tags = 0
    while found := _MARKUP.search(text, place):
        start = found.start()
        if start > place:
            yield _unescaped(text[place:start])
        if text[start + 1] in "!?":
            place = _after_declaration(text, start)
            continue
        tag, place = _tag(text, start)
        yield tag
        tags += 1
        if tags > MAX_MARKUP:
            raise FileTooComplex(reason="markup", tags=tags)
        if tag.name in RAW and not tag.is_end:
            start, place = place, _end_of_raw(text, tag.name, place)
            yield text[start:place]
    yield _unescaped(text[place:])


def _after_declaration(text: str, start: int) -> int:
    """What is not ended goes on to the end of the file, as in a browser."""
    ending = "-->" if text.startswith("<!--", start) else ">"
    end = text.find(ending, start + 2)
    return len(text) if end < 0 else end + len(ending)


def _tag(text: str, start: int) -> tuple[Tag, int]:
    name = _NAME.match(text, start)
    if name is None:
        raise ValueError("no tag begins here")
    attributes: dict[str, str] = {}
    place = name.end()
    while place < len(text) and text[place] != ">":
        found = _ATTRIBUTE.match(text, place)
        if found is None or found.end() == place:
            break
        place = found.end()
        if found[1] and len(attributes) < _MOST_ATTRIBUTES:
            value = next((group for group in found.groups()[1:] if group is not None), "")
            attributes.setdefault(found[1].lower(), _unescaped(value))
    empty = text[place - 1] == "/" and place < len(text)
    return Tag(name[1].lower(), attributes, is_end=text[start + 1] == "/", empty=empty), place + 1


def _end_of_raw(text: str, name: str, place: int) -> int:
    found = re.compile(f"</{name}", re.IGNORECASE).search(text, place)
    return found.start() if found else len(text)


def _unescaped(text: str) -> str:
    """Numbers that are surrogates or no characters become U+FFFD there."""
    return html.unescape(_LONG_REFERENCE.sub("", text)) if "&" in text else text
