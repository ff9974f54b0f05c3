"""One record of a board → one Job. What is not mapped is never read; what is mapped is cleaned, cut and folded."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from common.domain.jobs import Job, JobRef, degree_wanted, read_salary, without_contacts, years_wanted
from common.domain.jobs.places import split_place
from common.errors import NotFound
from common.vendors.job_boards.html import one_line, plain_text
from common.vendors.job_boards.mapping import Fields, Mapping
from common.vendors.job_boards.paths import value_at, values_at

_MOST_SKILLS, _LONGEST_SKILL = 20, 30
_MILLISECONDS = 10**11
_FORMS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d", "%Y/%m/%d")


def jobs_of(records: object, mapping: Mapping, *, fetched_at: datetime) -> Iterator[Job]:
    """In the board's order. Adverts and what has neither id nor title are passed over."""
    for record in records if isinstance(records, list) else []:
        job = job_of(record, mapping, mapping.fields, fetched_at=fetched_at)
        if job is not None:
            yield job


def job_of(
    record: object, mapping: Mapping, fields: Fields, *, fetched_at: datetime, job_id: str | None = None
) -> Job | None:
    reader = _Reader(record, mapping)
    own_id = job_id or reader.line(fields.job_id, most=100)
    title = reader.public(fields.title, most=80)
    if not own_id or not title:
        return None
    city, district = split_place(reader.line(fields.city, most=60), reader.line(fields.district, most=20))
    try:
        ref = JobRef.of(own_id, mapping.name)
        return Job(
            source=ref.source,
            job_id=ref.job_id,
            title=title,
            company=reader.public(fields.company, most=60),
            city=city,
            district=district,
            salary=read_salary(reader.line(fields.salary, most=60), months=reader.line(fields.salary_months, most=20)),
            experience=years_wanted(reader.line(fields.experience, most=40)),
            degree=degree_wanted(reader.line(fields.degree, most=40)),
            skills=tuple(reader.skills(fields.skills)),
            description=reader.text(fields.description),
            link=reader.link(fields.link),
            published_at=reader.time(fields.published_at),
            fetched_at=fetched_at,
        )
    except (NotFound, ValidationError):
        return None


class _Reader:
    """One record; every method gives None for what is absent or of no use."""

    def __init__(self, record: object, mapping: Mapping) -> None:
        self._record = record
        self._mapping = mapping

    def _value(self, path: str | None) -> Any:
        value = value_at(self._record, path) if path else None
        return value if isinstance(value, str | int | float) and not isinstance(value, bool) else None

    def line(self, path: str | None, *, most: int) -> str | None:
        value = self._value(path)
        return None if value is None else one_line(str(value), most=most) or None

    def public(self, path: str | None, *, most: int) -> str | None:
        """A line that may name somebody: 招聘会计 13800138000."""
        line = self.line(path, most=most)
        return without_contacts(line) if line else None

    def text(self, path: str | None) -> str | None:
        value = self._value(path)
        return without_contacts(plain_text(str(value))) or None if value is not None else None

    def skills(self, path: str | None) -> list[str]:
        found = values_at(self._record, path) if path else []
        flat = [part for value in found for part in (value if isinstance(value, list) else [value])]
        lines = (one_line(str(part), most=_LONGEST_SKILL) for part in flat if isinstance(part, str))
        return list(dict.fromkeys(without_contacts(line) for line in lines if line))[:_MOST_SKILLS]

    def link(self, path: str | None) -> str | None:
        """https to one of the board's own hosts, or nothing."""
        value = self._value(path)
        try:
            address = urlsplit(str(value or "").strip())
            host = address.hostname or ""
        except ValueError:
            return None
        own = any(host == known or host.endswith(f".{known}") for known in self._mapping.link_hosts)
        return address.geturl()[:500] if address.scheme == "https" and own and not address.username else None

    def time(self, path: str | None) -> datetime | None:
        """Unix seconds or milliseconds, ISO 8601, or the board's local time. UTC."""
        value = self._value(path)
        try:
            return _moment(value, timezone(timedelta(hours=self._mapping.utc_offset_hours)))
        except (ValueError, OverflowError, OSError):
            return None


def _moment(value: str | float | None, zone: timezone) -> datetime | None:
    if value is None:
        return None
    text = str(value).strip()
    if text.replace(".", "", 1).isdigit():
        seconds = float(text) / 1000 if float(text) > _MILLISECONDS else float(text)
        return datetime.fromtimestamp(seconds, timezone.utc)
    for form in _FORMS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=zone).astimezone(timezone.utc)
        except ValueError:
            continue
    found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(timezone.utc)
