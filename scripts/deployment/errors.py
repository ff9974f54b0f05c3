"""What stops a deployment, each in one line that says what to do."""

from __future__ import annotations


class DeployError(Exception):
    """Its text is what the user sees."""


class CloudRefused(DeployError):
    """Tencent Cloud answered a call with an error; `code` is its own."""

    def __init__(self, action: str, code: str, message: str, request_id: str = "") -> None:
        self.action, self.code = action, code
        told = f"{action}: {code}: {message.strip()}"
        hint = hint_of(code)
        super().__init__(f"{told}{f' (request {request_id})' if request_id else ''}{f'. {hint}' if hint else ''}")


class CloudUnreachable(DeployError):
    """No answer came: the call may have been done or not. Running again finds out."""

    def __init__(self, action: str, reason: str) -> None:
        super().__init__(
            f"{action}: no usable answer from Tencent Cloud ({reason}). Run the same command again: it goes on from here"
        )


#: The longest beginning of a code that fits wins.
HINTS = {
    "AuthFailure": "Check TENCENT_SECRET_ID and TENCENT_SECRET_KEY, and TENCENT_TOKEN for temporary keys",
    "AuthFailure.SignatureExpire": "The clock of this machine is wrong by more than five minutes",
    "AuthFailure.UnauthorizedOperation": "Give the deploying key the rights listed in docs/how-to/deploy.md",
    "UnauthorizedOperation": "Give the deploying key the rights listed in docs/how-to/deploy.md",
    "FailedOperation.CNAME": "Point the CNAME of APP_DOMAIN to this region's function host, wait for DNS, run again",
    "FailedOperation.Ssl": "Set APP_CERTIFICATE_ID to a certificate for APP_DOMAIN in the SSL console",
    "FailedOperation.UnOpenedService": "Open the service once in the console",
    "FailedOperation.FunctionStatusError": "Somebody else is changing this function; run again in a minute",
    "FailedOperation.TopicNotExist": "CLS_LOGSET_ID and CLS_TOPIC_ID name no topic of this region",
    "InvalidParameterValue.CosNotifyRuleConflict": "Another function or product listens to this prefix; remove that rule first",
    "InvalidParameterValue.DeadLetterConfig": "DEAD_LETTER_TYPE is CMQ-QUEUE or CMQ-TOPIC, and the queue has to exist",
    "InvalidParameterValue.EnvironmentExceededLimit": "A function's variables may have 4 KB: move keys into fewer functions",
    "InvalidParameterValue.Runtime": "This region does not offer the runtime: change it here and in layers/*/serverless.yml",
    "LimitExceeded": "Raise the quota in the console, or remove what is not needed",
    "NoSuchBucket": "Create the private bucket COS_BUCKET in COS_REGION first",
    "AccessDenied": "Give the deploying key the rights listed in docs/how-to/deploy.md",
    "RequestLimitExceeded": "Too many calls at once; run again in a minute",
    "ResourceUnavailable.InsufficientBalance": "The account is in arrears",
}


def hint_of(code: str) -> str:
    fitting = [known for known in HINTS if code == known or code.startswith(f"{known}.")]
    return HINTS[max(fitting, key=len)] if fitting else ""
