"""Openings from word banks that we wrote. Nobody in them exists, and none was taken from a real board."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

COUNT = 360
_SEED = 20261101
_NEWEST = datetime(2026, 11, 1, 9, 0, tzinfo=timezone(timedelta(hours=8)))
_MOST_SKILLS = 5
_PAY_FORMS = ("month", "month", "month", "month", "thirteen", "year", "day", "open")


@dataclass(frozen=True)
class Recruiter:
    """Personal data that must never get through to a user."""

    name: str
    phone: str
    wechat: str
    email: str


@dataclass(frozen=True)
class Opening:
    """`low` and `high` are thousands of yuan a month; `pay_form` is how the board prints them."""

    number: int
    title: str
    company: str
    industry: str
    city: str
    district: str
    low: int
    high: int
    pay_form: str
    years: str
    degree: str
    skills: tuple[str, ...]
    duties: tuple[str, ...]
    recruiter: Recruiter
    published_at: datetime

    def matches(self, keyword: str) -> bool:
        """Every word of it somewhere in the title, the skills, the duties or the company."""
        text = " ".join([self.title, self.company, *self.skills, *self.duties]).casefold()
        return all(word in text for word in keyword.casefold().split())


@cache
def openings() -> tuple[Opening, ...]:
    """Newest first."""
    banks = json.loads((Path(__file__).parent / "banks.json").read_text(encoding="utf-8"))
    made = [_opening(number, random.Random(_SEED + number), banks) for number in range(COUNT)]
    return tuple(sorted(made, key=lambda opening: opening.published_at, reverse=True))


def _opening(number: int, dice: random.Random, banks: Mapping[str, Any]) -> Opening:
    trade = banks["trades"][number % len(banks["trades"])]
    level = dice.choice(banks["levels"])
    city, districts = dice.choice(banks["cities"])
    low = max(3, round(trade["base"] * level["factor"] * dice.uniform(0.85, 1.15)))
    return Opening(
        number=number,
        title=level["prefix"] + dice.choice(trade["titles"]),
        company=f"{city}{dice.choice(banks['companies'])}{dice.choice(banks['forms'])}",
        industry=trade["industry"],
        city=city,
        district=dice.choice(districts),
        low=low,
        high=low + max(2, round(low * dice.uniform(0.3, 0.7))),
        pay_form=dice.choice(_PAY_FORMS),
        years=level["years"],
        degree=dice.choice(trade["degrees"]),
        skills=tuple(dice.sample(trade["skills"], k=min(_MOST_SKILLS, len(trade["skills"])))),
        duties=tuple(trade["duties"]),
        recruiter=_recruiter(number, dice, banks["people"]),
        published_at=_NEWEST - timedelta(hours=dice.randrange(1, 24 * 40), minutes=number),
    )


def _recruiter(number: int, dice: random.Random, people: Sequence[str]) -> Recruiter:
    """Numbers of a prefix that is not given out."""
    return Recruiter(
        name=dice.choice(people),
        phone=f"1990000{number:04d}",
        wechat=f"zhaopin_hr_{number:03d}",
        email=f"hr{number}@recruit.example.com",
    )
