"""A board's mapping file: where its routes are, what it calls our words, where in its JSON our fields stand.

Every file is checked whole before anything is asked, and what is wrong is named by file and field.
"""

from collections.abc import Iterator
from pathlib import Path as File
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints, ValidationError, model_validator

from common.errors import SettingsInvalid
from common.lazy_model import LazyModel
from common.vendors.job_boards.paths import Path

BOARDS = File(__file__).parent / "boards"

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,30}$")]
Route = Annotated[str, StringConstraints(pattern=r"^/[A-Za-z0-9/_.\-{}]*$")]
Header = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9\-]*$")]
Trouble = Literal["auth", "rate_limited", "not_found", "captcha", "upstream", "rejected"]
#: What a search can be narrowed by, in our words.
Filter = Literal["keyword", "city", "salary_min", "experience", "degree"]
MOST_PAGE_SIZE = 50


class Strict(LazyModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OAuth(Strict):
    """RFC 6749 section 4.4: a form with grant_type=client_credentials → access_token, expires_in."""

    kind: Literal["oauth2_client_credentials"]
    token_path: Route
    scope: str = ""
    token_in: Literal["header", "query"] = "header"  # noqa: S105 -- a place, not a token
    token_param: str = Field(default="access_token", min_length=1)


class Hmac(Strict):
    """HMAC-SHA256 over method, path, sorted query, timestamp, nonce and body hash, one a line."""

    kind: Literal["api_key_hmac"]
    key_header: Header
    sign_header: Header
    timestamp_header: Header
    nonce_header: Header


class ApiKey(Strict):
    """A key that travels as it is."""

    kind: Literal["api_key"]
    key_header: Header


Auth = Annotated[OAuth | Hmac | ApiKey, Field(discriminator="kind")]


class Success(Strict):
    """The envelope says yes when the value at `path` is one of `values`."""

    path: Path
    values: tuple[int | str, ...] = Field(min_length=1)


class Search(Strict):
    """`params`: our word → theirs. `fixed`: what they always want. `salary_min` goes out in `salary_unit`."""

    method: Literal["GET", "POST"]
    path: Route
    params: dict[Filter, str] = {}
    page: str = Field(min_length=1)
    first_page: int = Field(default=1, ge=0, le=1)
    page_size: str = Field(min_length=1)
    size: int = Field(default=20, ge=1, le=MOST_PAGE_SIZE)
    fixed: dict[str, str | int] = {}
    salary_unit: Literal["fen", "yuan", "thousand_yuan"] = "yuan"
    items: Path
    has_more: Path | None = None
    is_end: Path | None = None
    total: Path | None = None

    @model_validator(mode="after")
    def _knows_its_end(self) -> "Search":
        if not (self.has_more or self.is_end or self.total):
            raise ValueError("one of has_more, is_end and total has to say whether there is another page")
        return self


class Fields(Strict):
    """Where our fields stand in one record. There is none for a recruiter, so nobody can map one."""

    job_id: Path
    title: Path
    company: Path | None = None
    city: Path | None = None
    district: Path | None = None
    salary: Path | None = None
    salary_months: Path | None = None
    degree: Path | None = None
    experience: Path | None = None
    skills: Path | None = None
    description: Path | None = None
    link: Path | None = None
    published_at: Path | None = None


class DetailFields(Fields):
    """The id is the one that was asked for."""

    job_id: Path | None = None  # type: ignore[assignment]


class Detail(Strict):
    method: Literal["GET"] = "GET"
    path: Annotated[Route, StringConstraints(pattern=r"\{job_id\}")]
    record: Path
    fields: DetailFields


class Mapping(Strict):
    """`title` is the board's name for people. `link_hosts`: links that lead elsewhere are dropped.

    `codes`: our word → theirs, a filter at a time; a word without a code is one the board cannot search by.
    """

    name: Name
    title: str = Field(min_length=1, max_length=20)
    auth: Auth
    success: Success
    message: Path | None = None
    search: Search
    fields: Fields
    detail: Detail
    link_hosts: tuple[str, ...] = Field(min_length=1)
    codes: dict[Filter, dict[str, str | int]] = {}
    errors: dict[str, Trouble] = {}
    utc_offset_hours: int = Field(default=8, ge=-12, le=14)

    @property
    def prefix(self) -> str:
        """Of its settings."""
        return f"{self.name.upper()}_"


def load_mappings(folder: File = BOARDS) -> list[Mapping]:
    """Every board of the folder, by name. Raises SettingsInvalid naming each wrong file and field at once."""
    problems: list[str] = []
    found: list[Mapping] = []
    for file in sorted(folder.glob("*.json")):
        try:
            found.append(_read(file))
        except ValidationError as error:
            problems += _named(file.name, error)
        except ValueError as error:
            problems.append(f"boards/{file.name}: {error}")
    if problems:
        raise SettingsInvalid(problems=problems)
    return found


def _read(file: File) -> Mapping:
    mapping = Mapping.model_validate_json(file.read_bytes())
    if mapping.name != file.stem:
        raise ValueError(f"name: has to be {file.stem}, as the file is called")
    return mapping


def _named(name: str, error: ValidationError) -> Iterator[str]:
    for item in error.errors(include_url=False, include_input=False):
        yield f"boards/{name}: {'.'.join(map(str, item['loc'])) or 'the file'}: {item['msg']}"
