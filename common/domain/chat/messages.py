"""What the model is asked: a stable Markdown prompt, one JSON object that is only ever data, then the conversation."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from common.domain.chat.conversation import Turn
from common.domain.chat.history import LONGEST_SUMMARY, History, folded
from common.domain.optimising.masking import Mask

Messages = list[dict[str, str]]

GO_ON = "上面的回答在传输中断开了。从断开处的下一个字接着写完，不要重复已经写过的内容，也不要解释。"

#: Who somebody is, where they live and how to reach them are of no use for advice.
_UNTOLD = ("meta", "x_cn", "$schema")
_TOLD_BASICS = ("label", "summary")


@dataclass(frozen=True)
class ChatPrompts:
    """The texts of prompts/*.md, by file name."""

    advise: str
    summarise: str


@dataclass(frozen=True)
class Briefing:
    """What the advisor knows: a resume in JSON Resume form, and the job that is wanted."""

    resume: Mapping[str, Any] | None = None
    jd: str | None = None


def advice_messages(
    prompts: ChatPrompts, briefing: Briefing, history: History, message: str, *, mask: Mask, kept: str = ""
) -> Messages:
    """`kept` is what an interrupted answer has said already. Identifiers are hidden everywhere but in the prompt."""
    known = {"resume": _told(briefing.resume), "jd": briefing.jd, "summary": folded(history) or None}
    messages = [_system(prompts.advise), _user(json.dumps(mask.hide_in(known), ensure_ascii=False))]
    for turn in history.recent:
        messages += [_user(mask.hide(turn.message)), _assistant(mask.hide(turn.answer))]
    messages.append(_user(mask.hide(message)))
    return [*messages, _assistant(mask.hide(kept)), _user(GO_ON)] if kept else messages


def summary_messages(prompts: ChatPrompts, history: History, *, mask: Mask) -> Messages:
    """Asks for {"summary": …} of the older turns."""
    known = {"summary": history.summary or None, "turns": _quoted(history.older)}
    return [_system(prompts.summarise), _user(json.dumps(mask.hide_in(known), ensure_ascii=False))]


def summary_of(content: Mapping[str, Any], history: History, *, mask: Mask) -> str:
    """The model's summary, or ours when it gave none."""
    summary = mask.restore(content.get("summary"))
    return summary.strip()[:LONGEST_SUMMARY] if isinstance(summary, str) and summary.strip() else folded(history)


def _quoted(turns: Sequence[Turn]) -> list[dict[str, str]]:
    return [{"message": turn.message, "answer": turn.answer} for turn in turns]


def _told(resume: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if resume is None:
        return None
    basics = resume.get("basics") or {}
    about = {name: basics[name] for name in _TOLD_BASICS if basics.get(name)}
    told = {name: value for name, value in resume.items() if name not in (*_UNTOLD, "basics") and value}
    return {"basics": about, **told}


def _system(text: str) -> dict[str, str]:
    return {"role": "system", "content": text}


def _user(text: str) -> dict[str, str]:
    return {"role": "user", "content": text}


def _assistant(text: str) -> dict[str, str]:
    return {"role": "assistant", "content": text}
