"""App: everything a function can ask for, by name. A chain of classes, each of which may use the ones before it."""

from common.wiring.watching import Watching


class App(Watching):
    """One invocation's view: ports by name. Built anew each time, because the platform renews the temporary keys."""
