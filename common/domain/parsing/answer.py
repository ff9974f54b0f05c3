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

#: What an entry is called, whatever section it is in.
ENTRY_NAMES = ("institution", "organization", "name", "title", "language")

#: Members with words of our own instead of the document's, and what they may say.
OWN_WORDS: dict[str, re.Pattern[str]] = {
    "kind": re.compile("internship|campus"),
    "countryCode": re.compile("[A-Z]{2}"),
    "unit": re.compile("month|year|day|hour"),
}

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-\d{2})?")
_MONTHS = ("-", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PIECE = re.compile(r" {2,}|[|｜:：,，/·]")
_NOTHING: tuple[object, ...] = (None, "", {}, [])


def accept_answer(
    content: Mapping[str, Any],
    lines: Sequence[Line],
    draft: Resume,
    *,
    evidence: Mapping[str, Sequence[Row]] | None = None,
) -> Resume:
    """The answer as a resume, without what the document does not say; pydantic's ValidationError when it has another shape.

    `draft` is the rules' reading of the same lines. Its provenance stays for the values that stayed. `evidence` are the rows
    that may speak for a member, where they are not all: a reference's phone says nothing about the person's.
    """
    rows = number_rows(lines)
    documents = {name: _Document(own, draft) for name, own in (evidence or {}).items()}
    whole = _Document(rows, draft)
    known = draft.as_json_resume()
    believed = {
        name: documents.get(name, whole).believed(value, name, known.get(name))
        for name, value in content.items()
        if name != "meta"
    }
    resume = Resume.model_validate({name: value for name, value in believed.items() if value not in _NOTHING})
    _keep_identity(resume, draft, rows)
    resume.meta = draft.meta.model_copy(deep=True)
    meta = resume.meta.x_cn
    meta.provenance = {**located(resume.as_json_resume(), rows), **_still_true(draft, resume)}
    meta.warnings, meta.unplaced = [], []  # or their own words would count as held
    meta.unplaced = [row.text for row in unplaced_rows(rows, resume.as_json_resume())]
    meta.warnings = [*warnings_for(resume, rows), *complaints([whole, *documents.values()])]
    meta.review = review_of(resume, meta.provenance, rows) + _still_doubtful(draft, resume)
    return resume


class _Document:
    """What the rows say, and how the rules spell it: they know dates and addresses in forms that are not printed."""

    def __init__(self, rows: Sequence[Row], draft: Resume) -> None:
        self._folded = "".join(row.folded for row in rows)
        self._joints = _joints(rows)
        self._entries = {
            name: [entry for entry in entries if isinstance(entry, Mapping)]
            for name, entries in draft.as_json_resume().items()
            if isinstance(entries, list)
        }
        self._printed = "\n".join(row.text for row in rows).casefold()
        self.dropped = 0
        self._read_by_rules: defaultdict[str, set[str]] = defaultdict(set)
        for name, text in _texts(draft.as_json_resume()):
            self._read_by_rules[_group(name)].add(text)

    def believed(self, value: Any, name: str = "", known: Any = None) -> Any:
        """`value` without the texts and numbers that are not in the document; empty members are left out.

        Where a text is not believed, what the rules read in its place (`known`) stands: an invention erases nothing.
        """
        if name == "salary" and isinstance(value, Mapping):
            value = value.get("text")  # its numbers follow from the text
        if isinstance(value, Mapping):
            read = known if isinstance(known, Mapping) else {}
            value = {**value, **{key: read.get(key) for key in self._exchanged(value, read, name)}}
            members = {str(key): self.believed(item, str(key), read.get(key)) for key, item in value.items()}
            return {key: item for key, item in members.items() if item not in _NOTHING and self._has_key(key, name)}
        if isinstance(value, list):
            entries = known if isinstance(known, list) else []
            believed = (self.believed(item, name, _same_entry(item, entries)) for item in value)
            return [item for item in believed if item not in _NOTHING]
        if value is None or isinstance(value, bool):
            return value
        if self._says(str(value).strip(), name):
            return value
        self.dropped += bool(str(value).strip())
        return known if isinstance(known, str) else None

    def _exchanged(self, entry: Mapping[str, Any], read: Mapping[str, Any], section: str) -> list[str]:
        """Members of an entry that say what the rules read for another entry of the section, and here read something else."""
        others = [one for one in self._entries.get(section, []) if _entry_name(one) != _entry_name(read)]
        goes_on = (read.get("x_cn") or {}).get("current")
        known = {**read, "endDate": "present"} if goes_on else read
        return [
            key
            for key, item in entry.items()
            if isinstance(item, str)
            and known.get(key) not in (None, item)
            and any(one.get(key) == item for one in others)
        ]

    def _says(self, text: str, name: str) -> bool:
        """Whether a member called `name` may say so."""
        if text in self._read_by_rules[_group(name)]:
            return True
        if name in OWN_WORDS:
            return OWN_WORDS[name].fullmatch(text) is not None
        if name in DATE_MEMBERS:
            return self._has_date(text)
        return self._holds(fold(text))

    def _holds(self, folded: str) -> bool:
        """Somewhere, and not as a piece of a longer number or Latin word: 1380013800 is not in 13800138000."""
        start = self._folded.find(folded) if folded else -1
        while start >= 0:
            if start in self._joints and start + len(folded) in self._joints:
                return True
            start = self._folded.find(folded, start + 1)
        return False

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


def _same_entry(entry: Any, entries: Sequence[Any]) -> Any:
    """The rules' reading of the job or study that has the same name."""
    named = _entry_name(entry)
    return next((one for one in entries if named and _entry_name(one) == named), None)


def _entry_name(entry: Any) -> str:
    if not isinstance(entry, Mapping):
        return ""
    return fold(str(next((entry[name] for name in ENTRY_NAMES if entry.get(name)), "")))


def complaints(documents: Sequence[_Document]) -> list[str]:
    """What the user is told about values that were left out."""
    dropped = sum(document.dropped for document in documents)
    return [f"智能解析给出的 {dropped} 处内容在文件里找不到，已忽略"] if dropped else []


def _joints(rows: Sequence[Row]) -> set[int]:
    """Places in the folded text where a value may begin or end: all but those inside a number or a Latin word."""
    joints, at = {0}, 0
    for row in rows:
        last, apart = "", True
        for char in row.text:
            for folded in fold(char):
                if apart or _kind(folded) != _kind(last) or _kind(folded) == "other":
                    joints.add(at)
                last, apart = folded, False
                at += 1
            if not fold(char):
                apart = not (char in ".," and last.isdigit())
        joints.add(at)
    return joints


def _kind(char: str) -> str:
    return "digit" if char.isdigit() else "latin" if char.isascii() else "other"


def _keep_identity(resume: Resume, draft: Resume, rows: Sequence[Row]) -> None:
    """Phone and e-mail are what the rules read, where they read one; so is the name, unless they doubted it themselves.

    A line that asks a model to change the name holds the other name as well as any, so standing in the document is not enough.
    """
    doubted = any(item["pointer"] == "/basics/name" for item in draft.meta.x_cn.review)
    stands_alone = any(
        fold(resume.basics.name or "") == fold(piece) for row in rows for piece in _PIECE.split(row.text)
    )
    members = ["phone", "email"] if doubted and stands_alone else ["phone", "email", "name"]
    for member in members:
        read, said = (getattr(reading.basics, member) or "" for reading in (draft, resume))
        if read and fold(read) != fold(said):
            setattr(resume.basics, member, read)


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
