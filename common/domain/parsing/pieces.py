"""One line → its pieces and its label-value pairs, however the author set them apart."""

import re
from collections.abc import Iterator

from common.domain.parsing.fields.places import is_place
from common.domain.parsing.rows import Row
from common.domain.resume.sections import simplified
from common.domain.resume.text import is_han

_TRIM = " \t,，;；:：|·∙•⋅-–—~/、"
_SPLIT = re.compile(
    r"\s{2,}|\s*[|｜；;∙•⋅]\s*|\s+[·•–—\-]{1,2}\s+|\s*·\s*(?=[\u4e00-\u9fff])|"
    r"(?<=[\u4e00-\u9fff])·(?=[A-Za-z])|，|,(?!\s*(?:Inc|Ltd|LLC|Co)\b)(?=\s|[\u4e00-\u9fff])"
    r"|(?<=[\u4e00-\u9fff）)])\s+(?=[\u4e00-\u9fff（])"
)

# Canonical name → how it is printed (spaces removed, simplified Chinese, lower case).
LABELS: dict[str, str] = {
    "name": "姓名 名字 name fullname",
    "phone": "电话 手机 手机号 手机号码 联系电话 电话号码 联系方式 联系手机 移动电话 mobile phone tel telephone cell",
    "email": "邮箱 电子邮箱 电子邮件 邮件 email e-mail mail mailto",
    "wechat": "微信 微信号 wechat",
    "qq": "qq qq号 qq号码",
    "url": "网址 个人网址 个人网站 个人主页 主页 博客 个人博客 技术博客 blog website homepage portfolio",
    "github": "github gitee",
    "linkedin": "linkedin 领英",
    "home": "现居地 现居 现居住地 现住址 现住地址 居住地 所在地 所在城市 住址 地址 通讯地址 联系地址 "
    "家庭住址 location address",
    "gender": "性别 gender",
    "age": "年龄 age",
    "birth": "出生年月 出生日期 出生年月日 生日 出生 birthday dateofbirth",
    "origin": "籍贯 户籍 户口 户口所在地 户籍所在地 生源地 国籍 nationality",
    "ethnicity": "民族",
    "party": "政治面貌",
    "marriage": "婚姻状况 婚姻 婚否",
    "body": "身高 体重 健康状况 视力",
    "experience_years": "工作年限 从业年限 工龄 工作经验",
    "position": "求职意向 意向岗位 意向职位 应聘职位 应聘岗位 期望职位 期望岗位 目标岗位 目标职位 求职目标 "
    "求职岗位 期望从事职业",
    "city": "城市 意向城市 期望城市 目标城市 工作地点 期望地点 期望工作地 期望工作地点 意向地点",
    "salary": "期望薪资 薪资要求 期望薪水 期望月薪 薪资 期望待遇 目前薪资 薪资期望",
    "available": "到岗时间 到岗 可到岗时间 入职时间 最快到岗",
    "employment_type": "工作性质 求职类型 工作类型 求职状态 目前状态 当前状态 岗位性质",
    "school": "毕业院校 毕业学校 学校 院校 学校名称 school",
    "major": "专业 所学专业 主修专业 就读专业 专业名称 major",
    "degree": "学历 学位 最高学历 学历学位 学历/学位 degree",
    "score": "gpa 成绩 绩点 平均绩点 平均成绩 均分 学分绩点 overallgpa cumulativegpa cum.gpa majorgpa",
    "rank": "排名 专业排名 班级排名 年级排名 成绩排名 rank",
    "courses": "课程 主修课程 核心课程 主要课程 专业课程 相关课程 coursework relevantcoursework courses",
    "company": "公司 公司名称 单位 工作单位 单位名称 任职单位 实习单位 company",
    "job": "职位 岗位 职务 职称 担任职务 职位名称 岗位名称 工作岗位 position title",
    "department": "部门 所属部门 所在部门",
    "time": "时间 起止时间 起止日期 工作时间 项目时间 在职时间 就读时间 日期 项目周期 开发周期 时间周期",
    "project": "项目名称 项目名 项目",
    "role": "角色 项目角色 担任角色 项目职务 我的角色 本人角色 role",
    "stack": "技术栈 项目技术 开发环境 关键技术 使用技术 技术选型 技术架构 开发工具 所用技术 相关技术 "
    "软件环境 techstack technologies 关键字 关键词 keywords",
    "about": "项目描述 项目简介 项目介绍 项目背景 项目概述 公司描述 公司简介 简介 描述",
    "duties": "工作内容 工作描述 工作职责 岗位职责 职责描述 主要职责 项目职责 责任描述 职责 主要工作 "
    "工作业绩 主要业绩 个人职责 负责内容",
}
_GLUED = re.compile(r"^(求职意向|意向岗位|意向职位|应聘职位|应聘岗位|期望职位)(?![:：\s|]|城市)(.{2,40})$")
_PAIR_GAP = re.compile(r"\s{2,}|\s*[|｜]\s*|\s+[·•∙]\s+|[;；，](?=[^：:]{2,10}[：:])")
_LETTER_SPACED = re.compile(
    r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?=\s*(?:[:：|]|$))"
)  # 姓    名：
_CANONICAL = {printed: name for name, forms in LABELS.items() for printed in forms.split()}


def pieces(text: str) -> list[str]:
    """The parts of a header line: "腾讯科技 | 后端工程师 | 深圳" → three pieces."""
    return [piece for field in re.split(r"\s{4,}|\s\|\s", text) for piece in _pieces_of(field.strip(_TRIM))]


def _pieces_of(field: str) -> list[str]:
    if is_place(field):
        return [field]
    return [piece for piece in (part.strip(_TRIM) for part in _SPLIT.split(field)) if piece]


def label_name(text: str) -> str | None:
    """The canonical name of a printed label, or None: "出 生 年 月：" → "birth"."""
    key = simplified(text).strip(" :：[]【】").replace(" ", "").lower()
    return _CANONICAL.get(key)


def close_letter_spacing(text: str) -> str:
    """姓    名：张三 → 姓名：张三. Only labels of two characters are set like that."""
    return _LETTER_SPACED.sub(r"\1\2", text)


def label_pairs(rows: list[Row]) -> Iterator[tuple[str, str, str, Row]]:
    """(canonical name, printed label, value, row) for "label：value", "label | value", and a label above its value."""
    waiting: tuple[str, str] | None = None
    for row in rows:
        parts = [part.strip() for part in _PAIR_GAP.split(close_letter_spacing(row.plain)) if part.strip()]
        for part in parts:
            labelled = _labelled(part)
            name = labelled[0] if labelled else label_name(part)
            if labelled and labelled[2]:
                yield *labelled, row
                waiting = None
            elif name:
                waiting = (name, part.strip(" :：").replace(" ", ""))
            elif waiting:
                yield *waiting, part, row
                waiting = None


def _labelled(part: str) -> tuple[str, str, str] | None:
    glued = _GLUED.match(part)
    if glued:
        return "position", glued[1], glued[2]
    for found in re.finditer(r"[:：]|\s+", part):
        name = label_name(part[: found.start()])
        if name and (found.group() in ":：" or is_han(part[0])):
            value = part[found.end() :].strip(" :：")
            return name, part[: found.start()].replace(" ", ""), value
    return None
