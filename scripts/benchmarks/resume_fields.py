"""The fields that are scored, read from a resume in its outer shape (JSON Resume with `x_cn`)."""

from collections.abc import Mapping
from typing import Any


def fields_of(resume: Mapping[str, Any]) -> dict[str, Any]:
    """In the shape of a truth file; an entry that goes on ends at "present"."""
    basics = resume.get("basics") or {}
    return {
        "name": basics.get("name"),
        "phone": basics.get("phone"),
        "email": basics.get("email"),
        "education": [_education(entry) for entry in resume.get("education") or []],
        "work": [_work(entry) for entry in resume.get("work") or []],
        "projects": [entry["name"] for entry in resume.get("projects") or [] if entry.get("name")],
        "skills": [skill for group in resume.get("skills") or [] for skill in _skills(group) if skill],
    }


def _education(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "school": entry.get("institution"),
        "degree": entry.get("studyType"),
        "major": entry.get("area"),
        **_dates(entry),
    }


def _work(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {"company": entry.get("name"), "title": entry.get("position"), **_dates(entry)}


def _dates(entry: Mapping[str, Any]) -> dict[str, Any]:
    goes_on = (entry.get("x_cn") or {}).get("current")
    return {"start": entry.get("startDate"), "end": "present" if goes_on else entry.get("endDate")}


def _skills(group: Mapping[str, Any]) -> list[Any]:
    return group.get("keywords") or [group.get("name")]
