"""Inventing a person: name, contacts that cannot be anybody's, and a life whose dates fit together."""

import random
from typing import Any

from scripts.benchmarks.generator.banks import bank, filled
from scripts.benchmarks.generator.career import Career
from scripts.benchmarks.generator.person import Intention, Language, Person, SkillGroup

_PHONES = {
    "zh": ("1380000{:04d}", "1390000{:04d}", "1500000{:04d}", "1860000{:04d}", "1770000{:04d}", "1990000{:04d}"),
    "zh-Hant": ("0900-000-{:03d}",),
    "en": ("(555) 010-{:04d}", "555-010-{:04d}"),
}
_RARE_NAME = 0.2
_MINORITY_NAME = 0.04
_WITH_LINK = 0.25


def invent(profession: str, language: Language, seed: int) -> Person:
    """`profession` as in banks, "nurse.zh". The same arguments give the same person on every machine."""
    dice = random.Random(f"{profession} {seed}")
    own, common = bank(profession), bank(f"common.{language}")
    career = Career(own, common, language, dice)
    education = career.education()
    jobs = career.jobs(education[0].period)
    projects = career.projects(jobs, education[0].period)
    return Person(
        language=language,
        kind=own["kind"],
        name=_name(common, language, dice),
        phone=_phone(language, dice),
        email=_email(common, dice),
        links=_links(language, dice),
        city=dice.choice(common["cities"]),
        intention=_intention(own, common, dice),
        personal=_personal(common, career.birth_year, dice) if language != "en" else {},
        education=education,
        jobs=career.with_projects(jobs, projects),
        projects=projects,
        campus=career.campus(education[0].period),
        skills=_skills(own, common, dice),
        certificates=tuple(filled(one, dice) for one in _some(own["certificates"], 1, 3, dice)),
        awards=career.awards(education[0].period),
        summary=tuple(filled(one, dice) for one in _some(own["summary"], 2, 3, dice)),
    )


def _name(common: dict[str, Any], language: Language, dice: random.Random) -> str:
    if language == "en":
        return f"{dice.choice(common['given'] + common['rare_given'])} {dice.choice(common['surnames'])}"
    if dice.random() < _MINORITY_NAME:
        return str(dice.choice(common["minority"]))
    surname = dice.choice(common["rare_surnames" if dice.random() < _RARE_NAME else "surnames"])
    given = dice.choice(common["rare_given" if dice.random() < _RARE_NAME else "given"])
    return f"{surname}{given}"


def _phone(language: Language, dice: random.Random) -> str:
    return dice.choice(_PHONES[language]).format(dice.randint(100, 999))


def _email(common: dict[str, Any], dice: random.Random) -> str:
    syllables = [dice.choice("lin zhao wen yu qian hao jia xin mo an tian shu ke rui bo".split()) for _ in range(2)]
    form = dice.choice(("{0}{1}{2}", "{0}.{1}", "{0}_{1}{2}", "{2}00{2}", "{0}-{1}"))
    return f"{form.format(*syllables, dice.randint(10, 9999))}@{dice.choice(common['mail'])}"


def _links(language: Language, dice: random.Random) -> dict[str, str]:
    account = f"demo_{dice.randint(100, 99999)}"
    links = {"GitHub": f"https://github.example.com/{account}"}
    if language == "zh":
        links["微信"] = account
    return {label: link for label, link in links.items() if dice.random() < _WITH_LINK}


def _intention(own: dict[str, Any], common: dict[str, Any], dice: random.Random) -> Intention:
    return Intention(
        position=dice.choice(own["positions"]),
        city=dice.choice(common["cities"]),
        salary=dice.choice(common["salaries"]),
        available=dice.choice(common["available"]),
    )


def _personal(common: dict[str, Any], birth_year: int, dice: random.Random) -> dict[str, str]:
    return {
        "性别": dice.choice("男女"),
        "出生年月": f"{birth_year}.{dice.randint(1, 12):02d}",
        "籍贯": dice.choice(common["provinces"]),
        "民族": dice.choice(common["ethnicities"]),
        "政治面貌": dice.choice(common["politics"]),
    }


def _skills(own: dict[str, Any], common: dict[str, Any], dice: random.Random) -> tuple[SkillGroup, ...]:
    return tuple(
        SkillGroup(group["label"], dice.choice(common["levels"]), _some(group["items"], 2, 5, dice))
        for group in own["skills"]
    )


def _some(items: list[str], least: int, most: int, dice: random.Random) -> tuple[str, ...]:
    return tuple(dice.sample(items, min(len(items), dice.randint(least, most))))
