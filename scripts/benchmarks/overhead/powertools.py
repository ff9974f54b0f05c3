"""The same three routes on Powertools for AWS Lambda: its resolver with validation and one structured log line, as it advises."""

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayRestResolver
from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import BaseModel
from typing_extensions import Annotated

logger = Logger(service="bench")
app = APIGatewayRestResolver(enable_validation=True)


class AddNote(BaseModel):
    text: str
    amount_fen: int
    tags: list[str]


@app.get("/orders")
def list_orders() -> dict:
    return {"orders": []}


@app.get("/orders/<number>")
def show_order(number: str) -> dict:
    return {"number": number}


@app.post("/orders/<number>/notes")
def add_note(number: str, note: AddNote, page: Annotated[str, Query()]) -> dict:
    return {"number": number, "page": page, "text": note.text, "tags": note.tags}


def main_handler(event, context):
    answer = app.resolve(event, context)
    logger.info({"kind": "invocation", "status": answer["statusCode"], "path": event["path"]})
    return answer
