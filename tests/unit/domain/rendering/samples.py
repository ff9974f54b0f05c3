"""Fictional people whose resumes stretch a layout: longest, emptiest, mixed languages, rare names, hostile text."""

from common.domain.resume.model import Resume

_FULL_LIFE = {
    "basics": {
        "name": "欧阳𠮷哲",
        "label": "资深后端架构师",
        "email": "ouyang.jizhe@example.com",
        "phone": "138-0013-8000",
        "url": "https://ouyang.example.com/blog/",
        "summary": "十二年互联网后端经验，主导过三次千万级用户系统的重构；熟悉 Java / Go / Python 技术栈，擅长高并发、"
        "分布式事务（TCC、Saga）与云原生架构。\n带过 20 人团队，重视工程质量与“可观测性”，坚持用数据说话——而不是凭感觉……🚀",
        "location": {"city": "上海", "region": "上海市", "address": "浦东新区张江路"},
        "profiles": [
            {"network": "GitHub", "username": "ouyang-jz", "url": "https://github.com/ouyang-jz"},
            {"network": "微信", "username": "ouyang_jizhe"},
        ],
        "x_cn": {"heading": "个人优势"},
    },
    "work": [
        {
            "name": "星河云计算（上海）有限公司",
            "position": "技术专家 / 架构组负责人",
            "location": "上海",
            "startDate": "2020-03",
            "description": "国内领先的 SaaS 服务商，服务 3000+ 家企业客户。",
            "highlights": [
                "主导订单中台从单体应用向微服务架构演进，拆分出 18 个服务，引入 Kubernetes + Istio，"
                "发布频率从每月 1 次提升到每日 10+ 次，线上故障率下降 72%。",
                "设计并落地统一的分布式事务方案（基于 Seata 与本地消息表），支撑“双 11”峰值 12.6 万 TPS，资损为零。",
                "推动全链路压测与混沌工程平台建设，核心接口 P99 由 480ms 降到 95ms，可用性达到 99.99%；"
                "详见 https://engineering.example.com/posts/2023/11/how-we-tested-the-whole-chain-before-the-big-day?from=resume&lang=zh-CN#results",
                "Mentored eleven engineers, three of whom were promoted to senior level within eighteen months of joining.",
            ],
            "x_cn": {"current": True, "department": "平台架构部", "heading": "工作经历"},
        },
        {
            "name": "蓝鲸科技",
            "position": "高级 Java 工程师",
            "startDate": "2016-07",
            "endDate": "2020-02",
            "highlights": [
                "负责支付网关的设计与开发，接入微信支付、支付宝、银联等 9 个渠道，日均交易 260 万笔，对账差错率低于百万分之一。",
                "重构风控规则引擎，规则上线时间由 3 天缩短到 10 分钟；误杀率从 2.1% 降到 0.4%。",
                "编写 MySQL 分库分表中间件，支持在线扩容、读写分离与灰度切换。",
            ],
            "x_cn": {"heading": "工作经历"},
        },
        {
            "name": "东方软件股份有限公司",
            "position": "软件工程师",
            "startDate": "2012-07",
            "endDate": "2016-06",
            "highlights": ["开发电子政务审批系统，覆盖 14 个地级市、2300 个办事窗口。", "获公司“年度技术新人”称号。"],
            "x_cn": {"heading": "工作经历"},
        },
    ],
    "projects": [
        {
            "name": "千帆：多云资源调度平台",
            "roles": ["架构师", "核心开发"],
            "entity": "星河云计算",
            "url": "https://github.com/ouyang-jz/qianfan",
            "startDate": "2021-05",
            "endDate": "2022-12",
            "description": "统一纳管腾讯云、阿里云与自建机房的计算资源，按成本与延迟自动调度。",
            "keywords": ["Go", "Kubernetes", "gRPC", "Prometheus"],
            "highlights": [
                "自研调度器支持装箱、亲和与抢占策略，整体资源利用率由 31% 提升至 58%，年节省成本 1200 万元。",
                "实现跨云的服务网格与统一鉴权，故障切换时间从 15 分钟缩短到 40 秒。",
            ],
        },
        {
            "name": "Lantern — an open-source tracing agent",
            "startDate": "2019",
            "endDate": "2020",
            "highlights": ["4.2k stars；字节码增强方式接入，单次调用额外开销 < 0.3 ms。"],
        },
    ],
    "education": [
        {
            "institution": "华东理工大学",
            "area": "计算机科学与技术",
            "studyType": "硕士",
            "startDate": "2009-09",
            "endDate": "2012-06",
            "score": "3.8/4.0",
            "x_cn": {"rank": "5/120", "department": "信息科学与工程学院"},
        },
        {
            "institution": "西安电子科技大学",
            "area": "软件工程",
            "studyType": "本科",
            "startDate": "2005-09",
            "endDate": "2009-06",
            "courses": ["数据结构", "操作系统", "计算机网络", "编译原理", "数据库系统", "软件工程", "概率论与数理统计"],
        },
    ],
    "skills": [
        {"name": "编程语言", "level": "精通", "keywords": ["Java", "Go", "Python", "SQL"]},
        {
            "name": "中间件",
            "keywords": ["Redis", "Kafka", "RocketMQ", "Elasticsearch", "MySQL", "TiDB", "Nginx", "etcd"],
        },
        {
            "name": "云原生",
            "keywords": ["Docker", "Kubernetes", "Istio", "Terraform", "Prometheus / Grafana", "OpenTelemetry"],
        },
        {"name": "系统分析师", "level": "高级"},
        {"name": "Linux"},
        {"name": "熟悉 JVM 调优与 Linux 性能分析，能独立定位线上 CPU、内存与网络问题。"},
    ],
    "languages": [
        {"language": "英语", "fluency": "CET-6，可作为工作语言"},
        {"language": "日语", "fluency": "N2", "x_cn": {"score": "142"}},
    ],
    "awards": [
        {"title": "公司年度“突出贡献奖”", "date": "2022-01", "awarder": "星河云计算"},
        {"title": "全国大学生数学建模竞赛 二等奖", "date": "2008-11", "awarder": "教育部高等教育司"},
    ],
    "certificates": [
        {"name": "CKA（Certified Kubernetes Administrator）", "date": "2021-08", "issuer": "CNCF"},
        {"name": "系统架构设计师（高级）", "date": "2018-11", "issuer": "人力资源和社会保障部"},
    ],
    "publications": [
        {
            "name": "面向混合负载的资源超卖方法",
            "publisher": "《软件学报》",
            "releaseDate": "2023-04",
            "url": "https://doi.example.org/10.1000/xyz123",
            "summary": "第一作者。",
        }
    ],
    "volunteer": [
        {
            "organization": "乡村编程课公益项目",
            "position": "讲师",
            "startDate": "2019-07",
            "endDate": "2019-08",
            "highlights": ["为 60 名初中生讲授 Scratch 与 Python。"],
        }
    ],
    "interests": [{"name": "马拉松", "keywords": ["全马 3:28"]}, {"name": "古典吉他"}],
    "x_cn": {
        "intention": {
            "positions": ["架构师", "技术总监"],
            "cities": ["上海", "杭州"],
            "salary": "60-80k·16薪",
            "available": "一个月内",
            "employment_type": "全职",
        },
        "personal": {"性别": "男", "出生年月": "1987.05", "政治面貌": "中共党员", "身份证号": "310115198705121239"},
    },
    "meta": {"x_cn": {"unplaced": ["㛃𡋾㙍：三个罕见字也要印出来", "本人保证以上信息真实有效。"]}},
}

