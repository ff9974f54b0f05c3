"""serverless.yml -> Manifest, or every reason the platform would refuse it, by line. Needs nothing else of the emulator.

reading                          load and check: the whole file at once
yaml_lines, variables            YAML that knows its lines; ${...}
document, shape, forms, values   the two components' common form: allowed keys, functions, triggers, typed values
functions, code, environment     one function: settings, handler and folder, declared variables
surroundings                     its retries, dead letters, log topic and network; the public host's certificate
triggers, cron, routes, layers   what starts a function, seven-field expressions, paths, what it is bound to
lint                             what only shows when all triggers are seen together
model, report                    what comes out: frozen dataclasses, or problems with their lines
"""

from .model import (
    Cors,
    CosTrigger,
    FunctionSpec,
    HttpTrigger,
    Manifest,
    ManifestRefused,
    Problem,
    Route,
    TimerTrigger,
)
from .reading import check, load

__all__ = [
    "Cors",
    "CosTrigger",
    "FunctionSpec",
    "HttpTrigger",
    "Manifest",
    "ManifestRefused",
    "Problem",
    "Route",
    "TimerTrigger",
    "check",
    "load",
]
