"""WeChat Pay in a process of its own: prints its address and serves until standard input is closed."""

from __future__ import annotations

import sys
from pathlib import Path

from scripts.local_cloud.fakes.kit import serve
from scripts.local_cloud.fakes.wechat_pay import WeChatPayFake

if __name__ == "__main__":
    with serve(WeChatPayFake(Path(sys.argv[1]))) as serving:
        print(serving.url, flush=True)
        sys.stdin.read()
