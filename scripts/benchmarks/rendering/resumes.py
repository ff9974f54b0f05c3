"""Resumes to typeset: the generator's fictional people as resumes with truth, and a few that stretch a layout."""

import base64
import io
import random
from collections.abc import Iterator
from typing import Any

from common.domain.resume.model import Resume
from scripts.benchmarks.generator.banks import professions
from scripts.benchmarks.generator.invent import invent
from scripts.benchmarks.generator.person import Job, Language, Period, Person, Project
from scripts.benchmarks.generator.style import Style
from scripts.benchmarks.generator.truth import truth_of

_LANGUAGES: tuple[Language, ...] = ("zh", "en")


def people(count: int, seed: int) -> Iterator[tuple[Resume, dict[str, Any]]]:
    """`count` resumes with the truth of what they say: every fourth English, professions in turn."""
    for number in range(count):
        language = _LANGUAGES[number % 4 == 3]
        jobs = professions(language)
        person = invent(jobs[number % len(jobs)], language, seed * 1000 + number)
        style = Style(language, random.Random(seed), dates="english" if language == "en" else "dots")
        yield resume_of(person), truth_of(person, style, {})


def resume_of(person: Person) -> Resume:
    wish = person.intention
    return Resume.model_validate(
        {
            "basics": {
                "name": person.name,
                "label": wish.position,
                "phone": person.phone,
                "email": person.email,
                "summary": "\n".join(person.summary),
                "location": {"city": person.city},
                "profiles": [_profile(network, place) for network, place in person.links.items()],
            },
            "education": [
                {
                    "institution": one.school,
                    "area": one.major,
                    "studyType": one.degree,
                    "score": one.grade,
                    "courses": one.courses,
                    **_dates(one.period, rank=one.rank),
                }
                for one in person.education
            ],
            "work": [_job(one) for one in person.jobs],
            "projects": [_project(one) for one in person.projects],
            "volunteer": [
                {
                    "organization": one.organisation,
                    "position": one.role,
                    "highlights": one.bullets,
                    **_dates(one.period, kind="campus"),
                }
                for one in person.campus
            ],
            "skills": [{"name": one.label, "keywords": one.items} for one in person.skills],
            "certificates": [{"name": name} for name in person.certificates],
            "awards": [{"title": title, "date": _month(date)} for date, title in person.awards],
            "x_cn": {
                "intention": {"positions": [wish.position], "cities": [wish.city], "available": wish.available},
                "personal": person.personal,
            },
        }
    )


def with_photo(resume: Resume) -> Resume:
    """The resume with a portrait as noisy as a real one: flat colour would flatter the size of the file."""
    from PIL import Image, ImageFilter

    noise = random.Random(7).randbytes(350 * 490)
    picture = Image.frombytes("L", (350, 490), noise).filter(ImageFilter.GaussianBlur(2)).convert("RGB")
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=92)
    shown = resume.model_copy(deep=True)
    shown.basics.image = "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode()
    return shown


def samples() -> dict[str, Resume]:
    """What layouts break on: the longest, the emptiest, both languages, rare names, a photo and none."""
    chinese, _ = next(people(1, 5))
    english = resume_of(invent(professions("en")[0], "en", 5))
    return {
        "one page": one_page(),
        "two pages": two_pages(),
        "with photo": with_photo(one_page()),
        "english": english,
        "mixed": _mixed(chinese, english),
        "rare": _rare(chinese),
        "only a name": Resume.model_validate({"basics": {"name": "𠮷㛃"}}),
        "longest": _longest(chinese),
    }


def one_page() -> Resume:
    """A career start of about a page."""
    full = resume_of(invent(professions("zh")[0], "zh", 11))
    full.work, full.projects = full.work[:2], full.projects[:1]
    return full


def two_pages() -> Resume:
    person, _ = next(people(1, 21))
    other = resume_of(invent(professions("zh")[1], "zh", 22))
    person.work += other.work
    person.projects += other.projects
    return person


def _longest(resume: Resume) -> Resume:
    long = resume.model_copy(deep=True)
    long.work = [*long.work] * 6
    long.projects = [*long.projects] * 6
    return long


def _mixed(chinese: Resume, english: Resume) -> Resume:
    mixed = chinese.model_copy(deep=True)
    for job, other in zip(mixed.work, english.work, strict=False):
        job.highlights += [f"{line}（{job.name}）" for line in other.highlights]
    mixed.basics.url = "https://example.com/portfolio/" + "a-very-long-path/" * 9 + "index.html?lang=zh-CN&from=resume"
    return mixed


def _rare(resume: Resume) -> Resume:
    rare = resume.model_copy(deep=True)
    rare.basics.name = "欧阳𠮷㛃"
    rare.basics.summary = "䶮喆㙍：罕见字 𠮷野；符号 ①②Ⅲ㎡℃→★✅🚀——还有……；“引号”与‘单引号’。"
    return rare


def _job(job: Job) -> dict[str, Any]:
    return {
        "name": job.company,
        "position": job.title,
        "location": job.city,
        "highlights": job.bullets,
        **_dates(job.period, department=job.department),
    }


def _project(project: Project) -> dict[str, Any]:
    return {
        "name": project.name,
        "roles": [project.role],
        "keywords": [word for word in project.stack.split("、") if word],
        "highlights": project.bullets,
        **_dates(project.period),
    }


def _dates(period: Period, **extension: Any) -> dict[str, Any]:
    end = period.end and _month(period.end)
    return {"startDate": _month(period.start), "endDate": end, "x_cn": {**extension, "current": period.end is None}}


def _month(month: Any) -> str:
    return f"{month.year}-{month.month:02d}"


def _profile(network: str, place: str) -> dict[str, str]:
    return {"network": network, "url" if "//" in place else "username": place}
