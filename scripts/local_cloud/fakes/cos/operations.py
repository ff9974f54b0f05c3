"""What COS does for each operation once a request is known to be signed by an accepted key."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape

from scripts.local_cloud.fakes.cos.bucket_rules import BucketRules
from scripts.local_cloud.fakes.cos.call import Bucket, Call, copied_key
from scripts.local_cloud.fakes.cos.errors import CosError
from scripts.local_cloud.fakes.cos.events import CREATED_BY_COPY, CREATED_BY_POST, CREATED_BY_PUT, REMOVED, ObjectEvent
from scripts.local_cloud.fakes.cos.form import Form
from scripts.local_cloud.fakes.cos.listing import iso_time, list_xml
from scripts.local_cloud.fakes.cos.replies import Reply, object_reply, xml_reply
from scripts.local_cloud.fakes.cos.signature import url_encoded
from scripts.local_cloud.fakes.cos.state import Description, ObjectStore, StoredObject

ENCRYPTION = "x-cos-server-side-encryption"
_KEPT_HEADERS = ("cache-control", "content-disposition", "content-encoding", "content-language", "expires", ENCRYPTION)
_XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
_OWNER = f'<Grantee {_XSI} xsi:type="RootAccount"><ID>qcs::cam::uin/1:uin/1</ID></Grantee>'
_EVERYBODY = f'<Grantee {_XSI} xsi:type="Group"><URI>http://cam.qcloud.com/groups/global/AllUsers</URI></Grantee>'


class Operations:
    """Reads and changes one bucket; `notify` hears of every change once it is durable."""

    def __init__(
        self, bucket: Bucket, store: ObjectStore, notify: Callable[[ObjectEvent], None], now: Callable[[], float]
    ) -> None:
        self._bucket = bucket
        self._store = store
        self._notify = notify
        self._now = now
        self.public = False
        self.rules = BucketRules()
        self.by_name: dict[str, Callable[[Call], Reply]] = {
            "GetObject": self._read,
            "HeadObject": self._read,
            "PutObject": self._put,
            "CopyObject": self._copy,
            "DeleteObject": self._delete,
            "ListObjects": self._list,
            "HeadBucket": lambda _call: Reply(),
            "GetBucketACL": lambda _call: self._acl(),
            "GetBucketCors": lambda _call: xml_reply(self.rules.read("cors")),
            "GetBucketLifecycle": lambda _call: xml_reply(self.rules.read("lifecycle")),
            "PutBucketCors": lambda call: self._put_rules(call, "cors"),
            "PutBucketLifecycle": lambda call: self._put_rules(call, "lifecycle"),
        }

    def post(self, form: Form, request_id: str, host: str) -> Reply:
        """Store the file of an accepted POST form; an existing object is overwritten, as COS does."""
        stored = self._store.put(form.key, form.content, _described(form.fields), now=self._now())
        self._tell(stored, CREATED_BY_POST, request_id)
        return _form_reply(form, stored, self._bucket.full_name, f"http://{host}/{url_encoded(stored.key)}")

    def _read(self, call: Call) -> Reply:
        stored, content = self._store.read(call.key)
        return object_reply(stored, content, call.headers, call.query, with_body=call.signed.method == "GET")

    def _put(self, call: Call) -> Reply:
        _check_digest(call)
        stored = self._stored(call, call.body, _described(call.headers), CREATED_BY_PUT)
        return Reply(200, b"", {"ETag": stored.etag, "x-cos-hash-crc64ecma": stored.crc64})

    def _copy(self, call: Call) -> Reply:
        source_key = copied_key(call.headers["x-cos-copy-source"], self._bucket)
        replaced = call.headers.get("x-cos-metadata-directive", "Copy").lower() in ("replaced", "replace")
        if source_key == call.key and not replaced:
            raise CosError("InvalidRequest", "A copy onto itself needs x-cos-metadata-directive: Replaced.")
        source, content = self._store.read(source_key)
        description = _described(call.headers) if replaced else source.description
        stored = self._stored(call, content, description, CREATED_BY_COPY)
        return xml_reply(
            f"<CopyObjectResult><ETag>{escape(stored.etag)}</ETag><CRC64>{stored.crc64}</CRC64>"
            f"<LastModified>{iso_time(stored.modified_at)}</LastModified></CopyObjectResult>".encode()
        )

    def _put_rules(self, call: Call, kind: str) -> Reply:
        if "content-md5" not in call.headers:
            raise CosError("InvalidDigest", "Content-MD5 is needed here.")
        _check_digest(call)
        self.rules.replace(kind, call.body)
        return Reply()

    def _delete(self, call: Call) -> Reply:
        removed = self._store.delete(call.key)
        if removed is not None:
            self._tell(removed, REMOVED, call.request_id)
        return Reply(204)

    def _list(self, call: Call) -> Reply:
        return xml_reply(list_xml(self._bucket.full_name, call.query, self._store))

    def _acl(self) -> Reply:
        grants = f"<Grant>{_OWNER}<Permission>FULL_CONTROL</Permission></Grant>"
        grants += f"<Grant>{_EVERYBODY}<Permission>READ</Permission></Grant>" if self.public else ""
        owner = "<Owner><ID>qcs::cam::uin/1:uin/1</ID><DisplayName>1</DisplayName></Owner>"
        body = f"<AccessControlPolicy>{owner}<AccessControlList>{grants}</AccessControlList></AccessControlPolicy>"
        return xml_reply(body.encode())

    def _stored(self, call: Call, content: bytes, description: Description, event_name: str) -> StoredObject:
        forbid = call.headers.get("x-cos-forbid-overwrite", "").lower() == "true"
        stored = self._store.put(call.key, content, description, now=self._now(), forbid_overwrite=forbid)
        self._tell(stored, event_name, call.request_id)
        return stored

    def _tell(self, stored: StoredObject, event_name: str, request_id: str) -> None:
        self._notify(
            ObjectEvent(
                bucket=self._bucket.name,
                appid=self._bucket.appid,
                region=self._bucket.region,
                key=stored.key,
                size_bytes=stored.size_bytes,
                event_name=event_name,
                content_type=stored.description.content_type,
                etag=stored.etag,
                request_id=request_id,
                meta=stored.description.meta,
            )
        )


def _described(headers: Mapping[str, str]) -> Description:
    """Pick what COS keeps from request headers or form fields (names in lower case). Raises InvalidArgument."""
    if headers.get(ENCRYPTION, "AES256") != "AES256":
        raise CosError("InvalidArgument", "This local stand-in encrypts with AES256 only.")
    return Description(
        content_type=headers.get("content-type") or "application/octet-stream",
        headers={name: headers[name] for name in _KEPT_HEADERS if name in headers},
        meta={name: value for name, value in headers.items() if name.startswith("x-cos-meta-")},
    )


def _check_digest(call: Call) -> None:
    claimed = call.headers.get("content-md5")
    if claimed is None:
        return
    try:
        digest = base64.b64decode(claimed, validate=True)
    except binascii.Error as error:
        raise CosError("InvalidDigest") from error
    if len(digest) != 16:
        raise CosError("InvalidDigest")
    if digest != hashlib.md5(call.body, usedforsecurity=False).digest():
        raise CosError("BadDigest")


def _form_reply(form: Form, stored: StoredObject, bucket: str, location: str) -> Reply:
    """Answer as success_action_status asks: 200, 201 with XML, or 204, which any other value means too."""
    headers = {"ETag": stored.etag, "Location": location}
    status = {"200": 200, "201": 201}.get(form.fields.get("success_action_status", ""), 204)
    if status != 201:
        return Reply(status, b"", headers)
    body = (
        f"<PostResponse><Location>{escape(location)}</Location><Bucket>{bucket}</Bucket>"
        f"<Key>{escape(stored.key)}</Key><ETag>{escape(stored.etag)}</ETag></PostResponse>"
    )
    return xml_reply(body.encode(), 201, headers)
