"""Section headings, simplified and traditional Chinese and English: which part of a resume a line opens."""

import re
from functools import lru_cache
from typing import NamedTuple

from common.domain.late_pattern import late_pattern
from common.domain.resume.dates import find_span
from common.domain.resume.lexicon import (
    CHINESE,
    ENGLISH_ALONE,
    ENGLISH_HEADS,
    ENGLISH_MODIFIERS,
    ENGLISH_NOT_ALONE,
    ENGLISH_WEAK,
    TRADITIONAL,
    SectionKind,
)

__all__ = ["Heading", "SectionKind", "heading_kind", "heading_of", "simplified"]

_LONGEST_HEADING = 40
_MOST_ENGLISH_WORDS = 6
_LONGEST_WORD = 16
_PATTERNS = {kind: late_pattern(pattern) for kind, pattern in CHINESE.items()}
_HEADS: dict[str, SectionKind] = {word: kind for kind, words in ENGLISH_HEADS.items() for word in words.split()}
_NUMBERING = late_pattern(
    r"^\s*(?:[一二三四五六七八九十]{1,2}\s*[、.．)）]|\d{1,2}\s*[、.．)）/|]?|part\s*\d+)\s*", re.IGNORECASE
)
_AND = re.compile(r"[和与及、/&＆+·•]|\s")
_LETTERS_APART = re.compile(r"[A-Za-z](?:\s{1,4}[A-Za-z&]){3,39}")
_TWO_FIELDS = late_pattern(r"[\u4e00-\u9fff]{2}(?:\s{3,}|\s*[|｜]\s*)[\u4e00-\u9fff]{2}")
_JOBS = frozenset({"work", "internship", "campus"})
_GROUPS_OF_SKILLS = ("languages", "skills", "certificates", "other", "courses")
_NEVER_LABELS = ("certificates", "awards", "skills", "summary", "projects", "interests", "campus")
_DATED = ("education", "work", "internship", "projects")
_OPEN_SECTIONS = ("top", "personal", "intention", "summary")


class Heading(NamedTuple):
    kind: SectionKind
    text: str
    rest: str = ""


def simplified(text: str) -> str:
    """The traditional characters that headings and labels use, as simplified ones."""
    return text.translate(TRADITIONAL)


@lru_cache(maxsize=4096)
def heading_kind(text: str) -> SectionKind | None:
    """The section a line opens when the whole line is a heading: 教育背景, 教育背景 EDUCATION, "S K I L L S：", 二、工作经历."""
    if len(text) > 2 * _LONGEST_HEADING:
        return None
    text = _NUMBERING.sub("", text)
    if _TWO_FIELDS.search(text.strip()):
        return None
    if _LETTERS_APART.fullmatch(text.strip(" ：:")):
        text = "".join(text.split())
        return _english_kind(" ".join(text))
    if len(text.strip()) > _LONGEST_HEADING or re.search(r"[\d。，,；;@]", text):
        return None
    text = simplified(re.sub(r"[（(【\[][^（）()]*[)）]", "", text))
    han, latin = re.sub(r"[^\u4e00-\u9fff]", "", text), re.sub(r"[^A-Za-z&\s/]", " ", text)
    english = _english_kind(latin) if latin.strip() else None
    if not han:
        return english
    if latin.strip(" &/") and english is None and latin.strip().lower() != "it":
        return None  # Java 项目 is no heading
    if english == "publications":
        return english  # 科研成果 Publications: the Chinese half alone is said of projects too
    return _chinese_kind(han) or _joined_kind(re.sub(r"[^\u4e00-\u9fff和与及、/&＆+·•\s]", "", text))


def _chinese_kind(han: str) -> SectionKind | None:
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.fullmatch(han)), None)


def _joined_kind(text: str) -> SectionKind | None:
    """项目/实习经历, 技能与证书: every part has to be a heading of its own."""
    parts = [part for part in _AND.split(text) if part]
    kinds = [_chinese_kind(part) for part in parts]
    if len(parts) < 2 or len(parts) > 4 or any(kind is None for kind in kinds):
        return None
    found = {kind for kind in kinds if kind is not None}
    if found == {"work", "internship"}:
        return "work"
    if (found & _JOBS and found & {"projects", "education", "mixed"}) or len(found & _JOBS) > 1:
        return "mixed"
    return kinds[0]


