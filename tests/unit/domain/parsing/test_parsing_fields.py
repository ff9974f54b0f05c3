"""Single fields: forms that people really write."""

import pytest

from common.domain.parsing.fields.email import find_email
from common.domain.parsing.fields.name import find_name
from common.domain.parsing.fields.phone import find_phone
from common.domain.parsing.fields.position import ends_as_position
from common.domain.parsing.fields.school import find_school
from common.domain.parsing.pieces import label_pairs
from common.domain.parsing.rows import number_rows
from common.domain.parsing.source import Line


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("手机：13900001234", "13900001234"),
        ("+86 139 0000 1234 | a@example.com", "+86 139 0000 1234"),
        ("(+86) 139-0000-1234", "(+86) 139-0000-1234"),
        ("电 话: 138-XXXX-6789", "138-XXXX-6789"),
        ("a@example.com · (+86) 131-221-87xxx · 杭州", "(+86) 131-221-87xxx"),
        ("185-****-0987", "185-****-0987"),
        ("Mobile: +44 20 7946 0123", "+44 20 7946 0123"),
        ("(415) 555-0100", "(415) 555-0100"),
        ("22岁 028-55550123", "028-55550123"),
    ],
)
def test_phone_is_found_in_the_form_it_is_printed(text: str, phone: str) -> None:
    found = find_phone(number_rows([Line(text)]))

    assert found is not None
    assert found.value == phone


@pytest.mark.parametrize("text", ["2019.09-2023.06", "服务 13900 家门店", "学号 2019123456", "手机: xxxxxxxxxx"])
def test_phone_is_not_found_when_the_digits_are_something_else(text: str) -> None:
    assert find_phone(number_rows([Line(text)])) is None


@pytest.mark.parametrize(
    "text",
    ["\ue0d0lin.x+cv@mail.example.com", "邮箱:lin.x+cv@mail.example.com，杭州", "mailto:lin.x+cv@mail.example.com"],
)
def test_email_is_found_when_icons_or_labels_touch_it(text: str) -> None:
    found = find_email(number_rows([Line(text)]))

    assert found is not None
    assert found.value == "lin.x+cv@mail.example.com"


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ([Line("个人简历"), Line("林小满"), Line("杭州市")], "林小满"),
        ([Line("张 三"), Line("教育背景")], "张三"),
        ([Line("后端开发工程师", size=12), Line("林小满", size=24)], "林小满"),
        ([Line("教育背景", size=12), Line("江南示例大学", size=10), Line("林小满", size=26)], "林小满"),
        ([Line("RESUME"), Line("MIRA J. OAKLEY, PMP"), Line("Software Architect")], "MIRA J. OAKLEY"),
        ([Line("基本信息"), Line("姓    名：林小满    性    别：女")], "林小满"),
        ([Line("姓名 | 阿依古丽·买买提")], "阿依古丽·买买提"),
    ],
)
def test_name_is_the_labelled_or_the_largest_text_near_the_top(lines: list[Line], name: str) -> None:
    rows = number_rows(lines)

    found = find_name(rows, list(label_pairs(rows)))

    assert found is not None
    assert found.value == name


@pytest.mark.parametrize(
    "text", ["简历", "工作经历", "江南示例大学", "软件工程师", "上海市", "共青团员", "Software Engineer"]
)
def test_name_is_not_found_when_the_text_is_something_else(text: str) -> None:
    assert find_name(number_rows([Line(text)]), []) is None


@pytest.mark.parametrize(
    ("text", "school"),
    [
        ("江南示例大学（985）", "江南示例大学"),
        ("XX 大学 软件工程", "XX 大学"),
        ("示例职业技术学院", "示例职业技术学院"),
        ("University of Northfield - Austin", "University of Northfield"),
        ("Northfield Institute of Technology", "Northfield Institute of Technology"),
    ],
)
def test_school_is_found_without_what_surrounds_it(text: str, school: str) -> None:
    assert find_school(text) == school


@pytest.mark.parametrize(
    "title",
    [
        "Head of Department",
        "Deputy Head of English Department",
        "Director of Sales Team",
        "Vice President of Division",
        "Chief of Staff",
    ],
)
def test_title_that_leads_what_follows_is_a_title_whatever_is_led(title: str) -> None:
    assert ends_as_position(title)


@pytest.mark.parametrize(
    "other", ["Department of Physics", "Platform Team", "head of lettuce", "University of Fernhill"]
)
def test_organisation_is_no_title_because_of_what_it_is_called(other: str) -> None:
    assert not ends_as_position(other)
