"""Chinese templates of LaTeX and Typst: dates at the right edge or in a column at the left, bullets, little labelling."""

from tests.unit.domain.parsing.fictions.fiction import Fiction

FICTIONS = (
    Fiction(
        "dates-right",
        """
林小满
linxm@example.com · (+86) 139-0000-1234 · github.com/linxm-example
教育背景
江南示例大学, 杭州    2019 – 至今
在读硕士研究生 计算机科学与技术, 预计 2022 年 6 月毕业
海东示例大学, 青岛, 山东    2015 – 2019
学士 软件工程
实习/项目经历
示例云计算公司 杭州    2020 年 6 月 – 2020 年 9 月
实习  导师: 王工
分布式存储组后端开发
• 实现了冷热数据分层
示例分布式缓存    2019 年 10 月 – 2020 年 1 月
Go, Linux  个人项目
• 实现一致性哈希
IT 技能
• 编程语言: Go > Python > C++
• 平台: Linux
获奖情况
第一名, 校程序设计竞赛    2018 年 6 月
""",
        name="林小满",
        phone="(+86) 139-0000-1234",
        email="linxm@example.com",
        education=(
            ("江南示例大学", "硕士", "计算机科学与技术", "2019", "present"),
            ("海东示例大学", "学士", "软件工程", "2015", "2019"),
        ),
        work=(("示例云计算公司", "实习", "2020-06", "2020-09"),),
        projects=("示例分布式缓存",),
        skills=("Go", "Python", "C++", "Linux"),
        awards=("第一名, 校程序设计竞赛",),
    ),
    Fiction(
        "moderncv-dates-left",
        """
周知行
后端开发工程师
139 0000 5678 | zhouzx@example.com
教育经历
2016.9–2019.6    计算机应用技术, 江南示例大学, 硕士
2012.9–2016.6    网络工程, 海东示例大学, 学士
工作经历
2019.7–至今    高级后端工程师, 上海远山软件有限公司
• 负责结算系统
2018.6–2018.9    后端开发实习生, 杭州示例科技有限公司
• 参与订单接口开发
项目经历
2018.3–2018.5    校园论坛
基于 Django 的论坛
语言
英语    CET-6，能阅读英文文档
""",
        name="周知行",
        phone="139 0000 5678",
        education=(
            ("江南示例大学", "硕士", "计算机应用技术", "2016-09", "2019-06"),
            ("海东示例大学", "学士", "网络工程", "2012-09", "2016-06"),
        ),
        work=(
            ("上海远山软件有限公司", "高级后端工程师", "2019-07", "present"),
            ("杭州示例科技有限公司", "后端开发实习生", "2018-06", "2018-09"),
        ),
        projects=("校园论坛",),
    ),
    Fiction(
        "placeholders",
        """
你的姓名
手机：xxx-xxxx-xxxx    邮箱：name@example.com
教育经历
某某大学    软件工程    硕士    YYYY.MM - YYYY.MM
某某学院    计算机科学与技术    本科    YYYY.MM - YYYY.MM
实习经历
某某公司    后端开发实习生    YYYY.MM - YYYY.MM
• 做了什么，用了什么，取得什么
项目经历
某某系统    YYYY.MM - YYYY.MM
• 描述
""",
        email="name@example.com",
        education=(
            ("某某大学", "硕士", "软件工程", None, None),
            ("某某学院", "本科", "计算机科学与技术", None, None),
        ),
        work=(("某某公司", "后端开发实习生", None, None),),
        projects=("某某系统",),
    ),
    Fiction(
        "two-line-subsections",
        """
沈青禾
求职意向：算法工程师
138-0000-2345 ∙ shenqh@example.com ∙ 北京
教育背景
江南示例大学    2020.09 - 2023.06
人工智能学院    计算机技术    硕士    GPA 3.7/4.0
北方示例大学    2016.09 - 2020.06
信息学院    自动化    本科    专业前 5%
科研经历
面向医学影像的小样本分割研究    2021.03 - 2022.01
第一作者
• 提出基于原型的分割方法
实习经历
示例智能科技有限公司    2022.06 - 2022.09
计算机视觉算法实习生    北京
• 优化检测模型推理速度
技能
• 熟悉 PyTorch、TensorFlow
• 掌握 C++ 与 CUDA
""",
        name="沈青禾",
        education=(
            ("江南示例大学", "硕士", "计算机技术", "2020-09", "2023-06"),
            ("北方示例大学", "本科", "自动化", "2016-09", "2020-06"),
        ),
        work=(("示例智能科技有限公司", "计算机视觉算法实习生", "2022-06", "2022-09"),),
        projects=("面向医学影像的小样本分割研究",),
        skills=("PyTorch", "TensorFlow", "C++", "CUDA"),
    ),
    Fiction(
        "company-dot-title",
        """
陆远
luyuan@example.com | 13600001111 | luyuan.example.dev
工作经历
字节跳动 · 后端开发工程师    2021.07 - 至今
• 维护评论服务
美团 | 后台开发实习生 | 2020.06 - 2020.09
• 开发对账任务
教育经历
江南示例大学 · 软件工程 · 本科    2017.09 - 2021.06
开源项目
tidy-queue    https://github.com/luyuan-example/tidy-queue
• 一个消息队列
专业技能
Golang / MySQL / Redis / Kafka
""",
        name="陆远",
        work=(
            ("字节跳动", "后端开发工程师", "2021-07", "present"),
            ("美团", "后台开发实习生", "2020-06", "2020-09"),
        ),
        education=(("江南示例大学", "本科", "软件工程", "2017-09", "2021-06"),),
        projects=("tidy-queue",),
        skills=("Golang", "MySQL", "Redis", "Kafka"),
    ),
    Fiction(
        "typst-icons",
        """
许安然
\ue0b0 (+86) 151-0000-3456 · \ue158 xuanran@example.com · \uf09b xuanran-example
教育经历
江南示例大学 - 数学与统计学院    2018.09 - 2022.06
统计学 - 理学学士    杭州
核心课程：概率论、数理统计、回归分析
工作经历
示例银行股份有限公司 - 数据中心    2022.07 - 至今
数据分析师    上海
• 搭建客户流失预测模型
奖项荣誉
全国大学生数学建模竞赛    省级一等奖    2020.11
""",
        name="许安然",
        phone="(+86) 151-0000-3456",
        email="xuanran@example.com",
        education=(("江南示例大学", "学士", "统计学", "2018-09", "2022-06"),),
        work=(("示例银行股份有限公司", "数据分析师", "2022-07", "present"),),
    ),
)
