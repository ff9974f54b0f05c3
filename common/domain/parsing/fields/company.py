"""Employer or other organisation: the words that make one, and the features that tell it from a title, a department, a place."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from common.domain.parsing.features import Feature, FieldTable

if TYPE_CHECKING:
    from common.domain.parsing.fields.piece import Piece

_CHINESE = (
    "公司|集团|集團|有限|科技|科技股份|网络|網絡|信息技术|软件|银行|銀行|证券|基金|保险|信托|期货|事务所|工作室|工厂|大厂|研究院|研究所|实验室|實驗室|"
    "研究中心|设计院|医院|学校|大学|大學|学院|學院|中学|小学|幼儿园|协会|学生会|社团|委员会|基金会|电视台|报社|杂志社|出版社|图书馆|博物馆|"
    "酒店|餐厅|超市|商场|传媒|广告|咨询|地产|置业|物流|政府|民政局|司法部|法院|检察院|独角兽|创业团队|外企|国企|央企|药业|制药|汽车|能源|"
    "电力|电网|石油|石化|航空|铁路|通信|移动|联通|电信|证券|资本|投资|财富|教育|文化|娱乐|游戏|电商|商贸|贸易|实业|机械|电子|生物|化工|食品|服饰|培训机构|"
    "局$|馆$|店$|院$|厂$|社$|行$|[^本]团$|某公司|服务中心|保健院|卫生院|诊所|药房|旅行社|文創|幼儿园"
)
KNOWN = (
    "字节跳动|字节|抖音|腾讯|阿里巴巴|阿里云|阿里|蚂蚁|淘宝|天猫|百度|美团|华为|京东|网易|滴滴|小米|快手|拼多多|微软|谷歌|亚马逊|哔哩哔哩|B站|携程|小红书|"
    "知乎|微博|新浪|搜狐|搜狗|商汤|旷视|大疆|蔚来|理想汽车|小鹏|比亚迪|联想|中兴|海康威视|科大讯飞|饿了么|贝壳|陌陌|虎牙|斗鱼|得物|唯品会|平安科技|招商银行|"
    "中国移动|中国电信|中国联通|国家电网|中国银行|工商银行|建设银行|农业银行|中信证券|中金|苹果公司|摩根士丹利|摩根大通|高盛|麦肯锡|毕马威|普华永道|德勤|安永|宝洁|联合利华|欧莱雅|强生|"
    "Google|Microsoft|Amazon|Facebook|Meta|Apple|Netflix|Uber|Airbnb|Stripe|Twitter|LinkedIn|IBM|Intel|Oracle|NVIDIA|ByteDance|TikTok|Tencent|Alibaba|Huawei|Baidu|Deloitte|KPMG|PwC|McKinsey"
)
_ENGLISH = (
    r"\b(?:Inc|Ltd|LLC|LLP|Corp|Co|GmbH|PLC|AG|Company|Corporation|Organi[sz]ation|Labs?|Laborator(?:y|ies)|Studios?|Group|Holdings|"
    r"Technolog(?:y|ies)|Systems|Solutions|Software|Networks?|University|Institute|College|School|Bank|Hospital|Clinic|Foundation|Association|"
    r"Society|Agency|Club|Cent(?:er|re)|Firm|Partners|Consulting|Ventures|Capital|Media|Industries|Enterprises|Services|Council|Ministry|"
    r"Department of|Restaurant|Hotel|Store|Library|Museum|Church|Army|Navy|Airlines|Motors|Pharma\w*|Logistics|Insurance|"
    r"Analytics|Interactive|Games)\b"
)
_ORGANISATION = re.compile(rf"{_CHINESE}|{KNOWN}|{_ENGLISH}")
_CERTAIN = re.compile(
    rf"(?:公司|集团|集團|事务所|工作室|银行|銀行|.研究院|.研究所|大学|医院|政府|委员会|基金会|协会|学生会|服务中心|医院|保健院|卫生院|中学|小学|[^工]学校|幼儿园|旅行社|设计院|设计工作室)(?:[（(].{{1,24}}[)）])?$|^(?:{KNOWN})(?![\u4e00-\u9fffA-Za-z])"
    rf"|^(?:{KNOWN})[（(]|\b(?:Inc|Ltd|LLC|LLP|Corp|GmbH|PLC)\b|\bUniversity\b"
)


@lru_cache(maxsize=2048)
def is_company(text: str) -> bool:
    return bool(_ORGANISATION.search(text))


@lru_cache(maxsize=2048)
def is_certainly_company(text: str) -> bool:
    return bool(_CERTAIN.search(text))


COMPANY: FieldTable[Piece] = FieldTable(
    threshold=0.25,
    features=(
        Feature("legal form or known name", 0.6, lambda p: p.is_certainly_company, "a title that stands first"),
        Feature("word of an organisation", 0.4, lambda p: p.is_company, "a project or a note beside the employer"),
        Feature("first piece", 0.3, lambda p: p.place == 0, "a second name further right (客户, 合作方)"),
        Feature("one of two pieces", 0.1, lambda p: p.of <= 2, "notes, of which long headers have more"),
        Feature("bold", 0.05, lambda p: p.bold, "the plain line below it"),
        Feature(
            "ends as a title",
            -0.5,
            lambda p: p.ends_as_position and not p.is_certainly_company,
            "银行客户经理, Software Engineer",
        ),
        Feature("holds a title", -0.15, lambda p: p.is_position and not p.is_company, "前端开发（实习）"),
        Feature("department", -0.3, lambda p: p.is_department and not p.is_certainly_company, "技术部, Platform Team"),
        Feature("place", -0.9, lambda p: p.is_place, "the city beside the employer"),
        Feature("sentence", -0.6, lambda p: p.is_sentence, "the first line of what was done"),
        Feature("in brackets", -0.4, lambda p: p.text.startswith(("（", "(", "【")), "（互联网行业，500 人以上）"),
        Feature(
            "size or trade",
            -0.7,
            lambda p: bool(re.search(r"\d+\s*[-–~]?\s*\d*\s*人|行业|上市|業$", p.text)),
            "公司规模：500-1000人",
        ),
    ),
)
