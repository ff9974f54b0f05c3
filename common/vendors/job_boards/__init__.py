"""Job boards, one client for all: what a board calls things is a mapping file in boards/, its keys are settings."""

from common.vendors.job_boards.client import JobBoard
from common.vendors.job_boards.mapping import Mapping, load_mappings
from common.vendors.job_boards.settings import BoardSettings

__all__ = ["BoardSettings", "JobBoard", "Mapping", "load_mappings"]
