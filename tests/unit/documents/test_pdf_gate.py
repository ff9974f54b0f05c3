"""The OCR gate: a text layer that lies is noticed, a healthy one never is doubted, and every page is judged alone."""

import pytest

from common.documents.pdf_pages import PageText, pages_for_ocr
from common.documents.read_pdf import read_pdf
from common.documents.text_gate import has_lost_its_digits, is_garbled, is_sparse
from scripts.benchmarks.writers import pdf_damage
from tests.unit.documents.read_samples import PdfSample

RESUME = (
    "林小满  电话 13900001234  邮箱 linxiaoman@example.com",
    "教育背景",
    "2016年9月 - 2020年6月  江南示例大学  软件工程  本科  主修课程：数据结构、操作系统、计算机网络",
    "工作经历",
    "2020年7月 - 至今  示例科技有限公司  后端工程师",
    "负责订单系统的设计与开发，使用 Spring Boot 与 Redis 搭建微服务，日均处理订单 300 万笔",
    "带领 5 人团队完成支付平台的重构，将接口平均响应时间由 800 毫秒降低到 120 毫秒",
    "Developed the payment gateway and reduced the average latency of requests by 40 percent",
    "Mentored junior engineers, reviewed their changes and wrote the guidelines of the whole department",
)
ENGLISH = (
    "Lin Xiaoman, linxiaoman@example.com, 139 0000 1234",
    "Work experience, 2019 - 2024: Software engineer at Example Technology in Shanghai",
    "Developed the payment gateway and reduced the average latency of requests by 40 percent",
    "Mentored junior engineers, reviewed their changes and wrote the guidelines of the department",
)
TRADITIONAL = (
    "工作經歷：負責公司產品的設計與開發，帶領團隊完成專案，與業務單位溝通需求，並撰寫技術文件，二〇二〇年獲得優秀員工獎"
)
JAPANESE = "職務経歴：株式会社サンプルにてシステム開発を担当しました。要件定義から設計、実装、テストまで経験しております。2020年"
FORM = "姓名：林小满 出生年月：1996.05 起止年月 毕业年月：2018年6月 XX年XX月 二〇一八年六月 电话：13900001234 专业：软件工程"
ICONS = "\uf095 139 0000 1234 \uf0e0 lin@example.com \uf015 Shanghai \uf09b lin \uf073 2020 - 2024 Example Company engineer team"
ALPHABETS = "\n".join([*ENGLISH, *ENGLISH, "Greek ΑΒΓΔ α β γ δ ε ζ", "Latin Ā ā Ă ă Ą ą Ć ć", "Thai ก ข ฃ ค ฅ ฆ"])

HEALTHY = {
    "chinese": "\n".join(RESUME),
    "english": "\n".join(ENGLISH),
    "traditional": TRADITIONAL,
    "japanese": JAPANESE,
    "french": "Développé la passerelle de paiement, réduit le délai moyen des requêtes de 40 pour cent, encadré une équipe",
    "vietnamese": "Kỹ sư phần mềm tại công ty Ví Dụ từ 2019 đến 2024, phát triển hệ thống thanh toán",
    "form": FORM,
    "icons": ICONS,
    "many_alphabets_in_few_lines": ALPHABETS,
    "word_bullets": "\n".join(f"\uf06c {line}" for line in RESUME),
    "abbreviations": "HTML CSS SQL PHP XML AWS JVM TCP HTTP GIT NPM JSON REST RPC 2020 2021",
}


@pytest.mark.parametrize("text", HEALTHY.values(), ids=HEALTHY)
def test_gate_lets_a_layer_pass_when_it_is_healthy(text: str) -> None:
    assert not is_garbled(text)


