"""Nobody is promoted by a rewrite: who took part does not lead afterwards, and who helped does not own."""

import re

#: Words that say somebody else carried the work; dropping them claims it.
_SUPPORTING = re.compile(
    r"参与|协助|辅助|帮(?!派)|配合|协同|跟随|assist(?:ed)?\b|support(?:ed)?\b|help(?:ed)?\b|participat(?:ed|e)\b",
    re.IGNORECASE,
)

#: Words that claim the lead; they have to stand in the original.
_LEADING = re.compile(
    r"主导|牵头|带领|率领|领导|独立|全权|一手|统筹|\bled\b|spearhead(?:ed)?\b|single-handed\w*", re.IGNORECASE
)

#: 带旅行团, 带5人: the everyday word for 带领.
_TAKES_ALONG = re.compile("带(?![来动宽教有货])")


def raised_roles(known: str, new: str) -> list[str]:
    """The words by which the rewrite claims a larger part than the original; both texts NFKC."""
    led = [*_found(_LEADING, known), *(["带领"] if _TAKES_ALONG.search(known) else [])]
    claimed = [word for word in _found(_LEADING, new) if word not in led]
    dropped = _found(_SUPPORTING, known) if not _SUPPORTING.search(new) else []
    return [*claimed, *(f"－{word}" for word in dropped)]


def _found(pattern: re.Pattern[str], text: str) -> list[str]:
    return list(dict.fromkeys(match.lower() for match in pattern.findall(text)))
