"""What the model remembers of a conversation: the newest turns that fit, whole, and a summary of the older ones."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from common.domain.chat.conversation import Conversation, Turn

#: Of the newest turns. A message and its answer at their longest are about 2,400 tokens.
HISTORY_TOKENS = 4000
LONGEST_SUMMARY = 800

# The vendor's rule of thumb. Source: api-docs.deepseek.com/quick_start/token_usage.
_TOKENS_PER_ASCII = 0.3
_TOKENS_PER_OTHER = 0.6

_QUOTED_MESSAGE, _QUOTED_ANSWER = 60, 80
_SENTENCE_END = re.compile(r"(?<=[。！？!?\n])")


@dataclass(frozen=True)
class History:
    """`recent` is sent as it is; `older` is what the summary does not tell of yet. Both oldest first."""

    summary: str
    recent: list[Turn]
    older: list[Turn]


def tokens(text: str) -> int:
    """An estimate; 0 only for the empty text."""
    ascii_count = sum(char.isascii() for char in text)
    return math.ceil(ascii_count * _TOKENS_PER_ASCII + (len(text) - ascii_count) * _TOKENS_PER_OTHER)


def history_of(conversation: Conversation, turns: Sequence[Turn], *, most_tokens: int = HISTORY_TOKENS) -> History:
    """Turns are kept from the newest back while they fit; one without an answer says nothing and is left out."""
    told = [turn for turn in turns if turn.answer and turn.number > conversation.summarised]
    left, first = most_tokens, len(told)
    while first and (cost := tokens(told[first - 1].message) + tokens(told[first - 1].answer)) <= left:
        left, first = left - cost, first - 1
    return History(conversation.summary, recent=told[first:], older=told[:first])


def folded(history: History) -> str:
    """The summary with the older turns in it, by rule: what was asked, and the first sentence of the answer."""
    lines = [_line(turn) for turn in history.older]
    return "\n".join([history.summary, *lines] if history.summary else lines)[-LONGEST_SUMMARY:]


def _line(turn: Turn) -> str:
    answer = _SENTENCE_END.split(turn.answer.strip(), maxsplit=1)[0]
    return f"问：{turn.message[:_QUOTED_MESSAGE]}｜答：{answer.strip()[:_QUOTED_ANSWER]}"
