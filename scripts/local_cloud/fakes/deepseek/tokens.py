"""Counts tokens roughly and imitates the prefix cache, so that usage has believable numbers."""

from __future__ import annotations

import hashlib
import math
import threading
from collections import OrderedDict

# Rule of thumb in the vendor's documents (quick_start/token_usage).
_TOKENS_PER_ASCII = 0.3
_TOKENS_PER_OTHER = 0.6
# The cache works in units of 64 tokens; a block of characters of about that size stands for one.
_UNIT_TOKENS = 64
_BLOCK_CHARACTERS = 128
_KEPT_BLOCKS = 20_000


def count_tokens(text: str) -> int:
    """Estimate the tokens of a text; 0 only for the empty one."""
    ascii_count = sum(letter.isascii() for letter in text)
    return math.ceil(ascii_count * _TOKENS_PER_ASCII + (len(text) - ascii_count) * _TOKENS_PER_OTHER)


class PrefixCache:
    """Remembers beginnings of prompts, block by block, the oldest forgotten first."""

    def __init__(self) -> None:
        self._blocks: OrderedDict[bytes, None] = OrderedDict()
        self._lock = threading.Lock()

    def hit_tokens(self, prompt: str) -> int:
        """Return how many tokens of `prompt` were seen before as a beginning, and remember all of it."""
        digests = _prefix_digests(prompt)
        with self._lock:
            hits = next((index for index, digest in enumerate(digests) if digest not in self._blocks), len(digests))
            for digest in digests:
                self._blocks[digest] = None
                self._blocks.move_to_end(digest)
            while len(self._blocks) > _KEPT_BLOCKS:
                self._blocks.popitem(last=False)
        return count_tokens(prompt[: hits * _BLOCK_CHARACTERS]) // _UNIT_TOKENS * _UNIT_TOKENS

    def clear(self) -> None:
        with self._lock:
            self._blocks.clear()


def _prefix_digests(prompt: str) -> list[bytes]:
    running = hashlib.sha256()
    digests = []
    for start in range(0, len(prompt) - _BLOCK_CHARACTERS + 1, _BLOCK_CHARACTERS):
        running.update(prompt[start : start + _BLOCK_CHARACTERS].encode("utf-8", "surrogatepass"))
        digests.append(running.digest())
    return digests
