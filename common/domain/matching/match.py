"""Job description and resume → report, by fixed rules: the same input always gives the same score."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from common.domain.matching.experience import degree_rank, experience_years
from common.domain.matching.implied import IMPLIED
from common.domain.matching.report import Evidence, Matched, MatchReport, Missing, Via
from common.domain.matching.requirements import Requirement, requirements_of
from common.domain.matching.texts import resume_texts
from common.domain.resume import Resume
from common.domain.skills import mentions

_WEIGHTS = {"required": 2, "preferred": 1}
_WORDS_KEPT = 0.8
_SHORTEST_BY_WORDS = 4  # Han characters; shorter phrases have to stand there as they are
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class _Text:
    pointer: str
    text: str

    @cached_property
    def folded(self) -> str:
        return _fold(self.text)

    @cached_property
    def skills(self) -> dict[str, str]:
        return {mention.skill: mention.printed for mention in mentions(self.text)}


def match(jd: str, resume: Resume, *, today: str) -> MatchReport:
    """`today` is YYYY-MM: until then a job without an end has lasted."""
    texts = [_Text(pointer, text) for pointer, text in resume_texts(resume)]
    matched: list[Matched] = []
    missing: list[Missing] = []
    for asked in requirements_of(jd):
        found = _find(asked, texts, resume, today)
        common = {"keyword": asked.keyword, "kind": asked.kind, "importance": asked.importance}
        if found:
            matched.append(Matched.model_validate({**common, "via": found[0], "evidence": found[1]}))
        else:
            missing.append(Missing.model_validate({**common, "advice": _advice(asked)}))
    return MatchReport(score=score_of(matched, missing), matched=matched, missing=missing)


def _find(asked: Requirement, texts: Sequence[_Text], resume: Resume, today: str) -> tuple[Via, Evidence] | None:
    if asked.kind == "degree":
        rank, evidence = degree_rank(resume)
        return ("same", evidence) if evidence and rank >= asked.level else None
    if asked.kind == "years":
        years, evidence = experience_years(resume, today)
        return ("same", evidence) if evidence and years >= asked.level else None
    return next(_by_skill(asked, texts), None) if asked.skill else _by_text(asked, texts)


def _by_skill(asked: Requirement, texts: Sequence[_Text]) -> Iterator[tuple[Via, Evidence]]:
    skill = str(asked.skill)
    for text in texts:
        printed = text.skills.get(skill)
        if printed is not None:
            same = _fold(printed) == _fold(asked.keyword)
            yield "same" if same else "synonym", Evidence(pointer=text.pointer, text=text.text)
    for text in texts:
        if any(skill in IMPLIED.get(other, ()) for other in text.skills):
            yield "implied", Evidence(pointer=text.pointer, text=text.text)
    for text in texts:
        if _has_words_of(_fold(asked.keyword), text.folded):
            yield "words", Evidence(pointer=text.pointer, text=text.text)


def _by_text(asked: Requirement, texts: Sequence[_Text]) -> tuple[Via, Evidence] | None:
    wanted = _fold(asked.keyword)
    for text in texts:
        if _contains(text.folded, wanted):
            return "same", Evidence(pointer=text.pointer, text=text.text)
    for text in texts:
        if _has_words_of(wanted, text.folded):
            return "words", Evidence(pointer=text.pointer, text=text.text)
    return None


def _contains(text: str, wanted: str) -> bool:
    """Chinese needs no word boundary, Latin does; Chinese beside Latin is one: 熟练使用python开发."""
    if _HAN.search(wanted):
        return wanted.replace(" ", "") in text.replace(" ", "")
    return re.search(rf"(?<![a-z0-9]){re.escape(wanted)}(?:s|es)?(?![a-z0-9])", text) is not None


def _has_words_of(wanted: str, text: str) -> bool:
    """库存周转分析 in 分析库存周转: nearly all pairs of neighbouring characters, in one sentence."""
    han = "".join(_HAN.findall(wanted))
    if len(han) < _SHORTEST_BY_WORDS or len(han) != len(wanted.replace(" ", "")):
        return False
    pairs = [han[at : at + 2] for at in range(0, len(han) - 1, 2)]
    pairs += [han[-2:]] if len(han) % 2 else []
    return any(
        sum(pair in clause for pair in pairs) >= _WORDS_KEPT * len(pairs) for clause in re.split(r"[。；;\n]", text)
    )


def score_of(matched: Sequence[Matched], missing: Sequence[Missing]) -> int | None:
    """0 to 100; None when nothing was asked for."""
    got = sum(_WEIGHTS[one.importance] for one in matched)
    asked = got + sum(_WEIGHTS[one.importance] for one in missing)
    return round(100 * got / asked) if asked else None


def _advice(asked: Requirement) -> str:
    if asked.kind == "degree":
        return f"职位要求{asked.keyword}及以上学历；简历里没有找到对应的学历，如已取得请补充"
    if asked.kind == "years":
        return f"职位要求{asked.level}年以上经验；请确认每段经历的起止时间都写全了"
    how = "学过或用过的话，请在相应经历里写明场景和结果" if asked.importance == "required" else "有相关经历可以补充"
    return f"职位提到“{asked.keyword}”，简历里没有；{how}，没有就不要写进简历"


def _fold(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()
