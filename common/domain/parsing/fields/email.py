"""E-mail address, also as recognition spoils it: spaces around @ and dots, a full-width ＠, a comma for the dot."""

import re
from collections.abc import Iterable, Sequence

from common.domain.parsing.features import confidence
from common.domain.parsing.found import PATTERN, Found
from common.domain.parsing.rows import Row

_ADDRESS = re.compile(r"[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}", re.ASCII)
_TORN = re.compile(
    r"[A-Za-z0-9][\w.+-]{0,63}\s?[@＠]\s?[A-Za-z0-9-]{1,40}(?:\s?[.．,，。]\s?(?:com|cn|net|org|edu|io|me|dev|hk|tw|uk|gov|qq|vip|foxmail)\b){1,3}",
    re.ASCII | re.IGNORECASE,
)
_WITHOUT_DOMAIN_END = re.compile(r"[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9][A-Za-z0-9-]{1,63}", re.ASCII)
_REPAIRED = 0.6
_FORMS = ((_ADDRESS, PATTERN), (_TORN, _REPAIRED), (_WITHOUT_DOMAIN_END, _REPAIRED))


def find_email(rows: Iterable[Row]) -> Found | None:
    rows = list(rows)
    texts = [
        (row, _with_rest(row, rows[place + 1 :]))
        for place, row in enumerate(rows)
        if "@" in row.text or "＠" in row.text
    ]
    for pattern, sure in _FORMS:
        for row, text in texts:
            found = pattern.search(text)
            if found:
                address = re.sub(r"\s|-(?=@)", "", found.group()).replace("＠", "@").rstrip(".")
                return Found(re.sub(r"[．,，。]", ".", address), row, confidence(sure))
    return None


def _with_rest(row: Row, following: Sequence[Row]) -> str:
    """A narrow column breaks an address: "…@mail.example.c" and "om" alone on the next row."""
    rest = following[0].text if following else ""
    broken = re.search(r"@[A-Za-z0-9.-]*$", row.text) and re.fullmatch(
        r"[a-z0-9-]{0,12}\.?[a-z]{1,10}(?:\.[a-z]{2,4})?", rest
    )
    return (
        row.text + rest if broken and not re.search(r"@[A-Za-z0-9.-]+\.(?:com|cn|net|org|edu)$", row.text) else row.text
    )


def holds_address(text: str) -> bool:
    return "@" in text and bool(_ADDRESS.search(text))


def without_addresses(text: str) -> str:
    """The text for searches that digits of an address would mislead (1584775297@qq.com is no telephone)."""
    return _ADDRESS.sub(" ", text) if "@" in text else text
