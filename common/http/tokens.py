"""Calls that carry a shared access token: one repetition when the vendor says the token is no good."""

from collections.abc import Callable
from typing import TypeVar

from common.errors import CredentialRejected

#: Gets the token that was rejected (None at first) and returns one to use.
AccessTokens = Callable[[str | None], str]
Answer = TypeVar("Answer")


def call_with_token(
    call: Callable[[str], Answer], access_token: AccessTokens, *, is_token_error: Callable[[CredentialRejected], bool]
) -> Answer:
    """Repeating is safe even for calls that must not happen twice: a rejected token means nothing was done.

    Never more than one repetition, or workers with different tokens would chase each other.
    """
    token = access_token(None)
    try:
        return call(token)
    except CredentialRejected as error:
        if not is_token_error(error):
            raise
    return call(access_token(token))
