"""The root of every error."""


class MojianError(Exception):
    """`code` is stable for programs, `message` is Chinese and ready to show, `facts` are for the log.

    Raised with facts as keyword arguments, never with prose, headers, bodies or personal data.
    """

    code = "internal"
    status = 500
    retryable = False
    message = "服务出了点问题，请稍后再试"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code)
        self.facts = facts

    @property
    def details(self) -> dict[str, object]:
        """What the caller may see beside the message."""
        return {}

    def __str__(self) -> str:
        return " ".join([self.code, *(f"{name}={value}" for name, value in self.facts.items())])


def message_of(code: str) -> str:
    """The Chinese message of an error code that was kept; the general one for a code we no longer know."""
    return error_of(code).message


def error_of(code: str) -> MojianError:
    """An error like the one whose code was kept; the general one for a code we no longer know."""
    return next((kind() for kind in all_errors() if kind.code == code), MojianError())


def all_errors() -> "list[type[MojianError]]":
    """The whole tree, parents before children."""
    found: list[type[MojianError]] = [MojianError]
    for kind in found:
        found += kind.__subclasses__()
    return found
