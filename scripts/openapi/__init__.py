"""openapi.json from the code: handlers say which model they read, use cases say what they return."""

from scripts.openapi.document import openapi_page

__all__ = ["openapi_page"]
