"""Server-sent events of a chat completion → pieces of text and one end. Source: the stream form of create-chat-completion."""

from collections.abc import Callable, Iterator

from pydantic import ValidationError

from common.domain.language_model import FinishReason, ModelPiece, ModelUsage
from common.errors import ModelAnswerInvalid, VendorReplyInvalid, VendorUnavailable
from common.http.sse import ServerEvent
from common.vendors.deepseek.errors import FINISH_REASONS
from common.vendors.deepseek.models import Chunk, Usage

_DONE = "[DONE]"


def pieces(events: Iterator[ServerEvent], priced: Callable[[Usage], ModelUsage]) -> Iterator[ModelPiece]:
    """Pieces with text, then one that ends them. Reasoning is left out.

    Raises VendorUnavailable(reason="cut") when the stream ends without an end, ModelAnswerInvalid for an answer without any
    text, and what the finish reason means.
    """
    usage, finish_reason, model, spoken = Usage(), None, "", False
    for event in events:
        if event.text.strip() == _DONE:
            break
        chunk = _chunk(event.text)
        usage, model = chunk.usage or usage, chunk.model or model
        for choice in chunk.choices[:1]:
            finish_reason = choice.finish_reason or finish_reason
            if choice.delta.content:
                spoken = spoken or bool(choice.delta.content.strip())
                yield ModelPiece(choice.delta.content)
    yield ModelPiece(finish_reason=_end(finish_reason, spoken=spoken), model=model, usage=priced(usage))


def _chunk(text: str) -> Chunk:
    try:
        return Chunk.model_validate_json(text)
    except ValidationError:
        raise VendorReplyInvalid(status=200, reason="not a chunk") from None


def _end(finish_reason: str | None, *, spoken: bool) -> FinishReason:
    if finish_reason is None:
        raise VendorUnavailable(reason="cut", delivered="unknown")
    meaning = FINISH_REASONS.get(finish_reason)
    if meaning is not None:
        raise meaning.error(status=200, vendor_code=finish_reason)
    if not spoken:
        raise ModelAnswerInvalid(status=200, reason="blank", vendor_code=finish_reason)
    return "length" if finish_reason == "length" else "stop"
