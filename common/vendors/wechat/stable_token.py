"""The access token that all functions share. Implements the port TokenIssuer."""

from datetime import datetime, timedelta

from common.domain.tokens import AccessToken
from common.http import HttpClient
from common.vendors.wechat.client import ATTEMPTS, read_reply
from common.vendors.wechat.errors import check
from common.vendors.wechat.models import Token
from common.vendors.wechat.settings import WeChatSettings

#: A token is called expired this much earlier, so that none ends under way.
MARGIN = timedelta(seconds=60)


class StableToken:
    """stable_token in normal mode: everybody gets the same token, so no lock is needed.

    `force_refresh` is never used: it would kill the token of every other function at once.
    """

    def __init__(self, settings: WeChatSettings, http: HttpClient) -> None:
        self._settings = settings
        self._http = http.for_vendor("wechat", base_url=settings.base_url, check=check)

    def issue_token(self, *, now: datetime) -> AccessToken:
        """`now` is the moment before the call: life counted from there is never too long. Raises VendorError."""
        response = self._http.request(
            "POST",
            "/cgi-bin/stable_token",
            operation="issue_token",
            json={
                "grant_type": "client_credential",
                "appid": self._settings.appid,
                "secret": self._settings.secret.get_secret_value(),
                "force_refresh": False,
            },
            attempts=ATTEMPTS,
        )
        token = read_reply(Token, response)
        return AccessToken(token.access_token, now + timedelta(seconds=token.expires_in) - MARGIN)
