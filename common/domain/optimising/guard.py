"""No rewrite may add a fact: what names, counts or dates something must already stand in the original."""

import re
import unicodedata

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*\s*(?:%|％|万|亿|千|百|倍|[wWkK](?![A-Za-z]))?")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9+#.]*")
_CHINESE_NUMBER = re.compile(r"[一二两三四五六七八九十百千万亿]+(?=[个名人次年月项家款台套篇倍场门])")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,}?(?:公司|集团|大学|学院|银行|研究院|研究所|事务所|证书|奖)")

_UNITS = {"％": "%", "w": "万", "k": "千"}
_DIGITS = dict(zip("一二三四五六七八九", "123456789", strict=True)) | {"两": "2", "十": "10"}


def invented_facts(original: str, rewritten: str) -> list[str]:
    """Numbers, Latin words and names of institutions that stand only in the rewrite, as written there."""
    known, new = _fold(original), _fold(rewritten)
    found = _new(_numbers(known), _numbers(new))
    found += _new(_latin(known), _latin(new))
    found += [name for name in _NAME.findall(new) if name not in known and not _grown(name, known)]
    return found


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _new(known: dict[str, str], found: dict[str, str]) -> list[str]:
    return [printed for value, printed in found.items() if value not in known]


def _numbers(text: str) -> dict[str, str]:
    """Normalised value → as printed. 10w and 10万 are one value; 三个 and 3个 are one value."""
    values = {_value(match): match for match in _NUMBER.findall(text)}
    return values | {_DIGITS.get(match, match): match for match in _CHINESE_NUMBER.findall(text)}


def _value(printed: str) -> str:
    compact = re.sub(r"[\s,]", "", printed)
    return compact[:-1] + _UNITS.get(compact[-1].lower(), compact[-1]) if compact else compact


def _latin(text: str) -> dict[str, str]:
    return {word.rstrip(".").lower(): word.rstrip(".") for word in _LATIN.findall(text)}


def _grown(name: str, known: str) -> bool:
    """The pattern may take characters before the name along; any tail of it that is known makes it known."""
    return any(name[start:] in known for start in range(1, len(name) - 2))
