"""Job title: the words of titles, and the features that tell one from the employer, a department, a project."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from common.domain.parsing.features import Feature, FieldTable

if TYPE_CHECKING:
    from common.domain.parsing.fields.piece import Piece

_CHINESE = (
    "工程师|工程師|开发者|开发人员|程序员|經理|经理|经纪人|專員|专员|实习生|實習生|实习|實習|主管|总监|總監|总裁|总经理|助理|助教|负责人|負責人|店主|店长|"
    "买手|顾问|顧問|架构师|架構師|科学家|分析师|分析師|设计师|設計師|运营|策划|企劃|企划|编辑|編輯|秘书|文员|会计|會計|出纳|审计员|审计|调研员|研究员|研究員|督导|专家|"
    "产品|教师|老师|讲师|講師|教练|队长|队员|组长|组员|部长|副部长|会长|會長|主席|班长|委员|干事|干部|成员|社长|台长|书记|团支书|志愿者|"
    "医生|护士|医师|药师|律师|记者|翻译|导师|销售|业务员|客服|采购|测试|前端|后端|後端|开发|開發|算法|行政|合伙人|创始人|董事|代表|"
    "店员|服务员|司机|厨师|技术员|管培生|培训生|培訓生|主任|院长|校长|学徒|操作员|质检员|收银员|导购|家教|主播|剪辑|摄影师|美工|外教|辅导员|秘书长|法务|人事|招聘|"
    "财务|出品人|导演|制片|研发|运维|爬虫|岗"
)
_ENGLISH = (
    "Engineer|Developer|Manager|Analyst|Intern|Internship|Assistant|Scientist|Architect|Consultant|"
    "Designer|Director|Teacher|Tutor|Instructor|Professor|Lecturer|Lead|Leader|Member|Specialist|Administrator|Admin|Programmer|"
    "Researcher|Fellow|Associate|Officer|President|Head|Founder|Co-?founder|CEO|CTO|CFO|COO|VP|Representative|"
    "Coordinator|Supervisor|Volunteer|Student|Contributor|Maintainer|Creator|Editor|Writer|Author|Accountant|Nurse|"
    "Cashier|Executive|Strategist|Producer|Technician|Trainee|Apprentice|Freelancer|Owner|Partner|Secretary|"
    "Treasurer|Captain|Chair|Ambassador|Mentor|Postdoc|Barista|Server|Organizer|Counsel|Attorney|Clerk|Receptionist|"
    "Advisor|Adviser|Planner|Operator|Translator|Recruiter|Buyer|Photographer|Salesperson|Expert|Tester|Demonstrator|Co-op|Evangelist|Reviewer|Speaker"
)
_TITLE = re.compile(
    rf"^[\u4e00-\u9fff]{{1,8}}(?:[师師]|(?<![党团黨團会學学])[员員])$|^(?:HRBP|HRD|HR|PM|PMO|QA|SRE|DBA|BD)$|(?:{_CHINESE})|\b(?:{_ENGLISH})s?\b",
    re.IGNORECASE,
)
_TITLE_AT_END = re.compile(
    rf"(?:^(?:HRBP|HRD|HR|PM|PMO|QA|SRE|DBA|BD|UI|UX|CEO|CTO|COO|CFO)$|^[\u4e00-\u9fffA-Za-z]{{1,10}}(?:师|師|(?<![党团黨團会學学])[员員])|(?:{_CHINESE})|\b(?:{_ENGLISH})s?)\s*(?:[（(][^）)]{{0,30}}[)）]?|[IVX]+|P\d+)?$",
    re.IGNORECASE,
)
#: Head of Department, Deputy Director of Studies: what follows is led, so its own words say nothing about the piece.
_LEADS_WHAT_FOLLOWS = re.compile(
    r"(?:(?:Deputy|Assistant|Associate|Vice|Acting|Interim|Senior|Global|Regional|Group|Co-?)[- ])*"
    r"(?:Head|Director|Dean|Chair|President|VP|Manager|Chief|Captain|Lead|Leader) of [A-Z][\w&,/ -]{1,50}"
)
_LEAD = re.compile(r"^(?:Senior|Junior|Sr\.?|Jr\.?|Principal|Staff|Chief|Lead|高级|资深|初级|中级|首席)", re.IGNORECASE)


@lru_cache(maxsize=2048)
def is_position(text: str) -> bool:
    return bool(_TITLE.search(text))


@lru_cache(maxsize=2048)
def ends_as_position(text: str) -> bool:
    """后端工程师, Research Assistant, 项目管理专家（高级 PM）, Head of Department: a title word closes or leads the text."""
    return len(text) <= 120 and bool(_TITLE_AT_END.search(text) or _LEADS_WHAT_FOLLOWS.fullmatch(text))


POSITION: FieldTable[Piece] = FieldTable(
    threshold=0.2,
    features=(
        Feature("ends as a title", 0.75, lambda p: p.ends_as_position, "the employer in the same header"),
        Feature(
            "holds a title",
            0.35,
            lambda p: p.is_position and not p.ends_as_position,
            "实习（大数据方向）loses against no one",
        ),
        Feature("grade", 0.1, lambda p: bool(_LEAD.match(p.text)), "a department of the same word"),
        Feature("not first", 0.2, lambda p: p.place > 0, "the employer, which mostly stands first"),
        Feature(
            "Latin without a title", -0.2, lambda p: p.text.isascii() and not p.is_position, "a city that no list knows"
        ),
        Feature("one of two pieces", 0.1, lambda p: p.of == 2, "notes, of which long headers have more"),
        Feature("certainly an employer", -0.8, lambda p: p.is_certainly_company, "某某科技产品有限公司 holds 产品"),
        Feature(
            "word of an organisation",
            -0.35,
            lambda p: p.is_company and not p.ends_as_position,
            "产品研究院, Server Systems",
        ),
        Feature("department", -0.45, lambda p: p.is_department and not p.ends_as_position, "研发部, 测试组"),
        Feature("place", -0.9, lambda p: p.is_place, "the city beside the title"),
        Feature("trade", -0.8, lambda p: p.text.endswith(("業", "行业", "产业")), "便利商店業 beside the employer"),
        Feature("sentence", -0.8, lambda p: p.is_sentence, "负责开发、测试和运维。"),
        Feature("in brackets", -0.6, lambda p: p.text.startswith(("（", "(", "【")), "（项目负责人：李工）"),
        Feature(
            "says what was done",
            -0.7,
            lambda p: bool(re.match(r"(?:负责|参与|协助|主导|使用|完成|Responsible|Worked|Developed)", p.text)),
            "负责后端开发",
        ),
    ),
)

DEPARTMENT: FieldTable[Piece] = FieldTable(
    threshold=0.4,
    features=(
        Feature("word of a department", 0.6, lambda p: p.is_department, "the employer"),
        Feature("not first", 0.2, lambda p: p.place > 0, "an employer called so (测试中心)"),
        Feature("ends as a title", -0.6, lambda p: p.ends_as_position, "研发组组长"),
        Feature("certainly an employer", -0.8, lambda p: p.is_certainly_company, "某某中心有限公司"),
        Feature("sentence", -0.8, lambda p: p.is_sentence or p.width > 44, "the first line of what was done"),
    ),
)
