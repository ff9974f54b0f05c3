"""Employer or other organisation."""

import re

_CHINESE = (
    "公司|集团|有限|科技|网络|信息技术|软件|银行|证券|基金|保险|事务所|工作室|工厂|大厂|研究院|研究所|实验室|"
    "研究中心|设计院|医院|学校|大学|学院|中学|小学|幼儿园|协会|学生会|社团|委员会|电视台|报社|杂志社|出版社|"
    "酒店|餐厅|超市|商场|传媒|广告|咨询|地产|物流|政府|民政局|司法部|法院|检察院|独角兽|创业团队|外企|"
    "局$|馆$|部$|店$|院$|厂$|社$|团$"
)
_KNOWN = (
    "字节跳动|腾讯|阿里巴巴|阿里云|蚂蚁|百度|美团|华为|京东|网易|滴滴|小米|快手|拼多多|微软|谷歌|亚马逊|"
    "苹果公司|摩根士丹利|高盛|毕马威|普华永道|德勤|安永"
)
_ENGLISH = (
    r"\b(?:Inc|Ltd|LLC|Corp|Co|GmbH|PLC|Company|Corporation|Organi[sz]ation|Labs?|Laboratory|Studios?|Group|"
    r"Technologies|Systems|Solutions|University|Institute|College|School|Bank|Hospital|Foundation|Association|"
    r"Society|Agency|Club|Cent(?:er|re)|Firm|Partners|Consulting|Ventures|Capital)\b"
)
_ORGANISATION = re.compile(rf"{_CHINESE}|{_KNOWN}|{_ENGLISH}")
_CERTAIN = re.compile(
    rf"(?:公司|集团|事务所|工作室|银行)(?:[（(].*[)）])?$|^(?:{_KNOWN})|\b(?:Inc|Ltd|LLC|Corp|GmbH)\b"
)


def is_company(text: str) -> bool:
    return bool(_ORGANISATION.search(text))


def is_certainly_company(text: str) -> bool:
    return bool(_CERTAIN.search(text))
