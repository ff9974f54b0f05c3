"""RTF tokens → lines: the walk over groups, with what each of them inherits and where its text goes."""

import re
from typing import Any, NamedTuple

from common.documents.hidden_text import SMALLEST_VISIBLE_PT
from common.documents.portrait import Picture
from common.documents.rtf_colours import RtfColours
from common.documents.rtf_fonts import RtfFonts
from common.documents.rtf_pictures import RtfPicture
from common.documents.rtf_tokens import Token
from common.documents.rtf_words import CHARACTERS, KINDS, PARAGRAPH_ENDS, ROLES, SYMBOLS, Kind, Role
from common.documents.text_flow import TextFlow
from common.domain.parsing.source import Line
from common.domain.resume.text import han_count

_HYPERLINK = re.compile(r'HYPERLINK\s+(?:\\[a-z]\s+)*"?([^"\s]+)')
_SIZE_PT = 12.0  # \fs24, the default


class _Destination(NamedTuple):
    """Where text goes. `repeated` ends all hope: nothing inside such a group is text, whatever it says."""

    kind: Kind
    role: Role
    flow: TextFlow
    picture: RtfPicture | None = None


class _State(NamedTuple):
    """What a group inherits and gives back at its end."""

    to: _Destination
    font: int | None = None
    bold: bool = False
    size: float = _SIZE_PT
    asian: bool = False  # \dbch: the \a… words that follow speak of East Asian text
    asian_bold: bool | None = None
    asian_size: float | None = None
    hidden: bool = False
    colour: int = 0
    fallback: int = 1  # \ucN: how many bytes repeat a \u character for old readers
    tables: int = 0
    starred: bool = False


