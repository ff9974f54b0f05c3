"""No rewrite may add a fact: what names, counts or dates something must already stand in the original."""

import unicodedata

from common.domain.optimising.names import invented_names
from common.domain.optimising.numbers import known_quantities, quantities
from common.domain.optimising.roles import raised_roles
from common.domain.optimising.words import invented_words


def invented_facts(original: str, rewritten: str) -> list[str]:
    """Quantities, Latin words and names of institutions that stand only in the rewrite, and a part that grew in it.

    Spacing, case, width and the spelling of numbers make no difference. In doubt a rewrite is blocked: the user sees it
    with its reason and can still take it over by hand.
    """
    known, new = (unicodedata.normalize("NFKC", text) for text in (original, rewritten))
    counted = known_quantities(known)
    numbers = [printed for value, printed in quantities(new).items() if value not in counted]
    return list(
        dict.fromkeys([*numbers, *invented_words(known, new), *invented_names(known, new), *raised_roles(known, new)])
    )
