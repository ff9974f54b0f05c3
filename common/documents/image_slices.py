"""Long screenshots in pieces: engines shrink what is tall until nobody can read it."""

from typing import Any

_LONG = 2.2  # times its width: a page has 1.4, two pages under each other 2.8
_PIECE = 1.5
_TALL_PX = 2000  # what engines take without shrinking it
_AIR = 6  # rows above and below a cut that should be empty too
_AROUND = 0.15  # of a piece, up and down, to look for a row without text


def slices(picture: Any) -> list[Any]:
    """The picture itself, or pieces of about a page's shape, from top to bottom, cut where a row of pixels is emptiest."""
    width, height = picture.size
    if height <= max(_LONG * width, _TALL_PX):
        return [picture]
    count = round(height / max(_PIECE * width, _TALL_PX / _LONG))
    ink = _ink_of_rows(picture)
    reach = int(_AROUND * height / count)
    cuts = [0]
    for number in range(1, count):
        aim = height * number // count
        cuts.append(
            min(range(aim - reach, aim + reach), key=lambda row: (max(ink[row - _AIR : row + _AIR]), abs(row - aim)))
        )
    return [picture.crop((0, top, width, bottom)) for top, bottom in zip(cuts, [*cuts[1:], height], strict=True)]


def _ink_of_rows(picture: Any) -> list[int]:
    """How much each row of pixels changes from left to right: 0 for one without text, whatever its colour."""
    grey = picture.convert("L").resize((256, picture.height))
    rows = grey.tobytes()
    return [max(row) - min(row) for row in (rows[at : at + 256] for at in range(0, len(rows), 256))]
