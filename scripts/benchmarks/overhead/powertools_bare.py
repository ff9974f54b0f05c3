"""The same three routes on Powertools' resolver alone: no validation, no log line."""

from aws_lambda_powertools.event_handler import APIGatewayRestResolver

app = APIGatewayRestResolver()


@app.get("/orders")
def list_orders() -> dict:
    return {"orders": []}


@app.get("/orders/<number>")
def show_order(number: str) -> dict:
    return {"number": number}


@app.post("/orders/<number>/notes")
def add_note(number: str) -> dict:
    note = app.current_event.json_body
    page = app.current_event.get_query_string_value("page")
    return {"number": number, "page": page, "text": note["text"], "tags": note["tags"]}


def main_handler(event, context):
    return app.resolve(event, context)
