"""Text made fit for paper: cleaned as extracted text is, one line at a time, and no identity number in full."""

import re

from common.domain.resume.text import join_wrapped, normalise

_LINE_ENDS = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"\s+")
#: Variation selectors choose a form that our faces do not have; surrogates and noncharacters are not text.
_UNPRINTABLE = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\ud800-\udfff\ufffe\uffff]")
_IDENTITY_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])([1-9]\d{5})(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{2}(\d[0-9Xx])(?![0-9A-Za-z])"
)
_BULLET_MARK = re.compile(r"^\s*(?:[•●▪■◆◇○·‧∙►▶➢➤]\s*|[-–—*]\s+)(?=\S)")


def lines_of(text: str | None) -> tuple[str, ...]:
    """The printable lines of a text, without empty ones."""
    lines = (_printable(line) for line in _LINE_ENDS.split(text or ""))
    return tuple(line for line in lines if line)


def one_line(text: str | None) -> str:
    """The same as one line: joined with a space between Latin words and with nothing between Han. Empty for None."""
    joined = ""
    for line in lines_of(text):
        joined = join_wrapped(joined, line)
    return joined


def without_bullet(line: str) -> str:
    """A leading • or - that the source printed goes: the layout sets its own."""
    return _BULLET_MARK.sub("", line)


def mask_identity_numbers(text: str) -> str:
    """18-digit citizen identity numbers (GB 11643) keep their region and their last two characters."""
    return _IDENTITY_NUMBER.sub(r"\1**********\2", text)


def _printable(line: str) -> str:
    cleaned = _BLANKS.sub(" ", normalise(_UNPRINTABLE.sub("", line))).strip()
    return mask_identity_numbers(cleaned)
