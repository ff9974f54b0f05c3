"""What several ports make together: one object per use case that needs many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from common import clock, logs
from common.errors import MojianError, message_of
from common.wiring.files import Files

if TYPE_CHECKING:
    from common.domain.jobs import JobRef
    from common.domain.language_model import ModelUsage
    from common.domain.pipeline import ObjectKey, ResumeId, Stage
    from common.domain.users import UserId
    from common.platform.events.cos import CosRecord
    from common.services import (
        avatars,
        chatting,
        checking_pictures,
        exporting,
        inbox,
        jobs,
        leaving,
        library,
        messaging,
        moderating,
        profiles,
        push,
        push_events,
        settling,
        sharing_again,
        sharing_desk,
        sms_codes,
        stages,
        subscriptions,
        sweeping,
        uploads,
    )


class Desks(Files):
    """What several ports make together: one object per use case that needs many."""

    @cached_property
    def upload_rules(self) -> uploads.UploadRules:
        from common.services.uploads import UploadRules

        return UploadRules(
            cost=self.prices.optimise,
            hold_for=timedelta(hours=self.prices.hold_hours),
            max_bytes=self.upload_max_bytes,
            per_hour=self.limits_settings.uploads_per_hour,
            templates=self.template_shelf,
        )

    @property
    def upload_max_bytes(self) -> int:
        """For whoever needs no other rule: all of them lead to the templates, and those to the keys of the asset store."""
        return self.limits_settings.upload_max_mb * 1024 * 1024

    def object_key(self, record: CosRecord) -> ObjectKey:
        """The key as ours; percent-encoded ones are decoded only when the raw form is none of ours."""
        from common.domain.pipeline import ObjectKey

        try:
            return ObjectKey.parse(record.key)
        except MojianError:
            return ObjectKey.parse(record.decoded_key)

    def stage_run(self, stage: Stage, record: CosRecord) -> stages.StageRun:
        from common.services.stages import StageRun

        return StageRun(
            stage=stage,
            key=self.object_key(record),
            resumes=self.resumes,
            objects=self.objects,
            lease_s=self.limits_settings.stage_lease_s,
            now=self.now,
            report_usage=self.report_model_use,
        )

    def report_model_use(self, resume_id: ResumeId, usage: ModelUsage) -> None:
        """What one resume has cost, for the operator."""
        fields = {"resume_id": resume_id, "count": usage.calls, **usage.as_record()}
        self.note("model_use", fields)

    @property
    def upload_desk(self) -> uploads.UploadDesk:
        from common.services.uploads import UploadDesk

        return UploadDesk(
            rules=self.upload_rules,
            resumes=self.resumes,
            credits=self.credits,
            objects=self.objects,
            limits=self.limits,
            new_id=self.new_id,
            now=self.now(),
            client_keys=self.client_keys,
        )

    def shelf(self, user_id: UserId) -> library.Shelf:
        from common.services.library import Shelf

        return Shelf(
            user_id=user_id,
            resumes=self.resumes,
            objects=self.objects,
            messages=message_of,
            rules=self.upload_rules,
            credits=self.credits,
            now=self.now(),
            job_text=lambda ref: self._job_text(user_id, ref),
        )

    def _job_text(self, user_id: UserId, ref: JobRef) -> str:
        from common.services.jobs import description_of

        return description_of(self.job_desk(user_id), ref)

    def job_desk(self, _asked_by: UserId) -> jobs.JobDesk:
        """Only for somebody who is logged in: contracts let us show jobs to our users, not to passers-by."""
        from common.services.job_cache import JobCache
        from common.services.jobs import JobDesk

        cache = JobCache(cache=self.cache, locks=self.locks, limits=self.limits, now=self.now)
        return JobDesk(boards=self.job_boards, cache=cache, now=self.now())

    def profile_desk(self, user_id: UserId) -> profiles.ProfileDesk:
        from common.services.profiles import ProfileDesk

        return ProfileDesk(
            user_id=user_id,
            users=self.users,
            credits=self.credits,
            open_data=self.open_data,
            content=self.wechat,
            limits=self.limits,
            link=self.avatar_link,
            report=self._alert_user,
            now=self.now(),
        )

    def _alert_user(self, user_id: str, error: MojianError) -> None:
        """Something about a user that went wrong behind their back; the log knows them by a pseudonym only."""
        self.alert("user")(logs.pseudonym(user_id), error)

    @property
    def avatar_desk(self) -> avatars.AvatarDesk:
        from common.services.avatars import AvatarDesk

        return AvatarDesk(
            users=self.users,
            credits=self.credits,
            objects=self.objects,
            pictures=self.pictures,
            limits=self.limits,
            link=self.avatar_link,
            new_id=self.new_id,
        )

    def export_desk(self, user_id: UserId) -> exporting.ExportDesk:
        from common.services.exporting import ExportDesk

        return ExportDesk(
            user_id=user_id,
            belongings=self.belongings,
            shelf=self.shelf(user_id),
            objects=self.objects,
            limits=self.limits,
            new_id=self.new_id,
            now=self.now(),
        )

    @property
    def leaving_desk(self) -> leaving.LeavingDesk:
        from common.services.leaving import LeavingDesk

        return LeavingDesk(
            erasures=self.erasures,
            traces=self.traces,
            objects=self.objects,
            report=self._alert_user,
            now=self.now,
        )

    def moderator(self, field: str) -> Callable[[UserId, str], moderating.Moderator]:
        """For the texts of a user; a check that nobody could make is reported under the name that `field` stands for."""
        from common.services.moderating import moderator_of

        return lambda user_id, subject: moderator_of(
            user_id, users=self.users, check=self.wechat, report=self.alert(field), subject=subject
        )

    def chat_desk(self, user_id: UserId) -> chatting.ChatDesk:
        from common.services.chat_answer import Advisor
        from common.services.chatting import ChatDesk

        advisor = Advisor(
            user_id=user_id,
            chats=self.chats,
            pieces=self.chat_pieces,
            model=self.model,
            prompts=self.chat_prompts,
            cost=self.prices.chat,
            now=self.now,
        )
        return ChatDesk(
            advisor=advisor,
            shelf=self.shelf(user_id),
            moderator=self.moderator("conversation_id"),
            credits=self.credits,
            limits=self.limits,
            per_minute=self.limits_settings.chat_per_minute,
            new_id=self.new_id,
        )

    @property
    def picture_desk(self) -> checking_pictures.PictureDesk:
        from common.services.checking_pictures import PictureDesk

        return PictureDesk(
            checks=self.media_checks,
            vendor=self.picture_check,
            objects=self.objects,
            users=self.users,
            report=lambda key, error: self.alert("object_key")(key.split("/", 2)[-1], error),  # without the user
            now=self.now,
        )

    @property
    def share_desk(self) -> sharing_desk.ShareDesk:
        from common.services.sharing_desk import ShareDesk, ShareRules

        limits = self.limits_settings
        return ShareDesk(
            shares=self.shares,
            objects=self.objects,
            pictures=self.picture_desk,
            codes=self.mini_codes,
            moderator=self.moderator("share_id"),
            visits=self.visits,
            limits=self.limits,
            rules=ShareRules(
                per_hour=limits.shares_per_hour,
                page_path=self._wechat_settings.page_share,
                card=self.share_card,
                card_url=f"{self._shared.app_settings.base_url.rstrip('/')}/share/card.png",
            ),
            new_id=self.new_id,
            new_token=clock.new_token,
            now=self.now(),
        )

    @property
    def share_broom(self) -> sharing_again.ShareBroom:
        from common.services.sharing_again import ShareBroom

        return ShareBroom(
            shares=self.shares,
            objects=self.objects,
            moderator=self.moderator("share_id"),
            report=self.alert("share_id"),
            now=self.now(),
        )

    @property
    def till(self) -> settling.Till:
        from common.services.settling import Till

        return Till(
            orders=self.orders,
            refunds=self.refunds,
            gates=self.gates,
            report=self.alert("order"),
            new_id=self.new_id,
            now=self.now(),
        )

    @property
    def push_desk(self) -> push.PushDesk:
        from common.services.push import PushDesk

        return PushDesk(
            mailbox=self.mailbox,
            till=self.till,
            once=self.idempotency,
            events=lambda: self._event_desk,
            subscriptions=self.subscription_desk,
            note=self._note_push,
        )

    @property
    def _event_desk(self) -> push_events.EventDesk:
        from common.services.push_events import EventDesk

        return EventDesk(
            pictures=self.media_checks,
            users=self.users,
            phones=self.phones,
            leaving=self.leaving_desk,
            report=self.alert("user"),
            now=self.now(),
        )

    @property
    def subscription_desk(self) -> subscriptions.SubscriptionDesk:
        from common.services.subscriptions import SubscriptionDesk

        return SubscriptionDesk(self.acceptances, self.wechat, self.outbox, self.users, self.now())

    def _note_push(self, event: str) -> None:
        self.note("push", {"operation": event, "outcome": "ignored"})

    @cached_property
    def message_desk(self) -> messaging.MessageDesk:
        from common.services.messaging import MessageDesk

        return MessageDesk(
            outbox=self.outbox,
            messenger=self.wechat,
            acceptances=self.acceptances,
            texts=self.text_messages,
            phones=self.phones,
            consents=self.sms_consents,
            prepare=self.access_token,
            now=self.now,
            lease_s=self.limits_settings.message_lease_s,
            sms_per_day=self.sms_limits.notices_per_user_day,
        )

    @property
    def inbox_desk(self) -> inbox.InboxDesk:
        from common.services.inbox import InboxDesk

        return InboxDesk(self.users, self.phones, self.sms_consents, self.now())

    def code_desk(self, user_id: UserId, client_ip: str) -> sms_codes.CodeDesk:
        from common.security.digests import random_digits
        from common.services.sms_codes import Caps, CodeDesk

        return CodeDesk(
            user_id=user_id,
            client_ip=client_ip,
            users=self.users,
            codes=self.sms_codes,
            digests=self.sms_digests,
            limits=self.limits,
            caps=Caps(**self.sms_limits.model_dump(exclude={"notices_per_user_day"})),
            texts=self.text_messages,
            phones=self.phones,
            consents=self.sms_consents,
            new_code=random_digits,
            report=self.alert("operation"),
            now=self.now(),
        )

    @property
    def broom(self) -> sweeping.Broom:
        from common.services.sweeping import Broom

        return Broom(
            resumes=self.resumes,
            objects=self.objects,
            credits=self.credits,
            answers=self.idempotency,
            desk=self.message_desk,
            shares=self.share_broom,
            pictures=self.picture_desk,
            news=self.news,
            new_id=lambda: self.new_id("m_"),
            leaving=self.leaving_desk,
            report=self.alert("resume_id"),
            report_message=self.alert("message_id"),
            report_step=self.alert("operation"),
            now=self.now(),
            grace_s=self.limits_settings.stage_grace_s,
        )

    @property
    def probes(self) -> dict[str, Callable[[], object]]:
        """For GET /health: one cheap question to everything requests depend on."""
        return {
            "database": lambda: self.tokens.read("health"),
            "redis": lambda: self.limits.hit("health", limit=1_000_000, window_s=60, fail_open=False),
            "objects": lambda: self.objects.exists("health"),
        }
