"""Job title."""

import re

_CHINESE = (
    "工程师|工程師|开发者|程序员|经理|经纪人|專員|专员|实习生|实习|主管|总监|总裁|助理|助教|负责人|店主|店长|"
    "买手|顾问|架构师|科学家|分析师|设计师|运营|策划|编辑|秘书|文员|会计|出纳|审计员|调研员|研究员|督导|专家|"
    "产品|教师|老师|讲师|教练|队长|队员|组长|部长|会长|主席|班长|委员|干事|干部|成员|社长|台长|书记|志愿者|"
    "医生|护士|律师|记者|翻译|导师|销售|客服|采购|测试|前端|后端|开发|算法|行政|合伙人|创始人|董事|代表|"
    "店员|服务员|司机|厨师|技术员|管培生|培训生|岗"
)
_ENGLISH = (
    "Engineer|Engineering|Developer|Manager|Analyst|Intern|Internship|Assistant|Scientist|Architect|Consultant|"
    "Designer|Director|Teacher|Tutor|Instructor|Professor|Lead|Leader|Member|Specialist|Administrator|Programmer|"
    "Researcher|Fellow|Associate|Officer|President|Head|Founder|Co-?founder|CEO|CTO|CFO|COO|VP|Representative|"
    "Coordinator|Supervisor|Volunteer|Student|Contributor|Maintainer|Creator|Editor|Writer|Accountant|Nurse|"
    "Cashier|Executive|Strategist|Producer|Technician|Trainee|Apprentice|Freelancer|Owner|Partner|Secretary|"
    "Treasurer|Captain|Chair|Ambassador|Mentor|Postdoc|Barista|Server"
)
_TITLE = re.compile(rf"(?:{_CHINESE})|\b(?:{_ENGLISH})s?\b", re.IGNORECASE)
_TITLE_AT_END = re.compile(
    rf"(?:(?:{_CHINESE})|\b(?:{_ENGLISH})s?)\s*(?:[（(][^）)]*[)）]?|[IVX]+|P\d+)?$", re.IGNORECASE
)


def is_position(text: str) -> bool:
    return bool(_TITLE.search(text))


def ends_as_position(text: str) -> bool:
    """后端工程师, Research Assistant, 项目管理专家（高级 PM）: the title word closes the text."""
    return bool(_TITLE_AT_END.search(text))
