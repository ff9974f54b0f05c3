"""Advice without the model: what the rubric and the match report say, in a few sentences."""

from common.domain.matching import match
from common.domain.resume import Resume
from common.domain.scoring import quality

_MOST_SUGGESTIONS = 3
_MOST_KEYWORDS = 5

NO_ADVISOR = "智能顾问暂时无法回答，这条消息没有扣除积分，请稍后再问。"


def basic_advice(resume: Resume | None, jd: str | None, *, today: str) -> str:
    """Always says that the advisor is away and that nothing was charged. `today` is YYYY-MM."""
    if resume is None:
        return NO_ADVISOR
    score = quality(resume)
    lines = [f"{number}. {one.message}" for number, one in enumerate(score.suggestions[:_MOST_SUGGESTIONS], 1)]
    advice = [NO_ADVISOR, f"先看看按规则得出的结果：简历得分 {score.score}（满分 100）。"]
    advice += ["可以先改进：", *lines] if lines else []
    return "\n".join([*advice, *_about(jd, resume, today)])


def _about(jd: str | None, resume: Resume, today: str) -> list[str]:
    report = match(jd, resume, today=today) if jd else None
    if report is None or report.score is None:
        return []
    missing = "、".join(one.keyword for one in report.missing[:_MOST_KEYWORDS])
    gap = f"简历里没有提到：{missing}。有相关经历请补充，没有就不要写。" if missing else "职位的要求都提到了。"
    return [f"与职位的匹配度是 {report.score}（满分 100）。{gap}"]
