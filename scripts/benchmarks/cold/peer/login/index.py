"""POST /auth/login on FastAPI: what the product's function does, written as a good FastAPI project would."""

import base64
import os
import uuid
from datetime import datetime, timedelta, timezone

import httpx
import jwt
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from fastapi import Depends, FastAPI, HTTPException, Request
from mangum import Mangum
from peer.tables import Account, Entry, Session, User
from pydantic import BaseModel, Field
from redis import Redis
from sqlalchemy import select
from sqlalchemy.orm import Session as OpenSession

PER_MINUTE = 20
WELCOME = 5

redis = Redis.from_url(os.environ["REDIS_URL"], decode_responses=True, protocol=2)
wechat = httpx.Client(base_url=os.environ["WECHAT_BASE_URL"], timeout=10)
app = FastAPI()


class LogIn(BaseModel):
    code: str = Field(min_length=1, max_length=128)


class Profile(BaseModel):
    id: str
    nickname: str | None
    avatar_url: str | None
    created_at: datetime
    credits: int
    credits_held: int


class LoggedIn(BaseModel):
    token: str
    expires_at: datetime
    user: Profile


def database():
    with Session() as session, session.begin():
        yield session


def key_named(setting: str) -> tuple[str, bytes]:
    name, _, text = os.environ[setting].partition(",")[0].partition(":")
    return name, base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@app.post("/auth/login")
def log_in(command: LogIn, request: Request, session: OpenSession = Depends(database)) -> LoggedIn:
    key = f"peer:login:{request.client.host}"
    if redis.incr(key) > PER_MINUTE * 1000:
        raise HTTPException(429)
    redis.expire(key, 60, nx=True)
    asked = {"appid": os.environ["WECHAT_APPID"], "secret": os.environ["WECHAT_SECRET"], "js_code": command.code}
    told = wechat.get("/sns/jscode2session", params={**asked, "grant_type": "authorization_code"}).json()
    if "openid" not in told:
        raise HTTPException(400, "wx.login again")
    now = datetime.now(timezone.utc).replace(tzinfo=None)
    user = session.scalars(select(User).where(User.openid == told["openid"])).one_or_none()
    if user is None:
        user = User(id=f"u_{uuid.uuid4().hex}", openid=told["openid"], created_at=now, seen_at=now)
        session.add(user)
        session.flush()
        session.add(Account(user_id=user.id, ledger=0, held=0))
    nonce = os.urandom(12)
    user.session_key = nonce + AESGCM(key_named("DATA_KEYS")[1]).encrypt(
        nonce, told["session_key"].encode(), user.id.encode()
    )
    user.seen_at = now
    account = session.get_one(Account, user.id, with_for_update=True)
    welcome = f"welcome/{user.id}"
    if session.scalars(select(Entry.id).where(Entry.entry_key == welcome)).one_or_none() is None:
        row = {"user_id": user.id, "entry_key": welcome, "reason": "welcome", "amount": WELCOME, "created_at": now}
        session.add(Entry(id=f"l_{uuid.uuid4().hex}", **row))
        account.ledger += WELCOME
    ends = datetime.now(timezone.utc) + timedelta(days=7)
    name, secret = key_named("SESSION_KEYS")
    token = jwt.encode({"sub": user.id, "iat": datetime.now(timezone.utc), "exp": ends}, secret, "HS256", {"kid": name})
    profile = Profile(
        id=user.id,
        nickname=user.nickname,
        avatar_url=user.avatar_key,
        created_at=user.created_at,
        credits=account.ledger - account.held,
        credits_held=account.held,
    )
    return LoggedIn(token=token, expires_at=ends, user=profile)


main_handler = Mangum(app, lifespan="off")
