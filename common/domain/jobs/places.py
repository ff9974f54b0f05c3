"""City and district as boards print them: 上海市, 上海·浦东新区·张江, 广东-深圳-南山区 → 上海 / 浦东新区."""

import re

_SEPARATORS = re.compile(r"[\s·•\-—–/|,，]+")
_PROVINCES = frozenset(
    "河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 "
    "内蒙古 广西 西藏 宁夏 新疆".split()
)
_CITY_END = re.compile(r"(?<=..)市$")


def city_name(text: str | None) -> str | None:
    """Without 市 and without what stands around it; None for nothing."""
    return _split(text)[0]


def split_place(city: str | None, district: str | None) -> tuple[str | None, str | None]:
    """A district of its own wins over one that is printed behind the city."""
    name, behind = _split(city)
    own = (district or "").strip()[:20]
    return name, own or behind


def _split(text: str | None) -> tuple[str | None, str | None]:
    parts = [part for part in _SEPARATORS.split((text or "").strip()[:60]) if part]
    if len(parts) > 1 and parts[0].removesuffix("省") in _PROVINCES:
        parts = parts[1:]
    if not parts:
        return None, None
    return _CITY_END.sub("", parts[0])[:12], parts[1][:20] if len(parts) > 1 else None
