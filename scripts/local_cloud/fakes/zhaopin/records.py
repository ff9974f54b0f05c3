"""Openings in Zhaopin's words. Field names as the board's own web pages use them, recruiter fields included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scripts.local_cloud.fakes.job_market import Opening, description_html

CITIES = {"530": "北京", "538": "上海", "763": "广州", "765": "深圳", "653": "杭州", "801": "成都"}
YEARS = {"0000": "应届", "0001": "1年以下", "0103": "1-3年", "0305": "3-5年", "0510": "5-10年", "1099": "10年以上"}
DEGREES = {"5": "大专", "4": "本科", "3": "硕士", "1": "博士"}
_RANKS = ("大专", "本科", "硕士", "博士")
_PRINTED_YEARS = {"应届": "无经验", "1年以下": "1年以下"}


def job_id(opening: Opening) -> str:
    return f"CC{100_000 + opening.number * 7}J{4_000_000 + opening.number}"


def salary(opening: Opening) -> str:
    """万 for months, 元/天 for days, 万/年 for years."""
    low, high = opening.low, opening.high
    forms = {
        "year": f"{low * 12 / 10:g}-{high * 12 / 10:g}万/年",
        "day": f"{round(low * 1000 / 21.75)}-{round(high * 1000 / 21.75)}元/天",
        "open": "面议",
    }
    return forms.get(opening.pay_form, f"{low / 10:g}-{high / 10:g}万")


def as_record(opening: Opening) -> dict[str, Any]:
    person = opening.recruiter
    return {
        "number": job_id(opening),
        "name": opening.title,
        "companyName": opening.company,
        "industryName": opening.industry,
        "salary60": salary(opening),
        "salaryCount": "13薪" if opening.pay_form == "thirteen" else "",
        "workCity": opening.city,
        "cityDistrict": opening.district,
        "education": opening.degree,
        "workingExp": _PRINTED_YEARS.get(opening.years, opening.years),
        "jobSkillTags": [{"name": skill} for skill in opening.skills],
        "welfareTagList": ["五险一金", "双休"],
        "jobSummary": description_html(opening)[:200],
        "positionURL": f"https://jobs.zhaopin.com/{job_id(opening)}.htm",
        "publishTime": opening.published_at.strftime("%Y-%m-%d %H:%M:%S"),
        "staffCard": {"staffName": person.name, "hrJob": "人事经理", "mobile": person.phone, "wechat": person.wechat},
    }


ADVERT = {"adType": "banner", "companyName": "广告位", "positionURL": "https://ad.example.com"}


def as_detail(opening: Opening) -> dict[str, Any]:
    record, person = as_record(opening), opening.recruiter
    position = {
        "base": {
            "positionName": opening.title,
            "positionNumber": record["number"],
            "salary": record["salary60"],
            "salaryCount": record["salaryCount"],
            "education": opening.degree,
            "positionWorkingExp": record["workingExp"],
            "positionURL": record["positionURL"],
            "publishTime": record["publishTime"],
        },
        "company": {"companyName": opening.company, "contactEmail": person.email},
        "desc": {"description": description_html(opening), "labels": record["jobSkillTags"]},
        "workLocation": {"cityName": opening.city, "districtName": opening.district, "address": "科技路 1 号"},
        "recruiter": record["staffCard"],
    }
    return {"jobDetailData": {"position": position}}


def passes(opening: Opening, asked: Mapping[str, str]) -> bool:
    """The board's own filters; a code it does not know finds nothing."""
    return (
        opening.matches(asked.get("keyword", ""))
        and ("cityId" not in asked or opening.city == CITIES.get(asked["cityId"]))
        and ("workingExp" not in asked or opening.years == YEARS.get(asked["workingExp"]))
        and ("education" not in asked or _within(opening.degree, DEGREES.get(asked["education"])))
        and ("salaryFrom" not in asked or opening.high * 1000 >= int(asked["salaryFrom"]))
    )


def _within(degree: str, own: str | None) -> bool:
    return own is not None and _RANKS.index(degree) <= _RANKS.index(own)
