"""The XML: what is read exactly, what is refused before anything in it matters."""

import pytest

from common.vendors.wechat_pay_v2.xml import LARGEST_BYTES, NotFlat, read, write

DECLARED = '<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY e {}>]><xml><a>&e;</a></xml>'


def test_fields_are_read_exactly_when_they_are_text_or_cdata():
    body = "<xml>\n<a><![CDATA[简历 & <b>]]></a>\n  <b_1> x &amp; y </b_1><c/></xml>\n".encode()

    assert read(body) == {"a": "简历 & <b>", "b_1": " x & y ", "c": ""}


def test_fields_are_the_same_when_they_are_written_and_read_again():
    fields = {"body": "a]]>b & <c> \"'", "openid": "o_简历", "empty": ""}

    assert read(write(fields)) == fields


def test_declaration_of_another_encoding_means_nothing_when_the_bytes_are_utf_8():
    body = '<?xml version="1.0" encoding="GBK"?><xml><a>简</a></xml>'.encode()

    assert read(body) == {"a": "简"}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<xml><a>" + b"x" * LARGEST_BYTES + b"</a></xml>", "size"),
        (DECLARED.format('SYSTEM "file:///etc/passwd"').encode(), "declares a document type or entities"),
        (DECLARED.format('"x"').encode(), "declares a document type or entities"),
        (b"<!DOCTYPE xml><xml><a>1</a></xml>", "declares a document type or entities"),
        (b"<xml><a>&e;</a></xml>", "not XML"),
        (b"<xml><a>1</a>", "not XML"),
        (b"", "not XML"),
        (b"{}", "not XML"),
        (b"<xml><a>\x00</a></xml>", "not XML"),
        ("<xml><a>简</a></xml>".encode("gbk"), "not UTF-8"),
        ("<xml><a>1</a></xml>".encode("utf-16"), "not UTF-8"),
        (b"<root><a>1</a></root>", "another root"),
        (b'<xml x="1"><a>1</a></xml>', "another root"),
        (b"<xml>1<a>1</a></xml>", "text between the fields"),
        (b"<xml><a>1</a>1</xml>", "nested"),
        (b"<xml><a><b>1</b></a></xml>", "nested"),
        (b"<xml><a>1</a><a>1</a></xml>", "field twice"),
        (b'<xml><a x="1">1</a></xml>', "odd name"),
        (b'<xml><a xmlns="urn:x">1</a></xml>', "odd name"),
    ],
)
def test_document_is_refused_when_it_is_not_flat_plain_xml(body, reason):
    with pytest.raises(NotFlat) as caught:
        read(body)

    assert str(caught.value) == reason


def test_document_is_read_when_it_is_just_small_enough():
    frame = len(b"<xml><a></a></xml>")

    assert len(read(b"<xml><a>" + b"x" * (LARGEST_BYTES - frame) + b"</a></xml>")["a"]) == LARGEST_BYTES - frame
