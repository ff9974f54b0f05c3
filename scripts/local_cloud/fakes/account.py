"""The one mini-program of the local cloud: its app id is known to WeChat and bound to the merchant at WeChat Pay."""

LOCAL_APPID = "wx6d6f6a69616e0001"
