"""Education entries: school, degree, field of study, dates, grade, courses."""

import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from common.domain.parsing.draft import Draft, dated_extension
from common.domain.parsing.entries import EntryRows, split_entries
from common.domain.parsing.features import confidence
from common.domain.parsing.fields.degree import find_degree, split_degree
from common.domain.parsing.fields.major import MAJOR, as_major
from common.domain.parsing.fields.piece import Piece
from common.domain.parsing.fields.places import find_place, is_place
from common.domain.parsing.fields.position import ends_as_position
from common.domain.parsing.fields.school import SCHOOL, find_department, find_school
from common.domain.parsing.fields.score import find_rank, find_score, without_score
from common.domain.parsing.found import LABELLED, PATTERN
from common.domain.parsing.pieces import label_name, label_pairs, pieces
from common.domain.parsing.rows import Row, paragraphs
from common.domain.parsing.sections import Section
from common.domain.resume.model import Education
from common.domain.resume.text import FIELD_GAP

_COURSES = re.compile(
    r"^(?:(?:主修|核心|主要|专业|相关|在校|所学)*(?:课程|課程)|(?:Relevant |Selected |Core |Key )?(?:Coursework|Courses|"
    r"Modules))\s*[:：]\s*(.+)$",
    re.IGNORECASE | re.DOTALL,
)
_MODE = re.compile(r"非全日制|全日制|统招|在读|在讀|在职|自考|专升本|成人教育|函授|本硕连读|保研|推免")
_TAG = re.compile(r"985|211|双一流|雙一流|C9|QS\s?(?:前|Top\s?)?\d{1,3}", re.IGNORECASE)
_FIELD_AND_TRADE = re.compile(r"会计|审计|翻译|编辑|财务|采购|行政|法务")  # a field of study as much as a title
_MOST_HEADER_LINES_BELOW = 3
_LONGEST_HEADER_LINE = 90
_GOOD_ENOUGH = 0.5
_NAMES = {"school": "institution", "degree": "study_type", "major": "area", "department": "department"}


@dataclass
class _Study:
    """`pieces` are what the header leaves for school and major to compete for; `sure` their winning scores."""

    school: str | None = None
    department: str | None = None
    degree: str | None = None
    degree_raw: str | None = None
    major: str | None = None
    score: str | None = None
    rank: str | None = None
    location: str | None = None
    mode: str | None = None
    tags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    sure: dict[str, float] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        return bool(self.school and self.degree and self.has_major)

    @property
    def has_major(self) -> bool:
        return bool(self.major) or bool(MAJOR.score(best[0]) >= _GOOD_ENOUGH if (best := _best_major(self)) else False)


def read_education(section: Section, draft: Draft) -> None:
    for entry in split_entries(section.rows, opened_by="school"):
        add_study(entry, section.heading, draft)


def names_study(entry: EntryRows) -> bool:
    """Does the header give a school and a degree? Some resumes keep studies and jobs in one list."""
    header = "    ".join([*entry.header, *entry.cells.values()])
    if any(
        ends_as_position(piece) and not find_degree(piece) and not _FIELD_AND_TRADE.fullmatch(piece)
        for piece in pieces(header)
    ):
        return False
    return bool(find_school(header) and find_degree(header))


def add_study(entry: EntryRows, heading: str | None, draft: Draft) -> None:
    study = _Study()
    _read_labels(entry, study)
    for text in entry.header:
        _read_header(text, study)
    body = _read_lines_below(entry.body, study)
    _choose_school(study)
    _choose_major(study)
    study.notes[:0] = [piece for piece in study.pieces if re.search(r"\w{2,}", _TAG.sub("", _MODE.sub("", piece)))]
    trained = re.search(r"培训|训练|訓練", heading or "") and not study.degree  # a course is not a field of study
    if study.school or study.degree or (study.major and not trained):
        study.school = study.school or _inherited(entry, draft)
        education = _education(entry, study, body, heading)
        draft.add("education", education, entry.rows, sure={_NAMES[name]: value for name, value in study.sure.items()})
    elif draft.resume.education and (previous := draft.resume.education[-1].x_cn):
        previous.highlights += paragraphs(entry.rows)  # a dated honour belongs to the studies above


def study_from_pairs(pairs: Sequence[tuple[str, str, str, Row]], draft: Draft) -> None:
    """毕业院校, 专业 and 学历 in the personal block, for a resume without an education section."""
    values = {name: (value, row) for name, _, value, row in pairs if name in ("school", "major", "degree")}
    if len(draft.resume.education) == 1:
        _complete(draft.resume.education[0], values)
    if "school" not in values or draft.resume.education:
        return
    entry = Education(institution=values["school"][0])
    entry.area = values["major"][0] if "major" in values else None
    entry.study_type = values["degree"][0] if "degree" in values else None
    draft.add("education", entry, [row for _, row in values.values()])


def _complete(only: Education, values: Mapping[str, tuple[str, Row]]) -> None:
    """学历：大专 at the top belongs to the only studies there are, when their own line does not say."""
    same_school = "school" not in values or values["school"][0] == only.institution
    if "degree" in values and not only.study_type and same_school:
        only.study_type = find_degree(values["degree"][0])
    if "major" in values and not only.area and same_school:
        only.area = as_major(values["major"][0])


