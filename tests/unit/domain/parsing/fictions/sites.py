"""Layouts of recruitment sites, sidebars and academic pages that are easy to read wrongly."""

from tests.unit.domain.parsing.fictions.fiction import Fiction

FICTIONS = (
    Fiction(
        "letter-spaced",
        """
J A N E  D O E
S E N I O R  B A C K E N D  D E V E L O P E R
jane@example.com | +49 151 0000000 | Berlin
P R O F E S S I O N A L  E X P E R I E N C E
Senior Backend Developer
Example GmbH, Berlin | March 2020 - Present
• Built things
Backend Developer
Sample AG, Munich | June 2016 - February 2020
• Did
E D U C A T I O N
M.Sc. Computer Science
Technical University of Sample | 2014 - 2016
T E C H N I C A L  S K I L L S
Python, Go, Kafka
""",
        name="JANE DOE",
        email="jane@example.com",
        education=(("Technical University of Sample", "M.Sc.", "Computer Science", "2014", "2016"),),
        work=(
            ("Example GmbH", "Senior Backend Developer", "2020-03", "present"),
            ("Sample AG", "Backend Developer", "2016-06", "2020-02"),
        ),
        skills=("Python", "Go", "Kafka"),
    ),
    Fiction(
        "moderncv-placeholders",
        """
王 小明
简历题目 (可选项)
街道及门牌号
邮编及城市
+1 (234) 567 890
wang@example.org
教育背景
2012.9 – 2016.6    计算机科学学士, 江南示例大学, 杭州, 成绩, 说明
2016.9 – 2019.6    软件工程硕士, 海东示例大学, 青岛
毕业论文
题目    论文题目
导师    李教授
工作背景
专业
2019.7 – 至今    软件工程师, 示例软件公司, 上海
不超过1–2行的概述
工作内容:
• 内容 1
2018.6 – 2018.9    实习生, 样本网络公司, 北京
概述
其他
2017 – 2018    助教, 海东示例大学, 青岛
语言技能
英语    流利    CET-6
计算机技能
编程    Python, C++
个人兴趣
爱好 1    说明
""",
        name="王小明",
        education=(
            ("江南示例大学", "学士", "计算机科学", "2012-09", "2016-06"),
            ("海东示例大学", "硕士", "软件工程", "2016-09", "2019-06"),
        ),
        work=(("示例软件公司", "软件工程师", "2019-07", "present"), ("样本网络公司", "实习生", "2018-06", "2018-09")),
        skills=("Python", "C++"),
    ),
    Fiction(
        "sidebar-first",
        """
Jan Beispiel
Full Stack Developer
CONTACT
Musterstraße 1, 12345 Berlin
+49 170 0000000
jan@example.de
LANGUAGES
German native
English fluent
SKILLS
JavaScript
Python
Docker
ABOUT ME
I build web applications and love open source software since many years.
EXPERIENCE
2018 - now
Full Stack Developer
Example University, Bremen
Development of learning software.
2015 - 2018
Frontend Developer
Sample Media GmbH, Hamburg
Development of web shops.
EDUCATION
2012 - 2015
Bachelor of Science
University of Sample
Digital Media
""",
        name="Jan Beispiel",
        education=(("University of Sample", "Bachelor of Science", "Digital Media", "2012", "2015"),),
        work=(
            ("Example University", "Full Stack Developer", "2018", "present"),
            ("Sample Media GmbH", "Frontend Developer", "2015", "2018"),
        ),
        skills=("JavaScript", "Python", "Docker"),
    ),
    Fiction(
        "school-and-faculty-first",
        """
李雷
(+86) 100-0000-0000 · lilei@example.com · GitHub @lilei
教育背景
江南示例大学, 计算机学院
硕士, 计算机科学与技术    2019.9 - 2022.6
• GPA: 3.8/4.0, 排名 3/120
海东示例大学, 信息学院
学士, 数学与应用数学    2015.9 -2019.6
竞赛奖项
文本匹配算法竞赛 2nd/2000    2020.6 -2020.9
科研经历
多语言机器翻译    2020.10 - 2021.5
• 训练模型
技能
编程语言: Python, C++
框架: PyTorch
""",
        name="李雷",
        education=(
            ("江南示例大学", "硕士", "计算机科学与技术", "2019-09", "2022-06"),
            ("海东示例大学", "学士", "数学与应用数学", "2015-09", "2019-06"),
        ),
        projects=("多语言机器翻译",),
        awards=("文本匹配算法竞赛 2nd/2000",),
        skills=("Python", "C++", "PyTorch"),
    ),
    Fiction(
        "labelled-skill-groups",
        """
张小明    求职意向：C++ 后台开发
电话：138-0000-1234 | 邮箱：zxm@example.com | 现居：北京
教育经历
江南示例大学    软件工程（本科）    2018.09 - 2022.06
专业技能
语言：熟练掌握C++，熟悉Python、Shell
网络编程：熟悉TCP/IP，了解 epoll
数据库：熟悉MySQL，了解Redis
实习经历
北京示例网络技术有限公司    服务端开发实习生    2021.06 - 2021.09
项目背景：消息推送系统重构
工作内容：
1. 设计消息队列
2. 编写单元测试
项目经历
轻量级 Web 服务器    2021.03 - 2021.05
项目简介：基于 epoll 的 Web 服务器
主要工作：
• 实现线程池
KV 存储引擎    2020.09 - 2020.12
项目简介：跳表实现
• 支持持久化
""",
        name="张小明",
        education=(("江南示例大学", "本科", "软件工程", "2018-09", "2022-06"),),
        work=(("北京示例网络技术有限公司", "服务端开发实习生", "2021-06", "2021-09"),),
        projects=("轻量级 Web 服务器", "KV 存储引擎"),
        skills=("C++", "Python", "Shell", "TCP/IP", "epoll", "MySQL", "Redis"),
    ),
    Fiction(
        "employer-then-title-and-department",
        """
刘一
138-0000-9999 | liuyi@example.com | 上海
2000.01 | 汉族 | 共青团员
教育经历
江南示例财经大学    2018年09月 - 2022年06月
金融学 本科 金融学院    上海
• GPA：3.7/4.0（专业前5%）
• 主修课程：公司金融、计量经济学
实习经历
示例证券股份有限公司    2021年07月 - 2021年09月
行业研究助理 研究所    上海
• 撰写 3 篇行业点评
样本会计师事务所（特殊普通合伙）    2020年12月 - 2021年02月
审计实习生 金融服务部    上海
• 完成函证 120 份
社团和组织经历
校学生会    2019年09月 - 2020年06月
外联部部长    上海
• 拉赞助 3 万元
其他
• 技能：Excel（熟练），Python（熟练），Wind（熟悉）
• 语言：英语（CET-6 560）
• 证书/执照：证券从业资格证
""",
        name="刘一",
        education=(("江南示例财经大学", "本科", "金融学", "2018-09", "2022-06"),),
        work=(
            ("示例证券股份有限公司", "行业研究助理", "2021-07", "2021-09"),
            ("样本会计师事务所（特殊普通合伙）", "审计实习生", "2020-12", "2021-02"),
        ),
        campus=(("校学生会", "外联部部长"),),
        certificates=("证券从业资格证",),
    ),
    Fiction(
        "recruitment-site-export",
        """
赵二
男    1990年5月生    户口：山东济南    现居住于：北京
8年工作经验
手机：13900008888
E-mail: zhaoer@example.com
求职意向
期望工作性质：全职
期望从事职业：项目经理
期望从事行业：计算机软件
期望工作地区：北京
期望月薪：20001-30000元/月
目前状况：我目前在职，正考虑换个新环境
自我评价
熟悉软件项目管理。
工作经历
2016/03 - 至今    北京示例软件股份有限公司
项目经理 | 项目管理部
计算机软件 | 民营 | 规模：500-999人
工作描述：
负责政务项目实施
2012/07 - 2016/02    济南样本信息技术有限公司
软件工程师 | 研发部
工作描述：
负责开发
项目经历
2018/01 - 2019/06    市政务服务平台
软件环境：Java
责任描述：项目经理
项目描述：统一审批
教育经历
2008/09 - 2012/06    齐鲁示例大学    计算机科学与技术    本科
证书
2013/05    信息系统项目管理师
语言能力
英语：读写能力良好 | 听说能力一般
""",
        name="赵二",
        phone="13900008888",
        education=(("齐鲁示例大学", "本科", "计算机科学与技术", "2008-09", "2012-06"),),
        work=(
            ("北京示例软件股份有限公司", "项目经理", "2016-03", "present"),
            ("济南样本信息技术有限公司", "软件工程师", "2012-07", "2016-02"),
        ),
        projects=("市政务服务平台",),
        certificates=("信息系统项目管理师",),
    ),
    Fiction(
        "one-sentence-a-job",
        """
应聘职位：行政前台
姓名: 王芳  年龄: 24  电话: 13700001111
工作经历:
2020/3--2022/5 在示例商贸有限公司担任行政前台一职
2018/7--2020/2 在样本酒店担任收银员
教育背景: 2015/9--2018/6 就读于示例职业技术学院 文秘专业
自我评价: 踏实
""",
        name="王芳",
        phone="13700001111",
        education=(("示例职业技术学院", None, "文秘", "2015-09", "2018-06"),),
        work=(("示例商贸有限公司", "行政前台", "2020-03", "2022-05"), ("样本酒店", "收银员", "2018-07", "2020-02")),
    ),
    Fiction(
        "british-academic",
        """
Dr. Amelia Stone
12 Sample Road, Bristol, BS1 1AA
Tel: 07700 900123 | Email: amelia@example.ac.uk
Education and Qualifications
2014–2018 PhD in Chemistry, University of Exampleton
2010–2014 MChem (First Class Honours), University of Sampleford
Research Experience
2018–present Postdoctoral Research Associate, University of Exampleton
• Catalysis
Teaching Experience
2015–2018 Laboratory Demonstrator, University of Exampleton
Skills and Interests
Languages: French (fluent)
Referees
Prof. John Sample, University of Exampleton
""",
        phone="07700 900123",
        education=(
            ("University of Exampleton", "PhD", "Chemistry", "2014", "2018"),
            ("University of Sampleford", "MChem", None, "2010", "2014"),
        ),
        work=(
            ("University of Exampleton", "Postdoctoral Research Associate", "2018", "present"),
            ("University of Exampleton", "Laboratory Demonstrator", "2015", "2018"),
        ),
    ),
)
