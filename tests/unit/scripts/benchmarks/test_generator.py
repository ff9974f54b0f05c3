"""The generated benchmark: the same for the same seed, with a truth that is printed, in files that open."""

import email
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scripts.benchmarks.generator.banks import professions
from scripts.benchmarks.generator.career import WRITTEN
from scripts.benchmarks.generator.dates import FORMS, forms_for
from scripts.benchmarks.generator.invent import invent
from scripts.benchmarks.generator.person import Language, Month, Period
from scripts.benchmarks.generator.plan import Planned, fitting, plan
from scripts.benchmarks.generator.produce import produce, produce_all
from scripts.benchmarks.generator.sheet import all_blocks, texts_of
from scripts.benchmarks.generator.templates import TEMPLATES, arrange
from scripts.benchmarks.generator.truth import truth_of
from scripts.benchmarks.scoring import fold

LANGUAGES: tuple[Language, ...] = ("zh", "zh-Hant", "en")
NOBODYS_PHONE = re.compile(r"1\d{2}0000\d{4}|0900-000-\d{3}|(\(555\)|555)[ -]010-\d{4}")
NOBODYS_ADDRESS = re.compile(r"[\w.-]+@([\w-]+\.)*example\.(com|org|net)(\.tw)?")


def opens_as_pdf(content: bytes) -> bool:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    pages = len(document)
    document.close()
    return pages >= 1


def opens_as_picture(content: bytes) -> bool:
    from PIL import Image

    Image.open(io.BytesIO(content)).load()
    return True


def opens_as_web_archive(content: bytes) -> bool:
    page, photo = email.message_from_bytes(content).get_payload()
    return "</html>" in page.get_payload(decode=True).decode("gbk") and photo.get_payload(decode=True)[:4] == b"\x89PNG"


OPENS: dict[str, Callable[[bytes], bool]] = {
    "pdf": opens_as_pdf,
    "docx": lambda content: "word/document.xml" in zipfile.ZipFile(io.BytesIO(content)).namelist(),
    "doc": lambda content: content.startswith(bytes.fromhex("d0cf11e0a1b11ae1")),
    "rtf": lambda content: content.startswith(b"{\\rtf1") and content.count(b"{") == content.count(b"}"),
    "html": lambda content: content.decode("gbk").rstrip().endswith("</html>"),
    "mhtml": opens_as_web_archive,
    "wordml": lambda content: ElementTree.fromstring(content).tag.endswith("}wordDocument"),  # noqa: S314 - our own
    "png": opens_as_picture,
    "jpeg": opens_as_picture,
}


def one_of_each() -> list[Planned]:
    """One document of every format and degradation."""
    found: dict[tuple[str, str], Planned] = {}
    for planned in plan(1):
        found.setdefault((planned.format, planned.degradation), planned)
    return list(found.values())


def test_plan_covers_everything_in_more_than_200_documents() -> None:
    documents = plan(1)

    assert len(documents) >= 200
    assert {one.template for one in documents} == set(TEMPLATES)
    assert {one.format for one in documents} == set(OPENS)
    assert {one.language for one in documents} == set(LANGUAGES)
    assert min(Counter(one.degradation for one in documents).values()) >= 2
    assert sum(one.needs_ocr for one in documents) < 50


@pytest.mark.parametrize("planned", one_of_each(), ids=lambda one: f"{one.format}-{one.degradation}")
def test_document_opens_and_is_the_same_for_the_same_seed(planned: Planned) -> None:
    name, content, truth = produce(planned)

    assert OPENS[planned.format](content)
    assert produce(planned) == (name, content, truth)


def test_document_differs_when_the_seed_does() -> None:
    assert produce(plan(1)[0])[1] != produce(plan(2)[0])[1]


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("seed", range(4))
def test_truth_is_printed_on_the_sheet(template: str, seed: int) -> None:
    language = TEMPLATES[template].languages[0]
    jobs = fitting(TEMPLATES[template], language)
    sheet, person, style = arrange(template, invent(jobs[seed % len(jobs)], language, seed), seed)

    truth = truth_of(person, style, {})

    printed = fold(" ".join(text for block in all_blocks(sheet.blocks) for text in texts_of(block)))
    stated = [truth["name"], truth["phone"], truth["email"], *truth["projects"], *truth["skills"]]
    stated += [value for one in truth["education"] for value in (one["school"], one["degree"], one["major"])]
    stated += [value for one in truth["work"] for value in (one["company"], one["title"])]
    assert [value for value in stated if fold(value) not in printed] == []
    assert min(len(truth["education"]), len(truth["work"]), len(truth["projects"]), len(truth["skills"])) >= 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_person_can_be_nobody(language: Language) -> None:
    people = [invent(name, language, seed) for name in professions(language) for seed in range(8)]

    assert [one.phone for one in people if not NOBODYS_PHONE.fullmatch(one.phone)] == []
    assert [one.email for one in people if not NOBODYS_ADDRESS.fullmatch(one.email)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_life_fits_together(language: Language) -> None:
    for seed in range(12):
        for name in professions(language):
            person = invent(name, language, seed)
            periods = [one.period for one in (*person.education, *person.jobs, *person.projects, *person.campus)]
            done = [one.period for one in (*person.jobs, *person.projects, *person.campus)]
            assert all(one.start < (one.end or Month(2026, 1)) for one in periods)
            assert all((one.end or WRITTEN) <= WRITTEN for one in done)
            assert len(person.jobs) >= 1
            if person.kind == "experienced":
                assert min(one.period.start for one in person.jobs) > (person.education[0].period.end or Month(2026, 1))


@pytest.mark.parametrize("form", FORMS)
def test_date_form_prints_what_its_truth_says(form: str) -> None:
    period = Period(Month(2019, 3), Month(2021, 11))

    printed, truth = FORMS[form].printed(period), FORMS[form].truth(period)

    assert truth == (
        {"start": "2019", "end": "2021"} if form.startswith("years") else {"start": "2019-03", "end": "2021-11"}
    )
    assert "19" in printed or "１９" in printed
    assert any(form in forms_for(language) for language in LANGUAGES)


def test_produced_folder_holds_each_document_with_its_truth(tmp_path: Path) -> None:
    paths = list(produce_all(plan(1)[:2], tmp_path))

    truths = [json.loads(path.with_name(f"{path.name}.truth.json").read_text("utf-8")) for path in paths]
    assert len(list(tmp_path.iterdir())) == 4
    assert [truth["traits"]["template"] for truth in truths] == ["classic", "classic"]
