"""Which code page a run of RTF bytes is in: the font's, else the document's."""

from common.documents.code_pages import codec_of_page, decode
from common.documents.rtf_words import SYMBOL_FONT, codec_of_charset


class RtfFonts:
    """The font table and \\ansicpg while they are read."""

    def __init__(self) -> None:
        self.default: int | None = None
        self._document = "cp1252"
        self._codecs: dict[int, str] = {}
        self._defining: int | None = None

    def set_page(self, number: int) -> None:
        """\\ansicpg."""
        self._document = codec_of_page(number)

    def define(self, word: str, number: int) -> None:
        """A word of the font table."""
        if word == "f":
            self._defining = number
        elif self._defining is not None and word == "fcharset" and (codec := codec_of_charset(number)):
            self._codecs[self._defining] = codec
        elif self._defining is not None and word == "cpg":
            self._codecs[self._defining] = codec_of_page(number)

    def text(self, content: bytes, font: int | None) -> str:
        """Pictures of a symbol font become one bullet: what they show is not in their code."""
        codec = self._codecs.get(self.default if font is None else font, self._document)  # type: ignore[arg-type]
        if codec == SYMBOL_FONT:
            return "•" if content.strip() else " "
        return content.decode("ascii") if content.isascii() else decode(content, codec)
