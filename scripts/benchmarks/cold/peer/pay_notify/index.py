"""POST /pay/notify/v3 on FastAPI: what the product's function does, written as a good FastAPI project would."""

import base64
import json
import os
import time
import uuid
from datetime import datetime, timezone

import httpx
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key, load_pem_public_key
from fastapi import Depends, FastAPI, HTTPException, Request, Response
from mangum import Mangum
from peer.tables import Account, Entry, Order, Session
from pydantic import BaseModel
from redis import Redis
from sqlalchemy.orm import Session as OpenSession

redis = Redis.from_url(os.environ["REDIS_URL"], decode_responses=True, protocol=2)
wechat_pay = httpx.Client(base_url=os.environ["WECHAT_PAY_BASE_URL"], timeout=15)
app = FastAPI()


class Resource(BaseModel):
    ciphertext: str
    nonce: str
    associated_data: str = ""


class Notification(BaseModel):
    id: str
    event_type: str
    resource: Resource


class Amount(BaseModel):
    total: int
    currency: str = "CNY"


class Transaction(BaseModel):
    appid: str
    mchid: str
    out_trade_no: str
    transaction_id: str
    trade_state: str
    success_time: datetime
    amount: Amount


def database():
    with Session() as session, session.begin():
        yield session


def public_key(serial: str):
    names, texts = (os.environ[name].split(",") for name in ("WECHAT_PAY_PUBLIC_KEY_ID", "WECHAT_PAY_PUBLIC_KEY"))
    text = dict(zip(names, texts, strict=True))[serial]
    return load_pem_public_key(text.encode()) if "BEGIN" in text else load_der_public_key(base64.b64decode(text))


async def verified(request: Request) -> Notification:
    body, headers = await request.body(), request.headers
    if abs(time.time() - int(headers["wechatpay-timestamp"])) > 300:
        raise HTTPException(401)
    text = f"{headers['wechatpay-timestamp']}\n{headers['wechatpay-nonce']}\n{body.decode()}\n"
    key, signature = public_key(headers["wechatpay-serial"]), base64.b64decode(headers["wechatpay-signature"])
    try:
        key.verify(signature, text.encode(), PKCS1v15(), SHA256())
    except InvalidSignature:
        raise HTTPException(401) from None
    return Notification.model_validate_json(body)


@app.post("/pay/notify/v3", status_code=204)
def take(told: Notification = Depends(verified), session: OpenSession = Depends(database)) -> Response:
    sealed = told.resource
    key = AESGCM(os.environ["WECHAT_PAY_API_V3_KEY"].encode())
    opened = key.decrypt(sealed.nonce.encode(), base64.b64decode(sealed.ciphertext), sealed.associated_data.encode())
    payment = Transaction.model_validate(json.loads(opened))
    order = session.get(Order, payment.out_trade_no, with_for_update=True)
    if order is None or payment.mchid != os.environ["WECHAT_PAY_MCHID"] or payment.amount.total != order.amount_fen:
        raise HTTPException(401)
    if order.state in ("created", "closed"):
        now = datetime.now(timezone.utc).replace(tzinfo=None)
        order.state, order.transaction_id, order.ended_at = "granted", payment.transaction_id, now
        order.paid_at = payment.success_time.astimezone(timezone.utc).replace(tzinfo=None)
        session.get_one(Account, order.user_id, with_for_update=True).ledger += order.credits
        row = {"user_id": order.user_id, "reason": "purchase", "amount": order.credits, "created_at": now}
        session.add(Entry(id=f"l_{uuid.uuid4().hex}", entry_key=f"order/{order.number}", **row))
    return Response(status_code=204)


main_handler = Mangum(app, lifespan="off")
