"""Balances."""

from common.domain.credits import Balance


def test_what_is_held_cannot_be_spent_when_counted():
    assert Balance(ledger=10, held=4).available == 6
