"""What a serverless.yml says, once it has been read and found acceptable: functions, triggers and routes."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a manifest. `line` counts from 1; `file` is relative to the project."""

    line: int
    text: str
    file: str = "serverless.yml"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class ManifestRefused(Exception):
    """The platform would not accept this manifest. Its text is one line per problem."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Cors:
    """What the platform answers to browsers by itself (an http trigger's corsConfig)."""

    origins: tuple[str, ...]
    methods: tuple[str, ...]
    headers: tuple[str, ...]
    expose_headers: tuple[str, ...]
    max_age_s: int
    credentials: bool


@dataclass(frozen=True)
class HttpTrigger:
    """A function URL. `auth_type` is NONE or CAM."""

    auth_type: str
    cors: Cors | None


@dataclass(frozen=True)
class CosTrigger:
    """One bucket notification. `bucket` is `name-appid`; `events` may end in a wildcard: `cos:ObjectCreated:*`."""

    bucket: str
    events: str
    prefix: str
    suffix: str

    def matches(self, event_name: str, bucket: str, key: str) -> bool:
        """True when `event_name` (`cos:ObjectCreated:Put`) on `key` (no leading slash) starts the function."""
        wildcard = self.events.endswith(":*") and event_name.startswith(self.events[:-1])
        return (
            bucket == self.bucket
            and (wildcard or event_name == self.events)
            and key.startswith(self.prefix)
            and key.endswith(self.suffix)
        )


@dataclass(frozen=True)
class TimerTrigger:
    """`cron` has the platform's seven fields; `argument` arrives as the event's Message."""

    name: str
    cron: str
    argument: str


@dataclass(frozen=True)
class FunctionSpec:
    """One function as deployed. `key` is its name in the manifest, `name` its name on the platform.

    `layers` are folders in binding order; `exclude` are patterns of files in `source` that are not deployed.
    """

    key: str
    name: str
    handler: str
    runtime: str
    type: str
    source: Path
    memory_mb: int
    timeout_s: int
    init_timeout_s: int
    environment: dict[str, str]
    layers: tuple[Path, ...]
    http: HttpTrigger | None
    cos: tuple[CosTrigger, ...]
    timers: tuple[TimerTrigger, ...]
    max_concurrency: int
    role: str
    namespace: str = "default"
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True)
class Route:
    """One endpointsConfig entry. `path_match` is exact or ends in `/*`; `function` is a key of Manifest.functions."""

    path_match: str
    function: str

    def matches(self, path: str) -> bool:
        if self.path_match.endswith("/*"):
            return path.startswith(self.path_match[:-1])
        return path == self.path_match

    @property
    def weight(self) -> tuple[int, bool]:
        """Longer beats shorter; of two equally long ones the exact path wins."""
        return len(self.path_match.rstrip("*")), not self.path_match.endswith("*")


@dataclass(frozen=True)
class Manifest:
    """A whole serverless.yml in its folder `project`. `warnings` did not stop it, but are worth showing."""

    app: str
    stage: str
    region: str
    functions: dict[str, FunctionSpec]
    routes: tuple[Route, ...]
    warnings: tuple[Problem, ...] = field(default=())
    project: Path = field(default=Path())

    def route(self, path: str) -> str | None:
        """The key of the function that answers `path` (no query); None when no route matches."""
        matching = [route for route in self.routes if route.matches(path)]
        return max(matching, key=lambda route: route.weight).function if matching else None
