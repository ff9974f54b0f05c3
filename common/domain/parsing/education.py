"""Education entries: school, degree, field of study, dates, grade, courses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from common.domain.parsing.draft import Draft, dated_extension
from common.domain.parsing.entries import EntryRows, split_entries
from common.domain.parsing.fields.degree import find_degree, without_degree
from common.domain.parsing.fields.major import as_major
from common.domain.parsing.fields.places import is_place
from common.domain.parsing.fields.school import find_department, find_school
from common.domain.parsing.fields.score import find_rank, find_score, without_score
from common.domain.parsing.pieces import label_name, label_pairs, pieces
from common.domain.parsing.rows import Row, paragraphs
from common.domain.parsing.sections import Section
from common.domain.resume.model import Education

_COURSES = re.compile(
    r"^(?:主修|核心|主要|专业|相关)?(?:课程|Coursework|Relevant Coursework|Courses)\s*[:：]\s*(.+)$",
    re.IGNORECASE | re.DOTALL,
)
_MODE = re.compile(r"非全日制|全日制|统招|在读")
_TAG = re.compile(r"985|211|双一流")
_MOST_HEADER_LINES_BELOW = 3


@dataclass
class _Study:
    school: str | None = None
    department: str | None = None
    degree: str | None = None
    major: str | None = None
    score: str | None = None
    rank: str | None = None
    location: str | None = None
    mode: str | None = None
    tags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        return bool(self.school and self.degree and self.major)


def read_education(section: Section, draft: Draft) -> None:
    for entry in split_entries(section.rows, opened_by="school"):
        add_study(entry, section.heading, draft)


def names_study(entry: EntryRows) -> bool:
    """Does the header give a school and a degree? Some resumes keep studies and jobs in one list."""
    header = "    ".join(entry.header)
    return bool(find_school(header) and find_degree(header))


def add_study(entry: EntryRows, heading: str | None, draft: Draft) -> None:
    study = _Study()
    _read_labels(entry, study)
    for text in entry.header:
        _read_header(text, study)
    body = _read_lines_below(entry.body, study)
    if study.school or study.degree or study.major:
        study.school = study.school or _inherited(entry, draft)
        draft.add("education", _education(entry, study, body, heading), entry.rows)


def study_from_pairs(pairs: Sequence[tuple[str, str, str, Row]], draft: Draft) -> None:
    """毕业院校, 专业 and 学历 in the personal block, for a resume without an education section."""
    values = {name: (value, row) for name, _, value, row in pairs if name in ("school", "major", "degree")}
    if "school" not in values or draft.resume.education:
        return
    entry = Education(institution=values["school"][0])
    entry.area = values["major"][0] if "major" in values else None
    entry.study_type = values["degree"][0] if "degree" in values else None
    draft.add("education", entry, [row for _, row in values.values()])


def _read_labels(entry: EntryRows, study: _Study) -> None:
    for name, _, value, _row in label_pairs(entry.rows):
        if name in ("school", "major", "degree", "department") and not getattr(study, name):
            setattr(study, name, value if name != "degree" else find_degree(value) or value)


def _read_header(text: str, study: _Study) -> bool:
    """Takes what it knows out of the text; True when something was taken."""
    known = (study.school, study.degree, study.major, study.score, study.rank)
    study.score, study.rank = study.score or find_score(text), study.rank or find_rank(text)
    text = without_score(text)
    study.tags += _TAG.findall(text)
    mode = _MODE.search(text)
    study.mode = study.mode or (mode.group() if mode else None)
    while degree := find_degree(text):
        study.degree, text = study.degree or degree, without_degree(text, degree)
    for piece in pieces(text):
        _read_piece(piece, study)
    return known != (study.school, study.degree, study.major, study.score, study.rank)


def _read_piece(piece: str, study: _Study) -> None:
    if label_name(re.split(r"[:：]", piece)[0]):
        return
    school = None if study.school else find_school(piece)
    if school:
        study.school = school
        piece = piece.replace(school, "    ", 1).strip(" -–·,，")
    if is_place(piece):
        study.location = f"{study.location}, {piece}" if study.location else piece
        return
    department = _department_of(piece) if study.school else None
    if department:
        study.department = study.department or department
        piece = piece.replace(department, "", 1)
    major = as_major(piece) if piece else None
    if major and not study.major and not (study.school is None and not study.degree and _looks_like_school(piece)):
        study.major = major
    elif major and study.school is None:
        study.school = piece
    elif re.search(r"\w{2,}", _TAG.sub("", _MODE.sub("", piece))):
        study.notes.append(piece)


def _department_of(piece: str) -> str | None:
    whole = find_department(piece)
    if whole:
        return whole
    found = re.match(r"[\u4e00-\u9fffA-Za-z]{2,14}学院(?=[\u4e00-\u9fff])", piece)
    return found.group() if found else None


def _looks_like_school(piece: str) -> bool:
    return piece.isupper() and " " in piece


def _read_lines_below(body: list[Row], study: _Study) -> list[Row]:
    """Short lines under the header that give what is still missing; the rest is content."""
    taken = 0
    for row in body[:_MOST_HEADER_LINES_BELOW]:
        if (
            study.is_complete
            or len(row.text) > 60
            or _COURSES.match(row.plain)
            or (row.bulleted and not find_degree(row.text))
        ):
            break
        if row.is_header_like and _read_header(row.plain, study):
            taken += 1
        else:
            break
    return body[taken:]


def _inherited(entry: EntryRows, draft: Draft) -> str | None:
    """A second degree under the same school does not repeat its name."""
    previous = draft.resume.education[-1] if draft.resume.education else None
    return previous.institution if previous and entry.header else None


def _education(entry: EntryRows, study: _Study, body: list[Row], heading: str | None) -> Education:
    courses: list[str] = []
    highlights: list[str] = []
    for text in paragraphs(body):
        study.score, study.rank = study.score or find_score(text), study.rank or find_rank(text)
        found = _COURSES.match(text)
        if found:
            courses += [
                course.strip(" 。.")
                for course in re.split(r"[、,，;；](?![^（(]*[)）])", found[1])
                if course.strip(" 。.")
            ]
        else:
            highlights.append(text)
    extension = dated_extension(
        entry.span,
        heading,
        department=study.department,
        rank=study.rank,
        location=study.location,
        mode=study.mode,
        tags=study.tags,
        highlights=study.notes + highlights,
    )
    return Education(
        institution=study.school,
        area=study.major,
        study_type=study.degree,
        score=study.score,
        start_date=entry.span.start if entry.span else None,
        end_date=entry.span.end if entry.span else None,
        courses=courses,
        x_cn=extension,
    )
