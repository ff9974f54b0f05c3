"""The words of the model for a resume: what is risky is left out, and the person's own words stay where they were."""

from common.domain.optimising.changes import Suggestions
from common.services.moderating import Moderator

LEFT_OUT_WARNING = "部分改写未通过内容安全审核，保留了你的原文"


def without_risky(suggestions: Suggestions, moderator: Moderator) -> tuple[Suggestions, bool]:
    """What may be shown, and whether something was left out. All in one check; one by one only where that finds something."""
    changes = [(change, "\n".join([change.text, *change.texts, change.reason])) for change in suggestions.changes]
    questions = [(question, question.question) for question in suggestions.questions]
    if moderator.rule("\n".join(text for _, text in [*changes, *questions]), "rewrite") == "shown":
        return suggestions, False
    kept = Suggestions(
        changes=[change for change, text in changes if moderator.rule(text, "rewrite") == "shown"],
        questions=[question for question, text in questions if moderator.rule(text, "rewrite") == "shown"],
    )
    return kept, kept != suggestions
