"""A press on a button: checked against person, message and revision before anything is done."""

from __future__ import annotations

from dataclasses import dataclass

from bakohumas_bot.approval_bot import alarm_verbs, buttons, leader_verbs, mail, when_verbs
from bakohumas_bot.approval_bot.checkmail import UNCONFIRMED
from bakohumas_bot.approval_bot.deskmail import DRAFT, LIST
from bakohumas_bot.approval_bot.freeze_verbs import press_for_office
from bakohumas_bot.approval_bot.haltmail import FROZEN, UNFREEZE
from bakohumas_bot.approval_bot.liftmail import LIFT
from bakohumas_bot.approval_bot.missedmail import MISSED
from bakohumas_bot.approval_bot.newsmail import APPROVAL, SETTLED
from bakohumas_bot.approval_bot.sentences import NO_ROLE, OUTDATED
from bakohumas_bot.approval_bot.talkmail import QUESTION
from bakohumas_bot.approval_bot.verbs import VERBS, Press
from bakohumas_bot.domain.approval import AUTHORS, LEADERS
from bakohumas_bot.domain.offices import Person, Role
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import cards, posts
from bakohumas_bot.store.tables import CardRow

# Asked at every press: whoever lost the role meanwhile neither acts nor sees.
RIGHTS = {
    DRAFT: AUTHORS,
    APPROVAL: LEADERS,
    SETTLED: LEADERS,
    QUESTION: AUTHORS,
    LIFT: AUTHORS,
    UNCONFIRMED: AUTHORS,
    MISSED: AUTHORS,
}
ALL_VERBS = VERBS | leader_verbs.VERBS | alarm_verbs.VERBS | when_verbs.VERBS
OF_AN_OFFICE = frozenset({FROZEN, UNFREEZE})
OF_ANY_REVISION = frozenset(
    {LIST, UNCONFIRMED, QUESTION}
)  # these are bound to something else, or only open another card


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """What came from Telegram, unbelieved."""

    user_id: int
    chat_id: int
    message_id: int
    data: str | None
    key: str


def act(desk: Desk, pressed: Pressed) -> str:
    """What to answer. Raises `Refused` with the sentence for an alert; nothing was changed then."""
    verb, token, argument = buttons.read(pressed.data)
    person = desk.directory.by_telegram(pressed.user_id)
    card = _card(desk, token)
    if card is None or person is None or not _belongs(card, person, pressed):
        raise Refused(OUTDATED)
    if card.kind in OF_AN_OFFICE:
        return press_for_office(desk, person, card, verb, pressed.key)
    verb_of = ALL_VERBS.get((card.kind, verb))
    if verb_of is None:
        raise Refused(OUTDATED)
    with desk.store.reading() as tx:
        revision = posts.latest(tx, card.post_id)
    if not person.has(revision.content.office, *RIGHTS.get(card.kind, tuple(Role))):
        raise Refused(NO_ROLE)
    if card.kind not in OF_ANY_REVISION and (revision.number, revision.digest) != (card.revision, card.digest):
        _show_current(desk, person, card, pressed.key)
        raise Refused(OUTDATED)
    return verb_of(Press(desk=desk, person=person, card=card, revision=revision, argument=argument, key=pressed.key))


def open_card(desk: Desk, pressed: Pressed, kind: str) -> tuple[CardRow, Person, str] | None:
    """For a card that belongs to no post yet: the card, who pressed, and which button."""
    _, token, argument = buttons.read(pressed.data)
    person = desk.directory.by_telegram(pressed.user_id)
    card = _card(desk, token)
    if card is None or person is None or card.kind != kind or not _belongs(card, person, pressed):
        return None
    return card, person, argument


def _card(desk: Desk, token: str) -> CardRow | None:
    with desk.store.reading() as tx:
        return cards.by_token(tx, token) if token else None


def _belongs(card: CardRow, person: Person, pressed: Pressed) -> bool:
    same_message = (card.chat_id, card.message_id) == (pressed.chat_id, pressed.message_id)
    return card.closed_at is None and card.person == person.id and same_message


def _show_current(desk: Desk, person: Person, card: CardRow, key: str) -> None:
    """The post was changed elsewhere: the author's card, or the list of what was missed, catches up."""
    with desk.store.writing() as tx:
        if card.kind == DRAFT:
            mail.draft_card(tx, person, card.post_id, key=key, now=desk.now())
        elif card.kind == MISSED:
            mail.note(tx, person, "missed_refresh", key=key, now=desk.now(), post=card.post_id)
