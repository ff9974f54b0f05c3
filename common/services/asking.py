"""Asking the model for a JSON object: one question, and one round of repair when the answer is not what was asked for."""

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from pydantic import ValidationError

from common.domain.optimising.messages import Messages, repair_messages
from common.errors import ModelAnswerInvalid, VendorError
from common.services.ports import LanguageModel

Accepted = TypeVar("Accepted")
Accept = Callable[[Mapping[str, Any]], Accepted]

NO_OBJECT = "the answer is not a JSON object"
NO_JSON = "the answer is not plain JSON that everybody can read"
MOST_LEVELS = 12
MOST_COMPLAINTS = 10


def ask_model(model: LanguageModel, messages: Messages, accept: Accept[Accepted], *, max_tokens: int) -> Accepted:
    """What `accept` makes of the answer; its ValidationError goes back to the model once, with the answer itself.

    Raises VendorError, and ModelAnswerInvalid when the second answer is not usable either.
    """
    try:
        return _ask(model, messages, accept, max_tokens)
    except ModelAnswerInvalid as error:
        complaint = str(error.facts.get("complaint", NO_OBJECT))
        repaired = [*messages, *repair_messages(error.answer, complaint)]
    return _ask(model, repaired, accept, max_tokens)


def ask_together(questions: Sequence[Callable[[], Accepted]]) -> list[Accepted | VendorError]:
    """All questions at the same time; each gets its answer or its error, in order. Other errors are raised."""
    if len(questions) < 2:
        return [_answered(question) for question in questions]
    with ThreadPoolExecutor(max_workers=len(questions)) as threads:
        return list(threads.map(_answered, questions))


def _answered(question: Callable[[], Accepted]) -> Accepted | VendorError:
    try:
        return question()
    except VendorError as error:
        return error


def _ask(model: LanguageModel, messages: Messages, accept: Accept[Accepted], max_tokens: int) -> Accepted:
    content = model.answer_json(messages, max_tokens=max_tokens).content
    if not _is_plain(content):
        raise ModelAnswerInvalid(complaint=NO_JSON)
    try:
        return accept(content)
    except ValidationError as error:
        answer = json.dumps(content, ensure_ascii=False)
        raise ModelAnswerInvalid(answer=answer, complaint=_complaint(error)) from None


def _is_plain(content: object) -> bool:
    """No NaN, no half characters, and no deeper nested than a resume can be: JSON that everybody can read."""
    level = [content]
    for _ in range(MOST_LEVELS):
        level = [
            item
            for value in level
            for item in (value.values() if isinstance(value, dict) else value if isinstance(value, list) else ())
        ]
    if level:
        return False
    try:
        return bool(json.dumps(content, ensure_ascii=False, allow_nan=False).encode())
    except ValueError:
        return False


def _complaint(error: ValidationError) -> str:
    problems = error.errors(include_url=False, include_input=False)[:MOST_COMPLAINTS]
    return "; ".join(f"{'/'.join(str(part) for part in item['loc'])}: {item['msg']}" for item in problems)
