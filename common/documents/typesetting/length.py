"""A resume that would fill a book is refused before anything is set: engines take minutes for what nobody prints."""

from common.domain.rendering.view import ResumeView
from common.errors import FileHasTooManyPages

MAX_PAGES = 20
#: Twenty full pages hold about 45,000 Han, 90,000 Latin letters, or 1,200 lines.
MAX_CHARACTERS = 120_000
MAX_TEXTS = 3_000


def refuse_a_book(view: ResumeView) -> None:
    """Raises FileHasTooManyPages."""
    characters = texts = 0
    for text in view.texts():
        characters, texts = characters + len(text), texts + 1
        if characters > MAX_CHARACTERS or texts > MAX_TEXTS:
            raise FileHasTooManyPages(max_pages=MAX_PAGES)
