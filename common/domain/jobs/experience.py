"""Years and degree that a job asks for, as boards print them: 3-5年, 1年以下, 应届毕业生, 不限; 本科, 统招本科及以上."""

import re
import unicodedata

from pydantic import ConfigDict

from common.lazy_model import LazyModel

DEGREES = ("大专", "本科", "硕士", "博士")
_DEGREE_WORDS = (
    ("博士", r"博士|phd"),
    ("硕士", r"硕士|研究生|master|mba"),
    ("本科", r"本科|学士|bachelor"),
    ("大专", r"大专|专科|高职|中专/大专"),
)
_NONE = re.compile(r"不限|无要求|无经验|经验不?限")
_FRESH = re.compile(r"应届|在校|毕业生|实习")
_RANGE = re.compile(r"(\d{1,2})\s*[-~–—至到]\s*(\d{1,2})")
_ONE = re.compile(r"(\d{1,2})")
_CHINESE = str.maketrans("一二两三四五六七八九", "1223456789")


class YearsWanted(LazyModel):
    """`text` as printed; `least` and `most` in years, None for no bound."""

    model_config = ConfigDict(frozen=True)

    text: str
    least: int | None = None
    most: int | None = None

    def overlaps(self, other: "YearsWanted") -> bool:
        """Is there a number of years that both allow? 3-5 and 5-10 share only their border, which is no overlap."""
        lows, highs = (self.least or 0, other.least or 0), (self.most, other.most)
        high = min((bound for bound in highs if bound is not None), default=None)
        return high is None or max(lows) < high or (max(lows) == high == 0)


def years_wanted(text: str | None) -> YearsWanted | None:
    """None without a text; no bounds for one that names none."""
    shown = (text or "").strip()[:40]
    if not shown:
        return None
    plain = unicodedata.normalize("NFKC", shown).replace("十", "10").translate(_CHINESE)
    found = _RANGE.search(plain)
    if found:
        low, high = sorted((int(found[1]), int(found[2])))
        return YearsWanted(text=shown, least=low, most=high)
    return YearsWanted(text=shown, **_one_bound(plain))


def _one_bound(plain: str) -> dict[str, int]:
    if _FRESH.search(plain):
        return {"least": 0, "most": 0}
    found = _ONE.search(plain)
    if _NONE.search(plain) or found is None:
        return {}
    years = int(found[1])
    return {"least": 0, "most": years} if re.search("以下|以内", plain) else {"least": years}


def degree_wanted(text: str | None) -> str | None:
    """大专, 本科, 硕士 or 博士, the lowest that is named (本科及以上; 本科/硕士); None for 不限 and what is no degree."""
    folded = unicodedata.normalize("NFKC", text or "").casefold()
    named = [name for name, pattern in _DEGREE_WORDS if re.search(pattern, folded)]
    return min(named, key=DEGREES.index) if named else None


def degree_rank(name: str | None) -> int:
    """1 大专 to 4 博士, as common/domain/matching ranks them; 0 for none."""
    return DEGREES.index(name) + 1 if name in DEGREES else 0
