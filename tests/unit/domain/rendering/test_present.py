"""The view of a resume: order, dates, headings, and that no text of the user is lost."""

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from common.domain.rendering.present import NOT_PRINTED, present
from common.domain.resume.model import Resume
from tests.unit.domain.rendering import samples

PHOTO = "data:image/png;base64,AAAA"


def leaf_paths(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        inner = next((part for part in _types(field.annotation) if _is_model(part)), None)
        yield from leaf_paths(inner, f"{prefix}{name}.") if inner else [f"{prefix}{name}"]


def filled(model: type[BaseModel], prefix: str = "") -> Any:
    """An instance of the model whose every text leaf is its own path, spelt so that it survives every clean-up."""
    values: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        inner = next((part for part in _types(field.annotation) if _is_model(part)), None)
        is_list = str(field.annotation).startswith(("list", "typing.Annotated[list"))
        value: Any = filled(inner, f"{prefix}{name}.") if inner else leaf_value(f"{prefix}{name}")
        values[name] = [value] if is_list and inner else value
    return values


def leaf_value(path: str) -> Any:
    special: dict[str, Any] = {
        "basics.image": PHOTO,
        "x_cn.personal": {"labelq": token("x_cn.personal")},
        "meta.x_cn.provenance": {},
        "meta.x_cn.warnings": [],
        "meta.x_cn.review": [],
        "meta.x_cn.headings": [],
        "meta.x_cn.photo": True,
        "meta.x_cn.unplaced": [token("meta.x_cn.unplaced")],
    }
    if path.endswith(".current"):
        return False
    return special.get(path, token(path))


def token(path: str) -> str:
    return "q" + re.sub(r"[^a-z]", "", path) + "q"


def _types(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from _types(part)


def _is_model(candidate: Any) -> bool:
    return isinstance(candidate, type) and issubclass(candidate, BaseModel)


def is_deliberately_absent(path: str) -> bool:
    return path in NOT_PRINTED or any(pattern.startswith("*") and path.endswith(pattern[1:]) for pattern in NOT_PRINTED)


def printed(resume: Resume) -> str:
    view = present(resume)
    return "\n".join([*view.texts(), view.photo or ""])


def titles(resume: Resume) -> list[str]:
    return [section.title for section in present(resume).sections]


def test_every_field_of_the_model_is_printed_or_listed_as_absent() -> None:
    paths = list(leaf_paths(Resume))
    resume = Resume.model_validate(filled(Resume))

    paper = printed(resume)

    lost = [path for path in paths if not is_deliberately_absent(path) and str(leaf_sign(path)) not in paper]
    assert len(paths) > 100
    assert lost == []


def leaf_sign(path: str) -> str:
    return PHOTO if path == "basics.image" else token(path)


def test_absent_fields_all_exist_in_the_model() -> None:
    paths = list(leaf_paths(Resume))

    stale = [
        entry
        for entry in NOT_PRINTED
        if not any(is_deliberately_absent(path) and matches(entry, path) for path in paths)
    ]

    assert stale == []


def matches(entry: str, path: str) -> bool:
    return path.endswith(entry[1:]) if entry.startswith("*") else path == entry


def test_headings_the_source_printed_survive_when_they_fit_the_language() -> None:
    resume = Resume.model_validate(
        {
            "work": [
                {"name": "甲公司", "x_cn": {"heading": "■ 科研与工作"}},
                {"name": "乙公司", "x_cn": {"heading": "WORK"}},
            ]
        }
    )

    assert titles(resume) == ["科研与工作", "工作经历"]


def test_education_stands_first_when_every_job_was_an_internship() -> None:
    assert titles(samples.graduate())[:3] == ["教育经历", "实习经历", "项目经历"]


def test_work_stands_before_education_when_a_job_was_permanent() -> None:
    found = titles(samples.full_life())

    assert found.index("工作经历") < found.index("教育经历")


def test_labels_are_english_when_the_resume_is_english() -> None:
    view = present(samples.english())

    assert view.language_tag == "en"
    assert [section.title for section in view.sections] == ["Summary", "Experience", "Education", "Skills"]
    assert view.sections[1].entries[0].date == "Apr 2021 – Present"


def test_language_stays_chinese_when_product_names_are_latin() -> None:
    resume = Resume.model_validate(
        {"work": [{"name": "甲", "highlights": ["用 Redis Kafka MySQL Nginx 搭建订单系统并上线"]}]}
    )

    assert present(resume).language == "zh"


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"startDate": "2020-09", "x_cn": {"current": True}}, "2020.09 – 至今"),
        ({"startDate": "2020-09", "endDate": "2024-06"}, "2020.09 – 2024.06"),
        ({"startDate": "2020", "endDate": "2020"}, "2020"),
        ({"endDate": "2024-06-30"}, "2024.06.30"),
        ({"x_cn": {"date_raw": "大三暑假"}}, "大三暑假"),
        ({"startDate": "2021-09", "x_cn": {"date_raw": "2021.09-2025.06（预计）"}}, "2021.09-2025.06（预计）"),
        ({"startDate": "2021-09", "endDate": "2022-01", "x_cn": {"date_raw": "21年9月到22年1月"}}, "2021.09 – 2022.01"),
    ],
)
def test_period_reads_as_a_chinese_resume_prints_it(entry: dict[str, Any], expected: str) -> None:
    resume = Resume.model_validate({"work": [{"name": "甲公司", **entry}]})

    assert present(resume).sections[0].entries[0].date == expected


