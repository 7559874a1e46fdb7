"""What the office has published or queued is seen when a draft is checked, submitted, and just before it goes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.delivery import State
from bakohumas_bot.domain.findings import Finding
from bakohumas_bot.domain.posts import Kind, Revision
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle import archive
from bakohumas_bot.lifecycle.approve import decide
from bakohumas_bot.lifecycle.check import check_content, recheck
from bakohumas_bot.lifecycle.draft import revise
from bakohumas_bot.lifecycle.schedule import cancel
from bakohumas_bot.lifecycle.submit import submit
from office import FACEBOOK, TEXT, TestOffice, X

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def twice(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{finding.severity} {finding.field}" for finding in findings if finding.code == "F12"]


def again(office: TestOffice, revision: Revision) -> list[str]:
    return twice(recheck(office.desk, revision, office.clock()))


def test_the_same_message_sent_twice_is_stopped_at_the_second(office: TestOffice) -> None:
    first, second = office.draft(), office.draft()
    assert twice(first.findings) == twice(second.findings) == []
    first = submit(office.desk, office.person("sari"), first.post)
    assert again(office, second) == ["blok isi"]
    with pytest.raises(Refused, match="F12"):
        submit(office.desk, office.person("sari"), second.post)
    assert again(office, first) == []  # the earlier one is not stopped by the later


def test_a_published_post_is_found_for_thirty_days(office: TestOffice) -> None:
    office.approved(accounts=(X,))
    office.go()
    content = office.content(accounts=(X, FACEBOOK))
    for later, said in ((2 * MINUTE, ["blok isi"]), (2 * DAY, ["peringatan isi"]), (29 * DAY, [])):
        office.clock.forward(later)
        assert twice(check_content(office.desk, content, office.clock()).findings) == said


def test_what_was_cancelled_may_be_written_anew(office: TestOffice) -> None:
    first = office.submitted()
    cancel(office.desk, office.person("sari"), first.post)
    assert twice(office.draft().findings) == []


def test_what_waits_without_an_hour_stops_nothing_that_leaders_let_through(office: TestOffice) -> None:
    """Its author was told and gave a reason; at the hour the other is as undecided as it was."""
    office.submitted(accounts=(X,))
    draft = office.draft(accounts=(X,), publish_at=office.clock() + 3 * DAY)
    assert twice(draft.findings) == ["peringatan isi"]
    second = submit(office.desk, office.person("sari"), draft.post, reason="Pengingat menjelang hari layanan.")
    decide(office.desk, office.person("dewi"), second.post, Verdict.APPROVE, digest=second.digest)
    office.go(3 * DAY)
    assert office.states(second.post) == {X: State.PUBLISHED}


def test_a_post_is_not_its_own_repetition(office: TestOffice) -> None:
    first = office.submitted()
    changed = revise(
        office.desk, office.person("sari"), first.post, lambda _: office.content(f"{TEXT} Silakan datang.")
    )
    assert twice(changed.findings) == []
    assert again(office, changed) == []


def test_a_picture_saved_anew_is_found_by_its_looks(office: TestOffice) -> None:
    from PIL import Image

    from bakohumas_bot.lifecycle.draft import take_in

    path = office.folder / "foto.png"
    drawn = Image.radial_gradient("L").resize((1200, 900))
    drawn.paste(Image.linear_gradient("L").resize((500, 300)), (80, 90))
    drawn.convert("RGB").save(path)
    office.approved(accounts=(X,), media=(take_in(office.desk, path, "foto.png", "Suasana aula"),))
    office.go()
    smaller = office.folder / "foto.jpg"
    Image.open(path).resize((800, 600)).save(smaller, quality=70)
    other = office.content(
        "Kantor menerima kunjungan siswa yang belajar tentang tugas penyelenggara pemilihan umum di daerah kami.",
        accounts=(X,),
        media=(take_in(office.desk, smaller, "foto.jpg", "Suasana aula"),),
    )
    assert twice(check_content(office.desk, other, office.clock()).findings) == ["saran media[0]"]


def test_a_clarification_is_told_what_the_office_itself_has_published_with_the_disputed_figure(
    office: TestOffice,
) -> None:
    office.approved("Jumlah pemilih yang tercatat 103.006.478 orang.", accounts=(X,), reason="Sesuai berita acara.")
    office.go()
    claim = office.content("Klaim: “jumlah pemilih 103.006.478 orang”.\n\nFakta: belum ada rekapitulasi.")
    assert archive.own(office.desk, claim, None) == ()
    hoax = office.content(claim.body, kind=Kind.KLARIFIKASI_HOAKS)
    (own,) = archive.own(office.desk, hoax, None)
    assert (own.post, own.figure) == (1, "103.006.478")
    assert own.url
