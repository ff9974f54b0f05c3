"""Stage render: the optimised resume becomes pictures, web page, Word file, JSON and, last, the PDF that announces itself."""

import base64
import json
from collections.abc import Callable

from common.domain.optimising.changes import OptimisedResume
from common.domain.pipeline import ResumeRow
from common.domain.rendering.document import TypesetPdf
from common.domain.rendering.notes import layout_notes
from common.domain.resume import Resume
from common.errors import VendorObjectMissing
from common.services.ports import Typesetter
from common.services.publishing import JSON, LAYOUT_NOTES, MAX_JSON_BYTES
from common.services.stages import StageRun, run_stage

PDF = "application/pdf"
PNG = "image/png"
HTML = "text/html; charset=utf-8"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PREVIEW_WIDTH_PX = 1080
MAX_PHOTO_BYTES = 1024 * 1024


def render_resume(run: StageRun, *, typesetter: Typesetter, report: Callable[[ResumeRow, TypesetPdf], None]) -> str:
    """Reads optimised/…/<revision>.json, writes rendered/…; the credits are spent when this stage is done.

    The PDF is written last: it is the object that makes the notification go out.
    """

    def work(row: ResumeRow, _attempt: int) -> None:
        optimised = OptimisedResume.model_validate_json(run.objects.read(str(run.key), max_bytes=MAX_JSON_BYTES))
        resume = Resume.model_validate(optimised.resume)
        resume.basics.image = resume.basics.image or _photo(run, row, resume)
        pdf = typesetter.pdf(resume, template=optimised.template, options=optimised.options)
        report(row, pdf)
        for page, preview in enumerate(typesetter.previews(pdf.content, width_px=PREVIEW_WIDTH_PX), 1):
            run.publish(run.key.at("rendered", "png", page=page), preview, media_type=PNG)
        html = typesetter.html(resume, template=optimised.template, options=optimised.options, pdf=pdf)
        run.publish(run.key.at("rendered", "html"), html, media_type=HTML)
        docx = typesetter.docx(resume, template=optimised.template, options=optimised.options)
        run.publish(run.key.at("rendered", "docx"), docx, media_type=DOCX)
        run.publish(run.key.at("rendered", "json"), resume.as_json_bytes(), media_type=JSON)
        if notes := layout_notes(pdf):
            content = json.dumps({"notes": notes}, ensure_ascii=False).encode()
            run.publish(run.key.at("rendered", LAYOUT_NOTES), content, media_type=JSON)
        run.publish(run.key.at("rendered", "pdf"), pdf.content, media_type=PDF)

    return run_stage(run, work, charge=True)


def _photo(run: StageRun, row: ResumeRow, resume: Resume) -> str | None:
    """The portrait of the document as a data: URI, while the resume says that it has one.

    It joins only here: no revision, no answer of ours and no message to the model carries it.
    """
    if not resume.meta.x_cn.photo:
        return None
    try:
        content = run.objects.read(str(row.photo_key), max_bytes=MAX_PHOTO_BYTES)
    except VendorObjectMissing:
        return None
    return "data:image/jpeg;base64," + base64.b64encode(content).decode("ascii")