BROKEN = {
    "private_use": "".join(chr(0xE000 + ord(char) % 0x1000) for char in RESUME[5]),
    "controls": "".join(chr(1 + ord(char) % 8) for char in RESUME[5]),
    "replacement": RESUME[4] + "\ufffd" * 12,
    "letters_of_many_alphabets": "".join(chr(0x100 + ord(char) % 0xE00) for char in "".join(RESUME[2:6])),
    "latin_of_no_word": "ĸſƀƆ ƈƋ ƍƏ ƑƓ ƕƗ ƙƛ ƝƟ" * 5,
    "random_han": "".join(chr(0x4E00 + ord(char) * 7919 % 0x5000) for char in RESUME[5]),
    "rare_han": "㐀㐁㐂㐃㐄㐅" * 3 + "负责订单系统的设计与开发",
    "shifted_letters": "Ghyhorshg wkh sdbphqw jdwhzdb dqg uhgxfhg wkh dyhudjh odwhqfb ri uhtxhvwv 2020",
    "glyph_numbers": "'HYHORSHG WKH SD\\PHQW JDWHZD\\ DQG UHGXFHG WKH DYHUDJH ODWHQF\\ 2020 RIUHTXHVWV",
    "digits_in_private_use": "工作经历\n"
    + "\uf732\uf730\uf731\uf736年\uf737月-\uf732\uf730\uf732\uf739年\uf735月 公司" * 2,
    "dates_without_numbers": "\n".join(["工作经历", *["年 月 - 年 月 示例科技有限公司 后端工程师，负责订单系统"] * 3]),
    "dates_with_letters": "\n".join(
        ["工作经历 1", *["kyR8 年 j 月至今 示例科技有限公司 后端工程师，负责订单系统"] * 3]
    ),
    "no_words": "@#$ %^& *() {}[] ;:' <>? ,./ 12 34 56 @#$ %^&",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_gate_stops_a_layer_when_it_says_nothing_true(text: str) -> None:
    assert is_garbled(text)


def test_gate_misses_digits_only_when_there_is_text_enough() -> None:
    prose = "Many words about work without one single number " * 6

    assert [has_lost_its_digits(prose), has_lost_its_digits("short"), has_lost_its_digits(prose + "1")] == [
        True,
        False,
        False,
    ]


def test_gate_finds_text_sparse_when_it_has_less_than_fifty_characters() -> None:
    assert [is_sparse("a " * 49), is_sparse("a " * 50)] == [True, False]


def pdf(lines: tuple[str, ...]) -> bytes:
    sample = PdfSample(embedded=True)
    for row, text in enumerate(lines):
        sample.write(40, 780 - 24 * row, text)
    return sample.done()


DAMAGES = {
    "digits": pdf_damage.without_digits,
    "private_digits": pdf_damage.with_private_digits,
    "other_han": pdf_damage.with_other_han,
    "letters": pdf_damage.with_shifted_letters,
    "private": pdf_damage.with_private_text,
    "foreign": pdf_damage.with_foreign_text,
    "maps": pdf_damage.without_maps,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_pdf_goes_to_ocr_when_its_character_map_is_damaged(damage) -> None:
    document = read_pdf(damage(pdf(RESUME)))

    assert [page.page for page in document.unread] == [1]
    assert document.lines == ()


def test_pdf_is_read_when_its_character_map_is_rewritten_without_damage() -> None:
    document = read_pdf(pdf_damage.remapped(pdf(RESUME), lambda text: text))

    assert document.unread == ()
    assert document.lines[0].text.startswith("林小满")


def test_pages_are_judged_alone_when_only_one_is_garbled() -> None:
    good, bad = "\n".join(RESUME), BROKEN["random_han"] * 4 + "2020"

    assert pages_for_ocr([PageText(1, good), PageText(2, bad), PageText(3, good)]) == {2}


def test_short_page_follows_the_others_when_most_of_them_are_garbled() -> None:
    bad = BROKEN["random_han"] * 4 + "2020"

    assert pages_for_ocr([PageText(1, bad), PageText(2, "㱠鞕 2020 1"), PageText(3, "\n".join(RESUME))]) == {1}
    assert pages_for_ocr([PageText(1, bad), PageText(2, "㱠鞕 2020 1"), PageText(3, bad)]) == {1, 2, 3}


def test_short_page_is_kept_when_the_others_are_healthy() -> None:
    assert pages_for_ocr([PageText(1, "\n".join(RESUME)), PageText(2, "1/2")]) == set()


def test_page_without_text_goes_to_ocr_when_its_letters_are_shapes() -> None:
    assert pages_for_ocr([PageText(1, "\n".join(RESUME)), PageText(2, "", shapes=900)]) == {2}
