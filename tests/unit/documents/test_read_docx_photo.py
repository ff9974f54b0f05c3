"""The photo of a Word file: found through its relationship, cropped and turned as the document shows it."""

import io

import pytest
from PIL import Image

from common.documents import docx_package
from common.documents.read_docx import read_docx
from common.domain.parsing.source import SourceDocument
from tests.unit.documents.docx_samples import anchored, joined, picture, relationships, word_file
from tests.unit.documents.read_samples import encoded, paragraph, somebody


def read(*runs: str, media: Image.Image | bytes, name: str = "media/image1.png", before: str = "") -> SourceDocument:
    content = media if isinstance(media, bytes) else encoded(media)
    files = {**relationships(rId1=name), "word/media/image1.png": content}
    return read_docx(word_file(paragraph("林小满") + before + joined(runs), files))


def size_of(document: SourceDocument) -> tuple[int, int]:
    assert document.photo is not None
    return Image.open(io.BytesIO(document.photo.content)).size


def test_docx_photo_is_found_when_a_picture_of_its_size_stands_in_the_text() -> None:
    assert size_of(read(picture("rId1", 71, 99), media=somebody())) == (295, 413)


def test_docx_photo_is_found_when_a_floating_shape_is_filled_with_it() -> None:
    shape = '<wps:wsp><wps:spPr><a:blipFill><a:blip r:embed="rId1"/></a:blipFill></wps:spPr></wps:wsp>'

    assert size_of(read(f"<w:r>{anchored(450, 40, 71, 99, shape)}</w:r>", media=somebody())) == (295, 413)


def test_docx_photo_is_found_when_it_is_vml() -> None:
    old = '<w:r><w:pict><v:shape style="width:71pt;height:99pt"><v:imagedata r:id="rId1"/></v:shape></w:pict></w:r>'

    assert size_of(read(old, media=somebody())) == (295, 413)


def test_docx_photo_is_cropped_when_the_document_crops_it() -> None:
    wide = Image.new("RGB", (600, 413), "red")
    wide.paste(somebody(), (100, 0))
    crop = f'<a:srcRect l="{100 * 100_000 // 600}" r="{205 * 100_000 // 600}"/>'

    width, height = size_of(read(picture("rId1", 71, 99, crop=crop), media=wide))

    assert (abs(width - 295) <= 2, height) == (True, 413)


def test_docx_photo_is_turned_when_the_document_turns_it() -> None:
    lying = somebody().transpose(Image.Transpose.ROTATE_90)

    assert size_of(read(picture("rId1", 99, 71, turned=90), media=lying)) == (295, 413)


@pytest.mark.parametrize(
    ("run", "name"),
    [
        pytest.param(picture("rId1", 14, 20), "media/image1.png", id="icon"),
        pytest.param(picture("rId1", 595, 842), "media/image1.png", id="background"),
        pytest.param(picture("rId2", 71, 99), "media/image1.png", id="unknown relationship"),
        pytest.param(picture("rId1", 71, 99), "media/gone.png", id="missing part"),
        pytest.param(picture("rId1", 71, 99), "https://example.com/photo.png", id="elsewhere"),
    ],
)
def test_docx_has_no_photo_when_no_picture_of_it_is_one(run: str, name: str) -> None:
    assert read(run, media=somebody(), name=name).photo is None


def test_docx_has_no_photo_when_the_picture_stands_on_a_later_page() -> None:
    page = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'

    assert read(picture("rId1", 71, 99), media=somebody(), before=page).photo is None


def test_docx_text_is_read_when_its_picture_is_too_large_to_unpack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "MAX_ZIP_PART_BYTES", 50_000)

    document = read(picture("rId1", 71, 99), media=b"\x89PNG" + bytes(60_000))

    assert ([line.text for line in document.lines], document.photo) == (["林小满"], None)
