"""Jinja2's immutable sandbox, in which only numbers are multiplied: a text times a billion would be all the memory there is."""

from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment


class Sandbox(ImmutableSandboxedEnvironment):
    intercepted_binops = frozenset("*")

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Raises SecurityError."""
        if not all(isinstance(side, (int, float)) for side in (left, right)):
            raise SecurityError("only numbers are multiplied")
        return super().call_binop(context, operator, left, right)
