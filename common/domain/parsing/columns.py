"""Tables with a row of column names: 时间 | 学校 | 专业 | 学历, and each row below is an entry."""

import re
from collections.abc import Sequence

from common.domain.parsing.pieces import label_name
from common.domain.parsing.rows import Row
from common.domain.resume.sections import simplified

_GAP = re.compile(r"\s*\|\s*|\s{2,}")
_LONGEST_NAME = 22
_WORDS = (
    (
        "time",
        re.compile(
            r"时间|日期|年月|起止|期间|^(?:passing )?(?:year|date|dates|period|duration)(?: of passing)?$", re.I
        ),
    ),
    ("project", re.compile(r"项目(?:名称)?$|课题|作品")),
    (
        "school",
        re.compile(
            r"院校|学校|毕业院|^(?:name of )?(?:the )?(?:institut(?:e|ion)|school|college|university)(?:[ /].*)?$", re.I
        ),
    ),
    (
        "company",
        re.compile(
            r"公司|单位|机构|机关|企业|组织|部队|社团名称|^(?:company|employer|organi[sz]ation)(?: name)?$", re.I
        ),
    ),
    ("department", re.compile(r"部门|科室")),
    ("major", re.compile(r"专业|^(?:major|speciali[sz]ation|branch|discipline|stream)$", re.I)),
    ("degree", re.compile(r"学历|学位|层次|文凭|^(?:degree|qualification|course|examination|standard)$", re.I)),
    ("duties", re.compile(r"职责|内容|描述|业绩|工作概述|备注|说明|情况")),
    ("role", re.compile(r"角色")),
    ("job", re.compile(r"职务|职位|岗位|职称|任职|担任|^(?:position|designation|job title)$", re.I)),
    ("city", re.compile(r"地点|城市")),
    (
        "other",
        re.compile(
            r"^(?:percentage|marks|cgpa|gpa|grade|score|result|percentage of marks)(?:[ /%].*)?$|"
            r"名称|证明人|电话|姓名|称呼|关系|级别|等级|奖项|荣誉|成绩|颁发|"
            r"授予|离职|薪|汇报|类别|性质|形式|学制|导师|课程|掌握|程度|技能|年龄|政治面貌|规模|结果|证书|维度|使用时|年限",
            re.I,
        ),
    ),
)


def column_names(row: Row) -> list[str] | None:
    """The canonical names of the columns when every cell of the row is one; at least two different ones are known."""
    cells = cells_of(row)
    if len(cells) < 2 or any(not cell or len(cell) > _LONGEST_NAME for cell in cells):
        return None
    names = [_column_name(cell) for cell in cells]
    known = [name for name in names if name]
    return [name or "other" for name in names] if len(known) == len(names) and len(set(known)) > 1 else None


def _column_name(cell: str) -> str | None:
    text = simplified(re.sub(r"\s", "", cell))
    if re.search(r"\d|[:：。]", text):
        return None
    return next((name for name, pattern in _WORDS if pattern.search(text)), None) or label_name(text)


def cells_of(row: Row) -> list[str]:
    return [cell.strip() for cell in _GAP.split(row.text.strip(" |"))]


def cells_by_name(row: Row, names: Sequence[str]) -> dict[str, str] | None:
    """The row's cells under their columns' names; None when it has another number of cells. A dash is an empty cell."""
    cells = cells_of(row)
    if len(cells) != len(names):
        return None
    return {name: cell for name, cell in zip(names, cells, strict=True) if re.search(r"\w", cell) and name != "other"}
