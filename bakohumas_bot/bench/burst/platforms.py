"""`python -m bakohumas_bot.bench.burst.platforms ACCOUNTS`: the sandbox in a process of its own."""

from __future__ import annotations

import sys

from bakohumas_bot.bench.burst.contestants import heard, say
from bakohumas_bot.demo.training import sample_accounts
from bakohumas_bot.sandbox import open_sandbox


def main() -> None:
    with open_sandbox(accounts=int(sys.argv[1])) as sandbox:
        say({"url": sandbox.url, "accounts": sample_accounts(sandbox)})
        heard()


if __name__ == "__main__":
    main()
