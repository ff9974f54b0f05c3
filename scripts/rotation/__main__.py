"""./scripts/rotate: new keys for sessions and for personal data, one safe step a run.

Exit code 0: done, or nothing is due. 1: refused by the vendor, the database or another writer, or some data cannot be read.
2: a wrong call, or a ring that is not there.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from datetime import timedelta
from pathlib import Path

from common import clock
from common.errors import MojianError, SettingsInvalid
from common.persistence.resealing import Resealing
from common.security.encryption import Cipher
from common.security.keyring import KeyRing
from common.settings import Overlaid, SessionSettings, read_group
from common.settings.env import ABSENT
from common.settings.secret_documents import document_of
from common.wiring import Shared
from scripts.local_cloud.stack.settings import read_env_file
from scripts.rotation.places import EnvFile, RingPlace, SsmSecret
from scripts.rotation.steps import Rotation, Use

RINGS = {"sessions": "SESSION_KEYS", "data": "DATA_KEYS"}
#: Pieces of answers live in Redis for half an hour, and cannot be written again.
REDIS_OUTLIVES = timedelta(hours=1)


class DataUnreadable(Exception):
    """Ciphertexts under no key of the ring, or changed: an operator has to look before any key goes."""


def main(arguments: Sequence[str], environ: Mapping[str, str], env_file: Path) -> int:
    options = _options(arguments)
    try:
        with redirect_stdout(sys.stderr):  # the log lines of calls are not the answer
            lines = _rotation(options.ring, environ, env_file).step(
                deployed=options.deployed, again=options.again, dry=options.dry_run
            )
    except SettingsInvalid as error:
        print(f"rotate: {error.facts.get('problems')}", file=sys.stderr)
        return 2
    except (MojianError, DataUnreadable) as error:
        print(f"rotate: {error}", file=sys.stderr)
        return 1
    print("\n".join([f"(dry run) {line}" for line in lines] if options.dry_run else lines))
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./scripts/rotate", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("ring", choices=RINGS)
    parser.add_argument("--dry-run", action="store_true", help="say what would be done")
    parser.add_argument("--deployed", action="store_true", help="the ring in .env has been deployed since the last run")
    parser.add_argument("--again", action="store_true", help="begin anew although old keys still wait to be retired")
    return parser.parse_args(arguments)


def _rotation(ring: str, environ: Mapping[str, str], env_file: Path) -> Rotation:
    shared = Shared({**read_env_file(env_file), **environ})
    place = _place(RINGS[ring], shared, environ, env_file)
    if ring == "sessions":
        days = read_group(SessionSettings, "SESSION_", Overlaid(shared.env, {"SESSION_KEYS": "unread"})).days
        return Rotation(place, _of_sessions, outlives=timedelta(days=days), now=clock.now())

    def look(keys: KeyRing, dry: bool) -> Use:
        return _of_data(Resealing(shared.database, Cipher(keys)), keys, dry=dry)

    return Rotation(place, look, outlives=REDIS_OUTLIVES, now=clock.now())


def _place(name: str, shared: Shared, environ: Mapping[str, str], env_file: Path) -> RingPlace:
    """Where the ring in use comes from, by the order of precedence. Raises SettingsInvalid."""
    if environ.get(name, "").strip() not in ABSENT:
        raise SettingsInvalid(problems=[f"{name}: is set in the shell, where it cannot be changed"])
    if read_env_file(env_file).get(name, "").strip() not in ABSENT:
        return EnvFile(env_file, name)
    if shared.secrets is None:
        raise SettingsInvalid(problems=[f"{name}: neither in {env_file} nor in SSM (SECRETS_PROVIDER=ssm)"])
    cache_s = shared.secrets_settings.cache_s
    return SsmSecret(shared.secret_store, document_of(name) or "", name, cache_s=cache_s, now=clock.now)


def _of_sessions(ring: KeyRing, _dry: bool) -> Use:
    """Tokens are nowhere but in phones; when the last one made under an old key has ended is a matter of time."""
    return Use(unused=frozenset(ring.keys))


def _of_data(resealing: Resealing, ring: KeyRing, *, dry: bool) -> Use:
    lines = []
    if not dry:
        done = resealing.run()
        lines += [f"{done.changed} values written again under {ring.current}"] if done.changed else []
        if done.unreadable:
            raise DataUnreadable(f"{done.unreadable} values cannot be read; no key was retired")
    used = resealing.count()
    lines += [f"{count} values under {key_id}" for key_id, count in sorted(used.items())]
    unused = frozenset(key_id for key_id in ring.keys if not used[key_id])
    return Use(unused, tuple(lines), kept_because="some data is still under them")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ, Path(".env")))
