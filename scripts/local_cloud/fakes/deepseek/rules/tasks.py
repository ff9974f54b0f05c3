"""Finds out which task a conversation is and answers it from the words of the request alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scripts.local_cloud.fakes.deepseek.chat import Message
from scripts.local_cloud.fakes.deepseek.rules.advice import advise, rest_of_advice, summarise
from scripts.local_cloud.fakes.deepseek.rules.lying import lying
from scripts.local_cloud.fakes.deepseek.rules.optimise import changes_for
from scripts.local_cloud.fakes.deepseek.rules.structure import corrected


@dataclass(frozen=True)
class Answer:
    """`task` is structure, optimise, summary or advice; `content` is JSON text for the first three and in JSON mode."""

    task: str
    content: str
    reasoning: str


def answer(messages: Sequence[Message], *, json_mode: bool, lie: str = "") -> Answer:
    """Answer a conversation. After a repair request the task is still the one of the earlier user message.

    With a `lie` it stands in every answer to the first two tasks.
    """
    said_by_user = [message.content for message in messages if message.role == "user"]
    for content in reversed(said_by_user):
        request = _json_object(content)
        if isinstance(request.get("lines"), list) and isinstance(request.get("draft"), dict):
            resume = corrected([str(line) for line in request["lines"]], request["draft"])
            resume = lying("structure", resume, [], lie) if lie else resume
            return Answer("structure", _text(resume), "逐项核对草稿与原文行，去掉原文没有的内容。")
        if isinstance(request.get("items"), list):
            changes = changes_for(request["items"], str(request.get("jd") or ""))
            told = lying("optimise", {}, request["items"], lie) if lie else {"changes": changes}
            return Answer("optimise", _text(told), "只改写措辞和排版，不增加事实。")
        if isinstance(request.get("turns"), list):
            return Answer("summary", _text({"summary": summarise(request["turns"])}), "只记下说过的话。")
    advice = rest_of_advice([(message.role, message.content) for message in messages])
    if advice is None:
        advice = advise(said_by_user[-1] if said_by_user else "")
    return Answer("advice", _text({"answer": advice}) if json_mode else advice, "从用户的话里找出关心的主题。")


def _json_object(text: str) -> dict[str, Any]:
    try:
        parsed = json.loads(text)
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _text(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False)
