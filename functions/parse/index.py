"""COS created uploads/: detect by content, extract text or recognise it, structure it; writes parsed/."""

from common.platform import App, CosRecord, cos_handler
from common.services import parsing


@cos_handler
def main_handler(record: CosRecord, app: App) -> str:
    return parsing.parse_upload(
        app.stage_run("parse", record),
        reader=app.reader,
        ocr=app.ocr,
        model=app.model,
        prompts=app.prompts,
        max_bytes=app.upload_max_bytes,
    )
