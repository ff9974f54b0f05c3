"""The settings groups that belong to no vendor. A vendor's own group lives in its folder."""

from typing import Literal

from pydantic import ConfigDict, Field, SecretStr

from common.lazy_model import LazyModel


class SettingsGroup(LazyModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class AppSettings(SettingsGroup):
    """APP_*: where this deployment stands. `base_url` is the public address of the API, `build` what it was made of."""

    env: Literal["development", "production"] = "development"
    base_url: str = "http://127.0.0.1:9080"
    offline: bool = False
    build: str = "unknown"


class SessionSettings(SettingsGroup):
    """SESSION_*: key ring `id:base64url`, first is current."""

    keys: SecretStr
    days: int = Field(default=7, ge=1, le=90)


class DataKeySettings(SettingsGroup):
    """DATA_*: key ring that encrypts personal data at rest."""

    keys: SecretStr


class CreditsSettings(SettingsGroup):
    """CREDITS_*: prices in credits."""

    welcome: int = Field(default=5, ge=0)
    optimise: int = Field(default=5, ge=0)
    chat: int = Field(default=1, ge=0)
    hold_hours: int = Field(default=24, ge=1)


class PaySettings(SettingsGroup):
    """PAY_*: where new orders are opened. Orders that exist stay with the provider they were opened at.

    `report_shipping`: the mini-program has to report deliveries to WeChat, for orders of v3 and v2.
    """

    provider: Literal["v3", "v2", "xpay"] = "v3"
    report_shipping: bool = False


class LimitsSettings(SettingsGroup):
    """LIMITS_*: how much one user may ask for. Requests of people who are not logged in are counted per address."""

    requests_per_minute: int = Field(default=240, ge=1)
    address_requests_per_minute: int = Field(default=1200, ge=1)
    login_per_minute: int = Field(default=20, ge=1)
    uploads_per_hour: int = Field(default=20, ge=1)
    chat_per_minute: int = Field(default=10, ge=1)
    shares_per_hour: int = Field(default=20, ge=1)
    upload_max_mb: int = Field(default=10, ge=1, le=10)
    stage_lease_s: float = Field(default=200, gt=0)
    stage_grace_s: float = Field(default=180, ge=0)
    message_lease_s: float = Field(default=60, gt=0)
    model_calls: int = Field(default=50, ge=1)
    model_calls_per_user: int = Field(default=6, ge=1)


class AlertSettings(SettingsGroup):
    """ALERT_*: operators who are woken by SMS when something is urgent: mobile numbers, separated by commas."""

    phones: str = ""


class SmsLimitSettings(SettingsGroup):
    """SMS_LIMIT_*: how many codes and notices may be sent, which is what an attack can cost, and how often codes are tried."""

    per_phone_day: int = Field(default=8, ge=1)
    per_user_day: int = Field(default=10, ge=1)
    per_address_hour: int = Field(default=30, ge=1)
    per_day: int = Field(default=2000, ge=1)
    guesses_per_user_day: int = Field(default=30, ge=1)
    guesses_per_address_hour: int = Field(default=60, ge=1)
    notices_per_user_day: int = Field(default=3, ge=0)
