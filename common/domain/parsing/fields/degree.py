"""Degree, as printed but without its trimmings: 在读硕士研究生 → 硕士, 全日制本科 → 本科, B.S. in … → B.S."""

import re

_KINDS = (
    "(?:Arts|Sciences?|Applied Science|Engineering|Business Administration|Technology|Laws?|Fine Arts|Education|Commerce|"
    "Philosophy|Medicine|"
    "Architecture|Music|Design|Public Health|Public Administration|Social Work|Computer Applications?|[A-Z]\\w+)"
)
_DEGREE = re.compile(
    r"博士后|博士后研究|博士|硕士|碩士|研究生|本科|学士|學士|大专|大專|专科(?!学校|医院)|專科(?!學校|醫院)|高职|中专|中技|技校毕业|大學(?=畢業|肄業)|大学(?=毕业|肄业)|[高初]中(?=毕业|畢業|肄業|学历|[\s)）|，,·]|$)|EMBA|MBA|BBA|BSBA|PGDM|MPA|MPAcc|MFA|LLM|LLB|MBBS|JD"
    r"|\b(?:Ph\.?\s?D\.?|D\.?Phil\.?|Doctor(?:ate)? of [A-Z]\w+|Doctor(?:ate)?|Doctoral)(?!\w)"
    rf"|\b(?:Master|Bachelor|Associate(?=['’]|s?\s+(?:of|[dD]egree))|MASTER|BACHELOR)(?:['’]?[sS])?(?:\s+(?:of|OF)\s+{_KINDS}|\s+[dD]egree)?(?![\w])(?:\s+[dD]egree)?"
    r"|\b(?:M\.?B\.?A|M\.?S\.?c|B\.?S\.?c|B\.?E|M\.?E|M\.?S|B\.?S|B\.?A|M\.?A|M\.?Eng|MChem|MPhys|MMath|MSci|B\.?Eng|M\.?Phil|B\.?Tech|M\.?Tech|B\.?C\.?A|M\.?C\.?A|B\.?Arch|M\.?Arch|B\.?Com|B\.?Ed|M\.?Ed"
    r"|MENG|BENG|MSCS|BSCS|A\.?A|A\.?S|M\.?Res|LL\.?[BM]|B\.?F\.?A|M\.?F\.?A|High School Diploma|Diploma|GCSEs?|A[- "
    r"]Levels?|Minor)(?![\w])\.?"
    r"(?=$|[\s,，.(（:：;|·\-–—/])",
)
_AROUND = (
    r"(?:在读|在讀|攻读|全日制|统招|非全日制|自考|成人|函授|在职|专升本|(?<![\u4e00-\u9fff])大学|双)*\s*"
    r"(?:(?:工|理|文|管理|经济|法|医|教育|农|艺术|哲|历史|商)[学學](?=[学學硕碩博]))?{degree}\s*(?:\(Hons?\.?\)|研究生|学位|學位|学历|學歷|在读|在讀|毕业生|畢業|肄業|肄业|毕业|生)*(?:\s+(?:in|of)\b|\s*in(?=\s))?"
)
_SECOND = re.compile(r"^(?:Minor)$")


def find_degree(text: str) -> str | None:
    found = _DEGREE.search(text)
    if found and _SECOND.match(found.group()):
        return None
    return (
        found.group().strip(" .")
        if found and not found.group().endswith(".")
        else found.group().strip()
        if found
        else None
    )


def split_degree(text: str, degree: str) -> tuple[str, str]:
    """(the degree with the words that only serve it, as printed; the text left when both are gone)."""
    around = _AROUND.format(degree=re.escape(degree))
    found = re.search(rf"[（(【]\s*{around}\s*[)）】]|{around}", text)
    if found is None:
        return degree, text.replace(degree, "    ", 1)
    return found.group().strip(" （(【)）】"), f"{text[: found.start()]}    {text[found.end() :]}"
