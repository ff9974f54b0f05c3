"""The person's name: labelled, else what near the top of the page looks most like one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from common.domain.parsing.features import Feature, FieldTable, confidence
from common.domain.parsing.fields.company import is_company
from common.domain.parsing.fields.email import holds_address
from common.domain.parsing.fields.places import is_place, starts_with_city
from common.domain.parsing.fields.position import is_position
from common.domain.parsing.fields.surnames import starts_as_name
from common.domain.parsing.found import LABELLED, Found
from common.domain.parsing.pieces import label_name, pieces
from common.domain.parsing.rows import Row
from common.domain.resume.sections import heading_kind

_LABELLED_HAN = re.compile(r"[\u4e00-\u9fff]{5,7}")  # 乌云其木格
_HAN = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,6}·[\u4e00-\u9fff]{1,8}")
_LATIN = re.compile(
    r"[A-Z][A-Za-zÀ-ÿ'’.-]*(?: (?:[A-Z]\.|(?:de|van|von|der|bin|al|da|la) )?[A-Z][A-Za-zÀ-ÿ'’.-]*){1,3}"
)
_LETTERS_APART = re.compile(r"[A-Za-z](?: {1,4}[A-Za-z]){4,30}")  # J A N E  D O E
_MONONYM = re.compile(r"[A-Z][a-z]{2,14}|[A-Z]{4,14}")
_TITLE_OF_THE_PAPER = re.compile(
    r"(?:个人|求职|我的|中文|英文|应届生|电子|毕业生|個人|求職)*(?:简历|簡歷|履历|履歷)(?:表|模板)?"
    r"|\b(?:personal |my )?resume\b|résumé|\bcurriculum vitae\b|\bcv\b|\bvitae\b",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"至今|学士|毕业|工学|大学|学院|学校|公司|本科|硕士|博士|党员|团员|^男|[男女]$|电话|邮箱|求职|应聘|个人|信息|照片|专业|年龄|健康|"
    r"已婚|未婚|汉族|群众|岁|年|月|届|籍贯|姓名|联系|学历|微信|手机|性别|民族|地址|简介|意向|能力|技能|经验|经历|掌握|熟悉|负责|"
    r"项目|系统|语言|英语|中国|国籍|政治|兴趣|爱好|主页|博客|网址|最新|更新|保密|此处|头像|你的(?!大名|名字|姓名)"
)
_COMMON_WORDS = re.compile(
    r"\b(?:Software|Data|Web|Front|Back|Full|Stack|End|Senior|Junior|Computer|Science|Machine|Learning|Cloud|Native|Design|Digital|"
    r"Product|Project|Business|Systems?|Services?|University|College|School|Street|Road|Avenue|City|Phone|Email|E-mail|Address|Page|Last|"
    r"Updated|Open|Source|Artificial|Intelligence|Vision|Word|Microsoft|Adobe|Google|United|States|Kingdom|China|Professional|Technical|"
    r"Curriculum|Dear|Your|Name|Insert|Here|Type|Text|This|The|And|For|With|Lorem|Ipsum|Dolor|Present|Javascript|Java|Python|Linux|Github|"
    r"Linkedin|Home|About|Contact|Summary|Header|Footer|Document|Test|Sample|Example|Table|Figure|Chapter|Object|Moved|Permanently|Error)\b",
    re.IGNORECASE,
)
_RARE_BIG5 = 0xC9  # first lead byte of the second, less common plane
_ROWS_FROM_TOP = 14
_CLEARLY_LARGER = 1.15
_NEARLY_AS_GOOD = 0.9


@dataclass(frozen=True)
class NameCandidate:
    """`place` counts rows from the top; `alone` when the row holds nothing else; `largest`: nothing on page 1 is larger."""

    text: str
    row: Row
    place: int
    alone: bool
    largest: bool
    in_resume: bool


NAME: FieldTable[NameCandidate] = FieldTable(
    threshold=0.5,
    features=(
        Feature(
            "known family name",
            0.45,
            lambda c: starts_as_name(c.text),
            "other words of two or three characters (判断力)",
        ),
        Feature(
            "Han of name length", 0.2, lambda c: bool(_HAN.fullmatch(c.text)), "a Latin slogan above a Chinese name"
        ),
        Feature(
            "four without a known name",
            -0.2,
            lambda c: len(c.text) == 4 and "·" not in c.text and not starts_as_name(c.text),
            "四字词语 (结果导向)",
        ),
        Feature(
            "capitalised words",
            0.4,
            lambda c: bool(_LATIN.fullmatch(c.text)),
            "single words, which are mostly headings",
        ),
        Feature("one capitalised word", 0.1, lambda c: bool(_MONONYM.fullmatch(c.text)), "lower-case content"),
        Feature(
            "set largest", 0.35, lambda c: c.largest, "the employer or school that looks like a name but is body text"
        ),
        Feature("in the first rows", 0.2, lambda c: c.place < 4, "a manager or referee named further down"),
        Feature("first row", 0.05, lambda c: c.place == 0, "a second name in the contact line"),
        Feature("alone on its row", 0.1, lambda c: c.alone, "a piece of a contact line (city, skill)"),
        Feature(
            "title or employer",
            -1.0,
            lambda c: is_position(c.text) or (len(c.text) > 3 and is_company(c.text)),
            "the line 后端工程师 under the name",
        ),
        Feature(
            "place", -1.0, lambda c: is_place(c.text) or starts_with_city(c.text), "the home city in the contact line"
        ),
        Feature(
            "rare characters",
            -0.45,
            lambda c: not _is_common(c.text),
            "Han that a wrong character map made up (弲雛嘓溦)",
        ),
        Feature(
            "everyday English",
            -0.6,
            lambda c: bool(_COMMON_WORDS.search(c.text)),
            "Machine Learning, Your Name, Sample Text",
        ),
        Feature(
            "no sign of a resume",
            -0.6,
            lambda c: not c.in_resume,
            "capitalised garbage of an unreadable or foreign file",
        ),
    ),
)


def find_name(rows: Sequence[Row], pairs: Sequence[tuple[str, str, str, Row]]) -> Found | None:
    """The best candidate; `rivals` of the result are other candidates nearly as good."""
    for name, _, value, row in pairs:
        printed = as_name(re.split(r"[（(]", value)[0], labelled=True) if name == "name" else None
        if printed and not _NOT_A_NAME.search(printed):
            return Found(printed, row, LABELLED)
    ranked = NAME.ranked(_candidates(rows))
    if not ranked:
        return None
    best, score = ranked[0]
    rivals = tuple(
        dict.fromkeys(
            c.text for c, s in ranked[1:] if s >= _NEARLY_AS_GOOD * score and c.text.casefold() != best.text.casefold()
        )
    )
    return Found(best.text, best.row, confidence(score), rivals)


def as_name(text: str, *, labelled: bool = False) -> str | None:
    """The text as a name (张 三 → 张三), or None."""
    text = re.sub(r"\s+", " ", re.sub(r"^[^\w]+|[^\w.]+$", "", text))
    parts = text.split(" ")
    if labelled and len(parts[0]) > 1 and _HAN.fullmatch(parts[0]) and len(parts) > 1 and len(parts[1]) < 3:
        return parts[0]  # 张三 男
    squashed = text.replace(" ", "")
    if labelled and _LABELLED_HAN.fullmatch(squashed):
        return squashed
    if _HAN.fullmatch(squashed) and (squashed == text or len(parts[0]) == 1 or len(parts[0]) == len(parts[-1]) == 2):
        return squashed
    return text if _LATIN.fullmatch(text) and len(text) <= 40 else None


def _candidates(rows: Sequence[Row]) -> Iterator[NameCandidate]:
    first_page = [row for row in rows if row.line.page == 1]
    sizes = sorted((row.line.size for row in first_page if row.line.size), reverse=True)
    tallest = sizes[0] if sizes else 0.0
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    stands_out = tallest > _CLEARLY_LARGER * usual
    in_resume = _looks_like_resume(rows)
    for place, row in enumerate(first_page):
        largest = stands_out and (row.line.size or 0) >= 0.95 * tallest
        if place < _ROWS_FROM_TOP or largest:
            for text in _names_in(row, largest=largest):
                yield NameCandidate(
                    text, row, place, len(text) + 2 >= len(row.text.replace(" ", "")), largest, in_resume
                )


def _is_common(text: str) -> bool:
    """Every character is of the common sets, simplified or traditional; names do have rarer ones, so it is no veto."""
    text = text.replace("·", "")
    rare = [char for char in text if not _encodes(char, "gb2312")]
    if len(rare) == 1 and starts_as_name(text) and _encodes(text, "gbk"):
        return True  # 缪旻昊: parents like one rare character; a wrong map makes up most of them
    return _encodes(text, "gb2312") or (
        _encodes(text, "big5") and all(pair[0] < _RARE_BIG5 for pair in map(_big5, text))
    )


def _encodes(text: str, charset: str) -> bool:
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return text.isascii() or not any("\u3400" <= char <= "\u9fff" for char in text)
    return True


def _big5(char: str) -> bytes:
    return char.encode("big5")


def _looks_like_resume(rows: Sequence[Row]) -> bool:
    """A heading, an address, a title or the word 简历 shows that the text was read and is a resume."""
    return any(
        heading_kind(row.plain)
        or holds_address(row.text)
        or _TITLE_OF_THE_PAPER.search(row.text)
        or is_position(row.text)
        for row in rows[:120]
    )


def _names_in(row: Row, *, largest: bool) -> list[str]:
    if "@" in row.text and len(row.text) > 80:
        return []
    text = re.sub(r"(?<=[\u4e00-\u9fff]{2})(?:先生|女士|小姐)$", "", _without_paper_title(row.plain))
    if _LETTERS_APART.fullmatch(text):
        text = " ".join(word.replace(" ", "") for word in re.split(r"\s{2,}", text))
    whole = as_name(text)
    if whole and _may_be_a_name(whole):
        return [whole]
    if largest and _MONONYM.fullmatch(text) and _may_be_a_name(text):
        return [text]
    listed = row.bulleted and not re.match(r"[\u4e00-\u9fff]{2,4}\s*[/|，,]\s*[男女]", text)
    if listed or len(text) > 120:
        return []
    if re.search(r"/\s*[男女]\s*(?:/|$)", text):
        text = text.replace("/", "    ")  # 赵磊/男/1993
    parts = [re.split(r"[（(]", piece)[0] for piece in pieces(text)]
    parts += [part for piece in parts if len(piece) <= 30 for part in _scripts_apart(piece)]
    return [printed for printed in map(as_name, parts) if printed and _may_be_a_name(printed)]


def _without_paper_title(text: str) -> str:
    """张三的简历 → 张三; 猫步简历 stays, because what is left would be no name."""
    rest = _TITLE_OF_THE_PAPER.sub("    ", text).strip(" 的-—:：|·")
    return rest if not _HAN.fullmatch(rest) or starts_as_name(rest) or " " in text else text


def _scripts_apart(text: str) -> list[str]:
    """张三 Sam Zhang → 张三, Sam Zhang."""
    found = re.fullmatch(
        r"([\u4e00-\u9fff]{2,4})\s*([A-Za-z][A-Za-z .'-]+)|([A-Za-z][A-Za-z .'-]+?)\s*([\u4e00-\u9fff]{2,4})", text
    )
    return [part.strip() for part in found.groups() if part] if found else []


def _may_be_a_name(text: str) -> bool:
    return not (heading_kind(text) or label_name(text) or _NOT_A_NAME.search(text))
