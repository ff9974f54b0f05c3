"""Skills that contain others: who builds with Spring Boot writes Java. Only what is true by construction."""

_IMPLIED = """
Spring: Java
Spring Boot: Spring Java
Spring Cloud: Spring Java 微服务
Spring MVC: Spring Java
MyBatis: Java SQL
Hibernate: Java
Dubbo: Java
Netty: Java
Django: Python
Flask: Python
FastAPI: Python
Scrapy: Python 爬虫
pandas: Python
NumPy: Python
PyTorch: 深度学习
TensorFlow: 深度学习
Keras: 深度学习
深度学习: 机器学习
XGBoost: 机器学习
scikit-learn: 机器学习 Python
Transformer: 深度学习
Gin: Go
Laravel: PHP
Vue.js: JavaScript 前端
React: JavaScript 前端
Angular: JavaScript 前端
jQuery: JavaScript 前端
Next.js: React JavaScript 前端
TypeScript: JavaScript
Express: Node.js JavaScript
MySQL: SQL 数据库
PostgreSQL: SQL 数据库
Oracle: SQL 数据库
SQL Server: SQL 数据库
SQLite: SQL 数据库
MongoDB: 数据库
Kafka: 消息队列
RabbitMQ: 消息队列
RocketMQ: 消息队列
Kubernetes: Docker
Jenkins: CI/CD
Hive: SQL 大数据
Spark: 大数据
Hadoop: 大数据
Flink: 大数据
Tableau: 数据可视化
Power BI: 数据可视化
UI设计: 产品设计
SEO: 数字营销
SEM: 数字营销
SAP: ERP
用友: ERP
金蝶: ERP
Selenium: 自动化测试
Appium: 自动化测试
JMeter: 性能测试
LoadRunner: 性能测试
Postman: 接口测试
JUnit: 单元测试
pytest: 单元测试 Python
Milvus: 向量数据库
FAISS: 向量数据库
LightGBM: 机器学习
Matplotlib: Python 数据可视化
Neo4j: 图数据库
Three.js: WebGL JavaScript
FFmpeg: 音视频
WebRTC: 音视频
BERT: 自然语言处理 深度学习
GPT: 大模型
单片机: 嵌入式
RTOS: 嵌入式
抖音: 短视频
快手: 短视频
微信公众号: 新媒体运营
小红书: 新媒体运营
Excel: Office
PPT: Office
Word文档: Office
Salesforce: CRM
HubSpot: CRM
B2B销售: 销售
大客户: 销售
剪映: 视频剪辑
Premiere: 视频剪辑
英语六级: 英语
英语四级: 英语
普通话二级甲等: 普通话
EPLAN: 电气设计
""".strip()

IMPLIED: dict[str, frozenset[str]] = {
    name: frozenset(others.split()) for name, _, others in (line.partition(": ") for line in _IMPLIED.splitlines())
}
