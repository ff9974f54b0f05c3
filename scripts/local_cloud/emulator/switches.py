"""Everything about the emulator that a test or a developer may turn; the defaults are the documented platform."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024
SYNC_LIMIT_BYTES = 6 * MIB
ASYNC_LIMIT_BYTES = 128 * 1024
RETRY_EVERY_S = 60.0
RUN_ERROR_RETRIES = 2
RETENTION_S = 6 * 3600.0


@dataclass(frozen=True)
class Account:
    """Whose cloud this is; functions see it in their context and in trigger events."""

    appid: str = "1250000000"
    uin: str = "100000000001"


@dataclass(frozen=True)
class Switches:
    """`time_scale` divides waiting times of the platform (retries, timers, retention, idling), never timeouts.

    api_gateway           the retired gateway's events and strict responses instead of function URLs
    with_request_context  function URL events carry requestContext.sourceIp, as measured in 2026
    encoded_keys          COS events percent-encode keys (no page states the encoding; raw is the likely one)
    records_per_event     COS notifications gathered into one event, at most this many
    duplicates            how many times each async event is delivered, at the same time
    freeze                instances are stopped between requests, as on the platform: background threads do not run
    cancel_grace_s        a web function whose client has gone runs on for so long before it is stopped (the platform's
                          own time is not documented)
    max_instances         concurrency quota of one function; a synchronous caller beyond it gets 432
    async_workers         events of one function that the async queue runs at the same time
    idle_s                an instance unused for so long is recycled
    uses_per_instance     recycle after so many invocations; 1 exposes state hidden in globals
    """

    time_scale: float = 1.0
    api_gateway: bool = False
    with_request_context: bool = False
    encoded_keys: bool = False
    records_per_event: int = 1
    duplicates: int = 1
    freeze: bool = True
    cancel_grace_s: float = 2.0
    max_instances: int = 10
    async_workers: int = 2
    idle_s: float = 600.0
    uses_per_instance: int = 0

    def waiting(self, platform_s: float) -> float:
        """Seconds to wait here for what takes `platform_s` on the platform."""
        return platform_s / self.time_scale
