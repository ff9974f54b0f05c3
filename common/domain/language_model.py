"""What a language model gives back."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ModelAnswer:
    """A JSON object from the model, and what it cost."""

    content: dict[str, Any]
    model: str
    input_tokens: int
    output_tokens: int
