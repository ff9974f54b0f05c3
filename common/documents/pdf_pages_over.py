"""How much of a typeset resume runs over its first page."""

FIRST_PAGE = 1


def lines_over(pdf: bytes) -> int:
    """The lines of text after the first page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [document[index].get_textpage().get_text_bounded() for index in range(FIRST_PAGE, len(document))]
    finally:
        document.close()
    return sum(bool(line.strip()) for text in texts for line in text.splitlines())
