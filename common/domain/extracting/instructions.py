"""Lines of a resume that speak to a machine. They stay in the resume, but nothing is read out of them.

A rule of thumb, not the defence: that is the source check, the rules' own reading of who somebody is, and the guard.
"""

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SPEAKS_TO_A_MACHINE = re.compile(
    r"(?:忽略|无视|忘记|不要理会).{0,8}(?:以上|之前|上面|前面|所有|指令|要求|规则)|"
    r"(?:系统|隐藏)?提示词|系统提示|【系统】|新的?指令|给(?:AI|模型).{0,3}的?(?:命令|指令)|"
    r"(?:改为|改成|设为|写成|加入|写进|替换为).{0,16}(?:姓名|名字|简历|技能|评价|经历|学历)|"
    r"(?:姓名|名字|学历|技能|评分|分数).{0,8}(?:改|设|写成|加入|写为)|姓名必须|"
    r"(?:从现在起|现在|假设|如果)你是|开发者模式|优先级最高|不要告诉|评语请写|强烈推荐|"
    r"一律(?:满分|录用|通过)|匹配度\s*100|翻译以上|重复.{0,8}(?:消息|指令|内容)|"
    r"(?:ignore|disregard|forget)\b.{0,24}(?:previous|above|all|instruction|prior)|^\s*IGNORE\b|"
    r"\b(?:system|developer) prompt|you are now|instruction\b|you never add|end of (?:resume|document)|"
    r"^\s*(?:system|assistant|human|user)\s*:|\\n\s*(?:human|assistant)\s*:|"
    r"</?(?:system|script|img|iframe)|<!--|<\||\|>|\[/?INST\]|<<SYS|```|\{\{|\{%|\$\{|"
    r"[{\[]\s*\"|\"\s*[}\]:]|javascript:|base64|[A-Za-z0-9+/]{32,}|drop table|^\s*sudo\b|"
    r"〔[^〕]{1,8}〕|^\s*\d+\|\s",
    re.IGNORECASE,
)

#: Cyrillic and Greek letters that pass for Latin ones.
_LOOKALIKES = str.maketrans("аеорсухіԁіј", "aeopcyxidij")


def is_instruction(text: str) -> bool:
    """Invisible characters, which nobody types into a resume, count as well."""
    plain = unicodedata.normalize("NFKC", text).translate(_LOOKALIKES)
    return bool(_INVISIBLE.search(plain) or _SPEAKS_TO_A_MACHINE.search(plain))
