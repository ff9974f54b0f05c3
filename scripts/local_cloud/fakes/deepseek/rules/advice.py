"""Any other conversation: short career advice on the topics that the user's own words name."""

from __future__ import annotations

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