def study_in_head(rows: Sequence[Row], draft: Draft) -> None:
    """本科/某某大学计算机系 among the personal lines, for a resume that says no more of its studies."""
    if draft.resume.education:
        return
    for row in rows:
        text = re.sub(r"(?<=[\u4e00-\u9fff])\s*/\s*(?=[\u4e00-\u9fff])", FIELD_GAP, row.plain)
        if (
            len(text) <= _LONGEST_HEADER_LINE
            and find_degree(text)
            and find_school(text)
            and not row.text.endswith("。")
        ):
            add_study(EntryRows([text], None, [], [row]), None, draft)
            return


def _read_labels(entry: EntryRows, study: _Study) -> None:
    labelled = [(name, value) for name, _, value, _row in label_pairs(entry.rows)]
    read: dict[str, Callable[[str], str | None]] = {"degree": find_degree, "school": find_school, "major": as_major}
    for name, value in [*entry.cells.items(), *labelled]:
        if name in ("school", "major", "degree", "department") and not getattr(study, name):
            setattr(study, name, read[name](value) or value if name in read else value)
            if name == "degree" and (field_of := re.search(r"[（(]([^（()）]{3,40})[)）]$", value)) and not study.major:
                study.major = as_major(field_of[1])  # B.Tech (Information Technology)
            study.sure[name] = LABELLED


def _read_header(text: str, study: _Study) -> bool:
    """Takes what has a form of its own out of the text, keeps the rest as pieces; True when something was taken."""
    known = (study.school, study.degree, study.score, study.rank, len(study.tags))
    study.score, study.rank = study.score or find_score(text), study.rank or find_rank(text)
    text = without_score(text)
    place = find_place(text)
    if place:
        study.location, text = study.location or place, text.replace(place, "    ", 1)
    study.tags += [tag for tag in _TAG.findall(text) if tag not in study.tags]
    mode = _MODE.search(text)
    study.mode = study.mode or (mode.group() if mode else None)
    while degree := find_degree(text):
        printed, text = split_degree(text, degree)
        if study.degree is None:
            study.degree, study.degree_raw = degree, printed if printed != degree else None
    before = len(study.pieces)
    for piece in pieces(text):
        _read_piece(piece, study)
    fields = any(
        MAJOR.score(_piece(piece, study)) >= _GOOD_ENOUGH for piece in study.pieces[before:] if as_major(piece)
    )
    return fields or known != (study.school, study.degree, study.score, study.rank, len(study.tags))


def _read_piece(piece: str, study: _Study) -> None:
    if label_name(re.split(r"[:：]", piece)[0]):
        return
    school = None if study.school else find_school(piece)
    if school:
        study.school, study.sure["school"] = school, PATTERN
        piece = piece.replace(school, "    ", 1).strip(" -–·,，、")
        short = re.match(r"[（(]([A-Za-z]{2,8})[)）]", piece)
        if short:  # its abbreviation
            study.tags.append(short[1])
            piece = piece[short.end() :].strip(" -–·,，、")
    if is_place(piece):
        study.location = f"{study.location}, {piece}" if study.location else piece
        return
    department = find_department(piece) if study.school else None
    if department:
        study.department = study.department or department
        piece = piece.replace(department, "", 1).strip(" -–·,，、")
    if re.search(r"\w", piece):
        study.pieces.append(piece)


def _piece(text: str, study: _Study) -> Piece:
    return Piece(text, study.pieces.index(text), len(study.pieces))


def _choose_school(study: _Study) -> None:
    """A school without the word for it ("Stanford"): the first piece that is no field of study."""
    if study.school or not study.pieces:
        return
    best = SCHOOL.best(_piece(text, study) for text in study.pieces)
    if best and (study.degree or best[1] >= _GOOD_ENOUGH or _best_major(study)):
        study.school, study.sure["school"] = best[0].text, confidence(best[1])
        study.pieces.remove(best[0].text)


def _choose_major(study: _Study) -> None:
    best = None if study.major else _best_major(study)
    if best:
        study.major, study.sure["major"] = as_major(best[0].text), confidence(best[1])
        study.pieces.remove(best[0].text)
    elif not study.major and study.department and study.department.endswith(("系", "學系")):
        study.major, study.department = study.department, None  # 資訊管理學系 names the field itself


def _best_major(study: _Study) -> tuple[Piece, float] | None:
    return MAJOR.best(_piece(text, study) for text in study.pieces if as_major(text))


def _read_lines_below(body: list[Row], study: _Study) -> list[Row]:
    """Short lines under the header that give what is still missing; the rest is content."""
    taken = 0
    for row in body[:_MOST_HEADER_LINES_BELOW]:
        if study.is_complete or not _may_name(row):
            break
        trial = deepcopy(study)
        if not _read_header(row.plain, trial):
            break
        study.__dict__.update(trial.__dict__)
        taken += 1
    return body[taken:]


def _may_name(row: Row) -> bool:
    if (
        len(row.text) > _LONGEST_HEADER_LINE
        or _COURSES.match(row.plain)
        or (row.bulleted and not find_degree(row.text))
    ):
        return False
    return row.is_header_like or bool(find_degree(row.text[:20]))


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
        degree_raw=study.degree_raw,
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
