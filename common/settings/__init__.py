"""Settings: typed groups read from the environment, never at import."""

from common.settings.env import environment, names_of, read_all, read_group
from common.settings.groups import (
    AlertSettings,
    AppSettings,
    CreditsSettings,
    DataKeySettings,
    LimitsSettings,
    PaySettings,
    SessionSettings,
    SmsLimitSettings,
)
from common.settings.layered import LayeredEnvironment, Overlaid
from common.settings.production import production_problems

__all__ = [
    "AlertSettings",
    "AppSettings",
    "CreditsSettings",
    "DataKeySettings",
    "LayeredEnvironment",
    "LimitsSettings",
    "Overlaid",
    "PaySettings",
    "SessionSettings",
    "SmsLimitSettings",
    "environment",
    "names_of",
    "production_problems",
    "read_all",
    "read_group",
]
