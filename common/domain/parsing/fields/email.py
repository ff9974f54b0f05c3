"""E-mail address."""

import re
from collections.abc import Iterable

from common.domain.parsing.found import Found
from common.domain.parsing.rows import Row

_ADDRESS = re.compile(r"[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_WITHOUT_DOMAIN_END = re.compile(r"[A-Za-z0-9][\w.+-]*@[A-Za-z0-9][A-Za-z0-9-]+")


def find_email(rows: Iterable[Row]) -> Found | None:
    rows = list(rows)
    for pattern in (_ADDRESS, _WITHOUT_DOMAIN_END):
        for row in rows:
            found = pattern.search(row.text)
            if found:
                return Found(found.group().rstrip("."), row)
    return None
