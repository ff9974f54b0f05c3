"""Is something fit to be shown?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from common.domain.moderation import Finding, Scene
    from common.domain.users import OpenId


class ContentCheck(Protocol):
    def check_text(self, text: str, *, openid: OpenId, scene: Scene) -> Finding:
        """At most 2,500 characters. Safe to repeat.

        Raises PersonNotSeen when WeChat does not check the person's texts now, other VendorErrors when nobody can tell.
        """
