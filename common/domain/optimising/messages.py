"""What the model is asked: a stable Markdown prompt first (vendors cache it), then one JSON object that is only ever data."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from common.domain.extracting.parts import Part
from common.domain.optimising.masking import Mask

Messages = list[dict[str, str]]


@dataclass(frozen=True)
class Prompts:
    """The texts of prompts/*.md, by file name."""

    structure: str
    optimise: str


def structure_messages(prompts: Prompts, part: Part, mask: Mask) -> Messages:
    """Numbered lines of one part, and the rules' reading of them as a draft to correct; identifiers hidden in both."""
    numbered = [f"{row.number}| {mask.hide(row.text)}" for row in part.rows]
    draft = mask.hide_in(dict(part.draft))
    return _messages(prompts.structure, {"section": part.name, "lines": numbered, "draft": draft})


def optimise_messages(
    prompts: Prompts, items: Mapping[str, str], jd: str | None, lists: Mapping[str, Sequence[str]] | None = None
) -> Messages:
    """Only prose and the order of lists go out: no name, phone, address or identity number is part of it."""
    listed = [{"path": path, "text": text} for path, text in items.items()]
    ordered = [{"path": path, "items": list(texts)} for path, texts in (lists or {}).items()]
    return _messages(prompts.optimise, {"items": listed, "lists": ordered, "jd": jd})


def repair_messages(answer: str, complaint: str) -> Messages:
    """The model's own answer and what is wrong with it."""
    request = f"Your answer was not usable: {complaint}. Answer again with the corrected json object only."
    return [{"role": "assistant", "content": answer or "{}"}, {"role": "user", "content": request}]


def _messages(system: str, content: object) -> Messages:
    text = json.dumps(content, ensure_ascii=False)
    return [{"role": "system", "content": system}, {"role": "user", "content": text}]
