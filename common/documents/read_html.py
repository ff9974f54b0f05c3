"""HTML → lines, when it is a document and not a web page: what Word, WPS and job boards save under the name .doc."""

import re

from common.documents.code_pages import codec_of_name, decode
from common.documents.hidden_text import hidden_warnings
from common.documents.html_text import html_lines
from common.domain.parsing.source import SourceDocument
from common.errors import FileTypeUnsupported, NoTextFound

_DECLARATION_WITHIN = 4096
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_OFFICE = re.compile(
    r"urn:schemas-microsoft-com:office:word|Word\.Document|<meta[^>]{0,80}generator[^>]{0,80}(?:Microsoft Word|WPS|LibreOffice)",
    re.IGNORECASE,
)
_OFFICE_WITHIN = 8192
_LABELS = re.compile(
    "姓名|性别|出生|籍贯|民族|政治面貌|学历|学位|毕业|专业|学校|电话|手机|联系方式|邮箱|教育|工作经[历验]|实习|项目经[历验]|技能|证书|求职|期望|自我评[价介]|个人简历"
    r"|\b(?:education|experience|employment|skills|projects|university|bachelor|master|e-?mail|phone|curriculum vitae|resume)\b",
    re.IGNORECASE,
)
_FEWEST_LABELS = 4
_FEWEST_CHARACTERS = 80


def read_html(content: bytes, *, charset: str | None = None) -> SourceDocument:
    """`charset` is what a MIME header says, which outweighs the page's own words.

    Raises FileTypeUnsupported for a web page that is no resume, NoTextFound, FileTooComplex.
    """
    text = decode(content, codec_of_name(charset or _declared(content)))
    lines, hidden = html_lines(text)
    if not lines:
        raise NoTextFound
    if not _OFFICE.search(text, 0, _OFFICE_WITHIN) and not _reads_like_a_resume("\n".join(line.text for line in lines)):
        raise FileTypeUnsupported(reason="web_page")
    return SourceDocument(kind="html", lines=tuple(lines), warnings=hidden_warnings(hidden))


def _declared(content: bytes) -> str:
    found = _CHARSET.search(content, 0, _DECLARATION_WITHIN)
    return found[1].decode("ascii") if found else ""


def _reads_like_a_resume(text: str) -> bool:
    """An error or login page has a few of these words at most; a resume without four of them is hard to write."""
    labels = {label.lower() for label in _LABELS.findall(text)}
    return len(labels) >= _FEWEST_LABELS and len(re.sub(r"\s", "", text)) >= _FEWEST_CHARACTERS
