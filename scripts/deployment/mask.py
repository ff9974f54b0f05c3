"""Differences of environment variables, without their values: only whether they differ, by a keyed hash of this run."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator, Mapping

#: New with every run, so a printed hash tells nothing about a value that could be guessed.
_KEY = secrets.token_bytes(32)


def masked(value: str) -> str:
    return f"••••{hmac.new(_KEY, value.encode(), hashlib.sha256).hexdigest()[:6]}"


def variable_lines(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """One line for every variable that is set, changed or taken away."""
    for name in sorted({*before, *after}):
        if name not in before:
            yield f"{name} = {masked(after[name])}"
        elif name not in after:
            yield f"{name} is taken away"
        elif before[name] != after[name]:
            yield f"{name} {masked(before[name])} → {masked(after[name])}"
