"""The words of section headings, as data: simplified Chinese patterns, English vocabulary, traditional characters.

A Chinese heading is one pattern, or several joined by 和 与 及 、 /. An English one is words of the vocabulary and nothing else,
so that "Research Projects" heads a section and "Research Assistant" does not. Extend the tables, not the code.
"""

from typing import Literal

SectionKind = Literal[
    "top",
    "personal",
    "intention",
    "education",
    "work",
    "internship",
    "campus",
    "mixed",
    "projects",
    "skills",
    "certificates",
    "awards",
    "languages",
    "summary",
    "publications",
    "interests",
    "references",
    "links",
    "courses",
    "other",
]

# Characters of headings, labels, degrees and levels only; text itself is never converted.
TRADITIONAL = str.maketrans(
    "歷經學專業項實獎證書語個簡評職務識術績興獲榮譽關係資訊聯絡傳論發畢與優勢團隊動競賽標籤紹體長習獻鏈興總結於應聘狀況開價"
    "電話機郵貫國別時間稱單門駕駛檢驗練計劃題課導擔責產銷運營設統網軟體環進養訓創參會議條徵繫薦師觀腦鏡級認為內類寫讀聽說歲齡員黨"
    "無婚來處現聯繫見擅備構架據庫樣義錄著藝愛趣際戶層歸屬製瞭",
    "历经学专业项实奖证书语个简评职务识术绩兴获荣誉关系资讯联络传论发毕与优势团队动竞赛标签绍体长习献链兴总结于应聘状况开价"
    "电话机邮贯国别时间称单门驾驶检验练计划题课导担责产销运营设统网软体环进养训创参会议条征系荐师观脑镜级认为内类写读听说岁龄员党"
    "无婚来处现联系见擅备构架据库样义录著艺爱趣际户层归属制了",
)

