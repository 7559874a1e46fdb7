"""Each guard of ours, and how to take it away: what `deliberate_faults.py` breaks, and the tests that must notice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Edit:
    """`right` stands exactly once in `file`, a path of the repository."""

    file: str
    right: str
    wrong: str


@dataclass(frozen=True, kw_only=True)
class Fault:
    """`red`: pytest ids, each of which must fail with the edits and pass without them."""

    name: str
    edits: tuple[Edit, ...]
    red: tuple[str, ...]


DELIVERY, DELIVER = "bakohumas_bot/domain/delivery.py", "bakohumas_bot/lifecycle/deliver.py"
DOOR, QUEUE = "bakohumas_bot/store/door.py", "bakohumas_bot/store/queue.py"
WORKER, RECONCILE = "bakohumas_bot/lifecycle/worker.py", "bakohumas_bot/lifecycle/reconcile.py"


def cell(row: str, platform: str) -> str:
    """One cell of the table of faults."""
    return (
        f"tests/lifecycle/test_faults.py::test_it_ends_public_once_or_not_at_all_or_a_person_is_asked[{row}-{platform}]"
    )


def lifecycle(test: str) -> str:
    return f"tests/lifecycle/test_{test}"


def store(test: str) -> str:
    return f"tests/store/test_{test}"


NO_LAST_LOOK = Edit(
    file=DELIVER, right="    if desk.freeze_watch.holds(sending.office, anew=True):\n", wrong="    if False:\n"
)

FAULTS = (
    # The five that were asked for.
    Fault(
        name="after a crash it is sent again without looking",
        edits=(
            Edit(
                file=DELIVERY,
                right="return replace(_unconfirmed(d, detail, now, spec), unproven=not sender_is_dead)",
                wrong="return _again(d, now, timedelta(), detail)",
            ),
        ),
        red=(
            cell("killed after the answer, before it was stored", "facebook_page"),
            cell("killed after the call, before its answer", "telegram_channel"),
            cell("the database away at the answer", "instagram_private"),
        ),
    ),
    Fault(
        name="the digest is not compared at the sending",
        edits=(
            Edit(
                file=DELIVER,
                right="if not approved.digest == approved.revision.digest == delivery.digest:",
                wrong="if not approved.digest:",
            ),
        ),
        red=(
            lifecycle("delivery.py::test_an_account_that_would_show_more_than_was_approved_shows_nothing"),
            lifecycle("delivery.py::test_what_is_not_the_approved_to_the_letter_never_goes_out[a word-sqlite]"),
        ),
    ),
    Fault(
        name="the HTTP session tries again by itself",
        edits=(
            Edit(
                file="bakohumas_bot/platforms/http.py",
                right="max_retries=Retry(0, read=False, redirect=False)",
                wrong="max_retries=Retry(3, allowed_methods=None, status_forcelist=(500, 502))",
            ),
        ),
        red=(
            cell("500 after accepting", "facebook_page"),
            cell("dropped after the last byte", "facebook_page"),
            cell("the page of a proxy", "instagram_private"),
        ),
    ),
    Fault(
        name="a claim has no condition",
        edits=(
            Edit(
                file=QUEUE,
                right="  AND d.platform = :platform AND d.next_at <= :soon AND d.leased_by IS NULL\n",
                wrong="  AND d.platform = :platform AND d.next_at <= :soon\n",
            ),
            Edit(file=QUEUE, right="AND b.leased_by IS NOT NULL", wrong="AND b.leased_by = ''"),
        ),
        red=(
            lifecycle("delivery.py::test_two_workers_on_one_row_send_it_once[sqlite]"),
            store("queue.py::test_of_claims_at_the_same_moment_each_gets_its_own[sqlite]"),
            store("queue.py::test_what_is_due_is_taken_and_nothing_else[sqlite-to be looked up]"),
            store("queue.py::test_a_claim_is_given_back_by_whoever_holds_it[postgresql]"),
        ),
    ),
    Fault(
        name="a freeze is looked at in the claim only",
        edits=(
            Edit(file=DOOR, right="if thawed_at is None:", wrong="if False:"),
            Edit(
                file=DOOR,
                right="elif d.due_at < thawed_at.replace(",
                wrong="elif thawed_at and d.due_at < thawed_at.replace(",
            ),
            Edit(
                file=DELIVER,
                right="    if desk.freeze_watch.holds(claimed.delivery.office):\n",
                wrong="    if False:\n",
            ),
            NO_LAST_LOOK,
        ),
        red=(
            lifecycle("freeze.py::test_what_is_claimed_and_not_yet_sent_stays[_between_claim_and_intent]"),
            lifecycle("freeze.py::test_what_is_claimed_and_not_yet_sent_stays[_while_it_uploads]"),
            lifecycle("freeze.py::test_not_even_uploads_leave"),
        ),
    ),
    # And more of their kind.
    Fault(
        name="a freeze is not looked at after the intent",
        edits=(NO_LAST_LOOK,),
        red=(
            lifecycle("freeze.py::test_what_is_claimed_and_not_yet_sent_stays[_just_after_its_intent]"),
            lifecycle("freeze.py::test_an_intent_that_began_before_the_freeze_is_stopped_by_the_guard[postgresql]"),
            lifecycle("freeze.py::test_when_nobody_can_tell_whether_it_is_frozen_nothing_is_sent"),
        ),
    ),
    Fault(
        name="a freeze answers before it has sunk in",
        edits=(
            Edit(file="bakohumas_bot/lifecycle/freeze.py", right="    freezes.wait_until_seen()\n", wrong="    pass\n"),
        ),
        red=(lifecycle("freeze.py::test_a_sender_that_has_just_looked_looks_again_before_the_freeze_answers[sqlite]"),),
    ),
    Fault(
        name="what a freeze held pours out when it comes back to the queue",
        edits=(
            Edit(
                file=DOOR,
                right="elif d.due_at < thawed_at.replace(",
                wrong="elif False and d.due_at < thawed_at.replace(",
            ),
        ),
        red=(lifecycle("freeze.py::test_what_comes_back_to_the_queue_after_the_lifting_asks_too[sqlite]"),),
    ),
    Fault(
        name="the intent is written after the call",
        edits=(
            Edit(
                file=DELIVER,
                right="""\
    sending = _intend(desk, claimed)
    if sending is None:
        return
    with claimed.how.call(delivery.platform) as room:
        why_not = partial(_may_go, desk, claimed, sending, intended_at) if room else _no_room
        outcome = _send_once(claimed.adapter, job, why_not)
