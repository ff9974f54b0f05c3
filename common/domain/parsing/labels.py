"""The labels of fields, as data: canonical name → how it is printed (spaces removed, simplified Chinese, lower case)."""

LABELS: dict[str, str] = {
    "name": "姓名 名字 中文姓名 name fullname",
    "phone": "电话 手机 手机号 手机号码 联系电话 电话号码 联系方式 联系手机 移动电话 行动电话 手机/电话 联络电话 联系 "
    "mobile phone tel telephone cell "
    "phonenumber mobilephone contact",
    "email": "邮箱 电子邮箱 电子邮件 邮件 电邮 电子信箱 信箱 邮箱地址 联系邮箱 email e-mail mail mailto emailaddress",
    "wechat": "微信 微信号 wechat",
    "qq": "qq qq号 qq号码",
    "url": "网址 个人网址 个人网站 个人主页 主页 博客 个人博客 技术博客 作品集 作品链接 blog website homepage portfolio web",
    "github": "github gitee",
    "linkedin": "linkedin 领英",
    "home": "现居地 现居 现居住地 现居住于 居住于 现居城市 现住址 现住地址 现地址 居住地 居住地址 所在地 所在城市 现所在地 "
    "目前所在地 住址 "
    "地址 通讯地址 联系地址 通信地址 "
    "家庭住址 家庭地址 目前居住地 常住地 联络地址 location address currentlocation",
    "gender": "性别 gender sex",
    "age": "年龄 age",
    "birth": "出生年月 出生日期 出生年月日 生日 出生 出生时间 出生年份 birthday dateofbirth dob birthdate",
    "origin": "籍贯 户籍 户口 户口所在地 户籍所在地 户籍地 生源地 国籍 出生地 nationality birthplace",
    "ethnicity": "民族",
    "party": "政治面貌 政治背景 党派",
    "marriage": "婚姻状况 婚姻 婚否 婚姻情况 婚育状况 maritalstatus",
    "body": "身高 体重 健康状况 健康情况 视力 血型 身高体重 身高/体重",
    "experience_years": "工作年限 从业年限 工龄 工作经验 参加工作时间 工作年数 工作时长",
    "identity": "身份证 身份证号 身份证号码 证件号码 证件号 公民身份号码",
    "more": "兵役状况 役别 驾照 驾驶证 外语水平 外语能力 英语水平 英语等级 计算机水平 计算机等级 毕业时间 毕业年份 "
    "毕业日期 入学时间 入党时间 入团时间 学制 培养方式 个人状态 特长 宗教信仰 星座 职称 状态 "
    "邮编 邮政编码 visa visastatus drivinglicense",
    "position": "求职意向 意向岗位 意向职位 应聘职位 应聘岗位 应聘意向 期望职位 期望岗位 期望职务 目标岗位 目标职位 "
    "求职目标 求职岗位 求职职位 应征职位 应征职务 期望从事职业 职业意向 求职方向 意向职业 目标职能 期望职能 "
    "希望岗位 希望职位 希望职称 希望職稱 期望工作 objective desiredposition jobintention",
    "city": "城市 意向城市 期望城市 目标城市 工作地点 期望地点 期望工作地 期望工作地点 意向地点 工作地区 期望地区 "
    "期望工作地区 工作城市 "
    "求职地点 希望地点 希望工作地点 期望工作城市 目标地点 求职城市",
    "salary": "期望薪资 薪资要求 期望薪水 期望月薪 薪资 期望待遇 目前薪资 薪资期望 待遇要求 期望年薪 薪金要求 薪资待遇 希望待遇 "
    "月薪 目前年薪 目前月薪 expectedsalary",
    "available": "到岗时间 到岗 可到岗时间 入职时间 最快到岗 可到职日 到职时间 到岗日期 到岗情况 availability",
    "employment_type": "工作性质 求职类型 工作类型 求职状态 目前状态 当前状态 岗位性质 期望行业 意向行业 期望工作性质 "
    "期望从事行业 目前状况 求职状况",
    "school": "毕业院校 毕业院校及专业 毕业学校 学校 院校 学校名称 就读院校 就读学校 最高学历院校 毕业于 school university",
    "major": "专业 所学专业 主修专业 就读专业 专业名称 科系 major",
    "degree": "学历 学位 最高学历 学历学位 学历/学位 最高学位 文化程度 教育程度 degree",
    "score": "gpa 成绩 绩点 平均绩点 平均成绩 均分 学分绩点 学习成绩 加权平均分 overallgpa cumulativegpa cum.gpa majorgpa grade",
    "rank": "排名 专业排名 班级排名 年级排名 成绩排名 综合排名 rank",
    "courses": "课程 主修课程 核心课程 主要课程 专业课程 相关课程 所学课程 coursework relevantcoursework courses",
    "company": "公司 公司名称 单位 工作单位 单位名称 任职单位 实习单位 所在公司 任职公司 服务单位 服务公司 company "
    "employer organization",
    "job": "职位 岗位 职务 职称名称 担任职务 职位名称 岗位名称 工作岗位 所任职位 任职岗位 "
    "担任职位 担任岗位 任职职位 工作职务 实习岗位 position title "
    "jobtitle",
    "department": "部门 所属部门 所在部门 院系 学院 所在院系 college",
    "time": "时间 起止时间 起止日期 工作时间 项目时间 在职时间 就读时间 日期 项目周期 开发周期 时间周期 实习时间 任职时间 "
    "起止年月 period date dates duration",
    "project": "项目名称 项目名 项目 课题名称 项目标题 专案名称 projectname projecttitle project",
    "role": "角色 项目角色 担任角色 项目职务 我的角色 本人角色 承担角色 项目职位 参与角色 role",
    "stack": "技术栈 项目技术 开发环境 关键技术 使用技术 技术选型 技术架构 开发工具 所用技术 相关技术 项目架构 应用技术 "
    "核心技术 涉及技术 技术要点 运用技术 技术框架 "
    "主要技术 软件架构 软件环境 开发技术 开发语言 techstack technologies 关键字 关键词 keywords technologiesused stack "
    "tools environment",
    "about": "项目描述 项目简介 项目介绍 项目背景 项目概述 项目内容 公司描述 公司简介 公司介绍 简介 描述 背景 项目说明 "
    "description overview projectdescription",
    "duties": "工作内容 工作描述 工作职责 岗位职责 职责描述 主要职责 项目职责 责任描述 职责 主要工作 负责模块 负责功能 "
    "工作业绩 主要业绩 个人职责 负责内容 本人职责 我的职责 实习内容 个人贡献 主要工作内容 业绩 responsibilities "
    "responsibility duties",
    "results": "成果 项目成果 项目业绩 项目成效 工作成果 收获 项目收获 结果 成效 results achievements outcome",
    "link": "项目地址 项目链接 代码地址 在线地址 演示地址 仓库地址 源码 源码地址 访问地址 demo 演示 repo repository "
    "projecturl link",
    "mentor": "导师 指导教师 指导老师 指导 汇报对象 直属上级 下属人数 公司规模 公司性质 企业性质 企业规模 单位性质 "
    "所属行业 行业 离职原因 证明人 "
    "adviser advisor supervisor manager",
}
