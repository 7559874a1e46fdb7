"""What each button of an author, a list or a result does: one short function, one verb of the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bakohumas_bot.approval_bot import buttons, mail
from bakohumas_bot.approval_bot.deskmail import DRAFT, LIST
from bakohumas_bot.approval_bot.newsmail import RESULT
from bakohumas_bot.approval_bot.sentences import DONE, ESCAPE, OUTDATED, QUESTIONS, STILL_BLOCKED
from bakohumas_bot.approval_bot.views import name_of
from bakohumas_bot.approval_bot.yes import unless_frozen
from bakohumas_bot.domain.almanac import zone_label
from bakohumas_bot.domain.findings import Severity
from bakohumas_bot.domain.lifting import obstacles
from bakohumas_bot.domain.mending import mend
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.domain.posts import Content, Kind, Revision
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle import draft, override, schedule, submit
from bakohumas_bot.lifecycle.check import recheck
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import cards
from bakohumas_bot.store.tables import CardRow


@dataclass(frozen=True, kw_only=True)
class Press:
    """A press that is this person's, on this message, for the revision that still stands."""

    desk: Desk
    person: Person
    card: CardRow
    revision: Revision
    argument: str
    key: str

    @property
    def post(self) -> int:
        return self.card.post_id

    @property
    def office(self) -> str:
        return self.revision.content.office


# --- The author's card ---


def _menu(name: str) -> Callable[[Press], str]:
    def show(press: Press) -> str:
        _refresh(press, menu=name)
        return ""

    return show


def _ask(subject: str) -> Callable[[Press], str]:
    def ask(press: Press) -> str:
        open_question(press, subject, QUESTIONS[subject])
        return ""

    return ask


def _ask_time(press: Press) -> str:
    zone = zone_label(press.desk.now(), press.desk.office(press.revision.content.office).zone)
    open_question(press, "time", QUESTIONS["time"].format(zone=zone))
    return ""


def _ask_variant(press: Press) -> str:
    account = _account_pressed(press)
    open_question(press, f"variant:{account}", QUESTIONS["variant"].format(name=name_of(press.desk, account)))
    return ""


def _ask_alt(press: Press) -> str:
    if press.argument not in {str(number) for number, _ in enumerate(press.revision.content.media, start=1)}:
        raise Refused(OUTDATED)
    open_question(press, f"alt:{press.argument}", QUESTIONS["alt"].format(name=press.argument))
    return ""


def _choose_kind(press: Press) -> str:
    if press.argument not in set(Kind):
        raise Refused(OUTDATED)
    kind = Kind(press.argument)
    _revise(press, lambda c: replace(c, kind=kind), menu="main")
    return ""


def _toggle_account(press: Press) -> str:
    account = _account_pressed(press)

    def change(content: Content) -> Content:
        if account in content.accounts:
            return replace(content, accounts=tuple(a for a in content.accounts if a != account))
        return replace(content, accounts=(*content.accounts, account))

    _revise(press, change, menu="accounts")
    return ""


def _at_once(press: Press) -> str:
    _revise(press, lambda c: replace(c, publish_at=None), menu="main")
    return ""


def _take_files_off(press: Press) -> str:
    _revise(press, lambda c: replace(c, media=()), menu="main")
    with press.desk.store.writing() as tx:
        cards.forget_files(tx, press.post)
    return DONE["unfile"]


def _preview(press: Press) -> str:
    with press.desk.store.writing() as tx:
        mail.note(tx, press.person, "preview", key=press.key, now=press.desk.now(), post=press.post)
    return ""


def _mend(press: Press) -> str:
    """One tap: what the finding marks becomes what the button says, in the very words in which it was found."""
    try:
        code, number, which = press.argument.split(".")
        finding = press.revision.findings[int(number)]
        repair = finding.repairs[int(which)]
    except (ValueError, IndexError):
        raise Refused(OUTDATED) from None
    if finding.code != code:  # what is found is written down anew at the submission
        raise Refused(OUTDATED)

    def change(content: Content) -> Content:
        if content != press.revision.content:
            raise Refused(OUTDATED)
        return mend(content, finding, repair)

    draft.revise(press.desk, press.person, press.post, change)
    _refresh(press)
    return DONE["mend"].format(label=repair.label)


