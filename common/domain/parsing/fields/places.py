"""Where: cities and regions, as they stand beside a school or an employer."""

import re

CITY = (
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
_CHINESE = re.compile(rf"(?:(?:{_REGION})省?[-·\s]*)?(?:{CITY})市?{_DISTRICT}?|(?:{_REGION})省?")
_STATE = (
    "(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|"
    "S[CD]|T[NX]|UT|V[AT]|W[AIVY])"
)
_NAME = r"(?<!\w)[A-Z][\w.'’-]{1,24}(?: [A-Z][\w.'’-]{1,24}){0,2}"
_COUNTRY = (
    r"(?:USA|U\.S\.A?\.?|US|United States|UK|U\.K\.|United Kingdom|England|Scotland|Wales|Ireland|India|P\.?R\.? ?China|"
    r"China|Japan|Korea|S\.? ?Korea|"
    r"South Korea|Republic of Korea|Singapore|Germany|France|Canada|Australia|Switzerland|Netherlands|Sweden|Norway|"
    r"Denmark|Finland|Spain|Italy|Portugal|"
    r"Poland|Austria|Belgium|Brazil|Mexico|Israel|Taiwan|Hong Kong|Malaysia|Thailand|Vietnam|Indonesia|Philippines|New "
    r"Zealand|Russia|Turkey|"
    r"Egypt|South Africa|Nigeria|Kenya|Pakistan|Bangladesh|Sri Lanka|Greece|Hungary|Romania|Ukraine|Argentina|Chile|Colombia|UAE|"
    r"Alabama|Arizona|California|Colorado|Connecticut|Florida|Georgia|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maryland|Massachusetts|Michigan|"
    r"Minnesota|Missouri|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|Ohio|Oklahoma|Oregon|"
    r"Pennsylvania|Tennessee|Texas|"
    r"Utah|Vermont|Virginia|Washington|Wisconsin|Ontario|Quebec|British Columbia|Alberta|Beijing|Shanghai|Guangdong|"
    r"Zhejiang|Jiangsu|Sichuan|Hubei)"
)
_ENGLISH = re.compile(rf"{_NAME}, ?(?:{_STATE}|{_COUNTRY})(?:, {_COUNTRY}|,? \d{{5}})?")
_SINGLE_WORD = re.compile(
    rf"{_STATE}|{_COUNTRY}|Remote|Online|Hybrid|On-site|California|London|Beijing|Shanghai|Shenzhen|Hangzhou|Guangzhou|Chengdu|Wuhan|Nanjing|Xi'?an|Suzhou|"
    r"Boston|Chicago|Seattle|San Francisco|Los Angeles|San Diego|San Jose|Austin|Dallas|Houston|Denver|Atlanta|Miami|"
    r"Philadelphia|Pittsburgh|Portland|"
    r"Toronto|Vancouver|Montreal|Sydney|Melbourne|Dublin|Edinburgh|Manchester|Leeds|Bristol|Cambridge|Oxford|Paris|Berlin|Munich|Hamburg|Zurich|Geneva|"
    r"Amsterdam|Stockholm|Malmö|Gothenburg|Oslo|Copenhagen|Helsinki|Madrid|Barcelona|Milan|Rome|Vienna|Brussels|Warsaw|Prague|Tokyo|Osaka|Seoul|Taipei|"
    r"Bangalore|Bengaluru|Mumbai|Delhi|New Delhi|Hyderabad|Pune|Chennai|Kolkata|Dubai|Tel Aviv|Kuala Lumpur|Bangkok|"
    r"Jakarta|Manila|Hanoi"
)
_AMONG_OTHERS = re.compile(rf"{_NAME}, {_STATE}\b")
_END_OF_A_NAME = re.compile(
    r"^.*\b(?:Academy|University|College|School|Institute|Inc\.?|LLC|Ltd\.?|Corp\.?|Company|Group|Bank|Hospital|Labs?|Software|Systems|"
    r"Technologies|Solutions)\s+(?=[A-Z])"
)
_AFTER_COMPANY = re.compile(rf"(.*(?:公司|集团|银行|大学|学院))({CITY})市?")
_LONGEST = 300  # a place stands on a short line
_STARTS_WITH_CITY = re.compile(rf"(?:{CITY}|{_REGION})(?:省|市)?.{{0,8}}")


def is_place(text: str) -> bool:
    """The whole text names a place: 浙江杭州, 上海市, San Francisco, CA."""
    return bool(_CHINESE.fullmatch(text) or _SINGLE_WORD.fullmatch(text) or _ENGLISH.fullmatch(text))


def find_place(text: str) -> str | None:
    """An American "City, ST" inside the text."""
    found = _AMONG_OTHERS.search(text[:_LONGEST]) if ", " in text else None
    if not found:
        return None
    place = _END_OF_A_NAME.sub("", found.group()) or found.group()
    words = place.split(" ")
    for length in (2, 3):  # the city itself, without the end of the name before it: Harvard Crimson Cambridge, MA
        if length < len(words) and _SINGLE_WORD.fullmatch(" ".join(words[-length:-1]).strip(",")):
            return " ".join(words[-length:])
    return place


def split_trailing_city(text: str) -> tuple[str, str | None]:
    """黑科技公司上海 → 黑科技公司, 上海: the gap between them was lost in the file."""
    found = _AFTER_COMPANY.fullmatch(text)
    return (found[1], found[2]) if found else (text, None)


def starts_with_city(text: str) -> bool:
    """北京朝阳: a short text that is where somebody lives rather than who."""
    return bool(_STARTS_WITH_CITY.fullmatch(text))
