"""The fictional people in the previews: each template shows the kind of person it is made for."""

import json
from pathlib import Path

from common.domain.resume.model import Resume
from scripts.previews.portrait import portrait_uri

_HERE = Path(__file__).parent
#: Template → who shows it; everybody else is shown by the engineer.
_SHOWN_BY = {"campus": "graduate", "academic": "researcher", "english": "analyst"}
ENGINEER = "engineer"


def person_for(template: str) -> Resume:
    """With a drawn portrait; a template without a place for it leaves it out."""
    name = _SHOWN_BY.get(template, ENGINEER)
    resume = Resume.model_validate(json.loads((_HERE / f"{name}.json").read_text("utf-8")))
    resume.basics.image = portrait_uri()
    return resume
