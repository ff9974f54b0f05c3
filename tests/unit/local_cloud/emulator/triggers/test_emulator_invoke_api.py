"""The cloud API's Invoke and InvokeFunction."""

import json
from typing import Any

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Request


@pytest.fixture
def call(emulator):
    def app(environ, start_response):
        return emulator.invoke_api(Request(environ))(environ, start_response)

    def send(action: str, **parameters: object) -> Any:
        reply = Client(app).post("/", json=parameters, headers={"X-TC-Action": action})
        return json.loads(reply.get_data())["Response"]

    return send


def test_invoke_returns_the_result_when_the_call_is_synchronous(call):
    response = call("Invoke", FunctionName="sample-moody", ClientContext="{}", InvocationType="RequestResponse")

    result = response["Result"]
    assert json.loads(result["RetMsg"])["count"] == 1
    assert (result["ErrMsg"], result["InvokeResult"]) == ("", 0)
    assert result["MemUsage"] > 0
    assert response["RequestId"] != result["FunctionRequestId"]


def test_invoke_function_reports_the_error_in_the_result_when_the_handler_raises(call):
    result = call("InvokeFunction", FunctionName="sample-moody", Event='{"do": "raise"}')["Result"]

    assert json.loads(result["ErrMsg"])["statusCode"] == 430
    assert result["RetMsg"] == ""


def test_invoke_queues_the_event_when_the_call_is_asynchronous(call, emulator):
    result = call("Invoke", FunctionName="sample-sweep", ClientContext='{"a": 1}', InvocationType="Event")["Result"]

    assert emulator.wait_idle(5)
    assert f"START RequestId: {result['FunctionRequestId']}" in emulator.logs.lines("sweep")


@pytest.mark.parametrize(
    ("action", "parameters", "code"),
    [
        ("DeleteFunction", {}, "InvalidAction"),
        ("Invoke", {"FunctionName": "nobody"}, "ResourceNotFound.Function"),
        ("Invoke", {"FunctionName": "sample-moody", "ClientContext": "{"}, "InvalidParameterValue.Param"),
        (
            "Invoke",
            {"FunctionName": "sample-moody", "InvocationType": "Event", "ClientContext": json.dumps("x" * 200_000)},
            "InvalidParameterValue.Param",
        ),
    ],
)
def test_invoke_is_refused_with_the_clouds_error_form(call, action, parameters, code):
    assert call(action, **parameters)["Error"]["Code"] == code
