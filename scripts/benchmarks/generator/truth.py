"""The truth of a generated document: what the person is, at the precision that is printed."""

from typing import Any

from scripts.benchmarks.generator.person import Person
from scripts.benchmarks.generator.style import Style


def truth_of(person: Person, style: Style, traits: dict[str, str]) -> dict[str, Any]:
    """In the shape of the corpus' truth files, with `traits` for the scores by trait."""
    form = style.date_form
    unsaid: dict[str, None] = {"start": None} if style.end_of_study_only else {}
    return {
        "name": person.name,
        "phone": person.phone,
        "email": person.email,
        "education": [
            {"school": one.school, "degree": one.degree, "major": one.major, **form.truth(one.period), **unsaid}
            for one in person.education
        ],
        "work": [{"company": one.company, "title": one.title, **form.truth(one.period)} for one in person.jobs],
        "projects": [one.name for one in person.projects],
        "skills": [item for group in person.skills for item in group.items],
        "traits": traits,
    }
