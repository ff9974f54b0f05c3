"""--rehearse: fakes of Tencent Cloud and COS on this machine, and a stand-in for every value that nobody has set."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from scripts.deployment.settings import OWN_NAMES, named_in
from scripts.local_cloud.fakes.cos import CosFake
from scripts.local_cloud.fakes.kit import serve
from scripts.local_cloud.fakes.tencent_cloud import TencentCloudFake

APPID = "1250000000"
BUSY_S = 0.02

#: Where a stand-in has to have a form.
FORMS = {
    "APP_DOMAIN": "api.example.com",
    "CLS_LOGSET_ID": f"rehearsal-{APPID}",
    "CLS_TOPIC_ID": f"rehearsal-log-{APPID}",
    "DEAD_LETTER_TYPE": "CMQ-QUEUE",
    "ALARM_WEBHOOK_URL": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send",
}


def short_pause(_seconds: float) -> None:
    """A change takes no longer here."""
    time.sleep(BUSY_S)


class NoDatabase:
    """A rehearsal leaves the schema alone."""

    def pending(self, _url: str) -> list[str]:
        return []

    def apply(self, _url: str) -> None:
        """There is nothing to apply."""


@contextmanager
def rehearsal_cloud(project: Path, environ: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The environment of a deployment that reaches the fakes and nothing else, whatever .env says."""
    with tempfile.TemporaryDirectory(prefix="mojian-rehearsal-") as folder:
        cos = CosFake(Path(folder), lambda _event: None)
        tencent = TencentCloudFake(cos.stored)
        tencent.scf.change({"busy_s": BUSY_S})
        with serve(tencent) as api, serve(cos) as bucket:
            own = tencent.deployer_environment(api.url)
            cos.admit_temporary_key(own["TENCENT_SECRET_ID"], own["TENCENT_SECRET_KEY"], "", float("inf"))
            stand_ins = {name: FORMS.get(name, "stand-in") for name in named_in(project) | OWN_NAMES}
            settings = {**own, "TENCENT_TOKEN": "", **cos.environment(bucket.url)}
            yield {**environ, **stand_ins, "STAGE": environ.get("STAGE", "dev"), **settings}