_TAIL = "(?:经历|经验|背景|情况|履历|实践|信息|概况|简历)?"
_PROJECT_OWNER = (
    "个人|主要|研究|科研|开源|专案|代表|重点|近期|校园|在校|课程|部分|"
    "参与|相关|核心|典型|实训|工程|实践|竞赛|学术|技术|毕业|软件|开发"
)
CHINESE: dict[SectionKind, str] = {
    "personal": "(?:个人|基本|联系|自然|求职者)(?:基本)?(?:信息|资料|情况|方式|概况|资讯)|联系我|联络(?:方式|资讯)|联系我们|信息",
    "intention": "(?:求职|职业|应聘|工作|择业|应征|就业)(?:意向|目标|期望|岗位|条件|职务|意愿)|意向(?:岗位|职位)|"
    "期望(?:工作|职位|岗位|职务)"
    "|职业(?:规划|发展)|求职信息",
    "education": f"(?:主要)?(?:教育|学历|求学|学业)(?:培训|及?学术)?{_TAIL}|学习(?:经历|背景|情况|简历)|(?:培训|"
    f"进修)(?:经历|经验|情况|记录)?"
    "|教育及?学术背景|教育[和与及]培训(?:经历|背景)?|学历背景|最高学历|教育程度",
    "mixed": "个人(?:经历|履历)|实践(?:经历|经验)|科研[和与及]实习经历|主要经历|经历",
    "work": "(?:主要|个人|相关|过往|全部|其他)?(?:工作|任职|职业|从业|就业|职务|全职|社会工作|专业)(?:主要)?(?:经历|经验|"
    "背景|履历|情况|简历|史)"
    "|(?:工作|社会)(?:实践)?实习(?:经历|经验)?|工作|实践工作(?:经历)?|教学(?:工作)?(?:经历|经验)|任教(?:经历|经验)|执教(?:经历|经验)|兼职(?:经历|经验)?|创业(?:经历|经验)?",
    "internship": "(?:个人|相关|主要|企业|校外)?实习(?:经历|经验|实践|情况|生经历|工作|工作经历|工作经验)?|(?:工作|"
    "实践)实习(?:经历|经验)?|实习实践(?:经历)?",
    "projects": f"(?:{_PROJECT_OWNER})?项目(?:经历|经验|实践|介绍|展示|成果|背景|情况|描述|案例|作品|履历|一览|列表)?"
    "|专案(?:经历|经验|实务)?|(?:实务|毕业)?专题(?:经历|经验|制作|研究)?|毕业(?:设计|专题)|研究(?:课题|经历|经验|工作|成果)|课题(?:研究|经历)|科研(?:经历|经验|成果|工作|训练|实践)?"
    "|学术(?:研究|经历)|比赛项目|个人作品|(?:主要|代表)?作品(?:集|展示)?|开源(?:贡献|作品|经历|社区)|实训(?:经历|项目)?|主要业绩项目|项目经历简介|课程设计",
    "campus": "(?:校园|在校|校内|社团|社团组织|学生|学生会|志愿者?|志愿服务|社会|公益|课外|班级|党团)(?:组织|社团)?(?:工作|"
    "活动|实践|服务|干部|任职|实践活动|职务)?(?:经历|经验|情况)"
    "|(?:校园|校内|在校)(?:职务|任职|活动|工作|实践)|校园|社会(?:实践|活动|服务)|社团(?:活动|组织|经历)?|学生(?:工作|干部|组织)|志愿(?:服务|活动|者)"
    "|课外(?:活动|实践)|班级职务|组织经历|领导经历|担任职务|(?:社会)?实践活动|实践",
    "skills": "(?:专业|个人|职业|核心|相关|主要|技术|计算机|电脑|掌握|其他|其它|办公|业务|工作|岗位|软件|开发|编程|it|基本)*"
    "(?:技能|能力|技术栈|技术能力|知识技能|专长|特长|技术|擅长|软件技能)"
    "(?:特长|专长|清单|标签|水平|描述|介绍|总结|证书|掌握|概述|列表|评价|情况|一览|点|项)?"
    "|知识技能|基本能力|核心能力总结|核心竞争力|技能专长|技术栈|熟悉技术|专业(?:知识|能力)|能力(?:描述|总结|概述)|掌握(?:技能|技术)|擅长(?:技能|领域|工具)",
    "certificates": "(?:职业|专业|技能|资格|相关|所获|所持|获得|语言|个人|持有|荣誉资格|从业|英语|计算机)?(?:证书|认证|"
    "资质|资格|证照|执照)(?:情况|信息)?"
    "|职业资格(?:证书)?|(?:资格|专业|职业)认证|考取证书|等级证书",
    "awards": "(?:所获?|个人|主要|在校|竞赛|比赛|获得|校内|曾获|大学)*(?:获奖|奖项|荣誉|奖励|奖学金|得奖|获奖励|奖惩|表彰|"
    "荣誉称号|奖)"
    "(?:荣誉|奖项|奖励|证书|情况|经历|记录|成果|称号|信息|经验)*|(?:学科)?(?:竞赛|比赛)(?:经历|获奖|成绩|情况|荣誉|奖项)?|荣誉证书|获奖",
    "languages": "(?:外语|语言|外文|语文)(?:能力|水平|技能|情况|专长|程度)?|英语(?:水平|能力)",
    "summary": "工作(?:总结|小结|评价)|(?:自我|个人|综合|职业|专业)(?:评价|总结|简介|介绍|优势|描述|概述|陈述|概况|亮点|"
    "鉴定|评估|推荐|特点|"
    "小结|简述|素质)|核心优势|简介|简述"
    "|关于我|关于本人|个人概要|自传|自荐信?|我的优势|优势|亮点|自评|个人特质|人物简介|总结|概要|个人能力评价",
    "publications": "(?:论文|学术|发表|公开|科研|毕业|学位|硕士|博士|已发表)*(?:论文|成果|著作|专利|软著|出版物|发明|"
    "知识产权|文章)(?:发表|成果|情况|专利|论文|著作)*"
    "|发表论文|发明专利",
    "interests": "(?:特长|特殊)(?:爱好|才艺)|爱好特长|(?:兴趣|个人|业余|休闲)(?:爱好|兴趣|嗜好|特长)|兴趣|爱好|嗜好",
    "references": "推荐人|证明人|推荐信|推荐信息",
    "links": "链接|个人链接|相关链接|社交(?:账号|主页|网络|媒体)|个人主页|个人网站|博客",
    "courses": "(?:主修|专业|核心|相关|主要|所学|学习|修读|在校)?课程(?:成绩|列表)?",
    "other": "其他|其它|附加信息|其他信息|补充信息|附件|推荐理由|报考信息|本科成果|附录|备注|其他情况|补充说明|"
    "家庭(?:主要)?(?:成员|"
    "情况|背景)|家庭(?:主要)?成员情况|家庭主要成员(?:及(?:主要)?社会关系)?|社会关系|致谢|感谢|结语"
    "|其他说明|自定义|考研成绩|初试成绩|考试成绩|各科成绩|照片",
}

