"""The bearer key, put on each request as it is sent."""

from collections.abc import Generator

import httpx
from pydantic import SecretStr


class BearerKey(httpx.Auth):
    def __init__(self, key: SecretStr) -> None:
        self._key = key

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self._key.get_secret_value()}"
        yield request
