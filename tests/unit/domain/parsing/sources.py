"""Three resumes of people who do not exist, as the readers would hand them over."""

from common.domain.parsing.source import Line

GRADUATE = """\
林小满
求职意向：后端开发工程师 | 杭州 | 12k-15k
电话：139 0000 1234    邮箱：linxiaoman@example.com    微信：lin_xm
性    别：女    民    族：汉族    政治面貌：共青团员    籍贯：江西九江
教育背景
2020.09 - 2024.06    江南示例大学    软件工程    本科
GPA：3.8/4.0，专业排名：5/120
主修课程：数据结构、操作系统、计算机网络（双语）
实习经历
2023.07 - 2023.10    杭州示例科技有限公司    后端开发实习生
• 负责优惠券接口，查询时间从 800 毫秒降到 120 毫秒
• 编写 35 个单元测试
项目经历
校园二手书平台    2022.03 - 2022.06
Java, Spring Boot, MySQL
• 完成下单与支付流程
校园经历
2021.09 - 2022.06    校学生会    宣传部部长
• 组织 6 场讲座
专业技能
编程语言：熟练掌握 Java、Python，了解 Go
工具：Git、Docker
证书
CET-6 580
获奖情况
国家奖学金    2022年12月
自我评价
做事踏实，喜欢把问题追到底。"""

EXPERIENCED = """\
个人简历
姓 名 | 周知行 | 性 别 | 男
联系电话 | 138-0000-5678 | 邮 箱 | zhouzx@example.com
现居地 | 上海市
工作经历
上海远山软件有限公司    上海
高级后端工程师    2019年3月至今
• 主导结算系统拆分，日处理 50 万单
• 带领 4 人小组
上海远山软件有限公司    上海
后端工程师    2016.07 – 2019.02
• 维护会员服务
教育经历
海东示例大学，计算机科学与技术，硕士（2013.09-2016.06）
海东示例大学，网络工程，学士（2009.09-2013.06）
专业技能
熟悉 Python、Go 与 PostgreSQL
语言能力
英语：流利
兴趣爱好
长跑、摄影
Page 1 of 1"""

ENGLISH = """\
Mira Oakley
Senior Software Engineer
mira.oakley@example.org | +1 (415) 555-0100 | San Francisco, CA | github.com/mira-oakley
SUMMARY
Engineer who likes slow queries, because they can be made fast.
EXPERIENCE
Example Labs Inc.    Boston, MA
Senior Software Engineer    Jan 2021 - Present
• Cut the nightly batch from 5 hours to 40 minutes
• Mentored 3 engineers
Sample Systems LLC
Software Engineering Intern    Summer 2018
• Wrote the importer
EDUCATION
Northfield University
Bachelor of Science in Computer Science    Sep 2015 - May 2019
Courses: Compilers, Databases
PROJECTS
Tidy Ledger    2020
• An open-source bookkeeping tool with 900 stars
SKILLS
Languages: Python, Go, SQL
AWARDS
Hack Day, 1st place    2019"""

ALL = {"graduate": GRADUATE, "experienced": EXPERIENCED, "english": ENGLISH}


def lines(text: str) -> list[Line]:
    return [Line(row) for row in text.split("\n")]


def laid_out(rows: list[tuple[float, float, str]], *, width: float = 500) -> list[Line]:
    """(left, right, text) from the top of a page down, 20 points apart."""
    return [
        Line(text, box=(left, 20.0 * place, right or width, 20.0 * place + 10), size=10.0)
        for place, (left, right, text) in enumerate(rows)
    ]
