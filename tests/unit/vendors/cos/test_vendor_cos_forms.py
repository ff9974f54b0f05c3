"""Upload forms and download links as a phone uses them, against the fake's own verifier."""

import base64
import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from common.vendors.cos import forms
from common.vendors.cos.settings import CosSettings
from tests.unit.vendors.cos.conftest import KEYS

KEY = "uploads/u1/r1/source.pdf"


def post(phone, form, content, **changes):
    fields = {**form.form_data, **changes}
    return phone.post(form.url, data=fields, files={form.name: ("我的简历.pdf", content, "application/pdf")})


def make_form(cos, now, **options):
    choices = {"max_bytes": 100, "media_type": "application/pdf", "lifetime_s": 900, **options}
    return cos.upload_form(KEY, now=now, **choices)


def test_upload_lands_under_the_chosen_key_when_the_form_is_used(cos, phone, now, events):
    form = make_form(cos, now)

    reply = post(phone, form, b"%PDF-1.7")

    assert reply.status_code == 204
    assert (events[0].key, events[0].event_name, events[0].content_type) == (
        KEY,
        "cos:ObjectCreated:Post",
        "application/pdf",
    )
    assert cos.read(KEY, max_bytes=100) == b"%PDF-1.7"


def test_upload_without_a_type_is_taken_when_the_form_names_none(cos, phone, now):
    form = make_form(cos, now, media_type=None)

    assert "Content-Type" not in form.form_data
    assert post(phone, form, b"x").status_code == 204


@pytest.mark.parametrize(
    ("content", "changes", "status", "code"),
    [
        (b"x" * 101, {}, 400, "EntityTooLarge"),
        (b"", {}, 400, "EntityTooSmall"),
        (b"x", {"key": "uploads/u2/r9/source.pdf"}, 403, "AccessDenied"),
        (b"x", {"Content-Type": "text/html"}, 403, "AccessDenied"),
        (b"x", {"q-signature": "0" * 40}, 403, "SignatureDoesNotMatch"),
        (b"x", {"x-cos-security-token": "other"}, 403, "AccessDenied"),
    ],
    ids=["too large", "empty", "other key", "other type", "forged", "other token"],
)
def test_upload_is_refused_when_it_is_not_what_was_allowed(cos, phone, now, content, changes, status, code):
    form = make_form(cos, now)

    reply = post(phone, form, content, **changes)

    assert reply.status_code == status
    assert f"<Code>{code}</Code>" in reply.text


def test_upload_is_refused_when_the_form_has_expired(cos, phone, now):
    form = make_form(cos, now - timedelta(hours=1))

    assert post(phone, form, b"x").status_code == 403


def test_policy_names_bucket_and_expiry_when_it_is_read(cos, now, settings):
    form = make_form(cos, now)

    policy = json.loads(base64.b64decode(form.form_data["policy"]))

    assert {"bucket": settings.bucket} in policy["conditions"]
    assert {"key": KEY} in policy["conditions"]
    assert form.expires_at == now + timedelta(seconds=900)


def test_download_is_saved_under_its_name_when_the_link_is_used(cos, phone, now):
    cos.create("rendered/u1/r1/1.pdf", b"%PDF", media_type="application/pdf")
    link = cos.download_url("rendered/u1/r1/1.pdf", filename='张三 "简历".pdf', now=now, lifetime_s=600)

    reply = phone.get(link)

    assert reply.content == b"%PDF"
    assert reply.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''%E5%BC%A0%E4%B8%89%20%22%E7%AE%80%E5%8E%86%22.pdf"
    )


def test_download_is_refused_when_the_link_was_changed_or_is_old(cos, phone, now):
    cos.create("rendered/u1/r1/1.pdf", b"%PDF", media_type="application/pdf")
    old = cos.download_url("rendered/u1/r1/1.pdf", filename="a.pdf", now=now - timedelta(hours=2), lifetime_s=600)
    fresh = cos.download_url("rendered/u1/r1/1.pdf", filename="a.pdf", now=now, lifetime_s=600)

    statuses = [phone.get(link).status_code for link in (old, fresh.replace("a.pdf&", "b.pdf&"), fresh)]

    assert statuses == [403, 403, 200]


def test_links_lead_to_the_real_host_when_no_endpoint_is_set(now):
    settings = CosSettings(bucket="mojian-1250000000", region="ap-guangzhou")

    link = forms.download_url(settings, KEYS, "a b.pdf", filename="a.pdf", now=now, lifetime_s=60)
    form = forms.upload_form(settings, KEYS, "k", max_bytes=1, media_type=None, now=now, lifetime_s=60, metadata={})

    assert link.startswith("https://mojian-1250000000.cos.ap-guangzhou.myqcloud.com/a%20b.pdf?")
    assert form.url == "https://mojian-1250000000.cos.ap-guangzhou.myqcloud.com/"
    assert parse_qs(urlsplit(link).query)["x-cos-security-token"] == [KEYS.token]


@pytest.mark.parametrize("endpoint", ["127.0.0.1:9000", "ftp://host", "http://host/path"])
def test_endpoint_is_refused_when_it_is_no_origin(endpoint):
    with pytest.raises(ValueError, match="http://host:port"):
        CosSettings(bucket="b-1", region="r", endpoint=endpoint)
