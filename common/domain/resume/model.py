"""The resume: JSON Resume v1 with an `x_cn` extension for what Chinese resumes add.

Source of the outer shape: the JSON Resume v1 schema. Dates are YYYY, YYYY-MM or YYYY-MM-DD; an entry that goes on has
no endDate and `x_cn.current = true`; the date as printed stays in `x_cn.date_raw`. What fits nowhere is in
`meta.x_cn.unplaced`, so nothing is lost.
"""

import json
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from common.domain.resume.salary import Salary
from common.lazy_model import LazyModel


def _clean_text(value: object) -> object:
    """Blank text is no text; numbers that a model writes unquoted (a score, a year) become text."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    return (value.strip() or None) if isinstance(value, str) else value


def _as_list(value: object) -> object:
    if value is None:
        return []
    if isinstance(value, str):
        value = [value]
    return [item for item in value if item not in (None, "")] if isinstance(value, list) else value


Text = Annotated[str | None, BeforeValidator(_clean_text)]
Texts = Annotated[list[str], BeforeValidator(_as_list)]


class Part(LazyModel):
    """Snake case inside, JSON Resume's camel case outside. Unknown keys are ignored."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore")


class Extension(Part):
    """An `x_cn` object: snake case outside too, and open for keys that a later version adds."""

    model_config = ConfigDict(extra="allow")


class EntryExtension(Extension):
    """What the Chinese convention adds to an entry. `heading` is the section heading as printed, `mode` is 全日制, 在读 and
    the like, `degree_raw` the degree with its trimmings (在读硕士研究生), `tags` are 985, 211 and the like; `highlights`
    are the lines of an entry that has no place for them of its own.
    """

    current: bool | None = Field(default=None, alias="current")
    date_raw: Text = Field(default=None, alias="date_raw")
    kind: Text = None
    department: Text = None
    heading: Text = None
    score: Text = None
    rank: Text = None
    location: Text = None
    mode: Text = None
    degree_raw: Text = Field(default=None, alias="degree_raw")
    tags: Texts = []
    highlights: Texts = []


class Entry(Part):
    x_cn: EntryExtension | None = Field(default=None, alias="x_cn")


class Location(Part):
    address: Text = None
    city: Text = None
    region: Text = None
    country_code: Text = None
    postal_code: Text = None


class Profile(Part):
    network: Text = None
    username: Text = None
    url: Text = None


class Basics(Part):
    name: Text = None
    label: Text = None
    image: Text = None
    email: Text = None
    phone: Text = None
    url: Text = None
    summary: Text = None
    location: Location | None = None
    profiles: list[Profile] = []
    x_cn: EntryExtension | None = Field(default=None, alias="x_cn")


class Work(Entry):
    name: Text = None
    position: Text = None
    location: Text = None
    description: Text = None
    url: Text = None
    start_date: Text = None
    end_date: Text = None
    summary: Text = None
    highlights: Texts = []


class Volunteer(Entry):
    organization: Text = None
    position: Text = None
    url: Text = None
    start_date: Text = None
    end_date: Text = None
    summary: Text = None
    highlights: Texts = []


class Education(Entry):
    institution: Text = None
    area: Text = None
    study_type: Text = None
    url: Text = None
    start_date: Text = None
    end_date: Text = None
    score: Text = None
    courses: Texts = []


class Project(Entry):
    name: Text = None
    description: Text = None
    url: Text = None
    entity: Text = None
    roles: Texts = []
    keywords: Texts = []
    start_date: Text = None
    end_date: Text = None
    highlights: Texts = []


class Award(Entry):
    title: Text = None
    date: Text = None
    awarder: Text = None
    summary: Text = None


class Certificate(Entry):
    name: Text = None
    date: Text = None
    issuer: Text = None
    url: Text = None


class Publication(Entry):
    name: Text = None
    publisher: Text = None
    release_date: Text = None
    url: Text = None
    summary: Text = None


class Skill(Entry):
    name: Text = None
    level: Text = None
    keywords: Texts = []


class Language(Entry):
    language: Text = None
    fluency: Text = None


class Interest(Entry):
    name: Text = None
    keywords: Texts = []


class Reference(Entry):
    name: Text = None
    reference: Text = None


class Intention(Extension):
    """求职意向."""

    positions: Texts = []
    cities: Texts = []
    salary: Salary | None = None
    available: Text = None
    employment_type: Text = Field(default=None, alias="employment_type")


class ResumeExtension(Extension):
    """Intention, and the personal fields (性别 出生年月 籍贯 民族 政治面貌 …) by their printed label."""

    intention: Intention | None = None
    personal: dict[str, str] = {}


class MetaExtension(Extension):
    """provenance: JSON pointer → {page, line, box, method, confidence}. unplaced: source lines that fit nowhere.

    warnings: plain sentences for the user about the whole. review: {pointer, message}, the values the user should look at.
    headings: the sections as printed, in order, each with the kind it was taken for, then rows of column names.
    photo: the document holds a portrait, which is kept beside the resume and joins it when it is typeset.
    """

    provenance: dict[str, dict[str, Any]] = {}
    unplaced: list[str] = []
    warnings: list[str] = []
    review: list[dict[str, str]] = []
    headings: list[dict[str, str]] = []
    photo: bool | None = None


class Meta(Part):
    canonical: Text = None
    version: Text = None
    last_modified: Text = None
    x_cn: MetaExtension = Field(default_factory=MetaExtension, alias="x_cn")


class Resume(Part):
    basics: Basics = Field(default_factory=Basics)
    work: list[Work] = []
    volunteer: list[Volunteer] = []
    education: list[Education] = []
    awards: list[Award] = []
    certificates: list[Certificate] = []
    publications: list[Publication] = []
    skills: list[Skill] = []
    languages: list[Language] = []
    interests: list[Interest] = []
    references: list[Reference] = []
    projects: list[Project] = []
    x_cn: ResumeExtension = Field(default_factory=ResumeExtension, alias="x_cn")
    meta: Meta = Field(default_factory=Meta)

    def as_json_resume(self) -> dict[str, Any]:
        """The outer shape as plain JSON values, without empty members."""
        return _without_empty(self.model_dump(mode="json", by_alias=True, exclude_none=True))

    def as_json_bytes(self) -> bytes:
        """The outer shape as a UTF-8 file."""
        return json.dumps(self.as_json_resume(), ensure_ascii=False).encode()


def _without_empty(value: dict[str, Any]) -> dict[str, Any]:
    kept = {key: _without_empty(item) if isinstance(item, dict) else item for key, item in value.items()}
    for key, item in kept.items():
        if isinstance(item, list):
            kept[key] = [_without_empty(entry) if isinstance(entry, dict) else entry for entry in item]
    return {key: item for key, item in kept.items() if item not in ({}, [])}
