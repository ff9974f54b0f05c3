"""How the cloud is to be: serverless.yml, layers/*/serverless.yml and the built packages, read into plain values."""

from scripts.deployment.wanted.model import (
    WantedCloud,
    WantedDomain,
    WantedFunction,
    WantedLayer,
    WantedRetries,
    WantedRoute,
    WantedTrigger,
)
from scripts.deployment.wanted.reading import read_wanted

__all__ = [
    "WantedCloud",
    "WantedDomain",
    "WantedFunction",
    "WantedLayer",
    "WantedRetries",
    "WantedRoute",
    "WantedTrigger",
    "read_wanted",
]
