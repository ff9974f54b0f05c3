"""`-pdf-word-wrap: CJK` in xhtml2pdf splits English words, starts lines with ，and drops <br>: break by line_breaks instead."""

from functools import lru_cache
from typing import Any

import xhtml2pdf.reportlab_paragraph as paragraph
from reportlab.pdfbase.pdfmetrics import getAscentDescent
from reportlab.rl_config import _FUZZ

from common.documents.typesetting.line_breaks import OBJECT, LineSpan, is_ideographic, split_lines

_split_western = paragraph._split_blParaHard


def break_lines(self: Any, width: Any) -> Any:
    """In place of Paragraph.breakLinesCJK: the paragraph's fragments as lines no wider than `width` (one, or first and later)."""
    room = list(width) if isinstance(width, (list, tuple)) else [width]
    paragraph._handleBulletWidth(self.bulletText, self.style, room, rtl=self.dir == "rtl")
    characters, owners = _flatten(self.frags)
    if not owners:
        return _no_lines(self.style)
    widths = [_width(character, owner) for character, owner in zip(characters, owners, strict=True)]
    breaks = frozenset(index for index, owner in enumerate(owners) if hasattr(owner, "lineBreak"))
    spans = split_lines(characters, widths, room, hard_breaks=breaks, tolerance=_FUZZ)
    lines = [_line(span, characters, owners, room[min(number, len(room) - 1)]) for number, span in enumerate(spans)]
    return paragraph.ParaLines(kind=1, lines=lines)


def _flatten(fragments: list[Any]) -> tuple[list[str], list[Any]]:
    """Every character with the fragment it belongs to; an inline object or a line break is one empty character."""
    characters: list[str] = []
    owners: list[Any] = []
    for fragment in fragments:
        has_text = not (hasattr(fragment, "cbDefn") or hasattr(fragment, "lineBreak"))
        text = list(_text(fragment)) if has_text else [OBJECT]
        characters += text
        owners += [fragment] * len(text)
    return characters, owners


def _text(fragment: Any) -> str:
    text = getattr(fragment, "text", None)
    if text is None:
        text = " ".join(getattr(fragment, "words", []))
    return text.decode("utf-8") if isinstance(text, bytes) else str(text)


def _width(character: str, owner: Any) -> float:
    if character != OBJECT:
        return _em_width(owner.fontName, character) * float(owner.fontSize)
    definition = getattr(owner, "cbDefn", None)
    taken = getattr(definition, "advance", 0) + getattr(definition, "reserve", 0)
    return float(taken or getattr(definition, "width", 0) or 0)


@lru_cache(maxsize=32768)
def _em_width(font_name: str, character: str) -> float:
    return float(paragraph.stringWidth(character, font_name, 1000.0)) / 1000.0


def _line(span: LineSpan, characters: list[str], owners: list[Any], room: float) -> Any:
    """`gaps`: places where justification may add space. `omitted`, `line_break`: what a page split has to put back."""
    members = range(span.start, span.end) if span.end > span.start else range(span.start, span.start + 1)
    size, ascent, descent = _extent([owners[index] for index in members])
    words = _words(span, characters, owners)
    linked = any(getattr(word, "link", None) for word in words)
    return paragraph.FragLine(
        kind=1,
        extraSpace=room - span.width,
        wordCount=1,
        words=words,
        fontSize=size,
        ascent=ascent,
        descent=descent,
        # A link's rectangle is computed without character spacing, so a line with a link stays ragged.
        gaps=0 if linked else _gaps(span, characters),
        omitted="".join(characters[span.end : span.next_start]),
        line_break=next((owners[i] for i in range(span.end, span.next_start) if hasattr(owners[i], "lineBreak")), None),
    )


def _gaps(span: LineSpan, characters: list[str]) -> int:
    """A full line of mostly Han is squared off; Latin letters pulled apart only look spaced out."""
    shown = [character for character in characters[span.start : span.end] if character != OBJECT]
    if not span.soft or 4 * sum(map(is_ideographic, shown)) < len(shown):
        return 0
    return len(shown) - 1


def _words(span: LineSpan, characters: list[str], owners: list[Any]) -> list[Any]:
    """Clones of the fragments, each with its part of the line; at least one, so that an empty line has a height."""
    words: list[Any] = []
    owner_of_last = None
    for index in range(span.start, span.end):
        owner = owners[index]
        if hasattr(owner, "cbDefn"):
            words.append(owner)
        elif owner is owner_of_last:
            words[-1].text += characters[index]
        else:
            words.append(_with_text(owner, characters[index]))
        owner_of_last = None if hasattr(owner, "cbDefn") else owner
    return words or [_with_text(owners[span.start], "")]


def _with_text(fragment: Any, text: str) -> Any:
    clone = fragment.clone()
    clone.text = text
    for mark in ("cbDefn", "lineBreak"):
        if hasattr(clone, mark):
            delattr(clone, mark)
    return clone


def _extent(fragments: list[Any]) -> tuple[float, float, float]:
    """Font size, ascent and descent (not positive) of the line that holds these fragments."""
    size = ascent = descent = 0.0
    for fragment in dict.fromkeys(fragments):
        definition: Any = getattr(fragment, "cbDefn", None)
        if getattr(definition, "width", 0):
            below, above = paragraph.imgVRange(definition.height, definition.valign, fragment.fontSize)
        else:
            above, below = getAscentDescent(fragment.fontName, fragment.fontSize)
        size, ascent, descent = max(size, fragment.fontSize), max(ascent, above), min(descent, below)
    return size, ascent, descent


def _no_lines(style: Any) -> Any:
    return paragraph.ParaLines(
        kind=0,
        fontSize=style.fontSize,
        fontName=style.fontName,
        textColor=style.textColor,
        lines=[],
        ascent=style.fontSize,
        descent=-0.2 * style.fontSize,
    )


def rejoin_lines(broken: Any, start: int, stop: int) -> list[Any]:
    """In place of _split_blParaHard, which puts a space between the lines that go over to the next page, also between Han."""
    lines = broken.lines[start:stop]
    if not all(hasattr(line, "omitted") for line in lines):
        return list(_split_western(broken, start, stop))
    fragments: list[Any] = []
    for line in lines:
        fragments += line.words
        if line is lines[-1]:
            break
        if line.line_break is not None:
            fragments.append(line.line_break)
        elif line.omitted:
            fragments.append(_with_text(line.words[-1], line.omitted))
    return fragments


def install() -> None:
    paragraph.Paragraph.breakLinesCJK = break_lines
    paragraph._split_blParaHard = rejoin_lines
