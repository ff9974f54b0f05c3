"""Stage parse: a file becomes a structured resume. Rules read it first; the model corrects them; either alone is enough."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from common.domain.extracting import Part, evidence_of, merged, parts_of, read_answer
from common.domain.optimising.masking import Mask
from common.domain.optimising.messages import Prompts, structure_messages
from common.domain.parsing.answer import accept_answer
from common.domain.parsing.ocr_lines import is_legible, lines_from_ocr
from common.domain.parsing.source import Line, SourceDocument
from common.domain.parsing.structure import structure
from common.domain.pipeline import ResumeRow
from common.domain.resume import Resume
from common.errors import NoTextFound, TextIllegible, VendorError
from common.services.asking import ask_model, ask_together
from common.services.ports import DocumentReader, LanguageModel, ModelDesk, Ocr, ResumeStore
from common.services.publishing import JSON
from common.services.stages import StageRun, run_stage

BASIC_WARNING = "智能解析暂时不可用，本次由规则解析，请仔细核对"
PARTLY_WARNING = "部分内容由规则解析，请重点核对"
MAX_TOKENS = 8000

#: A model that answers too slowly takes the whole invocation with it; so many tries die of that before rules go alone.
TRIES_WITH_MODEL = 3


def parse_upload(
    run: StageRun, *, reader: DocumentReader, ocr: Ocr, model: ModelDesk | None, prompts: Prompts, max_bytes: int
) -> str:
    """Reads uploads/…/source.<ext>, writes the photo, if there is one, and last parsed/…/<revision>.json.

    `model` is None when working offline.
    """

    def work(row: ResumeRow, attempt: int) -> None:
        content = run.objects.read(str(run.key), max_bytes=max_bytes)
        document = reader.read(content, filename=row.filename)
        lines = read_lines(document, ocr)
        if model is not None and attempt > TRIES_WITH_MODEL:
            resume = _by_rules_alone(structure(lines))
        elif model is not None:
            users = model.of(row.user_id)
            resume = structure_with_model(lines, users, prompts)
            run.report_usage(row.id, users.usage)
        else:
            resume = structure(lines)
        resume.meta.x_cn.warnings += document.warnings
        if document.photo:
            resume.meta.x_cn.photo = True
            run.publish(row.photo_key, document.photo.content, media_type=document.photo.media_type)
        _remember_title(run.resumes, row, resume)
        run.publish(run.output, resume.as_json_bytes(), media_type=JSON)

    run.resumes.mark_uploaded(run.key.resume_id, now=run.now())
    return run_stage(run, work)


def _remember_title(resumes: ResumeStore, row: ResumeRow, resume: Resume) -> None:
    if resume.basics.name:
        resumes.set_title(row.id, resume.basics.name)


def read_lines(document: SourceDocument, ocr: Ocr) -> list[Line]:
    """All lines in page order, pages without a text layer through OCR. Raises NoTextFound, TextIllegible."""
    lines = list(document.lines)
    for image in document.unread:
        lines += lines_from_ocr(ocr.recognise(image.content, media_type=image.media_type), image.page)
    if not any(line.text.strip() for line in lines):
        raise NoTextFound
    if not is_legible(lines):
        raise TextIllegible
    return sorted(lines, key=lambda line: line.page)


def structure_with_model(lines: Sequence[Line], model: LanguageModel | None, prompts: Prompts) -> Resume:
    """The model's reading, part by part and all parts at the same time, checked against the lines.

    A part without a usable answer keeps the rules' reading, and without any answer the rules stand alone.
    """
    draft = structure(lines)
    if model is None:
        return draft
    parts = parts_of(lines, draft)
    answers = ask_together([_question(model, prompts, part) for part in parts])
    usable = [answer for answer in answers if not isinstance(answer, VendorError)]
    if not usable:
        return _by_rules_alone(draft)
    try:
        resume = accept_answer(merged(draft, usable), lines, draft, evidence=evidence_of(parts, lines))
    except ValidationError:
        return _by_rules_alone(draft)
    if len(usable) < len(answers):
        resume.meta.x_cn.warnings.append(PARTLY_WARNING)
    return resume


def _question(model: LanguageModel, prompts: Prompts, part: Part) -> Callable[[], dict[str, Any]]:
    """Identifiers are hidden on the way out and put back on the way in."""
    mask = Mask()
    messages = structure_messages(prompts, part, mask)

    def accept(content: Mapping[str, Any]) -> dict[str, Any]:
        return read_answer(mask.restore(dict(content)), part)

    return lambda: ask_model(model, messages, accept, max_tokens=MAX_TOKENS)


def _by_rules_alone(draft: Resume) -> Resume:
    draft.meta.x_cn.warnings.append(BASIC_WARNING)
    return draft
