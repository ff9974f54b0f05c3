"""The one account of the fake: known to this machine only, and the same at every start, so that a command can publish to it."""

LOCAL_BUCKET = "mojian-assets"
LOCAL_REGION = "cn-hangzhou"
LOCAL_KEY_ID = "LTAI5tLocalCloudOnly"
LOCAL_KEY_SECRET = "local-cloud-only-secret"  # noqa: S105 - opens nothing but the fake

#: Ed25519, base64 of 32 bytes: signs manifests for the local cloud, and nothing that a deployment would believe.
LOCAL_SIGNING_KEY = "bG9jYWwtY2xvdWQtb25seS1zaWduaW5nLWtleS0wMDE="
LOCAL_PUBLIC_KEY = "pURQhSnoe/ce0Hwvl63Je20hF//7c/gbVQRkJwjt98A="
