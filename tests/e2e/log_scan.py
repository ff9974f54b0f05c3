"""Looks through every line that every function of a local cloud wrote for what no log may hold.

One thing is left out, as docs/architecture.md says: the platform itself writes down what an HTTP function answers (RetMsg).
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from scripts.docs_settings import group_settings
from scripts.local_cloud.stack import Stack

SAMPLES = Path("scripts/local_cloud/samples")

#: Shorter texts of a resume ("2024", "工作经历") stand in many places.
SHORTEST_TEXT = 6
SHORTEST_SECRET = 8

STORES = ("DATABASE_URL", "REDIS_URL")

#: Never part of an id, so a run of digits in a UUID is none of these.
PATTERNS = {
    "a phone number": re.compile(r"(?<![0-9A-Za-z])(?:\+?86)?1[3-9]\d{9}(?![0-9A-Za-z])"),
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.\w{2,}"),
    "a session token": re.compile(r"eyJ[\w-]{8,}\.eyJ[\w-]{8,}"),
    "a key of a role": re.compile(r"AKID[0-9A-Za-z]{8,}"),
    "a signature": re.compile(r"q-signature=|[?&]sign(?:ature)?=|Bearer \S{8,}"),
    "a key": re.compile(r"-----BEGIN "),
}

_ANSWER = re.compile(r"Response RequestId: \S+ RetMsg: ")


@dataclass(frozen=True)
class Found:
    """`what` names the secret and never holds it."""

    function: str
    what: str


def lines_of(stack: Stack) -> Iterator[tuple[str, str]]:
    """(function, line) of everything that was written, stdout and stderr, without answers of HTTP functions."""
    manifest = stack.emulator.manifest
    answering = {route.function for route in manifest.routes}
    for name in manifest.functions:
        for line in stack.logs(name):
            if not (name in answering and _ANSWER.match(line)):
                yield name, line


def forbidden(stack: Stack, known: Mapping[str, str] | None = None) -> dict[str, str]:
    """What it is → the text that must not be found: secrets of the environment, texts of the samples, and what a test knows."""
    secret_names = {row.name for rows in group_settings().values() for row in rows if row.secret} | set(STORES)
    secrets = {
        f"setting {name}": value
        for name, value in stack.environment.items()
        if name in secret_names and len(value) >= SHORTEST_SECRET
    }
    token = {"WeChat's access token": stack.fakes.wechat.tokens.stable(stack.fakes.wechat.clock.now()).value}
    texts = {f"text of {path.name}: {text[:4]}…": text for path in SAMPLES.glob("*.docx") for text in texts_of(path)}
    return {**secrets, **token, **texts, **(known or {})}


def texts_of(path: Path) -> list[str]:
    """The paragraphs of a Word file, and the pieces between their separators."""
    document = zipfile.ZipFile(path).read("word/document.xml").decode()
    paragraphs = [unescape("".join(re.findall(r"<w:t[ >][^<]*|<w:t>", part))) for part in document.split("</w:p>")]
    plain = [re.sub(r"<w:t[^>]*>", "", paragraph) for paragraph in paragraphs]
    pieces = {piece.strip() for text in plain for piece in re.split(r"[|｜；;，,。\t]", text)}
    return sorted(piece for piece in pieces if len(piece) >= SHORTEST_TEXT)


def scan(stack: Stack, known: Mapping[str, str] | None = None) -> tuple[int, set[Found]]:
    """How many lines there were, and everything that should not be in them."""
    wanted, found, count = forbidden(stack, known), set(), 0
    for function, line in lines_of(stack):
        count += 1
        found |= {Found(function, what) for what, text in wanted.items() if text in line}
        found |= {Found(function, what) for what, pattern in PATTERNS.items() if pattern.search(line)}
    return count, found
