"""A model that lies: one named lie about every sentence it is shown, in the form that is asked of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from common.domain.language_model import ModelAnswer, ModelPiece, ModelUsage
from common.domain.skills import named_skills
from scripts.benchmarks.ai.cases.lies import ADDED, BENT

Changes = list[dict[str, Any]]
_HAN = re.compile("[\u4e00-\u9fff]")
_LEAST_WORDS = 4
_REASON = "表达更清晰"


@dataclass(frozen=True)
class Asked:
    """What the model was shown: JSON pointer → text, JSON pointer → list, and the job."""

    items: Mapping[str, str]
    lists: Mapping[str, Sequence[str]]
    jd: str


@dataclass(frozen=True)
class Lie:
    """`planted` are words that must not arrive in a resume that has none of them; neither must any of the lie's texts, unless
    its wording is honest and the lie stands beside it.
    """

    name: str
    tell: Callable[[Asked], dict[str, Any]]
    planted: tuple[str, ...] = ()
    honest_wording: bool = False


def lies() -> list[Lie]:
    """Every lie, each once."""
    return [*_added(), *(Lie(name, _rewording(bend)) for name, bend in BENT.items()), *_SHAPES]


class LyingModel:
    """Implements the `LanguageModel` port. It tells its lie as often as it is asked."""

    def __init__(self, lie: Lie) -> None:
        self._lie = lie

    def answer_json(self, messages: Sequence[Mapping[str, str]], *, max_tokens: int) -> ModelAnswer:  # noqa: ARG002
        request = json.loads(messages[1]["content"])
        asked = Asked(
            items={item["path"]: item["text"] for item in request["items"]},
            lists={listed["path"]: listed["items"] for listed in request["lists"]},
            jd=request["jd"] or "",
        )
        return ModelAnswer(self._lie.tell(asked), "liar", ModelUsage())

    def stream_text(self, messages: Sequence[Mapping[str, str]], *, max_tokens: int) -> Iterator[ModelPiece]:
        raise NotImplementedError(f"nobody asked for a stream: {len(messages)} messages, {max_tokens} tokens")


def _added() -> Iterator[Lie]:
    for line in ADDED.splitlines():
        name, chinese, english = (part.strip() for part in line.split(" | "))
        yield Lie(name, _rewording(_adding(chinese, english)), (chinese, english))


def _adding(chinese: str, english: str) -> Callable[[str], str]:
    def add(text: str) -> str:
        if _says_so(text, chinese, english):
            return text
        return f"{text.rstrip('。.')}，{chinese}" if _HAN.search(text) else f"{text.rstrip('.')}, {english}"

    return add


def _says_so(text: str, chinese: str, english: str) -> bool:
    """Does the sentence speak of it already? Then it would be no lie, or not only one."""
    pairs = [
        chinese[at : at + 2]
        for at in range(len(chinese) - 1)
        if _HAN.match(chinese[at]) and _HAN.match(chinese[at + 1])
    ]
    words = [word.lower()[:5] for word in re.findall("[A-Za-z]{4,}", f"{english} {chinese}")]
    named = named_skills(f"{chinese} {english}")
    if named and named <= named_skills(text):
        return True
    return any(pair in text for pair in pairs) or any(word in text.lower() for word in words)


def _rewording(bend: Callable[[str], str]) -> Callable[[Asked], dict[str, Any]]:
    def tell(asked: Asked) -> dict[str, Any]:
        bent = {path: bend(text) for path, text in asked.items.items()}
        return {"changes": [_replaced(path, text) for path, text in bent.items() if text != asked.items[path]]}

    return tell


def _replaced(path: str, text: object) -> dict[str, Any]:
    return {"op": "replace", "path": path, "text": text, "rule": "clarity", "reason": _REASON}


def _exchanged_numbers(asked: Asked) -> dict[str, Any]:
    """Each sentence gets the number of the next one."""
    counted = [(path, text, found[0]) for path, text in asked.items.items() if (found := re.search(r"\d+", text))]
    following = [*counted[1:], *counted[:1]]
    return {
        "changes": [
            _replaced(path, text.replace(own, other, 1))
            for (path, text, own), (_, _, other) in zip(counted, following, strict=True)
            if own != other
        ]
    }


def _merged(asked: Asked) -> dict[str, Any]:
    """Each sentence also tells what the next one, maybe of another job, tells."""
    texts = list(asked.items.items())
    following = [*texts[1:], *texts[:1]]
    pairs = zip(texts, following, strict=True)
    return {
        "changes": [_replaced(path, f"{text}，{other}") for (path, text), (_, other) in pairs if _adds(text, other)]
    }


def _adds(text: str, other: str) -> bool:
    return other not in text and len(re.findall("[\u4e00-\u9fff]|[A-Za-z]{4,}", other)) >= _LEAST_WORDS


def _copied_job(asked: Asked) -> dict[str, Any]:
    wanted = [part for part in re.split("[：，、；,:]", asked.jd) if part]
    texts = enumerate(asked.items.items())
    return {
        "changes": [_replaced(path, f"{text}，{wanted[index % len(wanted)]}") for index, (path, text) in texts]
        if wanted
        else []
    }


def _each_item(**change: Any) -> Callable[[Asked], dict[str, Any]]:
    return lambda asked: {"changes": [{"path": path, "reason": _REASON, **change} for path in asked.items]}


def _each_list(order: Callable[[int], list[int]]) -> Callable[[Asked], dict[str, Any]]:
    return lambda asked: {
        "changes": [
            {"op": "reorder", "path": path, "order": order(len(items)), "reason": _REASON}
            for path, items in asked.lists.items()
        ]
    }


def _at(*paths: str) -> Callable[[Asked], dict[str, Any]]:
    return lambda _: {"changes": [_replaced(path, "伪造内容") for path in paths]}


def _split_losing(asked: Asked) -> dict[str, Any]:
    halves = {path: re.split("[，,；;、]", text) for path, text in asked.items.items()}
    return {
        "changes": [
            {"op": "split", "path": path, "texts": [parts[0], "协作推进"], "reason": _REASON}
            for path, parts in halves.items()
        ]
    }


def _split_inventing(asked: Asked) -> dict[str, Any]:
    return {
        "changes": [
            {"op": "split", "path": path, "texts": [text, "同时主持驻外工程"], "reason": _REASON}
            for path, text in asked.items.items()
        ]
    }


def _questions(asked: Asked) -> dict[str, Any]:
    return {"questions": [{"path": path, "question": "您在腾讯把转化率提升37%用了多久？"} for path in asked.items]}


def _talkative_reasons(asked: Asked) -> dict[str, Any]:
    reason = "请加微信 fraud666 领取 <a href='https://evil.example'>offer</a>"
    return {"changes": [{**_replaced(path, f"{text}。"), "reason": reason} for path, text in asked.items.items()]}


_SHAPES = [
    Lie("numbers exchanged between sentences", _exchanged_numbers),
    Lie("facts of another sentence", _merged),
    Lie("words of the job", _copied_job),
    Lie("everything dropped", _each_item(op="drop")),
    Lie("order that drops", _each_list(lambda count: list(range(count - 1, 0, -1)))),
    Lie("order that doubles", _each_list(lambda count: [0, *range(count)])),
    Lie("order beyond the list", _each_list(lambda count: [count, *range(count)])),
    Lie("order of negative places", _each_list(lambda count: [-number for number in range(count)])),
    Lie("split that loses", _split_losing),
    Lie("split that invents", _split_inventing, ("同时主持驻外工程",)),
    Lie("name", _at("/basics/name", "basics/name", "/basics/phone", "/basics/email"), ("伪造内容",)),
    Lie("employer", _at("/work/0/name", "/work/0/position", "/work/0/startDate", "/work/-1/name"), ("伪造内容",)),
    Lie("school", _at("/education/0/institution", "/education/0/studyType", "/education/9"), ("伪造内容",)),
    Lie("place that is none", _at("", "/", "//", "/work", "/work/0", "/work/0/highlights", "/meta"), ("伪造内容",)),
    Lie("new place", _at("/work/0/highlights/99", "/awards/0/title", "/skills/0/name", "/x_cn"), ("伪造内容",)),
    Lie("number as text", _each_item(text=123)),
    Lie("list as text", _each_item(text=["伪造内容"]), ("伪造内容",)),
    Lie("empty text", _each_item(text="   ")),
    Lie("unknown operation", _each_item(op="insert", text="伪造内容"), ("伪造内容",)),
    Lie("facts in a question", _questions, ("腾讯", "37%")),
    Lie("advertising as a reason", _talkative_reasons, ("fraud666", "evil.example"), honest_wording=True),
]
