"""Who the person is: the fields of the page's head, wherever they stand."""

import re
from collections.abc import Sequence

from common.domain.parsing.draft import Draft
from common.domain.parsing.education import study_from_pairs, study_in_head
from common.domain.parsing.fields.email import find_email
from common.domain.parsing.fields.intention import find_intention
from common.domain.parsing.fields.links import find_profiles, linked_email
from common.domain.parsing.fields.name import find_name
from common.domain.parsing.fields.personal import find_home, find_personal
from common.domain.parsing.fields.phone import find_phone
from common.domain.parsing.fields.places import find_place, is_place
from common.domain.parsing.fields.position import ends_as_position
from common.domain.parsing.fields.summary import find_summary, is_prose
from common.domain.parsing.found import POSITION, Found
from common.domain.parsing.pieces import label_pairs, pieces
from common.domain.parsing.rows import Row
from common.domain.parsing.sections import Section, rows_of
from common.domain.resume.model import EntryExtension, Location

_LONGEST_ADDRESS = 80
_ADDRESS = re.compile(
    r"^\d{1,5}[,\s].{2,40}\b(?:Road|Rd|Street|St|Avenue|Ave|Lane|Drive|Way|Boulevard|Blvd|Square)\b|[Ss]tra(?:ße|sse) \d|"
    r"[省市区县].{1,16}[路街道巷]"
)
_LONGEST_LABEL = 60
_ACCOUNT = re.compile(
    r"(?:github|gitee|linkedin|领英|博客|个人博客|技术博客|blog|个人主页|主页|csdn|知乎|微信|wechat)\s*[:：]\s*\S",
    re.IGNORECASE,
)


def read_basics(rows: Sequence[Row], sections: Sequence[Section], draft: Draft) -> None:
    head = rows_of(sections, "top", "personal", "intention", "links", "other")
    pairs = list(label_pairs(head))
    draft.set_basic("name", find_name(rows, pairs))
    draft.set_basic("phone", find_phone(head) or find_phone(rows))
    draft.set_basic("email", find_email(head) or find_email(rows) or linked_email(rows))
    basics, extension = draft.resume.basics, draft.resume.x_cn
    accounts = [row for row in rows if _ACCOUNT.match(row.plain) and row not in head]
    basics.url, basics.profiles = find_profiles([*head, *accounts], [*pairs, *label_pairs(accounts)])
    basics.location = find_home(pairs) or _printed_place(head)
    extension.personal = find_personal(pairs, rows_of(sections, "top", "personal"), rows_of(sections, "personal"))
    extension.intention = find_intention(rows_of(sections, "intention"), pairs)
    if extension.intention and extension.intention.positions:
        basics.label = extension.intention.positions[0]
    else:
        draft.set_basic("label", _printed_title(rows_of(sections, "top"), basics.name))
    study_from_pairs(pairs, draft)
    study_in_head(rows_of(sections, "top", "personal"), draft)


def read_summary(sections: Sequence[Section], draft: Draft) -> None:
    """The sections meant for it, else prose in the head of the page."""
    meant = [section for section in sections if section.kind == "summary" and section.rows]
    known = draft.resume.basics.name or draft.resume.basics.email or draft.resume.basics.phone
    rows = [row for section in meant for row in section.rows] or (_prose(rows_of(sections, "top")) if known else [])
    draft.resume.basics.summary = find_summary(rows)
    if meant:
        draft.resume.basics.x_cn = EntryExtension(heading=meant[0].heading)


def _prose(rows: Sequence[Row]) -> list[Row]:
    """From the first sentence of the head on: a paragraph's last line is often short."""
    first = next((place for place, row in enumerate(rows) if is_prose(row)), None)
    return [] if first is None else [row for row in rows[first:] if "@" not in row.text]


def _printed_place(rows: Sequence[Row]) -> Location | None:
    """浙江杭州 on its own, 中国，浙江 – 杭州 – 西湖区… as a line, or "San Francisco, CA" among the contacts."""
    for row in rows:
        parts = pieces(row.plain)
        if len(parts) > 2 and is_place(parts[0]) and is_place(parts[1]) and "@" not in row.text:
            return Location(address=row.text)
        if len(row.text) <= _LONGEST_ADDRESS and _ADDRESS.search(row.text) and "@" not in row.text:
            return Location(address=row.text)
        city = find_place(row.text) or next((part for part in parts if is_place(part) and len(part) > 1), None)
        if city:
            return Location(city=city)
    return None


def _printed_title(rows: Sequence[Row], name: str | None) -> Found | None:
    """A line under the name that is a job title, or a part of the contact line: Senior Software Engineer | 138 …"""
    for row in rows:
        for text in (row.text, *pieces(row.text)):
            if row.is_header_like and len(text) <= _LONGEST_LABEL and text != name and ends_as_position(text):
                return Found(text, row, POSITION)
    return None
