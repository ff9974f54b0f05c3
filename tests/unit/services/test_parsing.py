"""Stage parse: rules and model together, either alone, and never a value that the document does not have."""

import json
from dataclasses import replace
from typing import Any

import pytest

from common.domain.parsing.source import Line, OcrItem, PageImage, Photo, SourceDocument
from common.errors import FileEncrypted, ModelAnswerInvalid, NoTextFound, TextIllegible, VendorUnavailable
from common.services.parsing import (
    BASIC_WARNING,
    PARTLY_WARNING,
    TRIES_WITH_MODEL,
    parse_upload,
    read_lines,
    structure_with_model,
)
from common.services.stages import StageRun
from tests.builders import RESUME_LINES, lines
from tests.doubles import FakeOcr, FakeReader, ReadingModel, ScriptedModel

DOCUMENT = SourceDocument("pdf", lines=tuple(Line(text) for text in RESUME_LINES))
WORK = {"work": [{"name": "示例科技有限公司", "position": "后端工程师", "highlights": [[7, 7]]}]}


@pytest.fixture
def parse(keep: Any, resumes: Any, objects: Any, clock: Any, prompts: Any) -> Any:
    row = keep()
    objects.kept[str(row.upload_key)] = b"%PDF-"
    run = StageRun("parse", row.upload_key, resumes, objects, 150, clock)

    def call(document: Any = DOCUMENT, *, model: Any = None) -> dict[str, Any]:
        reader = FakeReader(document)
        parse_upload(run, reader=reader, ocr=FakeOcr(), model=model, prompts=prompts, max_bytes=1000)
        return json.loads(objects.kept.get(str(run.output), b"{}"))

    call.run = run
    return call


def test_resume_is_read_by_rules_when_there_is_no_model(parse):
    parsed = parse()

    assert parsed["basics"]["name"] == "韩梅梅"
    assert parsed["basics"]["phone"].replace(" ", "") == "13800138000"
    assert parsed["education"][0]["institution"] == "示例大学"
    assert BASIC_WARNING not in parsed["meta"]["x_cn"].get("warnings", [])


def test_resume_is_marked_uploaded_and_titled_when_it_was_parsed(parse, resumes, clock):
    parse()

    row = resumes.find(parse.run.key.resume_id)
    assert (row.uploaded_at, row.title) == (clock.now, "韩梅梅")


def test_model_sees_numbered_lines_and_the_draft_when_asked(parse):
    model = ReadingModel()

    parse(model=model)

    ((system, user),) = model.about("head")
    asked = json.loads(user["content"])
    assert system == {"role": "system", "content": "structure as json"}
    assert asked["lines"][0] == "1| 韩梅梅"
    assert asked["draft"]["basics"]["name"] == "韩梅梅"
    assert set(asked["draft"]) <= {"basics", "x_cn"}
    assert len(model.asked) == 3


def test_phone_and_mail_do_not_reach_the_model_and_are_back_in_the_reading(parse):
    model = ReadingModel()

    parsed = parse(model=model)

    sent = json.dumps(model.asked, ensure_ascii=False)
    assert "138 0013 8000" not in sent
    assert "han@example.com" not in sent
    assert parsed["basics"]["email"] == "han@example.com"


def test_every_value_says_where_it_stands_when_the_model_read_it(parse):
    parsed = parse(model=ReadingModel(work=[WORK]))

    place = parsed["meta"]["x_cn"]["provenance"]["/work/0/highlights/0"]
    assert parsed["work"][0]["highlights"] == ["负责订单系统的开发，日均处理 10w 请求"]
    assert (place["line"], place["page"]) == (7, 1)
    assert 0 < place["confidence"] <= 1


def test_rules_keep_a_part_when_the_model_had_no_usable_answer_for_it(parse):
    parsed = parse(model=ReadingModel(work=[VendorUnavailable()]))

    assert parsed["work"][0]["name"] == "示例科技有限公司"
    assert PARTLY_WARNING in parsed["meta"]["x_cn"]["warnings"]


def test_reading_of_the_model_is_taken_when_the_document_says_the_same(parse):
    parsed = parse(model=ReadingModel(work=[WORK]))

    assert parsed["work"][0]["position"] == "后端工程师"


def test_invented_value_is_dropped_when_the_model_makes_one_up(parse):
    invented = {"basics": {"name": "韩梅梅", "email": "ceo@invented.example"}}

    parsed = parse(model=ReadingModel(head=[invented]))

    assert parsed["basics"]["email"] == "han@example.com"
    assert any("找不到" in warning for warning in parsed["meta"]["x_cn"]["warnings"])


def test_part_cannot_change_what_belongs_to_another(parse):
    parsed = parse(model=ReadingModel(work=[{**WORK, "basics": {"name": "后端工程师"}}]))

    assert parsed["basics"]["name"] == "韩梅梅"


