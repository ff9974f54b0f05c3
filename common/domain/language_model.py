"""What a language model gives back."""

from dataclasses import dataclass
from typing import Any, Literal

FinishReason = Literal["stop", "length"]


@dataclass(frozen=True)
class ModelUsage:
    """Tokens, and what they cost in millionths of a yuan; `cache_hit_tokens` are part of `input_tokens`."""

    input_tokens: int = 0
    output_tokens: int = 0
    cache_hit_tokens: int = 0
    cost_microyuan: int = 0
    calls: int = 1

    def as_record(self) -> dict[str, int]:
        """For the record of the call."""
        return {
            "input_tokens": self.input_tokens,
            "output_tokens": self.output_tokens,
            "cache_hit_tokens": self.cache_hit_tokens,
            "cost_microyuan": self.cost_microyuan,
        }

    def __add__(self, other: "ModelUsage") -> "ModelUsage":
        return ModelUsage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cache_hit_tokens + other.cache_hit_tokens,
            self.cost_microyuan + other.cost_microyuan,
            self.calls + other.calls,
        )


@dataclass(frozen=True)
class ModelAnswer:
    """A JSON object from the model, and what it cost."""

    content: dict[str, Any]
    model: str
    usage: ModelUsage


@dataclass(frozen=True)
class ModelPiece:
    """A piece of a streamed answer. The last one has no text, but says why the answer ended and what it cost."""

    text: str = ""
    finish_reason: FinishReason | None = None
    model: str = ""
    usage: ModelUsage | None = None
