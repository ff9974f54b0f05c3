"""What stops a build, as one clear line."""


class BuildFailed(Exception):
    """Nothing usable was made; the text says why and what to do."""
