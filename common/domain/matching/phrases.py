"""What a job description asks for beyond the table of skills: the things named behind 熟悉, 具备, experience with …"""

import re
from collections.abc import Iterator

_CHINESE_ASKS = re.compile(
    r"(?:能够?|会|可)?(?:熟练(?:掌握|使用|运用|操作|应用)?|熟悉|精通|掌握|了解|具备|具有|拥有|擅长|"
    r"使用|运用|懂得?|从事|负责|参与|协助|制定|"
    r"编制|编写|撰写|搭建|开展|完成|主导|推动|有(?![限效机色关序些所责望利趣意益力]))(?:过)?"
)
_ENGLISH_ASKS = re.compile(
    r"\b(?:experience (?:with|in|of)|knowledge of|proficien\w+ (?:in|with)|familiar\w* with|"
    r"skills? in|skilled in|expertise in|"
    r"background in|understanding of|responsible for|fluent in|certified in|using|ability to)\s+",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"[、，,/;；|()（）\[\]]|\s+(?:and|or|plus|&)\s+|(?:以及|或者|和|与|及|或|并且?|等)(?=[\u4e00-\u9fffA-Za-z])|等[，,。]?$"
)
_LEADING = re.compile(
    r"^(?:至少|一种|一门|一项|多种|以上|常用的?|常见的?|主流的?|基本的?|基础的?|良好的?|较强的?|"
    r"较好的?|很强的?|优秀的?|丰富的?|一定的?|扎实的?|相关的?|各类|各种|"
    r"公司的?|部门的?|日常的?|完整的?|独立|岗位|行业内?|对|能|其中|包括|如|例如|过|的|a |an |the |"
    r"strong |solid |good |excellent |various |relevant |modern )+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:者?优先(?:考虑)?|优先录用|相关(?:的)?(?:工作)?(?:经验|经历|知识|技能|专业|领域|岗位|行业)?|"
    r"(?:的)?(?:工作|项目|实战|实操|实施|开发|使用|操作|从业|管理)?"
    r"(?:经验|经历|背景)|(?:的)?(?:基础)?(?:知识|原理|技能|能力|素养|意识|精神|基础)|的?使用|的?操作|"
    r"开发工具|等?工具|等?软件|框架|技术|工作|任务|流程|方法|"
    r"者|等|的|中|\s+(?:is )?(?:preferred|required|a plus|experience|skills?|knowledge|tools?))+$",
    re.IGNORECASE,
)
_TOO_GENERAL = frozenset(
    "工作 岗位 团队 公司 业务 责任心 责任感 能力 经验 专业 学历 年龄 要求 职责 任职 描述 产品 项目 "
    "客户 用户 需求 方案 系统 平台 数据 技术 行业 领域 部门 上级 领导 "
    "环境 机会 发展 空间 薪资 待遇 福利 五险一金 双休 年终奖 奖金 补贴 团建 带薪年假 弹性 氛围 计划 "
    "目标 问题 报告 文档 资料 日常 相关 以上 本科 大专 硕士 优先 "
    "性格 态度 热情 开朗 细心 耐心 积极 主动 认真 踏实 敬业 职业 道德 吃苦耐劳 领导安排 临时 其他 "
    "其它 开发 设计 管理 分析 维护 测试 支持 实施 运营 服务 "
    "years year team company work job role candidate candidates degree bachelor experience skills "
    "ability environment "
    "benefits salary tools systems business requirements other etc and or".split()
)
_MOST_HAN, _LEAST_HAN, _MOST_WORDS = 9, 2, 4
_LEAST_LISTED = 3
_LATIN_NAME = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Za-z0-9+#.\-]*[A-Za-z0-9+#](?:[ \-][A-Z][A-Za-z0-9]+)*")
_INSIDE_SENTENCE = re.compile(r"[a-z,(/] ?$")
_HAN = re.compile("[\u4e00-\u9fff]")


def asked_phrases(line: str) -> Iterator[str]:
    """The things a requirement names, as printed: 熟悉供应链管理、库存周转分析 → both. Pure text, no segmentation needed."""
    for pattern in (_CHINESE_ASKS, _ENGLISH_ASKS):
        for found in pattern.finditer(line):
            rest = re.split(r"[。；;!！\n]|,\s+(?=(?:who|that|which)\b)", line[found.end() :])[0]
            following = pattern.search(rest)
            for part in _SPLIT.split(rest[: following.start()] if following else rest):
                phrase = _bare(part)
                if _is_a_thing(phrase):
                    yield phrase
    yield from _named(line)
    yield from _listed(line)


def _named(line: str) -> Iterator[str]:
    """Latin names in a Chinese sentence (会LoRA微调), and capitals inside an English one (with Redux)."""
    chinese = _HAN.search(line)
    for found in _LATIN_NAME.finditer(line):
        if (chinese or _INSIDE_SENTENCE.search(line[: found.start()])) and _is_a_thing(found[0]):
            yield found[0]


def _listed(line: str) -> Iterator[str]:
    """An English line that only lists: B2B sales, CRM (Salesforce), negotiation."""
    parts = [_bare(part) for part in _SPLIT.split(re.split(r":\s", line)[-1].replace(". ", ", "))]
    short = [part for part in parts if part and len(part.split()) <= _MOST_WORDS]
    if (
        not _HAN.search(line)
        and len(short) >= _LEAST_LISTED
        and len(short) >= len([part for part in parts if part]) - 1
    ):
        yield from (part for part in short if _is_a_thing(part))


def _bare(part: str) -> str:
    part = part.strip(" .:：-–•·\t\"“”'")
    part = _LEADING.sub("", part)
    return _TRAILING.sub("", part).strip(" .:：的")


def _is_a_thing(phrase: str) -> bool:
    if phrase.lower() in _TOO_GENERAL or re.search(r"\d\s*(?:年|years?)|年以上|岁", phrase):
        return False
    han = len(_HAN.findall(phrase))
    if han:
        return _LEAST_HAN <= han <= _MOST_HAN and len(phrase) <= _MOST_HAN + 12
    return 0 < len(phrase.split()) <= _MOST_WORDS and len(phrase) >= 2 and phrase[0].isalpha()
