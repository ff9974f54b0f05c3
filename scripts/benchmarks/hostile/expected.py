"""How each hostile file has to end: the expectations of its manifest as something a program can check, by file name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Expected:
    """Refused with one of these codes, or read as one of these kinds; then the texts, the fields and the rest must fit.

    `pictures` is how many pages wait for OCR, `other_names` those under which the file has to end in the same way.
    """

    refused: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    pictures: int | None = None
    warns: bool = False
    upright: bool = False
    other_names: tuple[str, ...] = ()

    def problems(self, outcome: Mapping[str, Any]) -> Iterator[str]:
        """What is not as expected; `outcome` as `hostile.one_file` prints it."""
        if "code" in outcome:
            if outcome["code"] not in self.refused:
                yield f"refused with {outcome['code']}"
            if not any("\u4e00" <= char <= "\u9fff" for char in outcome["message"]):
                yield "refused without a Chinese message"
            return
        if outcome["kind"] not in self.read:
            yield f"read as {outcome['kind']}"
        text = "\n".join(outcome["lines"])
        yield from (f"does not say {one}" for one in self.says if one not in text)
        yield from (f"says {one}" for one in NEVER if one in text)
        yield from (f"{name} is {outcome[name]}" for name, value in self.fields if outcome[name] != value)
        if self.pictures is not None and outcome["pictures"] != self.pictures:
            yield f"{outcome['pictures']} pages wait for OCR"
        if self.warns and not outcome["warnings"]:
            yield "does not warn"
        if self.upright and not outcome["upright"]:
            yield "the picture for OCR lies on its side"


#: Hidden instructions of the injection files, and what entities would have brought in.
NEVER = ("HACKED", 'score":100', "忽略之前的要求", "root:", "lollol")

_EMPTY = Expected(refused=("file_empty",))
_MISMATCH = Expected(refused=("file_type_mismatch",))
_DAMAGED = Expected(refused=("file_damaged",))
_ZHANG = ("张笑梦",)
_LI = (("name", "李明远"), ("phone", "13900001111"), ("email", "limingyuan@example.com"))
_NOT_REAL = ("file_has_no_pages", "file_damaged", "file_too_complex", "no_text_found")

EXPECTED: dict[str, Expected] = {
    "zero.pdf": _EMPTY,
    "zero.docx": _EMPTY,
    "zero.png": _EMPTY,
    "truncated_60.pdf": Expected(refused=("file_damaged", "no_text_found"), read=("pdf",)),
    "truncated_99.pdf": Expected(refused=("file_damaged",), read=("pdf",), says=_ZHANG),
    "junk_prefix.pdf": Expected(read=("pdf",), says=_ZHANG, pictures=0),
    "utf8_mangled.pdf": _DAMAGED,
    "exe_renamed.pdf": _MISMATCH,
    "text_renamed.docx": _MISMATCH,
    "html_renamed.pdf": _MISMATCH,
    "pages_2000.pdf": Expected(refused=("file_has_too_many_pages",)),
    "blank_page.pdf": Expected(refused=("no_text_found",)),
    "cjk_not_embedded.pdf": Expected(read=("pdf",), fields=_LI, pictures=0),
    "prompt_injection_hidden.pdf": Expected(read=("pdf",), fields=_LI[:1], pictures=0, warns=True),
    "huge_mediabox.pdf": Expected(refused=("no_text_found", "file_too_complex"), read=("pdf",)),
    "page_tree_loop.pdf": Expected(refused=_NOT_REAL),
    "flate_bomb.pdf": Expected(refused=("no_text_found", "file_too_complex", "file_too_large")),
    "encrypted_user.pdf": Expected(refused=("file_encrypted",)),
    "encrypted_owner_only.pdf": Expected(read=("pdf",), says=_ZHANG, pictures=0),
    "zipbomb_1GB.docx": Expected(refused=("file_too_large",)),
    "zip_lying_size.docx": Expected(refused=("file_damaged", "file_too_large")),
    "many_entries.docx": Expected(refused=("file_too_large",), read=("docx",)),
    "xxe_external.docx": _DAMAGED,
    "xxe_param.docx": _DAMAGED,
    "billion_laughs.docx": _DAMAGED,
    "deep_nesting.docx": Expected(refused=("file_too_complex",), read=("docx",), says=("bottom",)),
    "no_document_xml.docx": _MISMATCH,
    "path_traversal.docx": Expected(read=("docx",), fields=(("name", "张伟"), ("phone", "13800138000"))),
    "utf16_document.docx": Expected(read=("docx",), says=("姓名：测试",), fields=(("name", "测试"),)),
    "xlsx_renamed.docx": _MISMATCH,
    "prompt_injection.docx": Expected(read=("docx",), fields=(("name", "王小川"), ("email", "wangxc@example.com"))),
    "stored_xss.docx": Expected(
        read=("docx",), says=("<img src=x onerror=alert(1)>", "<script>alert(document.cookie)")
    ),
    "truncated_50.doc": Expected(refused=("file_damaged",), read=("doc",)),
    "fat_loop.doc": _DAMAGED,
    "fib_lies.doc": _DAMAGED,
    "rtf_deep.doc": Expected(refused=("file_too_complex",), read=("rtf",), says=("deep",)),
    "xls_renamed.doc": _MISMATCH,
    "pixel_bomb_30000.png": Expected(refused=("file_too_large",)),
    "blank_white.png": Expected(refused=("no_text_found",)),
    "truncated.png": Expected(refused=("file_damaged",), read=("image",), pictures=1),
    "exif_rotated.jpg": Expected(read=("image",), pictures=1, upright=True),
    "cmyk.jpg": Expected(refused=("file_damaged",), read=("image",), pictures=1),
    "webp_named.png": Expected(read=("image",), pictures=1),
    "tiny_246px.jpg": Expected(read=("image",), pictures=1, warns=True),
    "svg_script.png": _MISMATCH,
    "polyglot_pdf_zip.pdf": Expected(read=("pdf",), fields=_LI[:1], other_names=("cv.docx", "cv.png", "cv")),
    "polyglot_zip_pdf.docx": Expected(read=("docx",), says=("zip side",), other_names=("cv.pdf", "cv.doc", "cv")),
    "polyglot_html_pdf.pdf": Expected(refused=("file_type_mismatch",), read=("pdf",), other_names=("cv.html", "cv")),
}
