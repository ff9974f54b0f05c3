"""Technologies and methods of computing, one a line: the name as its makers write it, then its other spellings."""

TECHNOLOGY = """
Python | python3 | py
Java | jdk | j2ee | javaee
JavaScript | js | ecmascript | es6
TypeScript | ts
Go | golang | go语言
C++ | cpp | c plus plus
C | c语言
C# | csharp | c sharp
Rust
PHP
Ruby | ruby on rails | rails
Kotlin
Swift
Objective-C | objc
Scala
R | r语言
MATLAB
Lua
Perl
Shell | bash | shell脚本 | shell script
SQL | sql查询 | 结构化查询语言
PL/SQL
HTML | html5 | h5页面
CSS | css3
Sass | scss
Less
Solidity
Verilog | vhdl
Vue.js | vue | vue2 | vue3 | vuejs
React | reactjs | react.js
React Native | rn
Angular | angularjs
jQuery
Node.js | node | nodejs
Express | express.js
Next.js | nextjs
Nuxt | nuxt.js
Webpack
Vite
Electron
Flutter
uni-app | uniapp
微信小程序 | 小程序 | 小程序开发 | mini program | wechat mini program
Android | 安卓 | android开发 | 安卓开发
iOS | ios开发
鸿蒙 | harmonyos | openharmony | 鸿蒙开发
Spring
Spring Boot | springboot
Spring Cloud | springcloud
Spring MVC | springmvc
MyBatis | ibatis | mybatis-plus | mybatisplus
Hibernate | jpa
Dubbo
Netty
Tomcat
Django | drf | django rest framework
Flask
FastAPI
Tornado
Celery
Scrapy
Gin
.NET | dotnet | asp.net | .net core
Laravel
MySQL | mariadb
PostgreSQL | postgres | pgsql | pg数据库
Oracle | oracle数据库
SQL Server | sqlserver | mssql
SQLite
MongoDB | mongo
Redis
Memcached
Elasticsearch | es搜索 | elastic search | elk
ClickHouse
HBase
Hive
TiDB
OceanBase
图数据库 | graph database
Neo4j
向量数据库 | vector database
Milvus
FAISS
Kafka | apache kafka
RabbitMQ
RocketMQ
ActiveMQ
消息队列 | message queue | mq
ZooKeeper
etcd
Nacos
Nginx | openresty
Docker | 容器化 | containers | containerization
Kubernetes | k8s
Helm
Istio | service mesh | 服务网格
Jenkins
Git | github | gitlab
SVN | subversion
CI/CD | cicd | 持续集成 | 持续交付 | 持续部署 | continuous integration | continuous delivery
DevOps | 研发效能
Linux | centos | ubuntu
Ansible
Terraform
Prometheus
Grafana
AWS | amazon web services
Azure
阿里云 | aliyun | alibaba cloud
腾讯云 | tencent cloud
华为云 | huawei cloud
云计算 | cloud computing
云原生 | cloud native
Serverless | 无服务器 | 云函数 | scf
微服务 | 微服务架构 | microservices | microservice
分布式 | 分布式系统 | distributed systems | 分布式架构
高并发 | high concurrency
高可用 | high availability
负载均衡 | load balancing
缓存 | caching
性能优化 | 性能调优 | performance tuning | performance optimization
系统架构 | 架构设计 | system design | software architecture
设计模式 | design patterns
数据结构 | 数据结构与算法 | data structures
算法 | algorithms
多线程 | 并发编程 | multithreading | concurrency
网络编程 | socket
TCP/IP | tcp | 网络协议
HTTP | https
RESTful | rest api | restful api
GraphQL
gRPC | rpc
WebSocket
操作系统 | operating system
计算机网络 | computer networks
数据库 | database | databases | 数据库设计
编译原理 | compilers
前端 | 前端开发 | front-end | frontend | front end | web前端 | 前端工程师
后端 | 后端开发 | back-end | backend | back end | 服务端 | 服务端开发 | server-side
全栈 | 全栈开发 | full-stack | fullstack | full stack
移动端 | 移动开发 | 客户端开发 | mobile development
嵌入式 | 嵌入式开发 | embedded | embedded systems
单片机 | mcu | stm32 | 51单片机
FPGA
RTOS | freertos
物联网 | iot | internet of things
Arduino
树莓派 | raspberry pi
PCB | pcb设计 | altium designer
PLC | plc编程
ROS | 机器人操作系统
机器学习 | machine learning | ml
深度学习 | deep learning | dl
强化学习 | reinforcement learning
自然语言处理 | nlp | natural language processing
计算机视觉 | cv算法 | computer vision | 图像识别
图像处理 | image processing
语音识别 | asr | speech recognition
推荐系统 | 推荐算法 | recommender systems | recommendation system
知识图谱 | knowledge graph
大模型 | 大语言模型 | llm | llms | large language model | large language models
RAG | 检索增强生成 | retrieval augmented generation
Prompt | 提示词 | 提示词工程 | prompt engineering
Agent | 智能体 | ai agent
LangChain
Transformer
BERT
GPT
PyTorch | torch
TensorFlow
Keras
scikit-learn | sklearn
XGBoost
LightGBM
OpenCV
YOLO | 目标检测 | object detection
pandas
NumPy
Matplotlib
Seaborn
Spark | apache spark | pyspark
Hadoop | mapreduce | hdfs
Flink | apache flink
Storm
Airflow
大数据 | big data | 大数据开发
数据仓库 | 数仓 | data warehouse | 数仓建模
ETL | 数据清洗 | data cleaning
数据挖掘 | data mining
数据分析 | data analysis | data analytics | 数据分析师
数据可视化 | data visualization | data visualisation
数据建模 | data modeling | data modelling
统计学 | 统计分析 | statistics | statistical analysis
A/B测试 | ab测试 | ab test | a/b test | ab实验
爬虫 | 网络爬虫 | web crawler | web scraping
区块链 | blockchain
智能合约 | smart contract
网络安全 | 信息安全 | 安全攻防 | cyber security | cybersecurity
渗透测试 | penetration testing
软件测试 | software testing
自动化测试 | automated testing | test automation
Selenium
Appium
性能测试 | 压力测试 | 压测 | load testing
JMeter
LoadRunner
接口测试 | api testing
Postman
单元测试 | unit testing
JUnit
pytest
测试用例 | test cases
运维 | 系统运维 | sre
监控 | monitoring
敏捷开发 | 敏捷 | agile | scrum
Unity | unity3d
Unreal | ue4 | ue5 | 虚幻引擎
OpenGL
WebGL
Three.js
音视频
FFmpeg
WebRTC
低代码 | low code
RPA | 流程自动化
AR/VR | 虚拟现实 | 增强现实 | vr | ar
""".strip()
