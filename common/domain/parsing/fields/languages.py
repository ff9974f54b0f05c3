"""Languages with their level."""

import re
from collections.abc import Sequence

from common.domain.parsing.rows import Row
from common.domain.resume.model import Language

_TONGUE = (
    r"英语|英文|中文|汉语|普通话|粤语|日语|日文|韩语|法语|德语|西班牙语|俄语|葡萄牙语|意大利语|"
    r"阿拉伯语|國語|英語|日語|粵語|English|Chinese|Mandarin|Cantonese|Japanese|Korean|French|"
    r"German|Spanish|Russian|Portuguese|Italian|Arabic|Latin|Hindi"
)
_ENTRY = re.compile(rf"\s*({_TONGUE})\s*(?:[:：\-–—(（|]|\s)?\s*(.*)", re.IGNORECASE)


def read_languages(rows: Sequence[Row]) -> tuple[list[Language], list[Row]]:
    """(languages, rows that name none)."""
    languages: list[Language] = []
    others: list[Row] = []
    for row in rows:
        parts = re.split(rf"[,，;；、|]\s*(?=(?:{_TONGUE}))|\s{{2,}}(?=(?:{_TONGUE}))", row.plain)
        found = [match for match in map(_ENTRY.fullmatch, parts) if match]
        if len(found) == len(parts):
            languages += [Language(language=match[1], fluency=match[2].strip(" ()（）.。|") or None) for match in found]
        else:
            others.append(row)
    return languages, others
