"""RTF's syntax: groups, control words, bytes of text, binary runs (Rich Text Format 1.9.1, "Basic Entities")."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from common.documents.limits import MAX_RTF_TOKENS
from common.errors import FileTooComplex

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|(?P<escaped>(?:\\'[0-9a-fA-F]{2})+)"
    rb"|\\(?P<symbol>[^a-zA-Z])"
    rb"|(?P<brace>[{}])"
    rb"|[\r\n]+"
    rb"|(?P<text>[^\\{}\r\n]+)"
)


class Token(NamedTuple):
    """`name` of a word or symbol, `number` of a word that has one, the bytes of a text or of a binary run."""

    kind: Literal["open", "close", "word", "symbol", "text", "binary"]
    name: str = ""
    number: int | None = None
    text: bytes = b""


def tokens(content: bytes) -> Iterator[Token]:
    """In order; what is no RTF is skipped, and the bytes of a \\bin run are never looked into."""
    place = count = 0
    while found := _TOKEN.match(content, place):
        place = found.end()
        count += 1
        if count > MAX_RTF_TOKENS:
            raise FileTooComplex(reason="markup", tokens=count)
        word, number, escaped, symbol, brace, text = found.groups()
        if text:
            yield Token("text", text=text)
        elif escaped:
            yield Token("text", text=bytes.fromhex(escaped.replace(b"\\'", b"").decode("ascii")))
        elif word:
            value = int(number) if number else None
            if word == b"bin":
                end = place + max(0, value or 0)
                yield Token("binary", text=content[place:end])
                place = end
            else:
                yield Token("word", word.decode("ascii"), value)
        elif brace:
            yield Token("open" if brace == b"{" else "close")
        elif symbol:
            yield Token("symbol", symbol.decode("latin-1"))
