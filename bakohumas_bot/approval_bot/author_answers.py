"""What an author writes when asked: the fields of a draft, and the reason for what needs attention."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bakohumas_bot.approval_bot.answer import CHANGED, NOTHING, Answer, require_current, wanted, wanted_time
from bakohumas_bot.approval_bot.sentences import DONE, FILE_WANTED
from bakohumas_bot.approval_bot.views import name_of
from bakohumas_bot.domain.defaults import with_body
from bakohumas_bot.domain.posts import Content
from bakohumas_bot.domain.times import long_time
from bakohumas_bot.domain.when import means_at_once
from bakohumas_bot.errors import BadInput, Refused
from bakohumas_bot.lifecycle import draft, submit


def _revise(answer: Answer, change: Callable[[Content], Content]) -> None:
    draft.revise(answer.desk, answer.person, answer.question.post_id, change)


def _title(answer: Answer) -> str:
    title = " ".join(wanted(answer).split())
    _revise(answer, lambda c: replace(c, title=title))
    return DONE["title"]


def _body(answer: Answer) -> str:
    _revise(answer, lambda c: with_body(c, wanted(answer)))
    return DONE["body"]


def _variant(answer: Answer) -> str:
    account, text = answer.which, wanted(answer)

    def change(content: Content) -> Content:
        others = tuple((a, t) for a, t in content.variants if a != account)
        return replace(content, variants=others if text in NOTHING else (*others, (account, text)))

    _revise(answer, change)
    return DONE["variant"].format(name=name_of(answer.desk, account))


def _alt(answer: Answer) -> str:
    number, text = int(answer.which) - 1, wanted(answer)
    alt = "" if text in NOTHING else text

    def change(content: Content) -> Content:
        if number >= len(content.media):
            raise Refused(CHANGED)
        media = tuple(replace(m, alt=alt) if i == number else m for i, m in enumerate(content.media))
        return replace(content, media=media)

    _revise(answer, change)
    return DONE["alt"]


def _time(answer: Answer) -> str:
    if means_at_once(wanted(answer)):
        _revise(answer, lambda c: replace(c, publish_at=None))
        return DONE["at_once"]
    at = wanted_time(answer)
    _revise(answer, lambda c: replace(c, publish_at=at))
    return DONE["time"].format(time=long_time(at, answer.zone))


def _source(answer: Answer) -> str:
    lines = [line.strip(" -•") for line in wanted(answer).splitlines()]
    _revise(answer, lambda c: replace(c, sources=tuple(line for line in lines if line not in {*NOTHING, ""})))
    return DONE["source"]


def _file(_: Answer) -> str:
    raise BadInput(FILE_WANTED)


def _submit(answer: Answer) -> str:
    """The reason belongs to the warnings that the person saw."""
    require_current(answer)
    submit.submit(answer.desk, answer.person, answer.question.post_id, reason=wanted(answer))
    return DONE["submit"]


SUBJECTS: dict[str, Callable[[Answer], str]] = {
    "title": _title,
    "body": _body,
    "variant": _variant,
    "alt": _alt,
    "time": _time,
    "source": _source,
    "file": _file,
    "submit": _submit,
}