_GRADUATE = {
    "basics": {
        "name": "林小满",
        "label": "产品经理（校招）",
        "email": "lin.xiaoman@example.com",
        "phone": "13900001234",
        "location": {"city": "武汉"},
        "summary": "逻辑清晰、好奇心强，善于从用户反馈中发现真实需求；自学 SQL 与 Python，能独立完成数据分析。",
    },
    "education": [
        {
            "institution": "华中科技大学",
            "area": "信息管理与信息系统",
            "studyType": "本科",
            "startDate": "2021-09",
            "score": "GPA 3.72/4.0",
            "courses": ["管理信息系统", "数据库原理", "统计学", "消费者行为学", "人机交互"],
            "x_cn": {"rank": "前 10%", "date_raw": "2021.09 - 2025.06（预计）"},
        }
    ],
    "work": [
        {
            "name": "青禾科技",
            "position": "产品经理实习生",
            "startDate": "2024-06",
            "endDate": "2024-09",
            "highlights": [
                "负责社区 App“发现页”改版，访谈 32 位用户并梳理 5 类核心场景，输出 PRD 3 份；上线后人均停留时长提升 18%。",
                "搭建埋点方案与看板，覆盖 46 个关键事件，把周报制作时间由 6 小时缩短到 30 分钟。",
                "• 协调研发、设计、运营三方推进 4 个版本按期上线。",
            ],
        },
        {
            "name": "江城新媒体",
            "position": "运营实习生",
            "startDate": "2023-07",
            "endDate": "2023-09",
            "highlights": ["独立运营公众号，三个月涨粉 8600+，单篇最高阅读量 5.2 万。"],
        },
    ],
    "projects": [
        {
            "name": "校园二手书交易小程序",
            "roles": ["项目负责人"],
            "startDate": "2023-03",
            "endDate": "2023-12",
            "keywords": ["微信小程序", "云开发"],
            "highlights": ["带领 5 人团队从 0 到 1 上线，累计用户 4300 人、成交 2100 单，获校级创新创业项目优秀结题。"],
        }
    ],
    "volunteer": [
        {
            "organization": "校学生会",
            "position": "宣传部部长",
            "startDate": "2022-09",
            "endDate": "2023-06",
            "highlights": ["策划迎新季活动，线下参与 1500 人次。"],
            "x_cn": {"kind": "campus"},
        }
    ],
    "skills": [
        {"name": "工具", "keywords": ["Axure", "Figma", "墨刀", "XMind"]},
        {"name": "数据", "keywords": ["SQL", "Python", "Excel"]},
    ],
    "certificates": [
        {"name": "CET-6", "x_cn": {"score": "580"}},
        {"name": "计算机二级（MS Office）", "date": "2022-03"},
    ],
    "awards": [{"title": "国家励志奖学金", "date": "2023-11"}, {"title": "校级三好学生", "date": "2022-11"}],
    "x_cn": {
        "intention": {"positions": ["产品经理（校招）"], "cities": ["武汉", "深圳"], "available": "2025 年 7 月"},
        "personal": {"性别": "女", "籍贯": "湖北宜昌"},
    },
}