""",
                wrong="""\
    outcome = _send_once(claimed.adapter, job, lambda: None)
    sending = _intend(desk, claimed)
    if sending is None:
        return
""",
            ),
        ),
        red=(
            cell("killed after the answer, before it was stored", "facebook_page"),
            cell("the database away at the intent", "telegram_channel"),
            lifecycle("freeze.py::test_what_is_claimed_and_not_yet_sent_stays[_while_it_uploads]"),
        ),
    ),
    Fault(
        name="the last look at the clocks is left out",
        edits=(Edit(file=DELIVER, right="    if slept >= guard.total_seconds() or", wrong="    if slept < 0 and"),),
        red=(
            lifecycle("delivery.py::test_a_sender_that_slept_after_its_intent_abandons"),
            lifecycle("freeze.py::test_a_look_at_the_freeze_that_takes_long_makes_the_intent_too_old"),
        ),
    ),
    Fault(
        name="a move does not ask who holds the claim",
        edits=(
            Edit(
                file=DOOR,
                right="or (one.worker is not None and leased_by != one.worker):",
                wrong="or (one.worker is not None and not leased_by):",
            ),
        ),
        red=(lifecycle("delivery.py::test_a_worker_whose_claim_went_to_another_writes_no_intent[sqlite]"),),
    ),
    Fault(
        name="a move does not compare the version",
        edits=(Edit(file=DOOR, right="    if (version, state) != known or", wrong="    if state != known[1] or"),),
        red=(lifecycle("delivery.py::test_a_row_that_changed_since_it_was_read_is_not_moved[sqlite]"),),
    ),
    Fault(
        name="a silent sender is taken for dead",
        edits=(Edit(file=RECONCILE, right="dead=holder not in silent", wrong="dead=True"),),
        red=(lifecycle("reconcile.py::test_of_a_silent_sender_what_is_not_found_is_asked_of_a_person[postgresql]"),),
    ),
    Fault(
        name="a worker does not doubt itself when its lease has run out",
        edits=(
            Edit(
                file=WORKER,
                right="(member.alone or self._desk.steady() < self._fit_until)",
                wrong="(member.alone or True)",
            ),
        ),
        red=(
            lifecycle(
                "reconcile.py::test_a_worker_that_cannot_renew_its_lease_stops_sending_before_the_others_may_act[postgresql]"
            ),
        ),
    ),
    Fault(
        name="the first look that finds nothing is believed",
        edits=(Edit(file=DELIVERY, right="    if looks < len(spec.read_back_waits):\n", wrong="    if looks < 1:\n"),),
        red=(
            "tests/domain/test_delivery.py::test_absence_is_believed_only_after_the_last_look",
            cell("refused as a duplicate after a lost answer", "x"),
        ),
    ),
    Fault(
        name="the rest of an account is not looked at",
        edits=(
            Edit(
                file=QUEUE,
                right="WHERE p.account = d.account AND (p.kind",
                wrong="WHERE p.account = '' AND (p.kind",
            ),
        ),
        red=(
            store("queue.py::test_the_rest_of_one_account_and_the_freeze_of_one_office_hold_no_other[sqlite]"),
            lifecycle("side_by_side.py::test_the_limit_of_a_success_holds_what_comes_next[sqlite]"),
            lifecycle("blocked.py::test_while_it_is_blocked_its_platform_is_asked_only_now_and_then"),
        ),
    ),
    Fault(
        name="posts of one account overtake each other",
        edits=(
            Edit(
                file=QUEUE,
                right="WHERE e.account = d.account AND e.state = 'scheduled'",
                wrong="WHERE e.account = '' AND e.state = 'scheduled'",
            ),
        ),
        red=(
            store("queue.py::test_posts_of_the_same_minute_go_out_in_the_order_they_were_written[sqlite]"),
            lifecycle("side_by_side.py::test_a_post_that_waits_to_be_tried_again_is_not_overtaken[sqlite]"),
        ),
    ),
    Fault(
        name="by a clock that has jumped the worker goes on",
        edits=(Edit(file=WORKER, right="        if not sure:", wrong="        if False:"),),
        red=(lifecycle("clockwatch.py::test_an_hour_forward_publishes_nothing_early_and_calls_nothing_late"),),
    ),
    Fault(
        name="a backup that was restored sends without looking",
        edits=(
            Edit(
                file=DELIVERY,
                right="return replace(d, look_since=since, looks=0, next_at=next_at, prepared_at=None)",
                wrong="return replace(d, look_since=None, looks=0, next_at=next_at, prepared_at=None)",
            ),
        ),
        red=(
            lifecycle(
                "restore.py::test_what_was_published_after_the_backup_is_found_and_the_rest_goes_out_once[sqlite-sqlite]"
            ),
        ),
    ),
    Fault(
        name="a limit of Instagram that is none is believed",
        edits=(
            Edit(
                file="bakohumas_bot/platforms/meta/graph_errors.py",
                right="2207051: Verdict(Means.UNKNOWN,",
                wrong="2207051: Verdict(Means.WAIT,",
            ),
            Edit(
                file="bakohumas_bot/platforms/meta/instagram.py",
                right='if job.journal.get("published") == container:',
                wrong="if False:",
            ),
        ),
        red=(cell("rate limited though it is live (4/2207051)", "instagram"),),
    ),
    Fault(
        name="one bad wish spoils a whole group",
        edits=(
            Edit(
                file="bakohumas_bot/store/together.py",
                right="if len(wishes) == 1 or isinstance(error, Unavailable):",
                wrong="if wishes:",
            ),
        ),
        red=(store("together.py::test_a_wish_that_makes_the_act_stumble_spoils_no_other[sqlite]"),),
    ),
    Fault(
        name="one account alone closes a platform for all",
        edits=(
            Edit(
                file="bakohumas_bot/lifecycle/circuits.py",
                right="STRIKES, ACCOUNTS = 5, 2",
                wrong="STRIKES, ACCOUNTS = 5, 1",
            ),
        ),
        red=(lifecycle("circuits.py::test_one_account_alone_never_opens_it"),),
    ),
    Fault(
        name="a late answer is thrown away",
        edits=(Edit(file=DELIVER, right="        testify(desk, sending, outcome)\n", wrong="        pass\n"),),
        red=(lifecycle("reconcile.py::test_what_a_sender_was_told_while_it_was_silent_is_the_truth[postgresql]"),),
    ),
)
