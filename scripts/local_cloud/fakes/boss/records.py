"""Openings in Boss Zhipin's words. Field names as the board's own web pages use them, recruiter fields included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scripts.local_cloud.fakes.job_market import Opening, description_html

CITIES = {
    101010100: "北京",
    101020100: "上海",
    101280100: "广州",
    101280600: "深圳",
    101210100: "杭州",
    101270100: "成都",
}
YEARS = {108: "应届", 103: "1年以下", 104: "1-3年", 105: "3-5年", 106: "5-10年", 107: "10年以上"}
DEGREES = {202: "大专", 203: "本科", 204: "硕士", 205: "博士"}
_RANKS = ("大专", "本科", "硕士", "博士")
_PRINTED_YEARS = {"应届": "应届生", "1年以下": "1年以内"}


def job_id(opening: Opening) -> str:
    """Unlike the number, as an encrypted id is."""
    return f"{opening.number * 2_654_435_761 % 2**32:08x}b{opening.number:03d}~"


def salary(opening: Opening) -> str:
    """K for months, 元/天 for days; a year is printed as months."""
    low, high = opening.low, opening.high
    forms = {
        "thirteen": f"{low}-{high}K·13薪",
        "day": f"{round(low * 1000 / 21.75)}-{round(high * 1000 / 21.75)}元/天",
        "open": "薪资面议",
    }
    return forms.get(opening.pay_form, f"{low}-{high}K")


def as_record(opening: Opening) -> dict[str, Any]:
    person = opening.recruiter
    return {
        "encryptJobId": job_id(opening),
        "securityId": f"sec{opening.number}",
        "jobName": opening.title,
        "salaryDesc": salary(opening),
        "jobExperience": _PRINTED_YEARS.get(opening.years, opening.years),
        "jobDegree": opening.degree,
        "cityName": opening.city,
        "areaDistrict": opening.district,
        "brandName": opening.company,
        "brandIndustry": opening.industry,
        "skills": list(opening.skills),
        "welfareList": ["五险一金", "补充医疗"],
        "jobUrl": f"https://www.zhipin.com/job_detail/{job_id(opening)}.html",
        "lastModifyTime": int(opening.published_at.timestamp() * 1000),
        "bossName": person.name,
        "bossTitle": "招聘者",
        "bossPhone": person.phone,
        "bossWeChat": person.wechat,
    }


def as_detail(opening: Opening) -> dict[str, Any]:
    record, person = as_record(opening), opening.recruiter
    return {
        "jobInfo": {
            "jobName": opening.title,
            "salaryDesc": record["salaryDesc"],
            "experienceName": record["jobExperience"],
            "degreeName": opening.degree,
            "locationName": opening.city,
            "areaDistrict": opening.district,
            "address": "软件园 8 号楼",
            "postDescription": description_html(opening),
            "showSkills": record["skills"],
            "jobUrl": record["jobUrl"],
            "lastModifyTime": record["lastModifyTime"],
        },
        "bossInfo": {"name": person.name, "title": "招聘者", "mobile": person.phone, "email": person.email},
        "brandComInfo": {"brandName": opening.company, "industryName": opening.industry, "scaleName": "100-499人"},
    }


def passes(opening: Opening, asked: Mapping[str, Any]) -> bool:
    return (
        opening.matches(str(asked.get("query", "")))
        and ("city" not in asked or opening.city == CITIES.get(asked["city"]))
        and ("experience" not in asked or opening.years == YEARS.get(asked["experience"]))
        and ("degree" not in asked or _within(opening.degree, DEGREES.get(asked["degree"])))
        and ("salaryFloor" not in asked or opening.high >= int(asked["salaryFloor"]))
    )


def _within(degree: str, own: str | None) -> bool:
    return own is not None and _RANKS.index(degree) <= _RANKS.index(own)