def test_model_gets_its_answer_and_the_complaint_back_when_the_form_was_wrong(parse):
    model = ReadingModel(work=[{"work": "示例科技有限公司"}, WORK])

    parsed = parse(model=model)

    first, repair = model.about("work")
    assert repair[:2] == first
    assert repair[2] == {"role": "assistant", "content": '{"work": "示例科技有限公司"}'}
    assert "work: " in repair[3]["content"]
    assert parsed["work"][0]["name"] == "示例科技有限公司"


def test_model_gets_its_text_back_when_it_was_no_json(parse):
    model = ReadingModel(work=[ModelAnswerInvalid(answer="Sure! Here is"), WORK])

    parse(model=model)

    assert model.about("work")[1][2] == {"role": "assistant", "content": "Sure! Here is"}


@pytest.mark.parametrize(
    "error",
    [VendorUnavailable(), ModelAnswerInvalid(answer="no"), ModelAnswerInvalid(answer="[]", reason="not an object")],
)
def test_rules_read_alone_and_say_so_when_the_model_is_no_use(parse, error):
    parsed = parse(model=ReadingModel(every=[error] * 6))

    assert parsed["basics"]["name"] == "韩梅梅"
    assert BASIC_WARNING in parsed["meta"]["x_cn"]["warnings"]


def test_rules_read_alone_when_earlier_tries_died_with_the_model(parse, clock):
    for _ in range(TRIES_WITH_MODEL):
        key = parse.run.key
        parse.run.resumes.claim_stage(key.resume_id, key.revision, "parse", now=clock.now, lease_s=1)
        clock.pass_(seconds=1)
    model = ScriptedModel()

    parsed = parse(model=model)

    assert model.asked == []
    assert BASIC_WARNING in parsed["meta"]["x_cn"]["warnings"]


def test_stage_fails_by_name_when_the_file_cannot_be_read(parse, resumes):
    parse(FileEncrypted())

    assert resumes.stages(parse.run.key.resume_id)[0].error_code == "file_encrypted"


def test_model_is_not_asked_when_the_file_cannot_be_read(parse):
    model = ScriptedModel()

    parse(FileEncrypted(), model=model)

    assert model.asked == []


def test_warnings_of_the_reader_reach_the_user_when_it_has_some(parse):
    parsed = parse(SourceDocument("pdf", lines=DOCUMENT.lines, warnings=("第 2 页是空白页",)))

    assert "第 2 页是空白页" in parsed["meta"]["x_cn"]["warnings"]


def test_pages_stay_in_order_when_one_of_them_needs_recognition():
    document = SourceDocument(
        "pdf",
        lines=(Line("第一页", page=1), Line("第三页", page=3)),
        unread=(PageImage(2, "第二页".encode(), "image/png"),),
    )

    read = read_lines(document, FakeOcr())

    assert [(line.text, line.page) for line in read] == [("第一页", 1), ("第二页", 2), ("第三页", 3)]
    assert [line.method for line in read] == ["text", "ocr", "text"]


def test_recognition_is_not_paid_for_when_every_page_has_text():
    ocr = FakeOcr()

    read_lines(DOCUMENT, ocr)

    assert ocr.seen == []


@pytest.mark.parametrize(
    "document",
    [
        SourceDocument("pdf"),
        SourceDocument("pdf", lines=(Line("  "),)),
        SourceDocument("image", unread=(PageImage(1, b"", "image/png"),)),
    ],
)
def test_document_is_refused_when_nothing_can_be_read(document):
    with pytest.raises(NoTextFound):
        read_lines(document, FakeOcr())


def test_document_is_refused_as_illegible_when_the_engine_guessed_most_of_it():
    class Guessing(FakeOcr):
        def recognise(self, image, *, media_type):
            return [OcrItem("描步商历 22±98", (0, 0, 100, 20), 0.4)]

    document = SourceDocument("image", unread=(PageImage(1, b"", "image/png"),))

    with pytest.raises(TextIllegible):
        read_lines(document, Guessing())


def test_draft_stays_untouched_by_a_warning_when_the_model_helps(prompts):
    resume = structure_with_model(lines(), ReadingModel(work=[WORK]), prompts)

    assert BASIC_WARNING not in resume.meta.x_cn.warnings


def test_photo_is_kept_beside_the_resume_when_the_document_has_one(parse, objects, resumes):
    parsed = parse(replace(DOCUMENT, photo=Photo(b"jpeg")))

    assert objects.kept[str(resumes.find(parse.run.key.resume_id).photo_key)] == b"jpeg"
    assert parsed["meta"]["x_cn"]["photo"] is True
    assert "image" not in parsed["basics"]


def test_photo_is_written_before_the_object_that_goes_on(parse, objects):
    parse(replace(DOCUMENT, photo=Photo(b"jpeg")))

    assert [key.rpartition(".")[2] for key in objects.announced] == ["jpg", "json"]


def test_model_is_not_shown_the_photo_when_it_is_asked(parse):
    model = ReadingModel()

    parse(replace(DOCUMENT, photo=Photo(b"jpeg")), model=model)

    asked = json.dumps(model.asked)
    assert "image" not in asked
    assert "photo" not in asked
