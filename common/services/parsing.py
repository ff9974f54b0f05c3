"""Stage parse: a file becomes a structured resume. Rules read it first; the model corrects them; either alone is enough."""

import json
from collections.abc import Sequence

from pydantic import ValidationError

from common.domain.optimising.messages import Prompts, repair_messages, structure_messages
from common.domain.parsing import lines_from_ocr, structure
from common.domain.parsing.answer import accept_answer
from common.domain.parsing.source import Line, SourceDocument
from common.domain.pipeline import ResumeRow
from common.domain.resume import Resume
from common.errors import ModelAnswerInvalid, NoTextFound, VendorError
from common.services.ports import DocumentReader, LanguageModel, Ocr, ResumeStore
from common.services.stages import StageRun, run_stage

JSON = "application/json; charset=utf-8"
BASIC_WARNING = "智能解析暂时不可用，本次由规则解析，请仔细核对"
MAX_TOKENS = 8000


def parse_upload(
    run: StageRun, *, reader: DocumentReader, ocr: Ocr, model: LanguageModel | None, prompts: Prompts, max_bytes: int
) -> str:
    """Reads uploads/…/source.<ext>, writes parsed/…/<revision>.json. `model` is None when working offline."""

    def work(row: ResumeRow, _attempt: int) -> None:
        content = run.objects.read(str(run.key), max_bytes=max_bytes)
        lines = read_lines(reader.read(content, filename=row.filename), ocr)
        resume = structure_with_model(lines, model, prompts)
        _remember_title(run.resumes, row, resume)
        run.publish(run.key.at("parsed", "json"), as_json(resume), media_type=JSON)

    row = run.resumes.find(run.key.resume_id)
    if row is not None:
        run.resumes.mark_uploaded(row.id, now=run.now())
    return run_stage(run, work)


def as_json(resume: Resume) -> bytes:
    return json.dumps(resume.as_json_resume(), ensure_ascii=False).encode()


def _remember_title(resumes: ResumeStore, row: ResumeRow, resume: Resume) -> None:
    if resume.basics.name:
        resumes.set_title(row.id, resume.basics.name)


def read_lines(document: SourceDocument, ocr: Ocr) -> list[Line]:
    """All lines in page order, pages without a text layer through OCR. Raises NoTextFound."""
    lines = list(document.lines)
    for image in document.unread:
        lines += lines_from_ocr(ocr.recognise(image.content, media_type=image.media_type), image.page)
    if not any(line.text.strip() for line in lines):
        raise NoTextFound
    return sorted(lines, key=lambda line: line.page)


def structure_with_model(lines: Sequence[Line], model: LanguageModel | None, prompts: Prompts) -> Resume:
    """The model's reading, checked against the lines; the rules' reading when there is no model or no usable answer."""
    draft = structure(lines)
    if model is None:
        return draft
    messages = structure_messages(prompts, lines, draft)
    try:
        return _ask(model, messages, lines, draft)
    except VendorError:
        draft.meta.x_cn.warnings.append(BASIC_WARNING)
        return draft


def _ask(model: LanguageModel, messages: list[dict[str, str]], lines: Sequence[Line], draft: Resume) -> Resume:
    """One repair round: the model sees its own answer and what is wrong with it."""
    try:
        return accept_answer(model.answer_json(messages, max_tokens=MAX_TOKENS).content, lines, draft)
    except (ValidationError, ModelAnswerInvalid) as error:
        repaired = messages + repair_messages(_text_of(error), _complaint(error))
    try:
        return accept_answer(model.answer_json(repaired, max_tokens=MAX_TOKENS).content, lines, draft)
    except ValidationError:
        raise ModelAnswerInvalid(operation="structure") from None


def _text_of(error: ValidationError | ModelAnswerInvalid) -> str:
    return error.answer if isinstance(error, ModelAnswerInvalid) else "{}"


def _complaint(error: ValidationError | ModelAnswerInvalid) -> str:
    if isinstance(error, ModelAnswerInvalid):
        return "the answer is not a JSON object"
    problems = error.errors(include_url=False, include_input=False)[:10]
    return "; ".join(f"{'/'.join(str(part) for part in item['loc'])}: {item['msg']}" for item in problems)
