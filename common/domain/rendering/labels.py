"""The words a layout adds: section headings, field labels and punctuation, in Chinese and in English."""

from dataclasses import dataclass

from common.domain.rendering.view import LayoutLanguage

_WORDS: dict[str, tuple[str, str]] = {
    "summary": ("自我评价", "Summary"),
    "work": ("工作经历", "Experience"),
    "internship": ("实习经历", "Internships"),
    "projects": ("项目经历", "Projects"),
    "education": ("教育经历", "Education"),
    "volunteer": ("志愿经历", "Volunteering"),
    "campus": ("校园经历", "Campus Activities"),
    "skills": ("专业技能", "Skills"),
    "certificates": ("证书", "Certificates"),
    "languages": ("语言能力", "Languages"),
    "awards": ("荣誉奖项", "Awards"),
    "publications": ("论文与出版物", "Publications"),
    "interests": ("兴趣爱好", "Interests"),
    "references": ("推荐人", "References"),
    "other": ("其他", "Other"),
    "positions": ("求职意向", "Objective"),
    "cities": ("期望城市", "Preferred location"),
    "salary": ("期望薪资", "Expected salary"),
    "available": ("到岗时间", "Available"),
    "employment_type": ("工作性质", "Type"),
    "score": ("成绩", "Score"),
    "rank": ("排名", "Rank"),
    "courses": ("主修课程", "Courses"),
    "keywords": ("关键词", "Keywords"),
    "location": ("所在地", "Location"),
    "resume": ("简历", "Resume"),
    "present": ("至今", "Present"),
}


@dataclass(frozen=True)
class Labels:
    language: LayoutLanguage

    def __getitem__(self, key: str) -> str:
        return _WORDS[key][0 if self.language == "zh" else 1]

    @property
    def comma(self) -> str:
        """Between the members of a list."""
        return "、" if self.language == "zh" else ", "

    @property
    def colon(self) -> str:
        return "：" if self.language == "zh" else ": "

    def in_brackets(self, text: str) -> str:
        return f"（{text}）" if self.language == "zh" else f" ({text})"
