"""Labelled cases: a job description, a resume, the keywords of the job that the resume has, and those it lacks.

One a line, four parts: job ‖ resume ‖ has ‖ lacks. Keywords are as the job prints them, one a comma.
"""

_LINES = """
熟悉Python、Java，了解Go ‖ 熟练使用Python开发后台 ‖ Python ‖ Java, Go
负责数据分析工作，熟练使用Excel和SQL ‖ 用SQL做数据分析 ‖ 数据分析, SQL ‖ Excel
要求精通Spring Boot、MyBatis、MySQL ‖ 使用SpringBoot和mysql搭建订单系统 ‖ Spring Boot, MySQL ‖ MyBatis
熟悉k8s和Docker，有DevOps经验优先 ‖ 在Kubernetes上部署容器化服务 ‖ k8s, Docker ‖ DevOps
前端开发，精通Vue或React ‖ Front-end engineer, built pages with Vue.js ‖ 前端开发, Vue ‖ React
Proficient in JavaScript, TypeScript and Node.js ‖ 熟悉js和ts ‖ JavaScript, TypeScript ‖ Node.js
Experience with machine learning and PyTorch ‖ 三年机器学习经验，使用pytorch训练模型 ‖ machine learning, PyTorch ‖
掌握自然语言处理，熟悉大模型和RAG ‖ 负责NLP算法，落地LLM应用 ‖ 自然语言处理, 大模型 ‖ RAG
熟悉Redis、Kafka、Elasticsearch ‖ 引入redis缓存，消息队列使用kafka ‖ Redis, Kafka ‖ Elasticsearch
具有高并发、分布式系统经验 ‖ 设计分布式订单系统 ‖ 分布式系统 ‖ 高并发
熟练使用Photoshop、Figma，了解Axure ‖ 使用figma完成界面设计 ‖ Figma ‖ Photoshop, Axure
负责新媒体运营和短视频，有直播运营经验者优先 ‖ 公众号运营与抖音账号管理 ‖ 新媒体运营, 短视频 ‖ 直播运营
精通财务分析、预算管理，熟悉用友 ‖ 编制年度预算管理方案，使用金蝶 ‖ 预算管理 ‖ 财务分析, 用友
具备招聘、绩效管理、薪酬福利经验 ‖ 负责招聘与绩效考核 ‖ 招聘, 绩效管理 ‖ 薪酬福利
负责供应链管理和采购，熟悉ERP ‖ 从事采购三年，操作SAP ERP ‖ 采购, ERP ‖ 供应链管理
了解大客户销售、商务谈判 ‖ 负责key account，主导合同谈判 ‖ 大客户销售, 商务谈判 ‖
熟悉AutoCAD、SolidWorks，从事机械设计 ‖ 用cad绘制图纸，机械设计两年 ‖ AutoCAD, 机械设计 ‖ SolidWorks
掌握护理技能，具有临床经验 ‖ 临床护理工作五年 ‖ 护理, 临床 ‖
擅长教学设计和课堂教学 ‖ 独立备课、撰写教案 ‖ 教学设计 ‖ 课堂教学
熟悉单片机、嵌入式开发，了解FPGA ‖ 用STM32做嵌入式产品 ‖ 单片机, 嵌入式开发 ‖ FPGA
要求英语流利，懂日语优先 ‖ 英文可作为工作语言 ‖ 英语 ‖ 日语
良好的沟通能力与团队合作精神 ‖ 沟通协调能力强 ‖ 沟通能力 ‖ 团队合作
Strong communication skills and project management experience ‖ 负责项目管理 ‖ project management ‖ communication skills
Knowledge of AWS, Terraform and CI/CD ‖ Deployed services on AWS with Jenkins CI/CD ‖ AWS, CI/CD ‖ Terraform
Familiar with Tableau or Power BI ‖ Built dashboards in PowerBI ‖ Power BI ‖ Tableau
Experience in C++ and Linux ‖ C++/Linux 后台开发 ‖ C++, Linux ‖
Go语言开发，熟悉gRPC ‖ golang微服务 ‖ Go语言 ‖ gRPC
熟悉R语言或SPSS ‖ 使用spss做统计分析 ‖ SPSS ‖ R语言
精通C#、.NET ‖ c# winform 开发 ‖ C# ‖ .NET
熟悉Java后端开发 ‖ JavaScript前端 ‖  ‖ Java, 后端开发
熟悉C语言 ‖ 精通C++ ‖  ‖ C语言
了解React Native ‖ 熟悉React ‖  ‖ React Native
掌握SQL ‖ 熟练使用MySQL、Oracle ‖ SQL ‖
熟悉Python ‖ 用Django写过商城 ‖ Python ‖
掌握深度学习 ‖ 使用TensorFlow训练分类模型 ‖ 深度学习 ‖
熟悉JavaScript ‖ Vue组件开发 ‖ JavaScript ‖
具有库存周转分析经验 ‖ 分析库存周转，提出改进 ‖ 库存周转分析 ‖
熟悉小儿推拿手法，了解中医基础理论 ‖ 从事小儿推拿两年 ‖  ‖ 中医基础理论, 小儿推拿手法
有蒙台梭利教具操作经验 ‖ 会使用蒙台梭利教具 ‖ 蒙台梭利教具 ‖
熟悉锂电池电芯工艺 ‖ 负责锂电池电芯工艺改进 ‖ 锂电池电芯工艺 ‖
掌握气相色谱、液相色谱仪操作 ‖ 使用气相色谱检测样品 ‖ 气相色谱 ‖ 液相色谱仪
熟悉进出口报关流程 ‖ 处理进出口报关单证 ‖ 进出口报关 ‖
了解跨境电商，熟悉Shopify、Temu ‖ 亚马逊运营，Shopify独立站搭建 ‖ 跨境电商, Shopify ‖ Temu
Experience with Salesforce and HubSpot ‖ Managed leads in Salesforce ‖ Salesforce ‖ HubSpot
Knowledge of Kubernetes; experience with Datadog is a plus ‖ Ran k8s clusters ‖ Kubernetes ‖ Datadog
Proficient in Excel and PowerPoint ‖ Excel, PPT ‖ Excel, PowerPoint ‖
熟悉微信小程序开发，了解uni-app ‖ 独立开发小程序两个 ‖ 微信小程序 ‖ uni-app
熟练掌握自动化测试、性能测试，会用JMeter、Postman ‖ 接口测试使用postman，压测使用jmeter ‖ 性能测试, JMeter, Postman ‖ 自动化测试
负责用户增长，熟悉A/B测试 ‖ 做过AB测试提升转化 ‖ A/B测试 ‖ 用户增长
负责产品规划、需求分析、竞品分析 ‖ 输出竞品分析报告与需求分析文档 ‖ 需求分析, 竞品分析 ‖ 产品规划
具有风险管理、合规经验 ‖ 银行风控岗两年 ‖ 风险管理 ‖ 合规
熟悉税务筹划与审计 ‖ 负责纳税申报 ‖ 税务筹划 ‖ 审计
了解ROS、OpenCV ‖ 用OpenCV识别目标 ‖ OpenCV ‖ ROS
熟悉Flink、Spark，有数据仓库建设经验 ‖ 离线数仓开发，使用Spark ‖ Spark, 数据仓库 ‖ Flink
熟悉Unity、C# ‖ Unity3D游戏开发 ‖ Unity ‖ C#
掌握视频剪辑、摄影 ‖ 会剪辑短片 ‖ 视频剪辑 ‖ 摄影
要求持有驾照 ‖ C1驾驶证 ‖ 驾照 ‖
熟悉ISO9001质量管理体系 ‖ 推行ISO9001 ‖ ISO9001 ‖
精通CATIA和UG ‖ 使用UG建模 ‖ UG ‖ CATIA
有翻译经验，普通话标准 ‖ 英语口译兼职，普通话二级甲等 ‖ 翻译, 普通话 ‖
""".strip().splitlines()

CASES = [tuple(part.strip() for part in line.split("‖")) for line in _LINES]
