"""Histories: the real decisions of `domain.delivery` in a pretend world of faults, judged at their end.

Read `world.py` first, then `worker.py`. Nothing here is random but the seed: one number replays one history.
"""
