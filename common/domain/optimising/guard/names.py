"""Institutions and honours named in Chinese prose. Their left edge is not marked in Chinese, so names are compared by core."""

import re

_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,12}?"
    r"(?:公司|集团|大学(?!生)|学院|银行|研究院|研究所|事务所|医院|基金会|奖学金|证书|奖(?![金励项品赏惩状学]))"
)

#: Words that many names share: two names that have only these in common are two names.
_SHARED = re.compile(
    "(?:公司|集团|大学|学院|银行|研究院|研究所|事务所|医院|基金会|奖学金|证书|奖|有限|责任|股份|控股|科技|技术|信息|网络|软件|电子|"
    "国际|中国|师范|理工|交通|财经|工业|农业|医科|外国语)+$"
)

#: What may stand before 公司 and the like without naming one.
_NO_NAME = re.compile(
    "(?:[该本我贵某各全子分母总为的在与和向给是]|(?<![一二三四特优])等|帮助|提升|支持|推动|助力|服务|多家|所在|上市|外包|客户|合作|互联网|国有|外资|民营|创业|"
    "跨国|手机|网上|相关|各类)$"
)


def invented_names(original: str, rewritten: str) -> list[str]:
    """Names in the rewrite that the original does not know, as written there. Both texts are NFKC normalised."""
    known = _dense(original)
    return [name for name in _NAME.findall(_dense(rewritten)) if not _is_known(name, known)]


def _is_known(name: str, known: str) -> bool:
    """The pattern may take characters before the name along; a known tail of its core is the name itself."""
    core = _SHARED.sub("", name)
    if not core or _NO_NAME.search(core):
        return True
    return name in known or any(core[start:] in known for start in range(len(core) - 1))


def _dense(text: str) -> str:
    return re.sub(r"\s+", "", text)
