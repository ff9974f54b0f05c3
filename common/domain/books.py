"""The books: what must agree with what, and a row that breaks it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Discrepancy:
    """`row` names the row that breaks `rule`: a user, a hold, an order, a refund or an entry of the ledger."""

    rule: str
    row: str


@dataclass(frozen=True)
class Totals:
    """In credits. Every one is summed from its own table, so that they prove each other."""

    balances: int
    ledger: int
    welcome: int
    orders: int
    captured: int
    refunds: int

    @property
    def agree(self) -> bool:
        """ledger = balances = what was given and paid for, less what was spent and refunded."""
        return self.ledger == self.balances == self.welcome + self.orders - self.captured - self.refunds
