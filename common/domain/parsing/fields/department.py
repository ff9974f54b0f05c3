"""Department inside an employer or faculty: the part that is neither the organisation nor the title."""

import re

_DEPARTMENT = re.compile(
    r".{1,18}(?:事业部|事业群|研发部|部门|中心|[\u4e00-\u9fff]部|[\u4e00-\u9fff]组|课题组|[\u4e00-\u9fff]科|[^教研](?!验室)[\u4e00-\u9fff]室|处|BU|BG|团队)(?:[（(].{1,12}[)）])?"
    r"|(?:.{2,40} )?(?:Department|Dept\.?|Team|Division)(?: of .{2,40})?"
)


def is_department(text: str) -> bool:
    """技术部, 微信事业群, Platform Team; 办公厅文秘处."""
    return len(text) <= 60 and bool(_DEPARTMENT.fullmatch(text))
