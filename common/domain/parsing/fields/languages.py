"""Languages with their level."""

import re
from collections.abc import Sequence

from common.domain.parsing.rows import Row
from common.domain.resume.model import Language

_TONGUE = (
    r"英语|英文|中文|汉语|普通话|粤语|日语|日文|韩语|法语|德语|西班牙语|俄语|葡萄牙语|意大利语|"
    r"阿拉伯语|國語|英語|日語|粵語|English|Chinese|Mandarin|Cantonese|Japanese|Korean|French|"
    r"German|Spanish|Russian|Portuguese|Italian|Arabic|Latin|Hindi|Polish|Dutch|Swedish|Norwegian|Danish|Finnish|Turkish|Greek|"
    r"Czech|Hungarian|Romanian|Ukrainian|Hebrew|Thai|Vietnamese|Indonesian|Malay|Tagalog|Bengali|Tamil|Telugu|Urdu|Punjabi|Persian|"
    r"Swahili|Igbo|Yoruba|Catalan|泰语|越南语|阿拉伯文|法文|德文|韩文|韓語|韓文|法語|德語|中文普通话|闽南语|台語|客家话|上海话|印尼语|马来语|波斯语"
)
_ENTRY = re.compile(rf"\s*({_TONGUE})\s*(?:[:：\-–—(（|]|\s)?\s*(.*)", re.IGNORECASE)

_FLUENCY = re.compile(
    r"(?:Native|Fluent|Proficient|Professional|Full|Limited|Intermediate|Advanced|Basic|Beginner|Elementary|Conversational|Bilingual|"
    r"Mother|Working|母语|流利|熟练|良好|一般|精通|入门|中等|[ABC][12])(?: .{0,30}|或.{0,10}|水平)?",
    re.IGNORECASE,
)


def read_languages(rows: Sequence[Row]) -> tuple[list[Language], list[Row]]:
    """(languages, rows that name none)."""
    languages: list[Language] = []
    rows = [row for row in rows if re.search(r"\w", row.text)]
    others: list[Row] = []
    for row in rows:
        parts = re.split(rf"[,，;；、|]\s*(?=(?:{_TONGUE}))|\s{{2,}}(?=(?:{_TONGUE}))", row.plain)
        found = [match for match in map(_ENTRY.fullmatch, parts) if match]
        if languages and not languages[-1].fluency and _FLUENCY.fullmatch(row.plain):
            languages[-1].fluency = row.plain
        elif len(found) == len(parts):
            languages += [Language(language=match[1], fluency=match[2].strip(" ()（）.。|") or None) for match in found]
        else:
            others.append(row)
    return languages, others
