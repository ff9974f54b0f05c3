"""The OpenAPI 3.1 document: operations, their models as components, and one form for every error."""

import json
import re
from collections.abc import Mapping
from typing import Any, get_type_hints

from pydantic import BaseModel, TypeAdapter

from scripts.docs_errors import error_classes
from scripts.openapi.answers import Answer, Opaque, answers_of
from scripts.openapi.handlers import Operation, operations

REF = "#/components/schemas/{model}"
ERROR = {"$ref": "#/components/schemas/Error"}

INTRODUCTION = (
    "The back end of a resume mini-program. Every POST accepts Idempotency-Key; the same key with another body is 409. "
    "Unknown fields are ignored, wrong types are 422 naming the field."
)


def openapi_page() -> str:
    return json.dumps(openapi_document(), ensure_ascii=False, indent=1) + "\n"


def openapi_document() -> dict[str, Any]:
    schemas: dict[str, Any] = {"Error": _error_schema()}
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations():
        paths.setdefault(operation.path, {})[operation.method] = _entry(operation, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "墨简 Mojian", "version": "1", "description": INTRODUCTION},
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {"session": {"type": "http", "scheme": "bearer"}},
        },
    }


def _error_schema() -> dict[str, Any]:
    """The envelope of docs/errors.md."""
    members = {
        "code": {"type": "string", "enum": sorted({kind.code for kind in error_classes()})},
        "message": {"type": "string", "description": "Chinese, ready to show"},
        "request_id": {"type": "string"},
        "details": {"type": "object"},
    }
    inner = {"type": "object", "properties": members, "required": ["code", "message", "request_id"]}
    return {"type": "object", "properties": {"error": inner}, "required": ["error"]}


def _entry(operation: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "operationId": _identifier(operation),
        "summary": operation.summary,
        "tags": [operation.function],
        "responses": _responses(operation, schemas),
    }
    if operation.needs_session:
        entry["security"] = [{"session": []}]
    if parameters := [*_path_parameters(operation), *_query_parameters(operation, schemas), *_key(operation)]:
        entry["parameters"] = parameters
    if body := _request_body(operation, schemas):
        entry["requestBody"] = body
    return entry


def _identifier(operation: Operation) -> str:
    action = operation.path.rsplit("/", 1)[-1]
    return f"{operation.function}_{operation.handler.name}" + (
        f"_{action}" if operation.handler.name == "revise" else ""
    )


def _path_parameters(operation: Operation) -> list[dict[str, Any]]:
    names = re.findall(r"\{(\w+)\}", operation.path)
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]


def _query_parameters(operation: Operation, schemas: dict[str, Any]) -> list[dict[str, Any]]:
    if operation.place != "query" or operation.body is None:
        return []
    schema = _schema(operation.body, schemas, mode="validation", inline=True)
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": member}
        for name, member in schema["properties"].items()
    ]


def _key(operation: Operation) -> list[dict[str, Any]]:
    if operation.method != "post" or not operation.needs_session:
        return []
    schema = {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[!-~]+$"}
    return [{"name": "Idempotency-Key", "in": "header", "required": False, "schema": schema}]


def _request_body(operation: Operation, schemas: dict[str, Any]) -> dict[str, Any] | None:
    if operation.body is None or operation.place == "query":
        return None
    if operation.place == "form":
        return {"required": True, "content": {"multipart/form-data": {"schema": _form(operation, schemas)}}}
    free = operation.body is BaseModel
    schema = {"type": "object"} if free else _schema(operation.body, schemas, mode="validation")
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _form(operation: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    """The file, and the members that are not read off it: text, as everything in a form."""
    model = _schema(operation.body, schemas, mode="validation", inline=True)
    part = str(operation.file_part)
    optional = {name: {"type": "string"} for name in model["properties"] if name not in model.get("required", [])}
    file = {"type": "string", "contentMediaType": "application/octet-stream"}
    return {"type": "object", "properties": {part: file, **optional}, "required": [part]}


def _responses(operation: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for answer in answers_of(operation):
        entry = found.setdefault(answer.status, {"description": "done"})
        if answer.status == "302":
            entry["headers"] = {"Location": {"schema": {"type": "string", "format": "uri"}}}
        if answer.media_type:
            entry.setdefault("content", {})[answer.media_type] = _content(answer, schemas)
    form = {"*/*": {}} if operation.has_own_refusals else {"application/json": {"schema": ERROR}}
    refused = {"description": "refused", "content": form}
    return {**found, "4XX": refused, "5XX": refused}


def _content(answer: Answer, schemas: dict[str, Any]) -> dict[str, Any]:
    return {} if answer.shape is Opaque else {"schema": _shape_schema(answer.shape, schemas)}


def _shape_schema(shape: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    if shape is Opaque:
        return {}
    if isinstance(shape, Mapping):
        members = {name: _shape_schema(inner, schemas) for name, inner in shape.items()}
        return {"type": "object", "properties": members, "required": list(members)}
    return _schema(shape, schemas, mode="serialization")


def _schema(kind: Any, schemas: dict[str, Any], *, mode: Any, inline: bool = False) -> dict[str, Any]:
    """A reference into `schemas`, which the schema of `kind` and of everything in it is put into."""
    schema: dict[str, Any] = TypeAdapter(kind).json_schema(ref_template=REF, mode=mode, by_alias=True)
    for name, inner in schema.pop("$defs", {}).items():
        schemas.setdefault(name, inner)
    name = getattr(kind, "__name__", None)
    if inline or name is None or "properties" not in schema or not get_type_hints(kind):
        return schema
    schemas.setdefault(name, schema)
    return {"$ref": REF.format(model=name)}
