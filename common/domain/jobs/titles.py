"""How alike two names of a position are: 后端开发工程师 and Java后端工程师 are, 销售经理 and 产品经理 are not."""

import itertools
import re
import unicodedata

#: What nearly every title has says nothing about the work.
_COMMON = re.compile(
    r"高级|资深|中级|初级|首席|助理|实习生?|工程师|经理|专员|主管|负责人|总监|专家|开发|岗$|[(（【\[].*?[)）】\]]"
)
#: Different words for the same work.
_SAME = (
    (re.compile(r"服务端|后台|java|golang|\bgo\b|python"), "后端"),
    (re.compile(r"web前端|h5|vue|react|javascript"), "前端"),
    (re.compile(r"程序员|软件|研发"), "开发"),
    (re.compile(r"ui/?ux|ux|ui|视觉|交互"), "设计"),
    (re.compile(r"qa|测开|质量保障"), "测试"),
    (re.compile(r"人力资源|人事|hrbp|hr|招聘"), "人力"),
    (re.compile(r"财务|出纳|核算"), "会计"),
    (re.compile(r"推广|品牌|营销"), "市场"),
    (re.compile(r"客户经理|商务|bd|大客户"), "销售"),
    (re.compile(r"教员|讲师|教研"), "教师"),
    (re.compile(r"护理"), "护士"),
    (re.compile(r"数据挖掘|商业分析|bi"), "数据分析"),
)
#: What 会计 and 总账会计 are worth.
_CONTAINED = 0.6
_WORD = re.compile(r"[a-z][a-z+#.]*|[\u4e00-\u9fff]")


def likeness(one: str, other: str) -> float:
    """0 to 1: shared pairs of characters of what titles say about the work (Dice), more where one says all of the other."""
    first, second = _grams(one), _grams(other)
    if not first or not second:
        return 0.0
    shared = len(first & second)
    return max(2 * shared / (len(first) + len(second)), _CONTAINED * shared / min(len(first), len(second)))


def _grams(title: str) -> set[str]:
    folded = unicodedata.normalize("NFKC", title).casefold()
    for pattern, word in _SAME:
        folded = re.sub(rf"(?:{word}\s*)+", word, pattern.sub(word, folded))
    core = _COMMON.sub(" ", folded).strip() or folded
    grams: set[str] = set()
    for part in core.split():
        tokens = _WORD.findall(part)
        grams |= {"".join(pair) for pair in itertools.pairwise(tokens)} or set(tokens)
    return grams
