"""Vendor access tokens that all functions share."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class AccessToken:
    value: str
    expires_at: datetime