# word → kind; a word of a weak kind gives way to any other word of the heading.
ENGLISH_HEADS: dict[SectionKind, str] = {
    "personal": "personal contact contacts",
    "intention": "objective objectives",
    "education": "education educational academics qualifications schooling training",
    "work": "experience experiences employment work history",
    "internship": "internship internships",
    "projects": "project projects portfolio research opensource hackathons",
    "campus": "activities extracurricular extracurriculars curricular volunteer volunteering voluntary leadership affiliations "
    "memberships community campus societies involvement outreach",
    "skills": "skill skills technologies competencies competences expertise proficiencies proficiency strengths tools "
    "toolkit stack skillset abilities specialties",
    "certificates": "certificate certificates certification certifications licenses licences credentials",
    "awards": "award awards honor honors honour honours scholarships achievements accomplishments competitions "
    "distinctions recognition grants fellowships",
    "languages": "language languages",
    "summary": "summary profile about overview statement bio biography introduction highlights",
    "publications": "publication publications patents patent papers presentations talks conferences",
    "interests": "(?:特长|特殊)(?:爱好|才艺)|爱好特长|interest interests hobbies hobby",
    "references": "reference references referees",
    "links": "links link profiles social media websites",
    "courses": "coursework courses course",
    "other": "miscellaneous other additional others misc extra appendix",
}
ENGLISH_WEAK = frozenset({"personal", "other", "work", "projects", "summary", "links"})
ENGLISH_MODIFIERS = frozenset(
    "and of in my for with to undertaken handled executed "
    "professional relevant selected key technical academic core main career background "
    "information info details work working history areas area computer programming software soft hard recent "
    "positions position industry teaching records record independent side notable major certified desired job "
    "qualification executive at interpersonal business graduate undergraduate graduation university invited "
    "school college development language international other additional personal past previous current professionalism".split()
)
ENGLISH_ALONE: dict[str, SectionKind] = {
    "details": "personal",
    "workinghistory": "work",
    "professionalbackground": "work",
    "professionalpositions": "work",
    "otherworkexperience": "work",
    "academicbackground": "education",
    "academichistory": "education",
    "academicqualifications": "education",
    "academicpositions": "work",
    "academicappointments": "work",
    "appointments": "work",
    "positionsofresponsibility": "campus",
    "teaching": "other",
    "desiredposition": "intention",
    "jobobjective": "intention",
    "summaryofqualifications": "summary",
    "objectivesummary": "summary",
    "aboutme": "summary",
    "socialmedia": "links",
    "additionalinfo": "other",
    "additionalinformation": "other",
    "personalinformation": "personal",
    "personaldetails": "personal",
    "contactinfo": "personal",
    "opensource": "projects",
    "opensourcecontributions": "projects",
    "programminglanguages": "skills",
    "computerlanguages": "skills",
    "cv": "other",
}
ENGLISH_NOT_ALONE = frozenset("work history training tools stack media social community campus talks course".split())
