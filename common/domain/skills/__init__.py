"""Skills as people write them, Chinese, English and mixed: which spellings mean the same, and where a text names them."""

from common.domain.skills.table import Mention, is_skill, mentions, named_skills

__all__ = ["Mention", "is_skill", "mentions", "named_skills"]
