"""Any other conversation: short career advice on the topics that the user's own words name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scripts.local_cloud.fakes.deepseek.rules.words import word_lists

_LONGEST_QUOTE = 40
_MOST_TOPICS = 3


def advise(message: str) -> str:
    """Return a few Chinese sentences that quote the message and take up the topics in it."""
    lists = word_lists()
    said = " ".join(message.split())
    topics = [topic["text"] for topic in lists["advice"] if any(word in said.lower() for word in topic["words"])]
    quote = said if len(said) <= _LONGEST_QUOTE else f"{said[:_LONGEST_QUOTE]}…"
    opening = f"关于你说的“{quote}”：" if quote else "你好："
    return opening + "".join(topics[:_MOST_TOPICS] or [lists["advice_otherwise"]])


def rest_of_advice(said: Sequence[tuple[str, str]]) -> str | None:
    """What is missing of an answer that was broken off: (role, text) pairs that end in the question, its beginning, “接着…”."""
    if len(said) < 3 or [role for role, _ in said[-3:]] != ["user", "assistant", "user"] or "接着" not in said[-1][1]:
        return None
    whole, begun = advise(said[-3][1]), said[-2][1]
    return whole[len(begun) :] if whole.startswith(begun) else None


def summarise(turns: Sequence[Any]) -> str:
    """Notes of a conversation: what was asked."""
    return "谈过：" + "；".join(str(turn.get("message"))[:_LONGEST_QUOTE] for turn in turns if isinstance(turn, dict))
