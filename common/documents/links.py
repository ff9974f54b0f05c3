"""Addresses behind words: what a document links to, as far as its text does not say it already."""

import re

_KEPT = re.compile(r"(?:https?://|mailto:|tel:)\S+", re.IGNORECASE)
_LONGEST = 500


def unseen_links(targets: list[str], text: str) -> tuple[str, ...]:
    """The web, mail and phone addresses among `targets` that `text` does not show, each once."""
    if not targets:
        return ()
    shown = _bare(text)
    kept = (target.strip() for target in targets if len(target) <= _LONGEST and _KEPT.fullmatch(target.strip()))
    return tuple(dict.fromkeys(target for target in kept if _bare(target) not in shown))


def _bare(text: str) -> str:
    """Without what people leave out when they print an address."""
    return re.sub(r"^(?:https?://(?:www\.)?|mailto:|tel:)|[\s/-]|\?subject=.*$", "", text.casefold())