class RtfText:
    """Feed tokens, then ask for `lines` and `pictures`."""

    def __init__(self, colours: RtfColours) -> None:
        self._fonts, self._colours = RtfFonts(), colours
        self._state = _State(_Destination("text", "body", TextFlow()))
        self._body = self._state.to.flow
        self._outer: list[_State] = []
        self._bytes = bytearray()
        self._skip = 0
        self._high_surrogate = 0
        self._headers: list[Line] = []
        self._notes: list[Line] = []
        self._boxes: list[Line] = []
        self.pictures: list[Picture] = []
        self.hidden = 0

    def feed(self, token: Token) -> None:
        picture = self._state.to.picture
        if picture and token.kind in ("text", "binary"):
            (picture.add_digits if token.kind == "text" else picture.add_raw)(token.text)
        elif token.kind == "text":
            self._bytes += token.text[self._skip :]
            self._skip = max(0, self._skip - len(token.text))
        elif token.kind != "binary":
            self._flush()
            self._mark(token)

    def _mark(self, token: Token) -> None:
        if token.kind == "open":
            self._outer.append(self._state)
        elif token.kind == "close":
            self._close()
        elif token.kind == "symbol":
            self._symbol(token.name)
        else:
            self._word(token.name, token.number)

    def lines(self) -> list[Line]:
        """All of it, also when the file ends too early."""
        self._flush()
        while self._outer:
            self._close()
        self._place_boxes(self._body)
        return [*self._headers, *self._body.lines(), *self._notes]

    def _close(self) -> None:
        ended = self._state.to
        self._state = self._outer.pop() if self._outer else self._state
        self._skip = 0
        if ended.picture is not self._state.to.picture and ended.picture and (found := ended.picture.picture()):
            self.pictures.append(found)
        if ended.flow is not self._state.to.flow:
            sink = {"header": self._headers, "note": self._notes}.get(ended.role, self._boxes)
            sink += ended.flow.lines()

    def _symbol(self, symbol: str) -> None:
        if self._skip:
            self._skip -= 1
        elif symbol == "*":
            self._state = self._state._replace(starred=True)
        elif symbol in "\r\n":
            self._end_paragraph()
        else:
            self._write(SYMBOLS.get(symbol, ""))

    def _word(self, word: str, number: int | None) -> None:
        if word == "u":
            self._unicode((number or 0) & 0xFFFF)
        elif self._skip:
            self._skip -= 1
        elif self._state.to.kind == "fonts":
            self._fonts.define(word, number or 0)
        elif self._state.to.kind == "colours":
            self._colours.set(word, number)
        elif self._state.to.picture and not self._state.starred:
            self._state.to.picture.set(word, number)
        elif not self._goes_elsewhere(word) and not self._ends_something(word):
            if word in CHARACTERS:
                self._write(CHARACTERS[word])
            else:
                self._set(word, number)

    def _goes_elsewhere(self, word: str) -> bool:
        """A group's first word may say that its text is no text, or stands somewhere else."""
        state, role = self._state, ROLES.get(word)
        kind = KINDS.get(word) or ("silent" if state.starred else None)
        if state.to.kind == "repeated" or not (role or kind):
            return False
        if role:
            to = _Destination("text" if role == "box" else state.to.kind, role, TextFlow())
            self._state = state._replace(to=to, tables=0, starred=False)
        elif kind:
            picture = RtfPicture() if kind == "picture" else None
            self._state = state._replace(to=state.to._replace(kind=kind, picture=picture), starred=False)
        return True

    def _ends_something(self, word: str) -> bool:
        if self._state.to.kind != "text":
            return False
        flow, tables = self._state.to.flow, self._state.tables
        if word in PARAGRAPH_ENDS:
            self._end_paragraph()
        elif word in ("cell", "nestcell"):
            self._end_paragraph()
            flow.end_cell(max(tables, 2 if word == "nestcell" else 1))
        elif word in ("row", "nestrow"):
            flow.end_row(max(tables, 2) if word == "nestrow" else 1)
        else:
            return False
        return True

    def _set(self, word: str, number: int | None) -> None:
        state, on = self._state, number != 0
        if word == "ansicpg":
            self._fonts.set_page(number or 0)
        elif word == "deff":
            self._fonts.default = number
        elif word == "uc":
            self._state = state._replace(fallback=max(0, min(number or 0, 16)))
        elif word == "f":
            self._state = state._replace(font=number)
        elif word == "fs" and number:
            self._state = state._replace(size=number / 2)
        elif word == "b":
            self._state = state._replace(bold=on)
        elif word == "cf":
            self._state = state._replace(colour=number or 0)
        elif word in ("v", "webhidden", "deleted"):
            self._state = state._replace(hidden=on)
        elif word in ("dbch", "loch", "hich", "ltrch", "rtlch"):
            self._state = state._replace(asian=word == "dbch")
        elif word == "ab" and state.asian:
            self._state = state._replace(asian_bold=on)
        elif word == "afs" and state.asian and number:
            self._state = state._replace(asian_size=number / 2)
        elif word == "plain":
            self._state = _State(state.to, fallback=state.fallback, tables=state.tables)
        elif word == "pard":
            self._state = state._replace(tables=0)
        elif word == "intbl":
            self._state = state._replace(tables=max(1, state.tables))
        elif word == "itap":
            self._state = state._replace(tables=max(0, number or 0))

    def _unicode(self, unit: int) -> None:
        """A UTF-16 code unit; the bytes that repeat it are skipped. A lone surrogate is no character."""
        self._skip = self._state.fallback
        if 0xD800 <= unit < 0xDC00:
            self._high_surrogate = unit
            return
        if 0xDC00 <= unit < 0xE000:
            pair = self._high_surrogate
            text = chr(0x10000 + ((pair - 0xD800) << 10) + unit - 0xDC00) if pair else ""
        else:
            text = "•" if 0xF000 <= unit <= 0xF0FF else chr(unit)  # a picture of a symbol font
        self._high_surrogate = 0
        self._write(text)

    def _flush(self) -> None:
        if self._bytes and self._state.to.kind == "colours":
            self._colours.end_colours(bytes(self._bytes))
            self._bytes.clear()
        elif self._bytes:
            self._high_surrogate = 0
            self._write(self._fonts.text(bytes(self._bytes), self._state.font))
            self._bytes.clear()

    def _write(self, text: str) -> None:
        state = self._state
        if state.to.kind == "text" and text:
            style = _style(text, state)
            if state.hidden or style["size"] < SMALLEST_VISIBLE_PT or self._colours.hides(state.colour):
                self.hidden += len("".join(text.split()))
                return
            state.to.flow.go_to(state.tables)
            state.to.flow.write(text, **style)
        elif state.to.kind == "field" and (target := _HYPERLINK.search(text)):
            state.to.flow.link(target[1])
        elif state.to.kind == "list" and text.strip():
            state.to.flow.go_to(state.tables)
            state.to.flow.mark_listed()

    def _end_paragraph(self) -> None:
        flow = self._state.to.flow
        flow.end_paragraph()
        if self._boxes and self._state.to.role != "box":
            self._place_boxes(flow)

    def _place_boxes(self, flow: TextFlow) -> None:
        """Text boxes follow the paragraph that anchors them."""
        flow.place(self._boxes)
        self._boxes = []


def _style(text: str, state: _State) -> dict[str, Any]:
    asian = han_count(text) > 0
    bold = state.asian_bold if asian and state.asian_bold is not None else state.bold
    size = state.asian_size if asian and state.asian_size else state.size
    return {"bold": bold, "size": size}
