"""What sections and fields are called on paper: synonyms by language, and the English that stands beside a heading."""

from scripts.benchmarks.generator.person import Language

Section = str

HEADINGS: dict[Language, dict[Section, tuple[str, ...]]] = {
    "zh": {
        "personal": ("个人信息", "基本信息", "个人资料"),
        "intention": ("求职意向", "求职目标", "意向岗位"),
        "education": ("教育背景", "教育经历", "教育情况"),
        "work": ("工作经历", "工作经验", "任职经历"),
        "internship": ("实习经历", "实习经验"),
        "projects": ("项目经历", "项目经验"),
        "mixed": ("实习/项目经历", "实习与项目经历", "实习及项目经验"),
        "campus": ("校园经历", "社团经历", "学生工作", "社会实践"),
        "skills": ("专业技能", "技能特长", "个人技能", "技能清单"),
        "certificates": ("资格证书", "证书", "技能证书"),
        "awards": ("荣誉奖项", "获奖情况", "所获荣誉"),
        "summary": ("自我评价", "个人评价", "个人优势", "个人总结"),
    },
    "zh-Hant": {
        "personal": ("個人資料", "基本資料"),
        "intention": ("求職意向", "應徵職務"),
        "education": ("學歷", "教育背景", "教育程度"),
        "work": ("工作經歷", "工作經驗"),
        "internship": ("實習經歷",),
        "projects": ("專案經歷", "專案經驗"),
        "campus": ("社團經歷", "校園經歷"),
        "skills": ("專業技能", "技能專長"),
        "certificates": ("證照", "專業證照"),
        "awards": ("獲獎紀錄", "得獎經歷"),
        "summary": ("自我評價", "個人簡介", "自傳"),
    },
    "en": {
        "personal": ("Personal Information",),
        "intention": ("Objective",),
        "education": ("Education", "Educational Background"),
        "work": ("Work Experience", "Experience", "Professional Experience"),
        "internship": ("Internships",),
        "projects": ("Projects", "Selected Projects"),
        "campus": ("Activities", "Leadership"),
        "skills": ("Skills", "Technical Skills"),
        "certificates": ("Certifications", "Certificates"),
        "awards": ("Awards", "Honors & Awards"),
        "summary": ("Summary", "Profile", "About Me"),
    },
}

ENGLISH: dict[Section, str] = {
    "personal": "PERSONAL INFORMATION",
    "intention": "OBJECTIVE",
    "education": "EDUCATION",
    "work": "WORK EXPERIENCE",
    "internship": "INTERNSHIP",
    "projects": "PROJECTS",
    "mixed": "INTERNSHIPS AND PROJECTS",
    "campus": "ACTIVITIES",
    "skills": "SKILLS",
    "certificates": "CERTIFICATES",
    "awards": "AWARDS",
    "summary": "ABOUT ME",
}

LABELS: dict[Language, dict[str, tuple[str, ...]]] = {
    "zh": {
        "name": ("姓名",),
        "phone": ("电话", "手机", "联系电话", "手机号码"),
        "email": ("邮箱", "电子邮箱", "Email", "E-mail"),
        "city": ("现居地", "现居城市", "所在地"),
        "position": ("应聘岗位", "求职意向", "期望职位"),
        "wanted_city": ("意向城市", "期望城市"),
        "salary": ("期望薪资", "薪资要求"),
        "available": ("到岗时间",),
        "courses": ("主修课程", "核心课程"),
        "grade": ("GPA", "成绩", "绩点"),
        "rank": ("专业排名", "排名"),
        "stack": ("技术栈", "使用工具", "技术环境"),
        "project": ("项目", "项目名称"),
        "role": ("担任角色", "项目角色"),
        "duty": ("工作内容", "主要职责", "项目职责"),
    },
    "zh-Hant": {
        "name": ("姓名",),
        "phone": ("電話", "手機", "聯絡電話"),
        "email": ("電子郵件", "信箱", "E-mail"),
        "city": ("居住地",),
        "position": ("應徵職務", "希望職稱"),
        "wanted_city": ("希望地點",),
        "salary": ("希望待遇",),
        "available": ("可上班日",),
        "courses": ("主修課程",),
        "grade": ("GPA", "成績"),
        "rank": ("排名",),
        "stack": ("使用技術",),
        "project": ("專案", "專案名稱"),
        "role": ("擔任角色",),
        "duty": ("工作內容",),
    },
    "en": {
        "name": ("Name",),
        "phone": ("Phone", "Mobile", "Tel"),
        "email": ("Email", "E-mail"),
        "city": ("Location", "Address"),
        "position": ("Objective",),
        "wanted_city": ("Preferred location",),
        "salary": ("Salary",),
        "available": ("Available",),
        "courses": ("Coursework", "Relevant courses"),
        "grade": ("GPA",),
        "rank": ("Rank",),
        "stack": ("Technologies", "Tools"),
        "project": ("Project",),
        "role": ("Role",),
        "duty": ("Responsibilities",),
    },
}

#: Header rows of the tables some templates print.
COLUMNS = {
    "education": ("时间", "学校", "学历", "专业"),
    "work": ("起止时间", "工作单位", "职位"),
    "projects": ("时间", "项目名称", "担任角色"),
}

#: Labels of the fields where an entry prints each behind its own, the period first.
ENTRY_LABELS = {
    "education": ("起止时间", "毕业院校", "专业", "学历"),
    "work": ("工作时间", "公司名称", "担任职位"),
    "projects": ("项目时间", "项目名称", "项目角色"),
    "campus": ("时间", "组织", "职务"),
}
