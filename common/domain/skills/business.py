"""Skills outside computing, one a line: the usual name, then its other spellings in Chinese and English."""

BUSINESS = """
Excel | excel表格 | 数据透视表 | vlookup
PPT | powerpoint
Word文档 | microsoft word
Office | 办公软件 | microsoft office | ms office | wps
Visio
Photoshop | ps | ps修图
Illustrator
Premiere | pr剪辑
After Effects | ae特效
Figma
Sketch
Axure | axure rp | 墨刀
C4D | cinema 4d
3ds Max | 3dmax
AutoCAD | cad | cad制图
SolidWorks
CATIA
UG | ug nx | siemens nx
Pro/E | creo
ANSYS
Revit | bim
SketchUp
SPSS
SAS
Stata
Tableau
Power BI | powerbi
FineBI | 帆软
SAP
ERP | erp系统
用友
金蝶
CRM | 客户关系管理 | customer relationship management
MES
WMS | 仓储管理 | warehouse management
产品经理 | 产品管理 | product management | product manager
产品设计 | product design
产品规划 | product roadmap | 产品路线图
需求分析 | requirements analysis | requirement analysis
原型设计 | 原型图 | prototyping
用户研究 | 用户调研 | user research
用户体验 | ux | user experience | 用户体验设计
UI设计 | ui | 界面设计 | user interface | 视觉设计
交互设计 | interaction design
平面设计 | graphic design
品牌设计 | vi设计
竞品分析 | competitive analysis | competitor analysis
市场调研 | 市场研究 | market research
市场营销 | 营销 | marketing
数字营销 | digital marketing | 网络营销
品牌推广 | 品牌营销 | branding | brand marketing
活动策划 | event planning
内容运营 | content operations | 内容营销 | content marketing
用户运营 | user operations
社群运营 | 社区运营 | community management
新媒体运营 | 新媒体 | social media | 社交媒体
短视频 | 短视频运营
抖音 | tiktok | douyin
快手
小红书
剪映
微信公众号 | 公众号 | 公众号运营
内容策划 | 内容规划
直播运营 | 直播带货 | live streaming
电商运营 | 电商 | e-commerce | ecommerce | 电子商务
跨境电商 | 亚马逊运营 | cross-border e-commerce
用户增长 | growth | growth hacking | 拉新
SEO | 搜索引擎优化 | search engine optimization
SEM | 搜索引擎营销 | 竞价推广
信息流 | 信息流广告 | 广告投放 | 投放
文案 | 文案策划 | copywriting | 文案撰写
公关 | 媒体关系 | public relations | pr公关
销售 | sales | 业务拓展销售
商务拓展 | business development | bd拓展
大客户 | 大客户销售 | key account | 大客户管理 | key account management | key accounts
Salesforce
HubSpot
B2B销售 | b2b sales | 企业级销售
阿里巴巴国际站 | 阿里国际站
渠道管理 | 渠道拓展 | channel management
客户服务 | 客服 | customer service
客户成功 | customer success
商务谈判 | 谈判 | negotiation
招投标 | 投标 | bidding | 标书
项目管理 | project management
项目经理 | project manager
供应链 | 供应链管理 | supply chain | supply chain management
采购 | 采购管理 | procurement | purchasing
物流 | 物流管理 | logistics
库存管理 | inventory management | 库存控制
生产管理 | production management | 生产计划
精益生产 | lean | lean manufacturing
六西格玛 | six sigma | 6sigma
质量管理 | 品质管理 | quality management | iso9001
质量检测 | 质检 | quality control | qc
安全生产 | ehs | 安全管理
机械设计 | mechanical design
电气设计 | electrical design
结构设计 | structural design
工艺设计 | process engineering
模具设计 | mold design
土木工程 | civil engineering
工程造价 | 造价 | cost engineering
施工管理 | 现场管理 | construction management
园林设计 | landscape design
财务分析 | financial analysis
财务报表 | financial statements | 报表编制
会计 | 会计核算 | accounting | 账务处理
成本核算 | 成本控制 | cost accounting | cost control
预算管理 | budgeting | budget management
税务 | 税务筹划 | 纳税申报 | taxation | tax
审计 | 内审 | auditing | audit
出纳 | cashier
内部控制 | 内控 | internal control
风险管理 | 风控 | risk management | 风险控制
投资分析 | investment analysis
行业研究 | industry research | 行研
估值 | 估值建模 | valuation | financial modeling | 财务建模
尽职调查 | 尽调 | due diligence
证券 | securities
基金 | funds
保险 | insurance
信贷 | credit | 授信
量化交易 | 量化 | quantitative trading
人力资源 | hr | human resources
招聘 | 招聘管理 | recruitment | recruiting
培训 | 培训管理 | 员工培训 | training
绩效管理 | 绩效考核 | performance management
薪酬福利 | 薪酬管理 | compensation and benefits
员工关系 | employee relations | 劳动关系
组织发展 | organization development
行政管理 | 行政 | administration
档案管理 | document management | 整理档案 | 档案整理
合同管理 | 合同审核 | contract management
法务 | 法律事务 | legal affairs
知识产权 | intellectual property | 专利
合规 | compliance
数据标注 | 标注 | data annotation
教学设计 | 课程设计 | curriculum design | 教案
课堂教学 | 教学 | teaching
班级管理 | classroom management
心理咨询 | counseling
护理 | nursing
临床 | 临床医学 | clinical
药品 | 药学 | pharmacy
实验技术 | 实验操作 | lab techniques
细胞培养 | cell culture
PCR | qpcr | 聚合酶链式反应
论文写作 | 学术写作 | academic writing
翻译 | 口译 | 笔译 | translation | interpreting
英语 | 英文 | english
日语 | 日文 | japanese
韩语 | korean
法语 | french
德语 | german
粤语 | cantonese
普通话 | mandarin
驾驶 | 驾照 | 驾驶证 | driving licence | driver's license
沟通能力 | 沟通 | 沟通协调 | communication | communication skills
团队合作 | 团队协作 | 协作能力 | teamwork | team work
领导力 | leadership
学习能力 | 快速学习 | fast learner
抗压能力 | 抗压
执行力
逻辑思维 | 逻辑分析 | logical thinking
解决问题 | 问题解决 | problem solving
数据敏感 | 数据敏感度
时间管理 | time management
团队管理 | team management | people management
跨部门协作 | 跨部门沟通 | 跨团队协作 | cross-functional
演讲 | 演讲表达 | presentation | public speaking
摄影 | photography
视频剪辑 | 剪辑 | video editing
插画 | 手绘 | illustration
PMP | pmp证书 | pmp认证
注册会计师 | cpa
初级会计师 | 初级会计 | 初级会计职称 | 初级会计证
中级会计师 | 中级会计 | 中级会计职称 | 中级会计师证书
教师资格证 | 教师资格 | 教师资格证书
护士执业资格证 | 护士资格证 | 护士执业证 | 护士执业证书 | 护士执业资格
法律职业资格 | 法律职业资格证 | 法律职业资格证书 | 司法考试 | 国家司法考试 | 法考
执业医师 | 执业医师证 | 执业医师资格证
一级建造师 | 一建
二级建造师 | 二建
普通话二级甲等 | 普通话二甲
英语四级 | 大学英语四级 | cet-4
英语六级 | 大学英语六级 | cet-6
EPLAN
Retrofit
""".strip()
