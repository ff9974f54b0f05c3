"""Timer, every 5 minutes: keep the one shared WeChat token alive."""

from common.platform import App, TimerEvent, timer_handler
from common.services import tokens


@timer_handler
def main_handler(_event: TimerEvent, app: App) -> dict[str, int]:
    renewed = tokens.renew_token(store=app.tokens, issuer=app.token_issuer, now=app.now())
    return {"renewed": int(renewed)}
