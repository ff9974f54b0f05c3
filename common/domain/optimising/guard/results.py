"""Results and praise without a number: 显著提升, 行业领先, 获得好评. What nobody wrote down did not happen."""

import re

from common.domain.optimising.guard.finding import Finding

#: Results in groups that may be said in each other's words; a word may stand in several. 优化 in the original may become
#: 提升, and so may 增长; but 优化 may not become 增长, and 降低 that nobody mentioned may not appear.
_RESULTS = (
    r"优化|改进|完善|提升|提高|改善|加快|加速|增强|强化|升级|重构|调优|治理|improv\w+|enhanc\w+|optimi[sz]\w+|boost\w*|strengthen\w*|accelerat\w+|"
    r"refactor\w*|upgrad\w+|streamlin\w+|tun(?:ed|ing)|效率|performance",
    r"降低|减少|缩短|节省|节约|压缩|下降|降(?!级|噪|维|水|价|温|落)|减(?!肥|震|值|免)|砍|压[到至低]|省下|由[^，。]{1,12}降|reduc\w+|cut(?:ting)?\b|lower\w*|decreas\w+|sav(?:ed|ing)\b|shorten\w*",
    r"增长|涨|升[至到了]|上升|提升|提高|增加|扩大|增至|增粉|翻倍|拉新|转化|increas\w+|grew\b|grow(?:th|ing)\b|expand\w*|rais(?:ed|ing)\b|rose\b",
    r"盈利|营收|收入|利润|创收|成交|签约|合同额|签(?!名|字|到|证)|回款|revenue|profit|sales (?:of|growth)",
    r"上线|上架|发[布了]|投产|落地|交[付货期了]|launch\w*|releas\w+|shipp?ed|deliver\w+|deploy\w*|部署",
    r"推广(?:至|到)全|全国推广|全公司|全行业|全集团|company-wide|nationwide|industry-wide",
    r"零事故|零故障|无事故|零投诉|100%|zero (?:downtime|defects|incidents)",
    r"满意度|satisfaction",
    r"稳定性|可靠性|可用性|stability|reliab\w+|availability",
)
_MOVE = re.compile(r"(?:[从由]|from)\s*(\d+(?:\.\d+)?)[^，。,;；\d]{0,8}?(?:[到至]|to)\s*(\d+(?:\.\d+)?)")
_PRAISE = re.compile(
    r"显著|大幅|极大|明显|有效地?(?=提|降|改|减|保|促)|卓越|一流|领先|首创|首个|首家|唯一|填补[^，。]{0,6}空白|圆满|出色|完美|全面提升|行业标杆|标杆|"
    r"significant(?:ly)?|dramatic(?:ally)?|substantial(?:ly)?|industry-leading|world-class|cutting-edge|best-in-class|first-ever|"
    r"groundbreaking|outstanding|exceptional(?:ly)?|remarkabl[ey]",
    re.IGNORECASE,
)
_COMPILED = [re.compile(pattern, re.IGNORECASE) for pattern in _RESULTS]


def new_results(original: str, rewritten: str) -> list[Finding]:
    """Both texts NFKC. A result the original states in other words stays; intensity it lacks does not."""
    stated = original + implied_direction(original)
    allowed = [pattern for pattern in _COMPILED if pattern.search(stated)]
    results = [
        Finding("result", found[0])
        for pattern in _COMPILED
        for found in pattern.finditer(rewritten)
        if not any(other.search(found[0]) for other in allowed)
    ]
    known = {word.lower() for word in _PRAISE.findall(original)}
    praise = [Finding("praise", word) for word in _PRAISE.findall(rewritten) if word.lower() not in known]
    return list(dict.fromkeys([*results, *praise]))


def implied_direction(original: str) -> str:
    """覆盖率从40%到85% says 提升 without the word."""
    found = _MOVE.search(original)
    if not found or float(found[1]) == float(found[2]):
        return ""
    return " 提高" if float(found[1]) < float(found[2]) else " 降低"