def _ask_lift(press: Press) -> str:
    asked = override.ask(press.desk, press.person, press.post)
    return DONE["ask_lift"].format(names=", ".join(person.name for person in asked))


def _submit(press: Press) -> str:
    """Warnings are asked about first; everything else is for `submit` to refuse."""
    found = recheck(press.desk, press.revision, press.desk.now())
    blocked = sorted({f.code for f in obstacles(found, press.revision.lifts)})
    if blocked and set(blocked) <= {f.code for f in press.revision.findings}:  # the card explains them already
        raise Refused(STILL_BLOCKED.format(codes=", ".join(blocked)))
    warned = sorted({f.code for f in found if f.severity is Severity.PERINGATAN})
    if warned and not blocked and press.revision.submitted_at is None:
        open_question(press, "submit", QUESTIONS["submit"].format(codes=", ".join(warned)))
        return ""
    submit.submit(press.desk, press.person, press.post)
    _refresh(press)
    return DONE["submit"]


def _cancel(press: Press) -> str:
    schedule.cancel(press.desk, press.person, press.post)
    _refresh(press)
    return DONE["cancel"]


def _open(press: Press) -> str:
    _refresh(press, fresh=True)
    return ""


# --- A list ---


def _review(press: Press) -> str:
    with press.desk.store.writing() as tx:
        mail.approval_card(tx, press.person, press.post, press.revision.number, key=press.key, now=press.desk.now())
    return ""


# --- The result card ---


def _retry(press: Press) -> str:
    schedule.retry(press.desk, press.person, press.post)
    with press.desk.store.writing() as tx:
        mail.note(
            tx,
            press.person,
            RESULT,
            key=press.key,
            now=press.desk.now(),
            post=press.post,
            revision=press.card.revision,
        )
    return unless_frozen(press.desk, press.office, DONE["retry"])


# --- What they share ---


def _revise(press: Press, change: Callable[[Content], Content], *, menu: str) -> None:
    draft.revise(press.desk, press.person, press.post, change)
    _refresh(press, menu=menu)


def _refresh(press: Press, *, menu: str = "main", fresh: bool = False) -> None:
    with press.desk.store.writing() as tx:
        mail.draft_card(tx, press.person, press.post, key=press.key, now=press.desk.now(), menu=menu, fresh=fresh)


def open_question(press: Press, subject: str, text: str) -> None:
    with press.desk.store.writing() as tx:
        now = press.desk.now()
        mail.question(tx, press.person, subject, text + ESCAPE, key=press.key, now=now, card=press.card)


def _account_pressed(press: Press) -> str:
    for account in (*press.desk.directory.accounts, *press.revision.content.accounts):
        if buttons.short_name(account) == press.argument:
            return account
    raise Refused(OUTDATED)


VERBS: dict[tuple[str, str], Callable[[Press], str]] = {
    **{
        (DRAFT, menu): _menu(menu)
        for menu in ("kinds", "accounts", "variants", "alts", "times", "withdraw", "edit", "mending")
    },
    (DRAFT, "back"): _menu("main"),
    (DRAFT, "finish"): _menu("main"),
    **{(DRAFT, subject): _ask(subject) for subject in ("title", "body", "source", "file")},
    (DRAFT, "time"): _ask_time,
    (DRAFT, "at_once"): _at_once,
    (DRAFT, "variant"): _ask_variant,
    (DRAFT, "alt"): _ask_alt,
    (DRAFT, "kind"): _choose_kind,
    (DRAFT, "account"): _toggle_account,
    (DRAFT, "unfile"): _take_files_off,
    (DRAFT, "preview"): _preview,
    (DRAFT, "mend"): _mend,
    (DRAFT, "ask_lift"): _ask_lift,
    (DRAFT, "submit"): _submit,
    (DRAFT, "cancel"): _cancel,
    (LIST, "open"): _open,
    (LIST, "review"): _review,
    (RESULT, "retry"): _retry,
}
