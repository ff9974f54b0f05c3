"""Characters: the selective clean-up of extracted text, and the folding that comparisons use.

Full NFKC would damage Chinese punctuation (（ → (, ： → :), so only what extraction gets wrong is replaced:
CJK radicals and compatibility forms, full-width ASCII letters and digits, odd spaces, private-use and invisible characters.
"""

import re
import unicodedata

from common.domain.late_pattern import late_pattern

FIELD_GAP = "    "

# Radicals that carry no compatibility mapping in Unicode although fonts use them for the plain character.
_RADICALS = str.maketrans(
    "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻤⻥⻦⻨⻩⻬⻮⻰⻳", "母民西见角贝车长门青页风飞食马鬼鱼鸟麦黄齐齿龙龟"
)
_COMPATIBLE_FORMS = "\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff20\uff3f"
_COMPATIBLE = late_pattern(f"[{_COMPATIBLE_FORMS}]")
_ODD_BUT_PRINTABLE = re.compile(f"[{_COMPATIBLE_FORMS}\ufffd]")
_SPACES = late_pattern("[\u00a0\u2000-\u200a\u202f\u205f]")
_INVISIBLE = late_pattern("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u0000-\u0008\u000b-\u001f\u007f]")
_PRIVATE = late_pattern("[\u0080-\u009f\ue000-\uf8ff\U000f0000-\U0010ffff\ufffd]")
_BULLETS = "•●▪◦○■◆➢✓⚫"
_BULLET_GAP = re.compile(rf"^([{_BULLETS}])\s+")
_NO_WORD = late_pattern(r"[\W_]+")
_HAN = late_pattern("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def normalise(text: str) -> str:
    """One line of extracted text, cleaned; columns (four spaces) survive, an icon glyph becomes a space."""
    if not text.isprintable() or _ODD_BUT_PRINTABLE.search(text):  # most lines are clean, and lines are many
        text = _replaced(text)
    if FIELD_GAP in text:
        text = re.sub(" {5,}", FIELD_GAP, text)
    text = text.strip()
    return _BULLET_GAP.sub(r"\1 ", text) if text[:1] in _BULLETS else text


def _replaced(text: str) -> str:
    text = _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text.translate(_RADICALS))
    text = _SPACES.sub(" ", text).replace("\u3000", "  ").replace("\t", FIELD_GAP)
    return _PRIVATE.sub(" ", _INVISIBLE.sub("", text))


def is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\U00020000" <= char <= "\U0003ffff"


def han_count(text: str) -> int:
    return len(_HAN.findall(text))


def fold(text: str) -> str:
    """Letters and digits only, NFKC and case folded: equal folds are the same words."""
    text = text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    return _NO_WORD.sub("", text)


def join_wrapped(first: str, second: str) -> str:
    """Two lines of one paragraph: no space between Han, a line-end hyphen closed when the word goes on."""
    if not first or not second:
        return first or second
    if re.search(r"[A-Za-z]-$", first) and second[0].islower():
        return first[:-1] + second
    glued = first.endswith("-") or _is_cjk(first[-1]) or _is_cjk(second[0])
    return first + ("" if glued else " ") + second


def _is_cjk(char: str) -> bool:
    return is_han(char) or "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uffef"