_ENGLISH = {
    "basics": {
        "name": "Maya Lindqvist",
        "label": "Data Scientist",
        "email": "maya.lindqvist@example.com",
        "phone": "+46 70 123 45 67",
        "url": "mayalindqvist.example.com",
        "summary": "Data scientist with six years of experience in forecasting. Comfortable from messy data to production.",
        "location": {"city": "Stockholm", "countryCode": "SE", "postalCode": "111 22"},
        "profiles": [{"network": "LinkedIn", "username": "mayal", "url": "https://www.linkedin.com/in/mayal"}],
    },
    "work": [
        {
            "name": "Northlight Energy AB",
            "position": "Senior Data Scientist",
            "location": "Stockholm",
            "startDate": "2021-04",
            "highlights": [
                "Built a probabilistic load forecast for 1.2 million meters; mean absolute error fell from 6.1 % to 3.8 %.",
                "Introduced sequential testing, cutting the median experiment from 28 to 17 days.",
            ],
            "x_cn": {"current": True},
        },
        {
            "name": "Kvarn Analytics",
            "position": "Data Analyst",
            "startDate": "2018-08",
            "endDate": "2021-03",
            "highlights": ["Automated weekly reporting for 40 retail clients."],
        },
    ],
    "education": [
        {
            "institution": "Uppsala University",
            "area": "Statistics",
            "studyType": "MSc",
            "startDate": "2016-09",
            "endDate": "2018-06",
        }
    ],
    "skills": [
        {"name": "Languages", "keywords": ["Python", "R", "SQL"]},
        {"name": "Tools", "keywords": ["dbt", "Airflow", "Stan"]},
    ],
}


def full_life() -> Resume:
    """Two pages and more: mixed scripts, a rare name, a long URL, emoji, every kind of section."""
    return Resume.model_validate(_FULL_LIFE)


def graduate() -> Resume:
    """One page, internships only, an expected end of study."""
    return Resume.model_validate(_GRADUATE)


def english() -> Resume:
    return Resume.model_validate(_ENGLISH)


def empty() -> Resume:
    return Resume()


def only_a_name() -> Resume:
    return Resume.model_validate({"basics": {"name": "𬱖㛃𠮷"}})


def all_samples() -> dict[str, Resume]:
    made = (full_life, graduate, english, empty, only_a_name)
    return {build.__name__: build() for build in made}
