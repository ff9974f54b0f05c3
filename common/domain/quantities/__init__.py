"""Numbers of Chinese and English prose as quantities: value, unit, exactness; and whether two texts claim the same."""

from common.domain.quantities.comparing import invented_quantities, lost_quantities
from common.domain.quantities.reading import quantities

__all__ = ["invented_quantities", "lost_quantities", "quantities"]
