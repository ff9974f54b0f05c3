"""The word lists of the rules, read once from words.json."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any


@lru_cache(maxsize=1)
def word_lists() -> dict[str, Any]:
    lists: dict[str, Any] = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
    return lists


@lru_cache(maxsize=1)
def technology_names() -> dict[str, str]:
    """Map the lower-case spelling of a technology to the one its makers use."""
    lists = word_lists()
    return {**{name.lower(): name for name in lists["technologies"]}, **lists["other_spellings"]}
