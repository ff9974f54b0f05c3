"""One piece of an entry's header, and what can be said of it: the candidate that company, position, school … compete for."""

from dataclasses import dataclass
from functools import cached_property

from common.domain.parsing.fields import company, department, places, position
from common.domain.resume.text import han_count


@dataclass(frozen=True)
class Piece:
    """`place` counts the header's pieces, `of` is how many there are; `bold` as printed."""

    text: str
    place: int = 0
    of: int = 1
    bold: bool = False

    @cached_property
    def is_company(self) -> bool:
        return company.is_company(self.text)

    @cached_property
    def is_certainly_company(self) -> bool:
        return company.is_certainly_company(self.text)

    @cached_property
    def is_position(self) -> bool:
        return position.is_position(self.text)

    @cached_property
    def ends_as_position(self) -> bool:
        return position.ends_as_position(self.text)

    @cached_property
    def is_department(self) -> bool:
        return department.is_department(self.text)

    @cached_property
    def is_place(self) -> bool:
        return places.is_place(self.text)

    @cached_property
    def width(self) -> int:
        """In half-width characters."""
        return len(self.text) + han_count(self.text)

    @cached_property
    def is_sentence(self) -> bool:
        return self.text.endswith(("。", "；", ";")) or self.text.count("，") + self.text.count("、") > 1
