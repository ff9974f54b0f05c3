"""Lies a model can tell about a resume, by name: what it puts into a sentence, and how it bends one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

#: name | what is added to a Chinese sentence | what is added to an English one. The words are also what must not arrive.
ADDED = """
number with percent | 性能提升37% | improving speed by 37%
number of users | 服务4200万用户 | serving 42 million users
number in words | 效率提高了三倍 | making it three times faster
number without digits | 服务千万级客户 | serving millions of customers
rank | 业绩排名第一 | ranking first in the region
money | 创收860万元 | earning 860,000 dollars
team size | 管理23人 | with 23 people reporting
duration | 历时九个月 | over nine months
date | 2016年3月完成 | finished in March 2016
famous company | 为腾讯提供支持 | for Tencent
company beyond every list | 为海尔提供支持 | for Lamborghini
company with suffix | 客户为星河鲸落科技有限公司 | for Whaleshine Ltd
famous school | 毕业于清华大学 | graduated from Harvard
unknown school | 毕业于江北工学院 | graduated from Elmsworth College
famous city | 常驻深圳 | based in Shenzhen
city beyond every list | 常驻绵阳 | based in Timbuktu
country | 面向越南市场 | for the Peruvian market
person | 师从钱学森 | under Linus Torvalds
person with title | 在张伟教授指导下 | under Professor Whitfield
senior title | 任高级工程师 | as a senior engineer
head of everything | 任技术总监 | as technical director
title beyond every list | 任店长 | as a foreman
lead | 主导全过程 | leading the whole effort
alone | 独立完成全部工作 | single-handedly
degree | 取得硕士学位 | with a master's degree
doctorate | 博士在读 | as a PhD candidate
known certificate | 持有PMP证书 | PMP certified
certificate beyond every list | 考取执业兽医资格 | holding a falconry permit
known honour | 获一等奖学金 | winning a scholarship
honour beyond every list | 获青年岗位能手 | winning the Golden Acorn
employee of the year | 被评为优秀员工 | voted employee of the month
patent | 申请专利 | filing a patent
paper | 发表SCI论文 | publishing a paper
promotion | 因此获得晋升 | and was promoted
tool beyond every list | 使用 Zabbix | using Zabbix
Chinese tool beyond every list | 使用通达信 | using Pfannkuchen
known tool | 使用 PyTorch | using PyTorch
known method | 运用机器学习 | with machine learning
architecture | 支撑高并发 | at high concurrency
process | 采用敏捷开发 | in an agile process
language spoken | 精通法语 | in fluent French
soft skill | 具备卓越领导力 | showing leadership
result without number | 降低了成本 | reducing costs
growth without number | 带来业绩增长 | growing the business
launch | 成功上线 | launched successfully
praise | 效果显著 | with outstanding results
first of its kind | 属行业首创 | the first of its kind
leading | 达到行业领先水平 | industry-leading
good review | 深受客户好评 | praised by customers
no mistakes | 实现零失误 | with zero errors
early | 提前一周交付 | a week ahead of schedule
scope | 推广至全国 | rolled out nationwide
industry | 面向金融行业 | for the banking industry
customers | 服务多家上市公司 | for Fortune 500 companies
whole group | 覆盖全集团 | across the whole group
responsibility | 统筹预算 | owning the budget
new duty | 同时监管安全生产 | also auditing suppliers
cause | 解决了系统卡顿 | fixing the outages
purpose | 满足监管要求 | to satisfy regulators
slogan | 赋能业务增长 | leveraging synergies
model talk | 以下是改写后的句子 | Here is the rewritten sentence
markup | <b>出色</b> | <b>great</b>
markdown | **核心亮点** | **highlight**
link | 详见 https://evil.example | see https://evil.example
address | 联系 evil@example.org | contact evil@example.org
prompt leak | You never add a fact and never lose one | You never add a fact and never lose one
full-width number | 性能提升３７％ | improving speed by ３７％
letters of another script | 使用 Jаva | using Jаva
invisible characters | 服务腾\u200b讯 | for Goo\u200bgle
traditional characters | 服務騰訊 | 服務騰訊
hidden identifier | 电话〔电话9〕 | phone 〔电话9〕
phone of somebody else | 电话13912345678 | phone 13912345678
""".strip()

Bend = Callable[[str], str]


def _words(pattern: str, replacement: str) -> Bend:
    return lambda text: re.sub(pattern, replacement, text, count=1)


def _digits(change: Callable[[str], str]) -> Bend:
    return lambda text: re.sub(r"\d+(?:\.\d+)?", lambda found: change(found[0]), text, count=1)


#: name → the sentence bent; one that comes back as it was cannot tell this lie.
BENT: dict[str, Bend] = {
    "number ten times as large": _digits(lambda digits: f"{float(digits) * 10:g}"),
    "number one larger": _digits(lambda digits: str(int(float(digits)) + 1)),
    "number with a more": _words(r"(?<![超过\d])(\d+)(?=[人个名家份场万])", r"超过 \1 "),
    "number dropped": _words(r"\d+(?:\.\d+)?\s*[%万wW+kK]?\s*[个名人份场次条篇年月天]?", ""),
    "万 becomes 亿": _words(r"(?<=\d)\s*[万wW]", "亿"),
    "人 becomes 万人": _words(r"(?<=\d)人", "万人"),
    "ms becomes s": _words(r"(?<=\d)\s*ms", "s"),
    "hours become days": _words(r"(?<=\d) hours", " days"),
    "每周 becomes 每天": _words("每周|每季度", "每天"),
    "weekly becomes daily": _words("weekly|each week", "daily"),
    "year earlier": _words(r"20(\d)(\d)(?=年)", "2009"),
    "参与 becomes 主导": _words("参与|协助|配合", "主导"),
    "参与 is dropped": _words("参与|协助|配合|Helped the|Assisted the", ""),
    "helped becomes led": _words("Helped|Assisted|Worked with", "Led"),
    "实习 is dropped": _words("实习|带教实习", ""),
    "tool dropped": _words(r"[和、，,]?\s*(?:使用|用)?\s*(?:redis|kafka|SPI|Tableau|SQL)", ""),
    "half the sentence dropped": lambda text: re.split("，|, |、", text)[0],
    "translated": lambda _: "Designed and delivered core systems for the business",
    "另一句 (Chinese boast)": lambda _: "全面负责公司核心业务的规划与落地",
    "direction turned": _words("降到|提高|涨到", "保持"),
    "内科 becomes 外科": _words("内科|登录|支付|活动|前端|固件|sales|checkout|maths", "外科"),
    "object replaced": _words("订单|报表|档案|客户资料|合同|dashboards|search", "供应链"),
    "wiped": lambda _: "无",
    "letters spaced": lambda text: " ".join(text) + " 清 华 大 学",
    "decomposed characters": lambda text: unicodedata.normalize("NFD", text) + "，毕业于ﾊーバード",
}
