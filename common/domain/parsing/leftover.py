"""Nothing is lost: every source row whose words are not all in the resume goes to meta.x_cn.unplaced."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from common.domain.parsing.pieces import close_letter_spacing, label_name
from common.domain.parsing.rows import Row
from common.domain.resume.text import fold, han_count

_CONNECTING = re.compile(
    r"专业|学位|学历|主修|毕业|研究生|生|担任|一职|就职于|任职于|就读于|毕业于|从事|在|取得|获得|考取|(?:项目|案例|作品)[一二三四五六七八九十\d]{1,2}|https?|www|the|and|in|of|at",
    re.IGNORECASE,
)


def unplaced_rows(rows: Sequence[Row], content: Mapping[str, Any]) -> list[Row]:
    """Rows whose words are not all in `content` (a resume in its outer shape) or among its headings, in order."""
    headings = content.get("meta", {}).get("x_cn", {}).get("headings", [])
    texts = [*_texts({name: part for name, part in content.items() if name != "meta"}), *_texts(headings)]
    values = {fold(part) for text in texts for part in (text, *re.split(r"\s{2,}", text))} - {""}
    haystack = "\n".join(values)
    longest_first = sorted(values, key=len, reverse=True)
    return [
        row
        for row in rows
        if row.folded not in haystack and not any(_is_held(text, haystack, longest_first) for text in _readings(row))
    ]


def _readings(row: Row) -> tuple[str, str]:
    return close_letter_spacing(row.text), close_letter_spacing(row.plain)


def _is_held(text: str, haystack: str, values: list[str]) -> bool:
    if fold(text) in haystack:
        return True
    if han_count(text) and _is_chunk_held(text, haystack, values):
        return True
    return all(
        _is_chunk_held(chunk, haystack, values)
        for chunk in re.split(r"[\s,，;；、|｜·•∙:：()（）\-–—~～/\[\]【】]+", text)
    )


def _is_chunk_held(chunk: str, haystack: str, values: list[str]) -> bool:
    folded = fold(chunk)
    if len(folded) < 2 and not han_count(folded) and not folded.isdigit():
        return True  # an icon that was read as a letter
    if folded in haystack or label_name(chunk):
        return True
    if not han_count(folded):
        return bool(_CONNECTING.fullmatch(folded))
    singles = {value for value in values if len(value) == 1}
    for value in values:
        if len(value) > 1:
            folded = folded.replace(value, " ")
    parts = folded.split(" ")
    return all(not part or part in singles or label_name(part) or _CONNECTING.fullmatch(part) for part in parts)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "personal":
                yield from item  # labels as printed
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
