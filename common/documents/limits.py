"""How much of a file we are willing to read; every limit counts real bytes, pages or pixels, never declared ones."""

MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_PDF_PAGES = 30
MAX_DOC_CHARACTERS = 250_000
MAX_ZIP_ENTRIES = 2000
MAX_ZIP_PART_BYTES = 20 * 1024 * 1024
MAX_ZIP_TOTAL_BYTES = 60 * 1024 * 1024
MAX_IMAGE_PIXELS = 50_000_000
MAX_OCR_IMAGE_BYTES = 2 * 1024 * 1024 - 1
MAX_OCR_SIDE_PX = 4000
SMALL_IMAGE_SIDE_PX = 500
MAX_TEXT_CHARACTERS = 200_000  # thirty pages of dense text; formats without pages have no other measure
MAX_LINES = 4_000
MAX_MARKUP = 100_000  # tags of an HTML file; office programs write about 1,000 for a page, and 12,000 RTF tokens
MAX_RTF_TOKENS = 1_500_000
