"""DeepSeek's refusals: its error envelope, and the text of each status."""

from __future__ import annotations

from typing import Any

# Status: (message, type). Source: api-docs.deepseek.com/quick_start/error_codes and observed answers.
TEXTS: dict[int, tuple[str, str]] = {
    400: ("Invalid request body format.", "invalid_request_error"),
    401: ("Authentication Fails, Your api key is invalid", "authentication_error"),
    402: ("Insufficient Balance", "unknown_error"),
    422: ("Failed to deserialize the JSON body into the target type", "invalid_request_error"),
    429: ("Rate limit reached, please slow down your requests.", "rate_limit_error"),
    500: ("Internal Server Error", "server_error"),
    503: ("Service is too busy, please try again later.", "service_unavailable_error"),
}
_UNKNOWN = ("Unexpected error", "server_error")


class ApiError(Exception):
    """A refusal; without a message it takes the usual one of its status."""

    def __init__(self, status: int, message: str = "") -> None:
        usual, self.type = TEXTS.get(status, _UNKNOWN)
        self.status = status
        self.message = message or usual
        super().__init__(self.message)

    def envelope(self) -> dict[str, Any]:
        code = "invalid_request_error" if self.status < 500 else self.type
        return {"error": {"message": self.message, "type": self.type, "param": None, "code": code}}
