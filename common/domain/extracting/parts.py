"""A document in parts that can be read at the same time: the head, the studies, the work, the projects, the lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from common.domain.extracting.instructions import is_instruction
from common.domain.parsing.rows import Row, number_rows, without_page_furniture
from common.domain.parsing.sections import Section, split_sections
from common.domain.parsing.source import Line
from common.domain.resume import Resume
from common.domain.resume.sections import SectionKind
from common.domain.resume.text import normalise

PartName = Literal["head", "education", "work", "projects", "lists", "whole"]

#: Part → the sections whose lines it holds, and the members of the resume that its answer may fill.
_PARTS: dict[PartName, tuple[tuple[SectionKind, ...], tuple[str, ...]]] = {
    "head": (("top", "personal", "intention", "links", "summary"), ("basics", "x_cn")),
    "education": (("education", "courses"), ("education",)),
    "work": (("work", "internship", "campus"), ("work", "volunteer")),
    "projects": (("projects",), ("projects",)),
    "lists": (
        ("skills", "certificates", "awards", "languages", "publications", "interests", "references", "other"),
        ("skills", "certificates", "awards", "languages", "publications", "interests", "references"),
    ),
}
_EVERYTHING = tuple(member for _, members in _PARTS.values() for member in members)


@dataclass(frozen=True)
class Part:
    """`rows` are numbered as in the whole document; `draft` is what the rules made of them, by member."""

    name: PartName
    rows: Sequence[Row]
    members: tuple[str, ...]
    draft: Mapping[str, Any]


def parts_of(lines: Sequence[Line], draft: Resume) -> list[Part]:
    """Every row is in exactly one part. A document without headings, or with mixed sections, is read with less cutting."""
    rows = number_rows(lines)
    sections = split_sections(without_page_furniture(rows))
    content = draft.as_json_resume()
    if sum(section.heading is not None for section in sections) < 2:
        return [_part("whole", rows, _EVERYTHING, content)]
    mixed = any(section.kind == "mixed" for section in sections)
    parts = []
    for name, (kinds, members) in _PARTS.items():
        if mixed and name == "projects":
            continue
        if mixed and name == "work":
            kinds, members = (*kinds, "mixed", "projects"), (*members, "projects")
        held = _rows(sections, kinds)
        if held:
            parts.append(_part(name, held, members, content))
    return parts


def _part(name: PartName, rows: Sequence[Row], members: tuple[str, ...], content: Mapping[str, Any]) -> Part:
    return Part(name, rows, members, {member: content[member] for member in members if member in content})


def _rows(sections: Sequence[Section], kinds: Sequence[SectionKind]) -> list[Row]:
    """With their headings, as rows of their own: the model needs to see 实习经历 over an entry."""
    rows: list[Row] = []
    for section in sections:
        if section.kind in kinds and section.rows:
            rows += section.rows
    return rows


def evidence_of(parts: Sequence[Part], lines: Sequence[Line]) -> dict[str, list[Row]]:
    """Member → the rows its part was shown, without those that speak to a machine; cleaning may have hidden that they do."""
    told = {normalise(line.text) for line in lines if is_instruction(line.text)}
    return {member: [row for row in part.rows if row.text not in told] for part in parts for member in part.members}
