"""What every test shares: the switch for tests that need real servers."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--services", action="store_true", help="also run on real MySQL, PostgreSQL and Redis servers")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without --services such tests are not selected; with it a missing server is a failure, never a skip."""
    if config.getoption("--services"):
        return
    left_out = [item for item in items if item.get_closest_marker("services")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("services")]
