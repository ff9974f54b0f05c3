"""Section headings, simplified and traditional Chinese and English: which part of a resume a line opens."""

import re
from dataclasses import dataclass
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

_LONGEST_HEADING = 34
_TRADITIONAL = str.maketrans(
    "歷經學專業項實獎證書語個簡評職務識術績興獲榮譽關係資訊聯絡傳論發畢與優勢團隊動競賽標籤紹體長習獻鏈興總結於應聘狀況開價",
    "历经学专业项实奖证书语个简评职务识术绩兴获荣誉关系资讯联络传论发毕与优势团队动竞赛标签绍体长习献链兴总结于应聘状况开价",
)
_TAIL = "(?:经历|经验|背景|情况|履历|实践|信息|概况)?"
_CHINESE: dict[SectionKind, str] = {
    "personal": "(?:个人|基本|联系)(?:基本)?(?:信息|资料|情况|方式|概况)|联系我",
    "intention": "(?:求职|职业|应聘|工作)(?:意向|目标|期望|岗位)|意向岗位|期望工作|职业规划",
    "education": f"(?:教育|学历|学习|求学)(?:与?培训)?{_TAIL}|教育及?学术背景",
    "mixed": "(?:实习|工作|实践)(?:[和与及])?项目(?:经历|经验)?|项目(?:[和与及])?(?:实习|工作|实践)(?:经历|经验)?|"
    "个人经历|实践经历|科研与实习经历",
    "work": "(?:工作|任职|职业|从业|就业)(?:主要)?(?:经历|经验|背景|履历|情况)|"
    "(?:工作|社会)(?:实践)?[和与及]?实习(?:经历|经验)?|(?:实践|工作)实习(?:经历)?|"
    "实习[和与及]?工作(?:经历|经验)?|工作经验[和与及]实习|工作",
    "internship": "实习(?:经历|经验|实践|情况|生经历)?",
    "projects": "(?:个人|主要|研究|科研|开源|专案|代表|重点|近期|校园|课程|部分|参与)?项目(?:经历|经验|"
    "实践|介绍|展示|成果|背景|情况)?|"
    "专案经历|研究(?:课题|经历)|科研(?:经历|成果)?|比赛项目|个人作品|作品(?:集|展示)?|"
    "项目[和与及](?:论文|比赛经历)|开源(?:贡献|作品)",
    "campus": "(?:校园|在校|校内|社团|学生|学生会|志愿(?:者)?|社会|公益)(?:[和与及]组织|[和与及]社团)?(?:工作|活动|"
    "实践|服务|干部)?(?:经历|经验)|"
    "社会实践|社团活动|校园活动|学生工作|志愿服务|课外活动|班级职务",
    "skills": "(?:专业|个人|职业|核心|相关|主要|技术|计算机|掌握|其他|其它)?(?:技能|能力|技术栈|"
    "技术能力|知识技能|专长|特长|技术)(?:[和与及]?(?:"
    "特长|专长|清单|标签|水平|描述|介绍|总结|证书|掌握))?|"
    "知识技能|基本能力|核心能力总结|核心竞争力|个人能力[和与及]特长|技能专长|技术栈|熟悉技术",
    "certificates": "(?:职业|专业|技能|资格|相关|所获|获得|语言)?(?:证书|认证|资质|资格)(?:[和与及](?:认证|资质|荣誉))?(?:情况)?|"
    "职业资格(?:证书)?|资格认证",
    "awards": "(?:所?获|个人|主要|在校|竞赛)?(?:获奖|奖项|荣誉|奖励|奖学金|得奖)(?:[和与及]?(?:"
    "荣誉|奖项|奖励|证书|情况|经历|记录|成果))?|"
    "所获奖项|竞赛(?:经历|获奖|成绩)?|比赛经历|荣誉证书",
    "languages": "(?:外语|语言)(?:能力|水平|技能|情况)?|英语水平",
    "summary": "(?:自我|个人|综合|职业|专业)(?:评价|总结|简介|介绍|优势|描述|概述|陈述|概况|亮点|鉴定)|核心优势|简介|"
    "关于我|个人概要",
    "publications": "(?:论文|学术|发表|公开)(?:发表|成果|论文|著作)?|发表论文|"
    "(?:论文)?(?:专利|著作)(?:[和与及](?:论文|著作|专利))?|毕业论文|科研论文",
    "interests": "(?:兴趣|个人|业余)(?:爱好|兴趣)|兴趣|爱好",
    "references": "推荐人|证明人|推荐信",
    "links": "链接|个人链接|相关链接|社交(?:账号|主页)|个人主页",
    "courses": "(?:主修|专业|核心|相关)?课程",
    "other": "其他|其它|附加信息|其他信息|补充信息|附件|推荐理由|报考信息|本科成果|附录|备注",
}
_ENGLISH: dict[SectionKind, str] = {
    "personal": "personalinformation personaldetails personal contact contactinfo contactinformation contactdetails "
    "details",
    "intention": "objective careerobjective jobobjective desiredposition",
    "education": "education educationbackground educationalbackground academicbackground academicqualifications "
    "academichistory educationandtraining educationtraining academics qualifications",
    "work": "experience experiences workexperience workexperiences workingexperience professionalexperience "
    "employment workhistory employmenthistory professionalbackground careerhistory relevantexperience "
    "otherworkexperience professionalpositions professionalhistory workandinternshipexperience "
    "researchexperience teachingexperience industryexperience",
    "internship": "internship internships internshipexperience internshipexperiences",
    "projects": "project projects keyprojects personalprojects sideprojects selectedprojects academicprojects "
    "projectexperience projectexperiences projecthistory research researchprojects opensource "
    "opensourceprojects opensourcecontributions",
    "campus": "activities extracurricular extracurricularactivities extracurriculars volunteer volunteering "
    "volunteerexperience leadership leadershipexperience campusactivities campusexperience "
    "activitiesandhonors leadershipandactivities communityservice volunteerwork affiliations "
    "professionalaffiliations",
    "skills": "skills skill technicalskills keyskills coreskills technologies itskills technicalskill skillset "
    "corecompetencies competencies expertise technicalexpertise areasofexpertise professionalskills "
    "softskills skillsandtools skillstools programmingskills computerskills technicalproficiency "
    "toolsandtechnologies skillsandtechnologies skillsandinterests",
    "certificates": "certificates certifications certification licenses licensesandcertifications certificationsandlicenses "
    "professionalcertifications certificate",
    "awards": "awards honors honours honorsandawards awardsandhonors awardshonors honorsawards awardsandscholarships "
    "scholarships achievements keyachievements accomplishments competitions awardsandachievements",
    "languages": "languages language languageskills",
    "summary": "summary professionalsummary executivesummary careersummary profile aboutme about overview "
    "personalstatement professionalprofile personalprofile summaryofqualifications objectivesummary "
    "careerprofile",
    "publications": "publications publication patents papers selectedpublications publicationsandpatents",
    "interests": "interests hobbies hobbiesandinterests interestsandhobbies",
    "references": "references referees",
    "links": "links profiles socialmedia onlineprofiles",
    "courses": "coursework courses relevantcoursework relevantcourses technicalcourses",
    "other": "miscellaneous other additional additionalinformation additionalinfo others misc",
}
_PATTERNS = {kind: re.compile(pattern) for kind, pattern in _CHINESE.items()}
_WORDS: dict[str, SectionKind] = {word: kind for kind, words in _ENGLISH.items() for word in words.split()}
_NUMBERING = re.compile(r"^\s*(?:[一二三四五六七八九十]{1,2}|\d{1,2})\s*[、.．)）]\s*")


