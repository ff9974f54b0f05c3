"""Open data: the official vectors, and a profile that the product can verify and decrypt."""

from __future__ import annotations

import base64
import json

import httpx
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from scripts.local_cloud.fakes.wechat import WeChatFake
from scripts.local_cloud.fakes.wechat.open_data import seal, sign_raw

# The two examples of WeChat's "signature verification and decryption of open data".
RAW = (
    '{"nickName":"Band","gender":1,"language":"zh_CN","city":"Guangzhou","province":"Guangdong","country":"CN",'
    '"avatarUrl":"http://wx.qlogo.cn/mmopen/vi_32/1vZvI39NWFQ9XM4LtQpFrQJ1xlgZxx3w7bQxKARol6503Iuswjjn6nIGBiaycAjAtp'
    'ujxyzYsrztuuICqIM5ibXQ/0"}'
)
SEALED = (
    "CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS9uT5geRa0W4oTOb1WT7fJlAC+oNPdbB+3hVbJSRgv+4lGOET"
    "KUQz6OYStslQ142dNCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue1poOFtnEtpyxVLW1zAo6/1Xx1COxFvrc2d7UL/lmHInNlxuacJXw"
    "u0fjpXfz/YqYzBIBzD6WUfTIF9GRHpOn/Hz7saL8xz+W//FRAUid1OksQaQx4CMs8LOddcQhULW4ucetDf96JcR3g0gfRK4PC7E/r7Z6xNrXd2UI"
    "eorGj5Ef7b1pJAYB6Y5anaHqZ9J6nKEBvB4DnNLIVWSgARns/8wR2SiRS7MNACwTyrGvt9ts8p12PKFdlqYTopNHR1Vf7XjfhQlVsAJdNiKdYmYV"
    "oKlaRv85IfVunYzO0IKXsyl7JCUjCpoG20f0a04COwfneQAGGwd5oa+T8yO5hzuyDb/XcxxmK01EpqOyuxINew=="
)
SEAL_KEY, SEAL_IV = "tiihtNczf5v6AKRyjwEUhQ==", "r7BXXKkLb8qrSNn05n0qiA=="


def unseal(sealed: str, session_key: str, iv: str) -> bytes:
    decryptor = Cipher(algorithms.AES(base64.b64decode(session_key)), modes.CBC(base64.b64decode(iv))).decryptor()
    padded = decryptor.update(base64.b64decode(sealed)) + decryptor.finalize()
    unpadder = PKCS7(128).unpadder()
    return unpadder.update(padded) + unpadder.finalize()


def test_signature_is_the_official_one_when_raw_data_is_the_official_example() -> None:
    signature = sign_raw(RAW, "HyVFkGl5F5OQWJZZaNzBBg==")

    assert signature == "75e81ceda165f4ffa64f4068af58c64b8f54b88c"


def test_sealing_gives_the_official_ciphertext_when_its_plaintext_is_sealed_again() -> None:
    plaintext = unseal(SEALED, SEAL_KEY, SEAL_IV)

    sealed = seal(plaintext, SEAL_KEY, SEAL_IV)

    assert sealed == SEALED
    assert json.loads(plaintext)["openId"] == "oGZUI0egBJY1zhBYw2KhdUfwVJJE"
    assert json.loads(plaintext)["watermark"]["timestamp"] == 1477314187


def test_profile_can_be_verified_and_decrypted_when_the_user_is_logged_in(
    wechat_client: httpx.Client, wechat: WeChatFake
) -> None:
    code = wechat_client.post("/__fake__/login_code", json={"user": "alice"}).json()["code"]
    account = {"appid": wechat.appid, "secret": wechat.secret, "grant_type": "authorization_code", "js_code": code}
    session = wechat_client.get("/sns/jscode2session", params=account).json()

    wishes = {"user": "alice", "profile": {"nickName": "小满"}}
    given = wechat_client.post("/__fake__/user_profile", json=wishes).json()

    secret = json.loads(unseal(given["encryptedData"], session["session_key"], given["iv"]))
    assert json.loads(given["rawData"]) == given["userInfo"] == {"nickName": "小满"}
    assert given["signature"] == sign_raw(given["rawData"], session["session_key"])
    assert (secret["openId"], secret["watermark"]["appid"]) == (session["openid"], wechat.appid)


def test_profile_has_the_grey_name_when_none_is_given(wechat_client: httpx.Client, wechat: WeChatFake) -> None:
    wechat.users.see("alice", wechat.clock.now()).session_key = SEAL_KEY

    given = wechat_client.post("/__fake__/user_profile", json={"user": "alice"}).json()

    assert given["userInfo"]["nickName"] == "微信用户"


@pytest.mark.parametrize("wishes", [{"user": "alice"}, {}])
def test_profile_is_refused_when_nobody_is_logged_in(wechat_client: httpx.Client, wishes: dict[str, str]) -> None:
    reply = wechat_client.post("/__fake__/user_profile", json=wishes)

    assert reply.status_code == 400