def _english_kind(text: str) -> SectionKind | None:
    """Letter-spaced words are read in one: S K I L L S."""
    words = re.findall(r"[a-z]+", text.lower())
    joined = "".join(words)
    if joined in ENGLISH_ALONE:
        return ENGLISH_ALONE[joined]
    if len(words) > 3 and all(len(word) == 1 for word in words):
        words = _words_in(joined) or [joined]
    if (
        not words
        or len(words) > _MOST_ENGLISH_WORDS
        or any(w not in _HEADS and w not in ENGLISH_MODIFIERS for w in words)
    ):
        return None
    if joined in ENGLISH_NOT_ALONE:
        return None
    kinds = [_HEADS[word] for word in words if word in _HEADS]
    strong = [kind for kind in kinds if kind not in ENGLISH_WEAK]
    if {"projects", "work"} <= set(kinds) and ("and" in words or "&" in text) and not strong:
        return "mixed"
    if "research" in words and any(word.startswith("experience") for word in words):
        return "work"
    if strong:
        return strong[0]
    return next((kind for kind in ("projects", "work", "summary", "links", "personal", "other") if kind in kinds), None)


def _words_in(joined: str) -> list[str] | None:
    """P R O F E S S I O N A L  E X P E R I E N C E: the vocabulary says where the words end."""
    best: list[list[str] | None] = [[]] + [None] * len(joined)
    for stop in range(1, len(joined) + 1):
        for start in range(max(0, stop - _LONGEST_WORD), stop):
            before, word = best[start], joined[start:stop]
            if before is not None and (word in _HEADS or word in ENGLISH_MODIFIERS) and best[stop] is None:
                best[stop] = [*before, word]
    return best[-1]


def heading_of(text: str, *, inside: SectionKind, colons: bool = False) -> Heading | None:
    """The heading a line is, or begins with: "自我评价：五年经验…", "任职经历 | 时间 | 单位". `inside` is the current section.

    A word that heads a section elsewhere is only a label in running content ("语言：Python" under 专业技能), so a heading
    with text behind it has to be unmistakable. `colons` says that the headings of this document end in colons.
    """
    kind = heading_kind(text.rstrip("：: |"))
    if kind:
        return None if not colons and _is_label_inside(kind, text, inside) else Heading(kind, text)
    labelled = re.match(r"^([^:：|]{2,12}?)\s*[:：]\s*(.+)$", text)
    if labelled:
        kind = heading_kind(labelled[1])
        follows = kind == "summary" or (kind in ("intention", "skills", "awards") and inside in _OPEN_SECTIONS)
        if kind:
            dated = kind in _DATED and _is_unmistakable(labelled[1]) and find_span(labelled[2]) is not None
            return Heading(kind, labelled[1], labelled[2]) if follows or dated else None
    apart = re.match(r"^(.{4,24}?)(?:\s?\|\s|\s{4,})(.+)$", text)
    kind = heading_kind(apart[1]) if apart and _is_unmistakable(apart[1]) else None
    if apart and kind:
        return Heading(kind, apart[1], apart[2])
    cell = re.match(r"^([\u4e00-\u9fff]\s*[\u4e00-\u9fff]{1,2})(?:\s?\|\s?|\s{4,})(.+)$", text)
    kind = heading_kind(cell[1]) if cell else None
    return Heading(kind, cell[1], cell[2]) if cell and kind in _NEVER_LABELS and kind != inside else None


def _is_label_inside(kind: SectionKind, text: str, inside: SectionKind) -> bool:
    """ "工具：" under 专业技能 is the label of a group, not a new section."""
    return text.endswith(("：", ":")) and inside == "skills" and kind in _GROUPS_OF_SKILLS


def _is_unmistakable(text: str) -> bool:
    return len(re.sub(r"[^\u4e00-\u9fff]", "", text)) >= 4 or text.isupper()
