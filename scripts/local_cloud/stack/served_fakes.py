"""The fakes, each served on its own port; and the one upload that the command line does by itself."""

from __future__ import annotations

import http.client
import mimetypes
from collections.abc import Callable
from contextlib import ExitStack
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, urlsplit

from scripts.local_cloud.fakes import Fakes, all_fakes
from scripts.local_cloud.fakes.cos.events import ObjectEvent
from scripts.local_cloud.fakes.cos.signature import http_string, request_signature
from scripts.local_cloud.fakes.kit import serve

SIGNATURE_LIFETIME_S = 600


class UploadRefused(RuntimeError):
    """The COS fake answered with something else than 200."""


class ServedFakes:
    """`fakes` and their addresses. Close it to free the ports."""

    def __init__(self, state_dir: Path, on_object_event: Callable[[ObjectEvent], None]) -> None:
        self.fakes: Fakes = all_fakes(state_dir, on_object_event)
        self.urls: dict[str, str] = {}
        self._servers = ExitStack()
        for fake in self.fakes:
            self.urls[fake.name] = self._servers.enter_context(serve(fake)).url

    def environments(self) -> dict[str, dict[str, str]]:
        """The fakes' settings by group."""
        return {name: group for fake in self.fakes for name, group in fake.environments(self.urls[fake.name]).items()}

    def put_object(self, key: str, content: bytes) -> None:
        """Upload as the deployer's key would, over HTTP, so that triggers fire. Raises UploadRefused."""
        address = urlsplit(self.urls["cos"])
        bucket = self.fakes.cos.bucket
        host = f"{bucket.full_name}.cos.{bucket.region}.myqcloud.com"
        headers = {
            "Host": host,
            "Authorization": self._authorization("put", f"/{key}", host),
            "Content-Type": mimetypes.guess_type(key)[0] or "application/octet-stream",
        }
        connection = http.client.HTTPConnection(address.hostname or "", address.port)
        try:
            connection.request("PUT", "/" + quote(key, safe="/-_.~"), body=content, headers=headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        finally:
            connection.close()
        if answer.status != HTTPStatus.OK:
            raise UploadRefused(f"{answer.status}: {text}")

    def reset(self) -> None:
        for fake in self.fakes:
            fake.reset()

    def close(self) -> None:
        self._servers.close()

    def _authorization(self, method: str, path: str, host: str) -> str:
        key = self.fakes.cos.permanent_key
        now = int(self.fakes.cos.clock.now())
        key_time = f"{now - 1};{now + SIGNATURE_LIFETIME_S}"
        signature = request_signature(key.secret_key, key_time, http_string(method, path, {}, {"host": host}))
        return (
            f"q-sign-algorithm=sha1&q-ak={key.secret_id}&q-sign-time={key_time}&q-key-time={key_time}"
            f"&q-header-list=host&q-url-param-list=&q-signature={signature}"
        )
