"""A resume that others may see: what a share is, who may open it until when, and what of the resume it shows."""

from common.domain.sharing.card import Card, card_of
from common.domain.sharing.page import NameShown, shared_page, texts_of
from common.domain.sharing.share import CreateShare, Share, ShareId, ShareState, token_digest, viewer_digest

__all__ = [
    "Card",
    "CreateShare",
    "NameShown",
    "Share",
    "ShareId",
    "ShareState",
    "card_of",
    "shared_page",
    "texts_of",
    "token_digest",
    "viewer_digest",
]
