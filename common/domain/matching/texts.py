"""What of a resume counts as evidence: every text about what the person did and can, with its JSON pointer."""

from collections.abc import Iterator, Mapping
from typing import Any

from common.domain.resume import Resume

_SECTIONS = (
    "skills", "work", "projects", "certificates", "education", "languages", "volunteer", "awards", "publications", "interests",
)  # fmt: skip
_NO_EVIDENCE = frozenset({"x_cn", "startDate", "endDate", "date", "releaseDate", "url", "image", "location", "level"})


def resume_texts(resume: Resume) -> Iterator[tuple[str, str]]:
    """Skills first, because a skill that is listed is the plainest evidence; identity and contact are none."""
    content = resume.as_json_resume()
    for section in _SECTIONS:
        yield from _texts(f"/{section}", content.get(section, []))
    basics = content.get("basics", {})
    yield from ((f"/basics/{name}", basics[name]) for name in ("label", "summary") if basics.get(name))
    for index, line in enumerate(content.get("meta", {}).get("x_cn", {}).get("unplaced", [])):
        yield f"/meta/x_cn/unplaced/{index}", line


def _texts(pointer: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(f"{pointer}/{index}", item)
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if name not in _NO_EVIDENCE:
                yield from _texts(f"{pointer}/{name}", item)
