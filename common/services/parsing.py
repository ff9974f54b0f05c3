"""Stage parse: a file becomes a structured resume. Rules read it first; the model corrects them; either alone is enough."""

from collections.abc import Sequence

from common.domain.optimising.messages import Prompts, structure_messages
from common.domain.parsing.answer import accept_answer
from common.domain.parsing.ocr_lines import is_legible, lines_from_ocr
from common.domain.parsing.source import Line, SourceDocument
from common.domain.parsing.structure import structure
from common.domain.pipeline import ResumeRow
from common.domain.resume import Resume
from common.errors import NoTextFound, TextIllegible, VendorError
from common.services.asking import ask_model
from common.services.ports import DocumentReader, LanguageModel, ModelDesk, Ocr, ResumeStore
from common.services.publishing import JSON
from common.services.stages import StageRun, run_stage

BASIC_WARNING = "智能解析暂时不可用，本次由规则解析，请仔细核对"
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
        else:
            resume = structure_with_model(lines, model.of(row.user_id) if model else None, prompts)
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
    """The model's reading, checked against the lines; the rules' reading when there is no model or no usable answer."""
    draft = structure(lines)
    if model is None:
        return draft
    messages = structure_messages(prompts, lines, draft)
    try:
        return ask_model(model, messages, lambda content: accept_answer(content, lines, draft), max_tokens=MAX_TOKENS)
    except VendorError:
        return _by_rules_alone(draft)


def _by_rules_alone(draft: Resume) -> Resume:
    draft.meta.x_cn.warnings.append(BASIC_WARNING)
    return draft
