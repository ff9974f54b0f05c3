"""Virtual payment of mini-programs (xpay)."""
