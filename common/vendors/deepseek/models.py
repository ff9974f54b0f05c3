"""The parts of DeepSeek's answers that we read. Source: api-docs.deepseek.com/api/create-chat-completion."""

from typing import Any

from pydantic import Field, field_validator

from common.lazy_model import LazyModel


class Message(LazyModel):
    content: str | None = None


class Choice(LazyModel):
    message: Message
    finish_reason: str | None = None


class Usage(LazyModel):
    """Tokens; of `prompt_tokens`, `prompt_cache_hit_tokens` cost a fraction."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    prompt_cache_hit_tokens: int = 0


class Delta(LazyModel):
    """Text of a thinking model's reasoning comes as `reasoning_content` with no content; it is not the answer."""

    content: str | None = None


class ChunkChoice(LazyModel):
    delta: Delta = Field(default_factory=Delta)
    finish_reason: str | None = None


class Chunk(LazyModel):
    """One event of a stream. OpenAI's form of usage comes in an extra chunk without choices."""

    model: str = ""
    choices: list[ChunkChoice] = []
    usage: Usage | None = None


class Completion(LazyModel):
    model: str
    choices: list[Choice] = Field(min_length=1)
    usage: Usage = Field(default_factory=Usage)

    @field_validator("usage", mode="before")
    @classmethod
    def _absent_is_zero(cls, usage: Any) -> Any:
        return usage if usage is not None else {}

    @property
    def text(self) -> str:
        return self.choices[0].message.content or ""

    @property
    def finish_reason(self) -> str | None:
        return self.choices[0].finish_reason
