"""What of a model's reading may be believed: only values that stand in the document. Lines it lost are kept as unplaced."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from common.domain.parsing.leftover import unplaced_rows
from common.domain.parsing.provenance import located
from common.domain.parsing.review import Review, review_of
from common.domain.parsing.rows import Row, number_rows
from common.domain.parsing.source import Line
from common.domain.parsing.warn import warnings_for
from common.domain.resume import Resume
from common.domain.resume.text import fold

DATE_MEMBERS = frozenset({"startDate", "endDate", "date", "releaseDate"})

#: Members with words of our own instead of the document's, and what they may say.
OWN_WORDS: dict[str, re.Pattern[str]] = {
    "kind": re.compile("internship|campus"),
    "countryCode": re.compile("[A-Z]{2}"),
    "unit": re.compile("month|year|day|hour"),
}

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-\d{2})?")
_MONTHS = ("-", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NOTHING: tuple[object, ...] = (None, "", {}, [])


def accept_answer(content: Mapping[str, Any], lines: Sequence[Line], draft: Resume) -> Resume:
    """The answer as a resume, without what the document does not say; pydantic's ValidationError when it has another shape.

    `draft` is the rules' reading of the same lines. Its provenance stays for the values that stayed.
    """
    rows = number_rows(lines)
    document = _Document(rows, draft)
    asked = {name: value for name, value in content.items() if name != "meta"}
    resume = Resume.model_validate(document.believed(asked))
    resume.meta = draft.meta.model_copy(deep=True)
    meta = resume.meta.x_cn
    meta.provenance = {**located(resume.as_json_resume(), rows), **_still_true(draft, resume)}
    meta.warnings, meta.unplaced = [], []  # or their own words would count as held
    meta.unplaced = [row.text for row in unplaced_rows(rows, resume.as_json_resume())]
    meta.warnings = [*warnings_for(resume, rows), *document.complaints()]
    meta.review = review_of(resume, meta.provenance, rows) + _still_doubtful(draft, resume)
    return resume


class _Document:
    """What the rows say, and how the rules spell it: they know dates and addresses in forms that are not printed."""

    def __init__(self, rows: Sequence[Row], draft: Resume) -> None:
        self._folded = "".join(row.folded for row in rows)
        self._printed = "\n".join(row.text for row in rows).casefold()
        self._dropped = 0
        self._read_by_rules: defaultdict[str, set[str]] = defaultdict(set)
        for name, text in _texts(draft.as_json_resume()):
            self._read_by_rules[_group(name)].add(text)

    def believed(self, value: Any, name: str = "") -> Any:
        """`value` without the texts and numbers that are not in the document; empty members are left out."""
        if name == "salary" and isinstance(value, Mapping):
            value = value.get("text")  # its numbers follow from the text
        if isinstance(value, Mapping):
            members = {str(key): self.believed(item, str(key)) for key, item in value.items()}
            return {key: item for key, item in members.items() if item not in _NOTHING and self._has_key(key, name)}
        if isinstance(value, list):
            return [item for item in (self.believed(item, name) for item in value) if item not in _NOTHING]
        if value is None or isinstance(value, bool):
            return value
        if self._says(str(value).strip(), name):
            return value
        self._dropped += bool(str(value).strip())
        return None

    def complaints(self) -> list[str]:
        """What the user is told about values that were left out."""
        return [f"智能解析给出的 {self._dropped} 处内容在文件里找不到，已忽略"] if self._dropped else []

    def _says(self, text: str, name: str) -> bool:
        """Whether a member called `name` may say so."""
        if text in self._read_by_rules[_group(name)]:
            return True
        if name in OWN_WORDS:
            return OWN_WORDS[name].fullmatch(text) is not None
        if name in DATE_MEMBERS:
            return self._has_date(text)
        return bool(fold(text)) and fold(text) in self._folded

    def _has_key(self, key: str, parent: str) -> bool:
        """Members are ours, but the labels of personal fields are the document's."""
        return parent != "personal" or self._says(key, "")

    def _has_date(self, text: str) -> bool:
        match = _DATE.fullmatch(text)
        if match is None or int(match[2] or 1) not in range(1, 13):
            return False
        year = match[1]
        if match[2] is None:
            return re.search(rf"(?<!\d){year}(?!\d)", self._printed) is not None
        month = int(match[2])
        forms = (
            rf"(?<!\d){year}\D{{0,3}}0?{month}(?!\d)",
            rf"(?<!\d)0?{month}\D{{1,3}}{year}(?!\d)",
            rf"{_MONTHS[month]}[a-z]*\.?,?\s*{year}(?!\d)",
        )
        return re.search("|".join(forms), self._printed) is not None


def _group(name: str) -> str:
    """A date that the rules found for the start may well be the end."""
    return "date" if name in DATE_MEMBERS else name


def _texts(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text with the name of the member it belongs to."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(item, str(key))
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, name)
    elif isinstance(value, str):
        yield name, value


def _still_true(draft: Resume, resume: Resume) -> dict[str, dict[str, Any]]:
    """Where values came from, as far as the model left them as and where they were."""
    before, after = draft.as_json_resume(), resume.as_json_resume()
    return {
        pointer: place
        for pointer, place in draft.meta.x_cn.provenance.items()
        if (value := _value_at(after, pointer)) is not None and value == _value_at(before, pointer)
    }


def _still_doubtful(draft: Resume, resume: Resume) -> Review:
    """Other names that the rules thought likely, when the model took the same one."""
    same = draft.basics.name == resume.basics.name
    return [item for item in draft.meta.x_cn.review if same and item["pointer"] == "/basics/name" and draft.basics.name]


def _value_at(content: Any, pointer: str) -> object:
    """None where a JSON pointer leads nowhere."""
    for part in pointer[1:].split("/"):
        part = part.replace("~1", "/").replace("~0", "~")
        try:
            content = content[int(part)] if isinstance(content, list) else content[part]
        except (LookupError, TypeError, ValueError):
            return None
    return content
