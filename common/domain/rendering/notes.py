"""What a user should know about the page they get: in Chinese, ready to show."""

from common.domain.rendering.document import TypesetPdf


def layout_notes(pdf: TypesetPdf) -> list[str]:
    """Empty when all is well."""
    notes = []
    if pdf.missing_characters:
        notes.append(f"字库里没有这些字，暂以“〓”印出：{'、'.join(pdf.missing_characters)}，请核对或换用常见写法")
    if pdf.serif_is_absent:
        notes.append("服务器没有部署宋体字库，PDF 与预览图暂用黑体排版；Word 文件里的字体仍是宋体")
    if pdf.fit and not pdf.fit.fits:
        notes.append(
            f"内容放不进一页：收到最紧仍多出约 {pdf.fit.lines_over} 行，已按正常版式排成 {pdf.pages} 页。要排进一页，可以："
        )
        notes += pdf.fit.cuts
    return notes
