"""COS created rendered/….pdf: tell the user, once, by subscription message through the outbox."""

from common.platform import App, CosRecord, cos_handler
from common.services import messaging


@cos_handler
def main_handler(record: CosRecord, app: App) -> str:
    return messaging.announce_ready(
        app.object_key(record), resumes=app.resumes, users=app.users, desk=app.message_desk, new_id=app.new_id
    )
