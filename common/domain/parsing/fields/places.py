"""Where: cities and regions, as they stand beside a school or an employer."""

import re

_CITY = (
    "北京|上海|天津|重庆|广州|深圳|杭州|南京|苏州|武汉|成都|西安|长沙|郑州|青岛|大连|厦门|宁波|合肥|济南|"
    "福州|无锡|东莞|佛山|珠海|沈阳|哈尔滨|长春|石家庄|太原|南昌|昆明|贵阳|南宁|兰州|海口|呼和浩特|乌鲁木齐|"
    "香港|澳门|台北|新加坡|东京|伦敦|纽约|常州|温州|嘉兴|绍兴|烟台|徐州|南通|泉州|中山|惠州|洛阳|桂林|三亚|"
    "拉萨|西宁|银川|远程"
)
_REGION = (
    "河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|"
    "甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|中国|英国|美国|日本|德国|法国|加拿大|澳大利亚|韩国"
)
_DISTRICT = r"(?:[-·\s]*[\u4e00-\u9fff]{1,6}[区县])"
_CHINESE = re.compile(rf"(?:(?:{_REGION})省?[-·\s]*)?(?:{_CITY})市?{_DISTRICT}?|(?:{_REGION})省?")
_STATE = (
    "(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|"
    "S[CD]|T[NX]|UT|V[AT]|W[AIVY])"
)
_NAME = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2}"
_COUNTRY = r"(?:[A-Z][a-z]+(?: [A-Z][a-z]+)?|USA|UK|S\.? ?Korea)"
_ENGLISH = re.compile(rf"{_NAME}, ?(?:{_STATE}|{_COUNTRY})(?:, [A-Z]\w+)?")
_SINGLE_WORD = re.compile(
    rf"{_STATE}|Remote|Online|California|New York|London|Singapore|Beijing|Shanghai|Shenzhen|Hangzhou|"
    r"Boston|Chicago|Seattle|San Francisco"
)
_AMONG_OTHERS = re.compile(rf"{_NAME}, {_STATE}\b")
_AFTER_COMPANY = re.compile(rf"(.*(?:公司|集团|银行|大学|学院))({_CITY})市?")
_STARTS_WITH_CITY = re.compile(rf"(?:{_CITY}|{_REGION})(?:省|市)?.{{0,8}}")


def is_place(text: str) -> bool:
    """The whole text names a place: 浙江杭州, 上海市, San Francisco, CA."""
    return bool(_CHINESE.fullmatch(text) or _SINGLE_WORD.fullmatch(text) or _ENGLISH.fullmatch(text))


def find_place(text: str) -> str | None:
    """An American "City, ST" inside the text."""
    found = _AMONG_OTHERS.search(text)
    return found.group() if found else None


def split_trailing_city(text: str) -> tuple[str, str | None]:
    """黑科技公司上海 → 黑科技公司, 上海: the gap between them was lost in the file."""
    found = _AFTER_COMPANY.fullmatch(text)
    return (found[1], found[2]) if found else (text, None)


def starts_with_city(text: str) -> bool:
    """北京朝阳: a short text that is where somebody lives rather than who."""
    return bool(_STARTS_WITH_CITY.fullmatch(text))
