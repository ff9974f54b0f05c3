"""A rewrite is one tidy sentence of a resume: no slogans, not too long, no markup, links or instructions."""

import re

from common.domain.optimising.guard.finding import Finding

#: Words that say nothing. Chinese: what recruiters mock; English: what every chatbot writes.
CLICHES = re.compile(
    "赋能|抓手|闭环|深耕|打通|沉淀|对齐|颗粒度|组合拳|生态化反|心智|链路打造|全方位|多维度|顶层设计|底层逻辑|引爆|裂变式|极致|匠心|"
    r"spearhead\w*|leverag\w+|synerg\w+|passionate|results?-driven|dynamic professional|proven track record|detail-oriented|"
    r"go-getter|think outside the box|self-starter|best-of-breed|utiliz\w+",
    re.IGNORECASE,
)
_MOST_HAN = 90
_MOST_WORDS = 45
_GROWTH = 1.8
_MARKUP = re.compile(
    r"〔|〕|微信|[\w.+-]+@[\w-]+\.\w|<[a-z/!]|</?[A-Za-z][^>]*>|https?://|```|\*\*|\{\{|\[.+?\]\(|^\s*#{1,6}\s"
)
_TALK = re.compile(
    r"作为(?:一个|一名)?(?:AI|人工智能|语言模型)|以下是|好的[，,]|Sure[,!]|Here (?:is|are)|As an AI|I (?:cannot|can't|am)|"
    r"忽略(?:以上|之前)|ignore (?:all|previous)"
)


def style_findings(original: str, rewritten: str) -> list[Finding]:
    """Both texts NFKC; what the original already has is not held against the rewrite."""
    known = {word.lower() for word in CLICHES.findall(original)}
    findings = [Finding("cliche", word) for word in CLICHES.findall(rewritten) if word.lower() not in known]
    length, limit = text_length(rewritten), max(_GROWTH * text_length(original), _longest(rewritten))
    if length > limit:
        findings.append(Finding("length", str(length)))
    for pattern in (_MARKUP, _TALK):
        found = pattern.search(rewritten)
        if found and not pattern.search(original):
            findings.append(Finding("form", found[0]))
    if "\n" in rewritten and "\n" not in original:
        findings.append(Finding("form", "换行"))
    return list(dict.fromkeys(findings))


def is_plain_sentence(text: str) -> bool:
    """No markup, no link, no talk about being a model, one line."""
    return not (_MARKUP.search(text) or _TALK.search(text) or "\n" in text)


def text_length(text: str) -> int:
    """Han characters plus Latin words: what a reader counts."""
    return len(re.findall("[\u4e00-\u9fff]|[A-Za-z0-9.+#%]+", text))


def _longest(text: str) -> int:
    return _MOST_HAN if re.search("[\u4e00-\u9fff]", text) else _MOST_WORDS
