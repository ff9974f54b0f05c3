"""Small Word resumes, no two of the same person: whose is whose can be told from the title they end up with."""

from __future__ import annotations

import io
from functools import cache

from docx import Document

SURNAMES, FIRST, SECOND = "林周陈赵孙吴郑王冯褚", "晓思雨嘉若子一文书清", "舟远宁行川禾安然明澄"
MOST = len(SURNAMES) * len(FIRST) * len(SECOND)

LINES = (
    "教育经历",
    "2015.09 - 2019.06  江南示例大学  计算机科学与技术  本科",
    "工作经历",
    "2019.07 - 2024.05  云帆示例科技有限公司  后端工程师",
    "负责订单系统的开发和维护，接口平均响应时间从 300 毫秒降到 120 毫秒",
    "参与支付对账服务的重构，每天处理 20 万笔订单",
    "专业技能",
    "Python、MySQL、Redis",
)


def name_of(number: int) -> str:
    """One of a thousand names; from there on they begin again."""
    number %= MOST
    return SURNAMES[number // 100] + FIRST[number // 10 % 10] + SECOND[number % 10]


@cache
def paper_of(number: int) -> bytes:
    """A .docx of about 36 KB, which one page holds."""
    document = Document()
    document.add_paragraph(name_of(number))
    document.add_paragraph(f"电话：1380000{number % 10_000:04}  邮箱：u{number}@example.com")
    for line in LINES:
        document.add_paragraph(line)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()
