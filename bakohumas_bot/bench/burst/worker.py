"""`python -m bakohumas_bot.bench.burst.worker CONFIG SENDERS`: the real worker, measured from within."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from pathlib import Path

from bakohumas_bot.app import open_app, set_up_logging
from bakohumas_bot.bench.burst.contestants import heard, say
from bakohumas_bot.bench.burst.nation import SPREAD
from bakohumas_bot.bench.burst.usage import Meter
from bakohumas_bot.lifecycle.worker import PACE, Worker


def main() -> None:
    """Works until it is told to stop, then says what it used."""
    config, senders = Path(sys.argv[1]), int(sys.argv[2])
    set_up_logging(file=config / "worker.log")
    app = open_app(config, secrets=True)
    meter = Meter(app.desk.store.engine)
    worker = Worker(app.desk, replace(PACE, senders=senders // len(SPREAD)))
    thread = threading.Thread(target=worker.run, name="worker")
    thread.start()
    say("at work")
    heard()
    worker.stop()
    thread.join()
    app.close()
    say(meter.told())


if __name__ == "__main__":
    main()
