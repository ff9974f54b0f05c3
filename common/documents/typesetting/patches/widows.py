"""xhtml2pdf lets the last line of a paragraph go alone to the next page: at least two go, or the whole of a short one."""

import xhtml2pdf.reportlab_paragraph as paragraph


def install() -> None:
    """The engine asks for this attribute and has no CSS property for it."""
    paragraph.Paragraph.allowWidows = 0