@dataclass(frozen=True)
class Heading:
    kind: SectionKind
    text: str
    rest: str = ""


def simplified(text: str) -> str:
    """The traditional characters that headings and labels use, as simplified ones."""
    return text.translate(_TRADITIONAL)


def heading_kind(text: str) -> SectionKind | None:
    """The section a line opens when the whole line is a heading: 教育背景, 教育背景 EDUCATION, "S K I L L S：", 二、工作经历."""
    text = _NUMBERING.sub("", text)
    if len(text.strip()) > _LONGEST_HEADING or re.search(r"\d", text):
        return None
    letters = simplified(re.sub(r"[（(].*?[)）]", "", text))
    han, latin = re.sub(r"[^\u4e00-\u9fff]", "", letters), re.sub(r"[^A-Za-z]", "", letters).lower()
    if han and latin and han_and_latin_disagree(han, latin):
        return None
    return _chinese_kind(han) if han else _WORDS.get(latin)


def han_and_latin_disagree(han: str, latin: str) -> bool:
    """教育背景 EDUCATION is one bilingual heading; "IT 技能" has a known prefix; Java 项目 is not a heading."""
    return latin not in _WORDS and latin != "it" and not (_chinese_kind(han) and latin.endswith(("experience", "info")))


def _chinese_kind(han: str) -> SectionKind | None:
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.fullmatch(han)), None)


def heading_of(text: str, *, inside: SectionKind) -> Heading | None:
    """The heading a line is, or begins with: "自我评价：五年经验…", "任职经历 | 时间 | 单位". `inside` is the current section.

    A word that heads a section elsewhere is only a label in running content ("语言：Python" under 专业技能), so a heading
    with text behind it has to be unmistakable.
    """
    kind = heading_kind(text.rstrip("：: |"))
    if kind:
        return (
            None if inside == "skills" and kind == "languages" and text.endswith(("：", ":")) else Heading(kind, text)
        )
    labelled = re.match(r"^([^:：|]{2,12}?)\s*[:：]\s*(.+)$", text)
    if labelled:
        kind = heading_kind(labelled[1])
        follows = kind == "summary" or (kind in ("intention", "skills", "awards") and inside in _OPEN_SECTIONS)
        return Heading(kind, labelled[1], labelled[2]) if kind and follows else None
    apart = re.match(r"^(.{4,24}?)(?:\s\|\s|\s{4,})(.+)$", text)
    kind = heading_kind(apart[1]) if apart and _is_unmistakable(apart[1]) else None
    return Heading(kind, apart[1], apart[2]) if apart and kind else None


_OPEN_SECTIONS = ("top", "personal", "intention", "summary")


def _is_unmistakable(text: str) -> bool:
    return len(re.sub(r"[^\u4e00-\u9fff]", "", text)) >= 4 or text.isupper()
