"""What needs the user's eye: {pointer, message}, in plain Chinese, one item a thing to look at."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from common.domain.parsing.fields.identity import holds_masked_identity
from common.domain.parsing.fields.phone import is_masked
from common.domain.parsing.provenance import pointer
from common.domain.parsing.rows import Row
from common.domain.resume.model import Entry, Resume

Review = list[dict[str, str]]
_Item = tuple[str, str]

_UNSURE = 0.4
_UNSURE_RECOGNISED = 0.6
_NAMED = {
    "/basics/name": "姓名",
    "/basics/phone": "电话",
    "/basics/email": "邮箱",
    "/basics/label": "职位",
    "institution": "学校",
    "area": "专业",
    "studyType": "学历",
    "position": "职位",
    "organization": "组织",
    "name": "名称",
}
_SECTIONS = {"work": "工作", "education": "教育", "projects": "项目", "volunteer": "校园或志愿"}
_DATED = ("work", "education")
_MOBILE_DIGITS = 11


def review_of(
    resume: Resume, provenance: Mapping[str, Mapping[str, Any]], rows: Sequence[Row], *, rivals: Sequence[str] = ()
) -> Review:
    """`rivals` are names that were nearly as likely as the one taken."""
    items = [
        *_missing(resume),
        *_contacts(resume, rows),
        *([("/basics/name", f"也可能是{'、'.join(rivals[:3])}，请确认姓名")] if rivals else []),
        *_periods(resume),
        *_overlaps(resume),
        *_unsure(provenance),
        *_recognised(provenance),
    ]
    return [{"pointer": where, "message": message} for where, message in dict.fromkeys(items)]


def _missing(resume: Resume) -> Iterator[_Item]:
    basics = resume.basics
    checks = (
        ("/basics/name", basics.name, "没有找到姓名，请填写"),
        ("/basics/phone", basics.phone, "没有找到电话，请填写"),
        ("/basics/email", basics.email, "没有找到邮箱，请填写"),
        ("/education", resume.education, "没有找到教育经历，请检查"),
        ("/work", resume.work or resume.projects, "没有找到工作、实习或项目经历，请检查"),
    )
    yield from ((where, message) for where, value, message in checks if not value)


def _contacts(resume: Resume, rows: Sequence[Row]) -> Iterator[_Item]:
    phone = resume.basics.phone or ""
    digits = re.sub(r"\D", "", phone).removeprefix("86")
    if is_masked(phone):
        yield "/basics/phone", "电话有几位被隐去了，投递前请补全"
    elif (
        digits[:1] == "1"
        and not phone.lstrip("(（").startswith("+1")
        and 8 < len(digits) < _MOBILE_DIGITS
        and "(" not in phone
    ):
        yield "/basics/phone", f"手机号应为 11 位，这里是 {len(digits)} 位"
    if any(holds_masked_identity(row.text) for row in rows):
        yield "/x_cn/personal", "发现身份证号，已打码；简历里一般不需要写"


def _periods(resume: Resume) -> Iterator[_Item]:
    for where, section, entry in _entries(resume):
        start, end = entry.start_date, entry.end_date
        raw = entry.x_cn.date_raw if entry.x_cn else None
        if start and end and start[: len(end)] > end[: len(start)]:
            yield f"{where}/endDate", f"结束时间早于开始时间：{raw or f'{start} - {end}'}"
        elif raw and re.search(r"\d{4}[./年-]\s?(?:1[3-9]|[2-9]\d|00)(?!\d)", raw):
            yield f"{where}/startDate", f"月份不对：{raw}"
        elif raw and not start and not end and not (entry.x_cn and entry.x_cn.current):
            yield f"{where}/startDate", f"时间还是占位符：{raw}"
        elif not raw and section in _DATED and not start and not end:
            yield where, f"这段{_SECTIONS[section]}经历没有写时间"


def _overlaps(resume: Resume) -> Iterator[_Item]:
    """Full-time jobs at different employers that share more than a month; years alone say too little."""
    jobs = [
        (place, job.start_date, "9999-12" if job.x_cn and job.x_cn.current else job.end_date, job.name)
        for place, job in enumerate(resume.work)
        if job.start_date and len(job.start_date) >= 7 and not (job.x_cn and job.x_cn.kind)
    ]
    for index, (place, start, end, name) in enumerate(jobs):
        for _, other_start, other_end, other_name in jobs[:index]:
            shared = end and other_end and name != other_name and max(start, other_start) < min(end, other_end)
            if shared and len(end or "") >= 7 and len(other_end or "") >= 7:
                yield f"/work/{place}", f"与“{other_name or '另一段经历'}”的时间重叠，请确认"


def _entries(resume: Resume) -> Iterator[tuple[str, str, Any]]:
    for section in _SECTIONS:
        entries: Sequence[Entry] = getattr(resume, section)
        for place, entry in enumerate(entries):
            yield pointer((section, place)), section, entry


def _unsure(provenance: Mapping[str, Mapping[str, Any]]) -> Iterator[_Item]:
    for where, place in provenance.items():
        last = where.rpartition("/")[2]
        label = _NAMED.get(where) or (
            _NAMED.get(last) if where.count("/") == 3 and where.split("/")[1] in _SECTIONS else None
        )
        limit = _UNSURE_RECOGNISED if place["method"] == "ocr" else _UNSURE
        if label and place["confidence"] < limit:
            yield where, f"{label}不太确定，请核对"


def _recognised(provenance: Mapping[str, Mapping[str, Any]]) -> Iterator[_Item]:
    """Recognition mistakes 0 for O and 1 for 7: digits of pictures are read twice."""
    for where, place in provenance.items():
        if place["method"] != "ocr":
            continue
        if where == "/basics/phone":
            yield where, "电话是从图片识别的，请逐位核对"
        elif where == "/basics/email":
            yield where, "邮箱是从图片识别的，请逐字核对"
        elif where.endswith("/x_cn/date_raw") and where.split("/")[1] in _DATED:
            yield where, "时间是从图片识别的，请核对"
