"""The only room that knows which class stands behind each port. Everything is lazy: a function loads only what it touches.

Shared is what a process keeps. Invocation → Stores → Vendors → Files → Desks → Watching → App is one chain, so each may use what
stands before it. A new port is one lazy property in the file of its kind.
"""

from common.domain.users import UserId, Visitor
from common.wiring.app import App
from common.wiring.shared import Shared

__all__ = ["App", "Shared", "UserId", "Visitor"]
