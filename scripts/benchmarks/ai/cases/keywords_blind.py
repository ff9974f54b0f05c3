"""Job descriptions as they are really posted, each with a resume and the keywords it has and lacks, labelled blind.

A case is four parts parted by a line of dashes: the job, the resume, what the resume has, what it lacks. Keywords are
as the job prints them, one a comma; what is in neither list is no keyword (a duty's filler, a benefit).

At first sight: recall 0.71, precision 0.985 on the first 25 cases; 0.875 and 1.0 on the last 10, which came later.
"""

# ruff: noqa: E501 - a case is one line

_TEXT = """
【岗位职责】
1、负责公司核心交易系统的后端开发；
2、参与系统架构设计与性能优化；
【任职要求】
1、本科及以上学历，计算机相关专业；
2、精通Java，熟悉Spring Cloud、MyBatis等主流框架；
3、熟悉MySQL、Redis、RabbitMQ；
4、了解Docker、Kubernetes者优先。
【福利待遇】五险一金、带薪年假、下午茶
---
用Java和springcloud开发订单服务，使用mysql、redis，镜像用docker构建
---
Java, Spring Cloud, MySQL, Redis, Docker
---
MyBatis, RabbitMQ, Kubernetes
===
前端开发工程师
工作内容：
- 负责H5、微信小程序的开发
- 与设计师、后端协作
要求：
- 熟练掌握HTML、CSS、JavaScript
- 熟悉Vue3、TypeScript，了解Webpack或Vite
- 加分项：有Node.js经验
---
用vue3 + ts开发后台，vite打包；独立完成两个微信小程序
---
微信小程序, Vue3, TypeScript, Vite
---
Node.js, Webpack
===
We are looking for a Data Analyst.
Responsibilities:
• Build dashboards and reports for stakeholders
• Run A/B tests
Requirements:
• 3+ years of experience with SQL and Python
• Hands-on experience with Tableau or Power BI
• Strong communication skills
Nice to have: Spark, Airflow
Benefits: health insurance, free lunch
---
Wrote SQL queries and Python scripts; built Tableau dashboards; designed A/B tests for the checkout page
---
SQL, Python, Tableau, A/B tests
---
Spark, Airflow, Power BI
===
岗位：新媒体运营
职责：负责抖音、小红书、微信公众号的内容策划与运营；策划直播活动；数据分析与复盘
要求：会使用剪映或PR剪辑视频；文案功底好；有直播运营经验优先
---
负责小红书和公众号内容策划，用剪映剪辑短视频，撰写文案
---
小红书, 微信公众号, 内容策划, 剪映
---
抖音, 直播运营
===
财务主管
1. 全盘账务处理，编制财务报表，纳税申报；
2. 成本核算、预算管理；
3. 熟练使用金蝶K3、Excel；
4. 持有中级会计师证书，有审计经验者优先
---
负责总账与纳税申报，编制财务报表；会用金蝶、Excel；考取中级会计职称
---
财务报表, 纳税申报, 金蝶, Excel, 中级会计师
---
成本核算, 预算管理, 审计
===
【职位描述】算法工程师（推荐方向）
任职资格：
1.硕士及以上学历，机器学习、计算机等相关专业
2.精通Python，熟悉PyTorch/TensorFlow之一
3.熟悉推荐系统召回、排序模型
4.熟悉Spark、Flink等大数据工具
5.在顶级会议发表过论文者优先
---
使用PyTorch训练排序模型，参与推荐系统召回优化，离线数据用pyspark处理
---
PyTorch, 推荐系统, Spark
---
Flink, TensorFlow
===
Senior Backend Engineer
You will design and operate REST APIs in Go, deploy them on AWS with Terraform, and keep PostgreSQL healthy.
What you bring
- Strong knowledge of Go and gRPC
- Experience with Kafka
- Experience with CI/CD
- Fluent English
---
Built gRPC services in Golang, deployed to AWS; stored orders in Postgres; set up continuous integration with GitHub Actions
---
Go, gRPC, AWS, PostgreSQL, CI/CD
---
Terraform, Kafka
===
招聘专员
【工作职责】负责招聘渠道的维护，简历筛选、面试邀约；负责员工关系、劳动合同签订；组织员工培训
【任职要求】人力资源管理专业优先；熟悉劳动法；熟练使用Office办公软件
---
维护招聘渠道，筛选简历并邀约面试，每月组织新员工培训；熟练使用Word、Excel、PPT
---
招聘, 培训, Office
---
员工关系, 劳动法
===
测试开发工程师
熟悉测试流程，能独立编写测试用例；
熟悉接口测试、性能测试，熟练使用Postman、JMeter；
掌握Selenium或Appium自动化测试；
会Python/Java至少一门语言；
熟悉Linux常用命令。
---
编写测试用例200条，用postman做接口测试，基于selenium搭建UI自动化测试，语言为python
---
测试用例, 接口测试, Postman, Selenium, 自动化测试, Python
---
性能测试, JMeter, Appium, Linux
===
电气工程师 要求：1.熟悉西门子PLC编程（S7-1200/1500）2.熟练使用AutoCAD、EPLAN 3.有非标自动化设备调试经验 4.能适应出差
---
使用西门子S7-1200编写PLC程序，用CAD绘制电气图
---
PLC, AutoCAD
---
EPLAN
===
Product Manager (Fintech)
Own the roadmap, write PRDs, run user research and competitive analysis, work with engineers in Scrum.
Must have: SQL, Axure or Figma, data analysis.
---
负责支付产品规划，撰写PRD，做用户调研与竞品分析，用Figma画原型，敏捷开发流程
---
user research, competitive analysis, Scrum, Figma
---
SQL
===
护士
岗位要求：护理专业大专以上学历，持护士执业资格证；熟练掌握静脉输液、心肺复苏等操作；有ICU经验优先
---
2021年取得护士执业资格证，在内科病房负责静脉输液与病情观察
---
护士执业资格证, 静脉输液
---
心肺复苏, ICU
===
外贸业务员：熟悉外贸流程、报关、单证；英语六级以上，商务谈判能力强；会操作阿里巴巴国际站；有跨境电商（Amazon、Shopee）经验优先
---
通过阿里国际站开发客户，制作单证，跟进报关；大学英语六级；与海外客户谈判
---
报关, 单证, 阿里巴巴国际站
---
跨境电商, Amazon, Shopee
===
UI设计师
负责APP及网页界面设计，输出设计规范；
精通Figma、Sketch、Photoshop、Illustrator；
懂交互设计、用户体验；会C4D、AE动效优先。
---
用PS和AI绘制活动页面，用Figma搭建组件库，完成App界面设计
---
界面设计, Figma, Photoshop, Illustrator
---
Sketch, 交互设计, C4D, AE
===
大数据开发工程师
1、负责数据仓库建设，ETL开发
2、熟悉Hadoop生态：HDFS、Hive、HBase、Spark
3、熟悉Flink实时计算，Kafka消息队列
4、精通SQL，熟练Shell或Python
---
基于hive搭建离线数仓，用spark sql做ETL，shell脚本调度
---
数据仓库, ETL, Hive, Spark, SQL, Shell
---
HBase, Flink, Kafka
===
DevOps Engineer — you should know Kubernetes, Helm, Prometheus and Grafana, be comfortable with Linux and Bash, and have used Jenkins or GitLab CI. Experience with Ansible is a plus.
---
运维k8s集群，用Prometheus+Grafana做监控，写shell脚本，Jenkins流水线
---
Kubernetes, Prometheus, Grafana, Jenkins
---
Helm, Ansible
===
嵌入式软件工程师
任职要求：
* 精通C/C++，熟悉STM32、FreeRTOS
* 熟悉UART、SPI、I2C、CAN总线
* 能看懂原理图，会用Altium Designer
* 有Linux驱动开发经验者优先
---
基于STM32和FreeRTOS用C语言开发网关，调试SPI、I2C外设，使用AD画PCB
---
STM32, FreeRTOS, SPI, I2C
---
CAN, Linux
===
行政助理/前台 负责来访接待、会议安排、办公用品采购、档案管理，协助组织团建活动。熟练使用Word、Excel、PPT，形象气质佳，有驾照优先。
---
前台接待来访客人，安排会议室，采购办公用品，整理档案
---
办公用品采购, 档案管理
---
Excel
===
Sales Manager: B2B sales, CRM (Salesforce), negotiation, key account management. MBA preferred. Chinese and English.
---
Closed B2B sales of $2M, managed key accounts, kept the pipeline in Salesforce
---
B2B sales, Salesforce, key account management
---
negotiation
===
项目经理
岗位要求：
1）5年以上软件项目管理经验，持有PMP证书；
2）熟悉敏捷开发、Scrum；
3）熟练使用Jira、Confluence、MS Project；
4）良好的沟通协调能力和风险管理意识
---
担任软件项目管理工作，用jira跟踪任务，采用Scrum迭代，2022年通过PMP认证
---
项目管理, PMP, Scrum, Jira
---
Confluence, 风险管理
===
初中数学教师：本科及以上学历，数学相关专业，持教师资格证，普通话二级甲等，有班主任经验者优先
---
持有初中数学教师资格证，普通话二级甲等，教授初二数学
---
教师资格证, 普通话二级甲等
---
班主任
===
Android开发 精通Kotlin/Java，熟悉Jetpack、MVVM、Retrofit；了解Flutter、NDK；有性能优化、内存泄漏排查经验
---
用Kotlin开发电商App，架构为MVVM，网络层用retrofit
---
Kotlin, MVVM, Retrofit
---
Jetpack, Flutter, NDK
===
机械工程师
职责：负责非标设备的结构设计、选型计算、出图
要求：熟练使用SolidWorks、AutoCAD，会ANSYS有限元分析优先；懂公差配合、钣金设计；了解GD&T
---
用solidworks设计夹具，出CAD工程图，做过钣金设计
---
SolidWorks, AutoCAD, 钣金
---
ANSYS, 有限元分析
===
法务专员
要求：法学本科以上，通过国家司法考试（法律职业资格）；负责合同审核、诉讼案件跟进、法律风险防控；熟悉公司法、知识产权
---
审核采购与销售合同，跟进诉讼案件3起；2020年取得法律职业资格证书
---
合同审核, 诉讼, 法律职业资格
---
知识产权, 公司法
===
Machine Learning Engineer
- Deep learning: transformers, LLM fine-tuning (LoRA), RAG
- Python, PyTorch, Hugging Face
- Deploy with Docker and FastAPI
- Knowledge of vector databases such as Milvus is a bonus
---
微调大语言模型（LoRA），用FastAPI部署，PyTorch训练，容器化上线；负责检索增强生成问答系统
---
LLM, LoRA, RAG, PyTorch, FastAPI
---
Hugging Face, Milvus
===
岗位：电商运营专员
岗位职责：
1. 负责天猫、京东店铺的日常运营，商品上下架；
2. 参与大促活动策划，分析店铺数据；
3. 会使用生意参谋、直通车；
任职要求：大专及以上，1年以上电商经验，熟练使用Excel，懂PS优先
福利：五险一金、节日礼品
---
运营天猫店铺，策划双11活动，用生意参谋分析数据，Excel做日报
---
天猫, 生意参谋, 活动策划, Excel
---
直通车, PS
===
会计
要求：熟悉企业会计准则，熟练操作用友T3，能独立完成报税，有高新企业申报经验优先，初级会计证以上
---
使用用友T3做账，每月独立报税，持有初级会计职称
---
用友, 报税, 初级会计证
---
高新企业申报, 企业会计准则
===
Frontend Developer (React)
• Build responsive UIs with React, Redux and TypeScript
• Write unit tests with Jest
• Familiar with GraphQL and Next.js
• English B2 or above
---
Built pages in React with Redux, TypeScript; tested with Jest
---
React, Redux, TypeScript, Jest
---
GraphQL, Next.js
===
【安全工程师】职责：渗透测试、漏洞挖掘、应急响应；要求：熟悉Burp Suite、Nmap、SQLMap，掌握Python，了解等保2.0，CISP证书优先
---
使用Burp Suite做渗透测试，提交漏洞30个，用Python写扫描脚本
---
渗透测试, Burp Suite, Python
---
应急响应, Nmap, CISP
===
建筑施工员
1、负责现场施工管理、进度控制；2、熟悉施工图纸，会使用CAD、广联达；3、持有施工员证；4、能吃苦耐劳，适应出差
---
现场施工管理，看施工图纸，用广联达算量
---
施工管理, 施工图纸, 广联达
---
CAD, 施工员证
===
生物实验员：熟练掌握PCR、Western Blot、ELISA、细胞培养；有流式细胞术经验优先；会用GraphPad作图
---
做过qPCR和WB，培养HEK293细胞，用GraphPad画图
---
PCR, GraphPad
---
ELISA, 流式细胞术
===
Marketing Specialist
You will plan campaigns, manage Google Ads and Facebook Ads, write SEO content, and report with Google Analytics.
Requirements: 2+ years in digital marketing; copywriting; HubSpot is a plus
---
Managed Google Ads campaigns, wrote SEO content and copy, reported in Google Analytics
---
Google Ads, SEO, Google Analytics
---
Facebook Ads, HubSpot
===
物流主管 职责：负责仓储管理、运输调度、供应商管理；熟悉WMS系统；具备成本控制和团队管理能力；会SAP优先
---
管理仓库，调度运输车辆20台，带12人团队，使用WMS
---
WMS, 仓储管理, 运输调度
---
SAP, 供应商管理
===
Python后端（远程）
必备：Django/FastAPI、PostgreSQL、Celery、Docker
加分：消息队列、云原生、AWS
我们提供：弹性工作、年度旅游
---
django + celery 开发后台任务，数据存在postgres，docker部署，任务队列用的RabbitMQ
---
Django, PostgreSQL, Celery, Docker, 消息队列
---
AWS, 云原生
===
幼儿教师 要求：学前教育专业，持幼儿教师资格证，擅长钢琴、舞蹈、手工，有家园沟通能力
---
学前教育毕业，持有幼儿教师资格证，会弹钢琴
---
幼儿教师资格证, 钢琴
---
舞蹈, 手工
""".strip()

CASES = [tuple(part.strip() for part in case.split("\n---\n")) for case in _TEXT.split("\n===\n")]