def test_identity_number_is_never_printed_in_full() -> None:
    resume = Resume.model_validate(
        {
            "x_cn": {"personal": {"身份证号": "310115198705121239"}},
            "meta": {"x_cn": {"unplaced": ["证件 31011519870512123X。"]}},
        }
    )

    paper = printed(resume)

    assert "310115**********39" in paper
    assert "19870512" not in paper


def test_objective_is_not_repeated_when_the_headline_says_it() -> None:
    resume = Resume.model_validate(
        {"basics": {"label": "前端"}, "x_cn": {"intention": {"positions": ["前端"], "cities": ["成都"]}}}
    )

    assert [fact.value for fact in present(resume).intention] == ["成都"]


def test_link_is_dropped_but_its_text_stays_when_the_scheme_is_not_safe() -> None:
    resume = Resume.model_validate({"basics": {"url": "javascript:alert(1)", "email": "a@b.example?cc=x"}})

    contacts = present(resume).contacts

    assert [(piece.text, piece.url) for piece in contacts] == [
        ("a@b.example?cc=x", None),
        ("javascript:alert(1)", None),
    ]


def test_photo_is_ignored_when_it_is_an_address() -> None:
    resume = Resume.model_validate({"basics": {"image": "https://photos.example.com/me.jpg"}})

    assert present(resume).photo is None


def test_source_bullets_and_broken_lines_are_mended() -> None:
    resume = Resume.model_validate({"work": [{"name": "甲", "highlights": ["• 第一条\n- 第二条", "-40℃ 环境测试"]}]})

    assert present(resume).sections[0].entries[0].bullets == ("第一条", "第二条", "-40℃ 环境测试")


def test_skills_become_rows_a_list_or_sentences_by_their_shape() -> None:
    skills = next(section for section in present(samples.full_life()).sections if section.kind == "skills")

    assert (skills.rows[0].label, skills.rows[0].value) == ("编程语言（精通）", "Java、Go、Python、SQL")
    assert skills.rows[-1].value == "系统分析师（高级）、Linux"
    assert skills.bullets == ("熟悉 JVM 调优与 Linux 性能分析，能独立定位线上 CPU、内存与网络问题。",)


def test_view_is_empty_but_whole_when_the_resume_is_empty() -> None:
    view = present(samples.empty())

    assert list(view.texts()) == []
    assert view.document_title == "简历"
