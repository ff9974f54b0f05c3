"""Fictional resumes as lines of text, each with a job its owner wants: Chinese, English and mixed, five professions."""

from common.domain.parsing.source import Line

_PEOPLE = """
林晓舟
电话：138 0013 8000    邮箱：lin@example.com
求职意向：后端工程师
教育经历
示例理工大学    软件工程    本科    2016.09-2020.06
工作经历
示例云帆科技有限公司    后端工程师    2020.07-至今
• 负责订单系统的开发，日均处理 10w 请求
• 用 mysql 和 redis 优化查询，响应时间从800ms降到200ms
• 参与搭建日志平台，使用kafka
• 带领5人团队完成支付模块重构
示例蓝鲸软件有限公司    实习生    2019.07-2019.12
• 协助测试登录模块，提交bug 86个
• 维护内部报表系统，处理同事反馈
项目经历
校园二手平台    2019.03-2019.06
• 独立完成微信小程序前端，上线后用户达到2000人
专业技能
Java、MySQL、Redis、Kafka、Vue
自我评价
学习能力强，工作认真负责，对后端架构有浓厚兴趣
=== 高级后端工程师：精通 Go、Kubernetes、Elasticsearch，熟悉高并发与分布式事务，有推荐系统经验，硕士学历优先
周若楠
手机：139 0013 9000
教育背景
示例卫生职业学院    护理学    大专    2015.09-2018.06
工作经历
示例市第二人民医院    护士    2018.07-2022.03
负责内科病房15张床位的日常护理工作，观察病情并做好记录
在急诊科轮转三个月，参与抢救病人
带教实习护士4名
示例社区卫生服务中心    护士    2022.04-至今
为社区老人建立健康档案1200份，每周随访2次
组织健康讲座，每季度一次
证书
护士执业资格证
自我评价
性格开朗，有耐心，能吃苦耐劳
=== 护士长：具备ICU重症监护经验，熟练掌握PICC置管、呼吸机使用，主管护师职称，有科研论文者优先
Casey Rivers
casey.rivers@example.com | +1 202 555 0143
EXPERIENCE
Northlight Analytics    Data Analyst    2019.05 - 2022.08
• Worked with a team of 5 engineers to build the search service
• Wrote SQL queries for the weekly sales report, saving 6 hours each week
• Helped the marketing team run A/B tests on the checkout page
• Responsible for maintaining 12 Tableau dashboards
Harbor Tutoring    Tutor    2017.09 - 2019.04
• Taught maths to around 25 students between 12 and 15
EDUCATION
Example State University    B.Sc. Statistics    2013.09 - 2017.06
SKILLS
Python, SQL, Tableau, Excel
=== Senior Data Scientist: PyTorch, Spark, Airflow, causal inference, leadership of a team of 10, PhD preferred
何启明
电话 137 0013 7000
工作经历
示例广告传媒公司    新媒体运营    2021.03-至今
1. 负责公司公众号的日常运营，粉丝从1万涨到5万
2. 策划线上活动8场，单场最高参与人数3000人
3. 配合销售团队整理客户资料，跟进合同30份
4. 拍摄并剪辑短视频，单条最高播放量120万
示例百货商场    销售员    2019.06-2021.02
接待顾客，介绍商品，月均销售额6万元，店内排名第三
教育经历
示例财经大学    市场营销    本科    2015.09-2019.06
荣誉
2018年校级三等奖学金
=== 品牌经理：精通 SEM 投放、直播带货，管理千万级预算，有 4A 公司经验，熟悉小红书与 TikTok 海外营销
Taylor 高远
电话：136 0013 6000
Work Experience
Example Robotics 示例机器人公司    Embedded Engineer    2018.03-2023.10
• 负责 STM32 固件 development，调试 I2C 和 SPI
• 和 vendor 沟通，保证 project 按时交付，共交付 4 个版本
• Assisted the hardware team in PCB bring-up
• 编写单元测试，覆盖率从40%到85%
Projects
智能温室 greenhouse    2017.03-2017.06
• 用 Arduino 采集温度和湿度，每 10 秒上报一次
Skills
C, C++, STM32, Python
=== 机器人系统架构师：精通 ROS、SLAM、CUDA，ISO 26262 经验，带过 20 人以上团队
""".strip()


def people() -> list[tuple[list[Line], str]]:
    """(lines, job) of each person."""
    found = []
    text: list[str] = []
    for line in _PEOPLE.splitlines():
        if line.startswith("=== "):
            found.append(([Line(one) for one in text], line[4:]))
            text = []
        else:
            text.append(line)
    return found
