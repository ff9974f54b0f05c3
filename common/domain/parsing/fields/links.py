"""Web addresses and accounts: a home page becomes basics.url, accounts become profiles."""

import re
from collections.abc import Iterable, Sequence

from common.domain.parsing.found import PATTERN, Found
from common.domain.parsing.rows import Row
from common.domain.resume.model import Profile

_REST = r"[^\s，。；、|）)】>]"
_TOP_LEVEL = "com|cn|io|dev|me|net|org|ai|tech|app|site|xyz|top"
_URL = re.compile(
    rf"(?:https?://|www\.){_REST}{{1,200}}|(?<![\w-])[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,4}}\.(?:{_TOP_LEVEL})(?:/{_REST}{{0,200}})?(?![\w.])",
    re.IGNORECASE,
)
_WITH_AT = re.compile(r"(?<!\S)\S{1,80}@\S{1,80}")
_LONGEST = 1000
_NETWORKS = {
    "github.com": "GitHub",
    "gitee.com": "Gitee",
    "linkedin.com": "LinkedIn",
    "zhihu.com": "知乎",
    "twitter.com": "Twitter",
    "leetcode.cn": "LeetCode",
    "leetcode.com": "LeetCode",
    "juejin.cn": "掘金",
    "csdn.net": "CSDN",
    "facebook.com": "Facebook",
    "weibo.com": "微博",
    "youtube.com": "YouTube",
    "behance.net": "Behance",
}
_ACCOUNT_LABELS = {"wechat": "微信", "qq": "QQ", "github": "GitHub", "linkedin": "LinkedIn"}


def find_profiles(rows: Iterable[Row], pairs: Sequence[tuple[str, str, str, Row]]) -> tuple[str | None, list[Profile]]:
    """(home page, accounts) of the contact part, printed or behind its words."""
    profiles: list[Profile] = []
    home: str | None = None
    for row in rows:
        for url in (*urls_in(row.text), *_linked(row)):
            network = _network_of(url)
            if network:
                profiles.append(Profile(network=network, url=url, username=url.rstrip("/").rpartition("/")[2] or None))
            elif home is None:
                home = url
            else:
                profiles.append(Profile(url=url))
    known: set[str | None] = {profile.network for profile in profiles}
    for name, _, value, _row in pairs:
        network = _ACCOUNT_LABELS.get(name)
        if network and network not in known and re.search(r"\w", value) and "@" not in value[1:]:
            profiles.append(Profile(network=network, username=value.strip(" /:：@")))
            known.add(network)
    return home, profiles


def linked_email(rows: Iterable[Row]) -> Found | None:
    """The address that a word such as "Email" leads to, where none is printed beside it."""
    for row in rows:
        for link in row.line.links:
            address = re.fullmatch(r"mailto:([\w.+-]+@[\w-]+(?:\.[\w-]+)+)(?:\?.*)?", link, re.IGNORECASE)
            if address and "@" not in row.text:
                return Found(address[1], row, PATTERN)
    return None


def _linked(row: Row) -> list[str]:
    """Web addresses behind the words of a row; the front page of a network is nobody's account."""
    pages = [link for link in row.line.links if re.match(r"https?://", link, re.IGNORECASE)]
    return [page for page in pages if not _network_of(page) or re.match(r"https?://[^/]+/[^/?#]", page, re.IGNORECASE)]


def urls_in(text: str) -> list[str]:
    """Addresses in the text, without the ones inside an e-mail address."""
    text = _WITH_AT.sub(" ", text[:_LONGEST]) if "@" in text else text[:_LONGEST]
    return [found.group().rstrip(".,;:\"'”") for found in _URL.finditer(text)] if "." in text else []


def _network_of(url: str) -> str | None:
    host = re.sub(r"^https?://", "", url.lower())
    return next(
        (name for domain, name in _NETWORKS.items() if re.match(rf"(?:[\w-]+\.)*{re.escape(domain)}", host)), None
    )
