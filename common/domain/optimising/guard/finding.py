"""What the guard holds against a rewrite, in words the user understands."""

from dataclasses import dataclass
from typing import Literal

FindingKind = Literal[
    "number", "word", "name", "person", "place", "skill", "title", "degree", "certificate", "honour", "result", "praise", "role",
    "lost", "cliche", "length", "form",
]  # fmt: skip

_SAYS: dict[FindingKind, str] = {
    "number": "数字“{}”原文没有",
    "word": "“{}”原文没有",
    "name": "机构“{}”原文没有",
    "person": "人名“{}”原文没有",
    "place": "地点“{}”原文没有",
    "skill": "技能“{}”原文没有",
    "title": "职务“{}”原文没有",
    "degree": "学历“{}”原文没有",
    "certificate": "证书“{}”原文没有",
    "honour": "荣誉“{}”原文没有",
    "result": "成果“{}”原文没有",
    "praise": "“{}”是原文没有的评价",
    "role": "改变了您的角色：{}",
    "lost": "丢掉了原文的“{}”",
    "cliche": "加入了空话“{}”",
    "length": "改写太长（{} 字）",
    "form": "不是一句简历文字：{}",
}


@dataclass(frozen=True)
class Finding:
    """`text` as it is printed, in the rewrite for what is new there and in the original for what is lost."""

    kind: FindingKind
    text: str

    def __str__(self) -> str:
        return _SAYS[self.kind].format(self.text)
