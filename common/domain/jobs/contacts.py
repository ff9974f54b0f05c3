"""A recruiter's personal data out of a job's text: numbers, accounts, addresses of mail, and the name of whom to ask for.

What is one is judged widely, because the text stays readable without it. Source of the duty: 个人信息保护法 article 6 (as
little as the purpose needs); nobody needs the recruiter to write a resume.
"""

import re
import unicodedata

GONE = "[联系方式已略去]"

#: Every run is bounded and begins where a word begins: a hostile description must not cost more than its length.
_AT = r"\s{0,4}(?:@|\(at\)|\[at\]|#(?=\w+\.(?:com|cn|net)))\s{0,4}"
_EMAIL = (
    rf"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9][A-Za-z0-9._%+\-]{{0,63}}{_AT}"
    r"[A-Za-z0-9\-]{1,63}(?:\s{0,2}\.\s{0,2}[A-Za-z0-9\-]{1,63}){1,6}"
)
_DIGIT = r"[0-9零〇一二三四五六七八九]"
_ADDRESS_OF_A_MACHINE = r"(?!\d{1,3}(?:\.\d{1,3}){3}(?![\d.]))"
_MOBILE = (
    rf"(?<![\d.]){_ADDRESS_OF_A_MACHINE}(?:\+?86[\s\-]{{0,3}})?"
    rf"[1一][\s\-.]{{0,3}}[3-9三四五六七八九](?:[\s\-.·]{{0,3}}{_DIGIT}){{9}}(?!\d)"
)
_LANDLINE = (
    r"(?<!\d)(?:\(0\d{2,3}\)\s{0,4}|0\d{2,3}[\s\-]{1,4})\d{7,8}(?:\s{0,4}(?:转|-|ext\.?)\s{0,4}\d{1,6})?(?!\d)|"
    r"(?<!\d)400[\s\-]?\d{3}[\s\-]?\d{4}(?!\d)"
)
_APP = (
    r"(?:微\s{0,4}信|薇\s{0,4}信|威\s{0,4}信|扣\s{0,4}扣|钉钉|飞书|"
    r"(?<![A-Za-z])(?:v\s{0,4}信|v\s{0,4}❤|(?:vx|wechat|weixin|wx|qq|telegram|tg|whatsapp)(?![A-Za-z])))"
)
#: Behind a colon anything may be an account; without one it has to look like none of the words around it: qq 123456, vx ab_12.
_ACCOUNT = (
    rf"(?:加|添加)?(?:我|hr)?{_APP}\s{{0,4}}(?:号码?|id|群|同号|联系){{0,3}}\s{{0,4}}"
    r"(?:(?:是|为|[:=]|\+)\s{0,4}[A-Za-z0-9][A-Za-z0-9_\-.]{4,29}|"
    r"(?=[A-Za-z_\-]{0,29}\d)[A-Za-z][A-Za-z0-9_\-]{4,29}|\d{6,12}(?![\d.]))"
)
_NAME = r"[\u4e00-\u9fff]{1,4}(?:先生|女士|小姐|经理|总监|老师|主管|总|姐|哥)"
_CALLED = r"(?:联\s{0,4}系\s{0,4}人|招聘\s{0,4}(?:负责人|专员|经理|hr)|收件人|面试官|人事|hr(?:bp)?|contact)"
_PERSON = (
    rf"{_CALLED}\s{{0,4}}[:=]\s{{0,4}}(?:{_NAME}|[\u4e00-\u9fff]{{2,4}}(?![\u4e00-\u9fff])|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)|"
    rf"(?:请?(?:直接)?(?:联系|致电|咨询|找))\s{{0,4}}{_NAME}|{_NAME}\s{{0,4}}(?={_MOBILE})"
)
_LABELLED = (
    r"(?:联系\s{0,4}(?:电话|方式|手机|邮箱)|咨询\s{0,4}(?:电话|热线)|招聘\s{0,4}(?:电话|邮箱|热线)|投递\s{0,4}邮箱|"
    r"简历\s{0,4}(?:投递|发送)\s{0,4}(?:至|到)|手机(?:号码?)?|电话(?:号码?)?|邮箱|e-?mail|tel|phone|mobile)\s{0,4}[:=]?\s{0,4}"
)
_CONTACT = re.compile(
    rf"(?:{_LABELLED})?(?:{_EMAIL}|{_MOBILE}|{_LANDLINE})|{_ACCOUNT}|{_PERSON}",
    re.IGNORECASE,
)
_REPEATED = re.compile(rf"{re.escape(GONE)}(?:[\s,，、;；/()（）|:：+\-和或及与]{{0,8}}{re.escape(GONE)})+")


def without_contacts(text: str) -> str:
    """`text` with `GONE` where somebody could be reached; the rest stays as printed. Full-width digits are digits too."""
    folded, kept, end = "".join(map(_folded, text)), [], 0
    for found in _CONTACT.finditer(folded):
        kept += [text[end : found.start()], GONE]
        end = found.end()
    return _REPEATED.sub(GONE, "".join([*kept, text[end:]]))


def _folded(char: str) -> str:
    """One character for one, so that places in the folded text are places in the text."""
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char
