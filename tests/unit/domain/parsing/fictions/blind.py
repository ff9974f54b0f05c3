"""Layouts of a blind batch that were read wrongly at first: sites, forms, markdown pages, templates of TeX."""

from tests.unit.domain.parsing.fictions.fiction import Fiction

FICTIONS = (
    Fiction(
        "dates-above-labels",
        """
欧阳远山
【工作经历】
2017年3月—至今
公司：江南示例机械股份有限公司
职位：供应链总监    汇报对象：副总裁
主要职责：
◆ 负责采购与物流
2009年5月—2017年2月
公司：海东样本重工有限公司
职位：采购经理    汇报对象：总监
主要职责：
◆ 负责液压件
【教育背景】
1999.09—2003.07  江南示例大学  船舶工程  学士
【培训经历】
2016.05  六西格玛黑带
""",
        name="欧阳远山",
        work=(
            ("江南示例机械股份有限公司", "供应链总监", "2017-03", "present"),
            ("海东样本重工有限公司", "采购经理", "2009-05", "2017-02"),
        ),
        education=(("江南示例大学", "学士", "船舶工程", "1999-09", "2003-07"),),
    ),
    Fiction(
        "site-with-sizes-and-months",
        """
沈青禾
工作经历
2016/08 – 至今  江南示例医药（集团）股份有限公司（6年5个月）
财务主管 | 财务部 | 15001-20000元/月
2014 /3--2016 /7：海东样本信息科技有限公司(1000-5000人)
所属行业： | 互联网
财务部 | 会计
负责总账。
专业技能
SAP：熟练 | 36个月
用友 U8：精通 | 60个月
""",
        work=(
            ("江南示例医药（集团）股份有限公司", "财务主管", "2016-08", "present"),
            ("海东样本信息科技有限公司", "会计", "2014-03", "2016-07"),
        ),
        skills=("SAP", "用友 U8"),
    ),
    Fiction(
        "markdown-with-slashes",
        """
个人简历
联系方式
• 手机：139-0000-1234
• Email：zhaolei@example.com
个人信息
• 赵磊/男/1993
• 本科/江南示例大学计算机系
• 工作年限：5年
技能清单
以下均为我熟练使用的技能
• Web开发：Java/Kotlin/Node
• 数据库相关：MySQL/Redis
• 版本管理、文档和自动化部署工具：Svn/Git/Jenkins
• 协议：TCP/IP
致谢
感谢您花时间阅读我的简历。
""",
        name="赵磊",
        phone="139-0000-1234",
        education=(("江南示例大学", "本科", "计算机系", None, None),),
        skills=("Java", "Kotlin", "Node", "MySQL", "Redis", "Svn", "Git", "Jenkins", "TCP/IP"),
    ),
    Fiction(
        "dates-broken-in-a-narrow-column",
        """
周晓彤
工作背景
2021.03–至今    高级数据科学家，江南示例科技公司，上海。
负责风控模型。
2019.07–    算法工程师，海东样本科技公司，上海。
2021.02    酒店推荐排序。
２０１８年６月至２０１８    数据分析实习生，江南样本科技公司，上海。
年９月
""",
        work=(
            ("江南示例科技公司", "高级数据科学家", "2021-03", "present"),
            ("海东样本科技公司", "算法工程师", "2019-07", "2021-02"),
            ("江南样本科技公司", "数据分析实习生", "2018-06", "2018-09"),
        ),
    ),
    Fiction(
        "one-rare-character",
        """
缪旻昊
138 0000 5678 | miao@example.com
教育背景
2018.09 - 2022.06    江南示例大学    软件工程    本科
""",
        name="缪旻昊",
    ),
    Fiction(
        "time-label-first",
        """
冯示例
任职经历
工作时间：2023.06-至今
公司名称：江南示例软件股份有限公司
担任职位：后端开发工程师
1. 负责订单中心
工作时间：2021.07-2023.05
公司名称：海东样本信息技术有限公司
担任职位：全栈工程师
1. 编写接口用例
项目经验
2022.07-2022.10（4个月）  影评主题分析  独立完成
◆ 爬取影评
2022.01-2022.04（4个月）  外卖包装回收计划  发起人
◆ 设立回收点
""",
        work=(
            ("江南示例软件股份有限公司", "后端开发工程师", "2023-06", "present"),
            ("海东样本信息技术有限公司", "全栈工程师", "2021-07", "2023-05"),
        ),
        projects=("影评主题分析", "外卖包装回收计划"),
    ),
    Fiction(
        "project-among-internships",
        """
梁示例
实习及项目经验
江南示例生物技术有限公司 | 法务实习生    2021-01 ~ 2021-04
● 撰写周报
垃圾分类识别小车 | 算法负责人    2021-12 ~ 2022-03
技术栈：OpenCV、树莓派
● 识别准确率98%
基于图神经网络的药物预测 | 第一作者    2021-06 ~ 2021-08
● 论文在审
""",
        work=(("江南示例生物技术有限公司", "法务实习生", "2021-01", "2021-04"),),
        projects=("垃圾分类识别小车", "基于图神经网络的药物预测"),
    ),
    Fiction(
        "part-before-the-project",
        """
Martin Example
Selected Projects
Director, Bilingual Theatre Festival    November 2023 - March 2024
· Staged 10 plays
Pilot Lead, Digital Homework Platform    April 2019 - July 2019
· Moved worksheets online
""",
        projects=("Bilingual Theatre Festival", "Digital Homework Platform"),
    ),
    Fiction(
        "form-from-school-on",
        """
何静
学历 | 研究生 | 学位 | 文学硕士
学习经历
（从高中填起）
2008.09-2011.07 江南市第一中学 高中
2011.09-2015.06 江南示例大学 汉语言文学专业 本科
工作经历
2018.08-2022.07 江南市第四十五中学 语文教师
2022.07-至今 待业
家庭主要成员
父亲 何某某 个体
""",
        education=(
            ("江南市第一中学", "高中", None, "2008-09", "2011-07"),
            ("江南示例大学", "本科", "汉语言文学", "2011-09", "2015-06"),
        ),
        work=(("江南市第四十五中学", "语文教师", "2018-08", "2022-07"),),
    ),
    Fiction(
        "told-in-sentences",
        """
PRIYA EXAMPLE
priya@example.com
PROFESSIONAL EXPERIENCE
• Working as Senior Systems Engineer in Example Limited, Bangalore from Aug 2016 to till date.
• Worked as Project Engineer in Sample Technologies, Chennai from July 2014 to July 2016.
PROJECTS UNDERTAKEN
Project Title : Core Banking Migration
Role : Developer
Project Title : Retail Analytics Portal
Role : Developer
EDUCATIONAL QUALIFICATION
Degree | Institution | Year | Percentage
B.Tech (Information Technology) | Example University | 2010-2014 | 82%
TECHNICAL SKILLS
Languages | Java
Frameworks | Spring Boot, Angular
""",
        work=(
            ("Example Limited", "Senior Systems Engineer", "2016-08", "present"),
            ("Sample Technologies", "Project Engineer", "2014-07", "2016-07"),
        ),
        projects=("Core Banking Migration", "Retail Analytics Portal"),
        education=(("Example University", "B.Tech", "Information Technology", "2010", "2014"),),
        skills=("Java", "Spring Boot", "Angular"),
    ),
    Fiction(
        "skills-in-sentences",
        """
韩示例
专业技能
熟练使用 Photoshop、Illustrator 等专业视频图像制作和编辑软件
英语：CET-6（530）
外语水平：托福、六级，熟练进行英语听说读写译
""",
        skills=("Photoshop", "Illustrator"),
    ),
    Fiction(
        "graded-table-of-skills",
        """
罗示例
IT 技能
技能名称 | 熟练程度 | 使用时间
Java | 精通 | 96月
Oracle | 熟练 | 60月
""",
        skills=("Java", "Oracle"),
    ),
    Fiction(
        "site-of-taiwan",
        """
黃怡君
學歷
國立示例大學
廣告學系｜大學畢業｜2013/9 ~ 2017/6
工作經歷
行銷企劃主任
示例數位行銷股份有限公司｜廣告行銷業｜台北市信義區
2019/10 ~ 仍在職（3 年 2 個月）
行銷企劃
樣本超商股份有限公司｜便利商店業｜台北市
2017/7 ~ 2019/9（2 年 3 個月）
""",
        education=(("國立示例大學", "大學", "廣告學系", "2013-09", "2017-06"),),
        work=(
            ("示例數位行銷股份有限公司", "行銷企劃主任", "2019-10", "present"),
            ("樣本超商股份有限公司", "行銷企劃", "2017-07", "2019-09"),
        ),
    ),
    Fiction(
        "listed-projects-over-lines",
        """
Ana Example
Projects
• Example Toolkit: Open source library for financial
data analysis.
• Sample Visualization: Data visualization of logs
over time.
""",
        projects=("Example Toolkit", "Sample Visualization"),
    ),
    Fiction(
        "pasted-json",
        """
{
"basic_info": {
"name": "张示例 (Zhang)",
"phone": "+86 138-0000-5678",
"email": "zhang@example.com"
},
"education": {
"school": "江南示例大学",
"major": "软件工程",
"degree": "本科",
"duration": "2022年9月 - 2026年6月"
},
"internships": [
{
"company": "海东样本科技有限公司",
"position": "后端开发实习生",
"duration": "2025年7月 - 2025年9月",
"responsibilities": [
"负责接口。"
]
}
],
"projects": [
{
"name": "校园社区",
"duration": "2024年9月 - 2024年11月"
}
],
"awards": [
{
"year": "2025年",
"name": "数学建模竞赛 二等奖"
}
]
}
""",
        name="张示例",
        phone="+86 138-0000-5678",
        email="zhang@example.com",
        education=(("江南示例大学", "本科", "软件工程", "2022-09", "2026-06"),),
        work=(("海东样本科技有限公司", "后端开发实习生", "2025-07", "2025-09"),),
        projects=("校园社区",),
        awards=("数学建模竞赛 二等奖",),
    ),
    Fiction(
        "form-that-nobody-filled-in",
        """
个人简历
姓    名：林示例    性    别：男
出生年月：    工作年限：
工作经历（由近至远）
时    间：年 月-年 月    公司：
职务：
公司简介：
公司性质：
工作职责：
时    间：年 月-年 月    公司：
职务：
工作职责：
教育经历
时间    毕业院校    专业    学历
专业证书
时间    颁证机关    证书名称
""",
        name="林示例",
        work=(),
        education=(),
        projects=(),
        certificates=(),
    ),
)
