"""A world for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.scripts.deployment.deployed_world import World, opened_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Nothing has been deployed."""
    with opened_world(tmp_path) as opened:
        yield opened


@pytest.fixture
def deployed(world: World) -> World:
    """Everything has been deployed once."""
    assert world.deploy() == 0, world.said[-1]
    world.forget_calls()
    return world
