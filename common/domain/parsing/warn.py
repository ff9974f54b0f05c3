"""What the user should look at, in plain Chinese."""

from collections.abc import Sequence

from common.domain.parsing.fields.identity import holds_masked_identity
from common.domain.parsing.rows import Row
from common.domain.resume.model import Resume


def warnings_for(resume: Resume, rows: Sequence[Row]) -> list[str]:
    basics, entries = resume.basics, [*resume.work, *resume.education]
    undated = sum(1 for entry in entries if entry.x_cn is None or not entry.x_cn.date_raw)
    checks = (
        (any(row.line.method == "ocr" for row in rows), "部分文字由图片识别得到，请核对姓名、电话和日期"),
        (not basics.name, "没有找到姓名，请补充"),
        (not basics.phone, "没有找到电话号码，请补充"),
        (bool(basics.phone and any(char in "xX*" for char in basics.phone)), "电话号码不完整，请补充"),
        (any(holds_masked_identity(row.text) for row in rows), "发现身份证号，已打码；简历里一般不需要写身份证号"),
        (not basics.email, "没有找到邮箱，请补充"),
        (not resume.education, "没有找到教育经历"),
        (not resume.work and not resume.projects, "没有找到工作、实习或项目经历"),
        (undated > 0, f"有 {undated} 段工作或教育经历没有写明时间"),
    )
    return [message for applies, message in checks if applies]
