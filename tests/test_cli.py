"""The commands that other programs rely on: their JSON, their exit codes, and one sentence for every refusal."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest

import postgres
from bakohumas_bot import labels
from bakohumas_bot.domain.delivery import Happening
from commanding import Run, command_line
from leaders import add_patron
from moving import new_machine
from office import TELEGRAM, TestOffice, X
from postgres import on_postgresql, on_sqlite

SAMPLES = Path(__file__).parents[1] / "content" / "samples"
ANNOUNCEMENT = SAMPLES / "06-pengumuman-jam-layanan.md"


@pytest.fixture
def run(office: TestOffice, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    call = command_line(monkeypatch, capsys)
    return lambda *words: call("--config", office.folder / "config", *words)


def write(folder: Path, front: str, body: str = "Layanan buka seperti biasa.") -> Path:
    path = folder / "konsep.md"
    path.write_text(f"---\n{front}---\n{body}\n", encoding="utf-8")
    return path


FRONT = "judul: Jam layanan\njenis: pengumuman\nkanal: [telegram, x]\n"


def test_a_file_goes_the_whole_way_from_the_command_line(run: Run, office: TestOffice) -> None:
    sent = run("submit", write(office.folder, FRONT), "--as", "sari", "--json").json
    assert set(sent) == {"post", "revision", "digest"}
    post = str(sent["post"])
    assert run("posts", "--json").json[0]["stage"] == "waiting"
    decided = run("decide", post, "approve", "--as", "dewi", "--digest", sent["digest"][:8], "--json").json
    assert {d["state"] for d in decided["deliveries"]} == {"scheduled"}
    office.go(timedelta(minutes=1))  # the command decided by the machine's own clock
    rows = run("deliveries", "--json").json
    assert {row["account"]: row["state"] for row in rows} == {
        "telegram-contoh-selatan": "published",
        "x-contoh-selatan": "published",
    }
    wanted = "id post revision digest account platform state due_at sent_at published_at attempts remote_id url error"
    assert set(wanted.split()) <= set(rows[0])
    assert run("audit", "verify").code == 0
    shown = run("show", post).out
    assert "Jam layanan" in shown
    assert re.search(r"worker +terbit +x-contoh-selatan$", shown, re.MULTILINE)
    assert run("show", post, "--json").json["status"] == "terbit di 2 dari 2 kanal"


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.md")), ids=lambda p: p.stem)
def test_every_sample_passes_the_check(run: Run, sample: Path) -> None:
    said = run("check", sample, "--json")
    found = {finding["code"] for finding in said.json["findings"]}
    assert said.code == 0
    assert found <= {"M02"}  # this office has no reader of pictures, and is told so


def test_a_finding_is_said_with_all_that_a_program_needs(run: Run, office: TestOffice) -> None:
    file = write(office.folder, FRONT, "Rapat digelar Senin, 26 November 2026 pukul 09.00 WITA.")
    said = run("check", file, "--json")
    (finding,) = said.json["findings"]
    assert said.code == 1
    assert {key: finding[key] for key in ("code", "severity", "override", "field", "start")} == {
        "code": "F01",
        "severity": "blok",
        "override": "chair",
        "field": "isi",
        "start": 14,
    }
    assert len(finding["remedies"]) == 2


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["decide", "1", "setuju", "--as", "dewi", "--digest", "x" * 8], 2, "approve, revise, reject"),
        (["decide", "99", "approve", "--as", "dewi", "--digest", "x" * 8], 1, "#99 tidak ditemukan"),
        (["decide", "99", "approve", "--as", "orang", "--digest", "x" * 8], 1, "tidak terdaftar"),
        (["show", "99"], 1, "#99 tidak ditemukan"),
        (["cancel", "99", "--as", "sari"], 1, "#99 tidak ditemukan"),
        (["retry", "99", "--as", "sari"], 1, "#99 tidak ditemukan"),
        (["freeze", "--as", "sari"], 1, "Mohon tuliskan alasannya (--reason)"),
        (["freeze", "--as", "tono", "--reason", "Iseng"], 1, "tidak berhak membekukan"),
        (["freeze", "--as", "sari", "--reason", "Bocor", "--office", "99.99"], 1, "Satker '99.99' tidak ada"),
        (["unfreeze", "--as", "sari", "--reason", "Beres"], 1, "Tidak ada pembekuan yang berlaku"),
        (["resolve", "x", "published", "--as", "sari"], 1, "Penayangan x tidak ditemukan"),
        (["resolve", "x", "terbit", "--as", "sari"], 2, "Pilihan: published, absent"),
        (["resolve", "x", "absent", "--as", "sari", "--url", "https://x.com/a/1"], 2, "--url hanya dipakai"),
        (["schedule", "99", "besok 09.00", "--as", "sari"], 1, "#99 tidak ditemukan"),
        (["measure", "hai", "--platform", "friendster"], 2, "friendster"),
        (["check", "tidak-ada.md"], 2, "tidak-ada.md"),
        (["check", str(ANNOUNCEMENT), "--now", "kemarin"], 2, "ISO 8601"),
        (["terbangkan"], 2, "terbangkan"),
        (["submit"], 2, "FILE belum diisi. Bantuan: bakohumas submit --help"),
        (["show", "satu"], 2, "POST harus berupa bilangan bulat, mulai 1"),
        (["show", str(10**20)], 2, "POST harus berupa bilangan bulat"),
        (["schedule", "1", "besok", "09.00", "--as", "sari"], 2, "Kelebihan kata: 09.00"),
        (["submit", "a.md", "--as"], 2, "Opsi --as memerlukan isi"),
        (["posts", "--json=1"], 2, "Opsi --json ditulis tanpa isi"),
        (["posts", "--warna"], 2, "Opsi --warna tidak dikenal"),
        (["audit"], 2, "Perintah belum disebutkan"),
        (["sandbox", "--port", "70000"], 2, "--port harus berupa bilangan bulat, mulai 0 sampai 65535"),
    ],
)
def test_wrong_use_is_one_sentence_and_an_exit_code(run: Run, words: list[str], code: int, said: str) -> None:
    answer = run(*words)
    assert answer.code == code
    assert said in answer.err


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("judul: [tak ditutup\n", "konsep.md"),
        (FRONT.replace("pengumuman", "pengumumam"), "pengumuman"),
        (FRONT.replace("telegram, x", "friendster"), "friendster"),
        (FRONT + "tayang: 31 Juni 2027 09.00 WITA\n", "Juni"),
        (FRONT + "tayang: 1 Januari 2020 09.00 WITA\n", "lewat"),
        (FRONT + "media:\n  - berkas: ../../etc/passwd\n    teks_alt: x\n", "folder"),
        (FRONT + "media:\n  - berkas: tidak-ada.jpg\n", "tidak-ada.jpg"),
        (FRONT + "warna: merah\n", "warna"),
    ],
)
def test_a_broken_content_file_is_refused_and_nothing_is_kept(
    run: Run, office: TestOffice, front: str, said: str
) -> None:
    answer = run("submit", write(office.folder, front), "--as", "sari")
    assert answer.code == 2
    assert said in answer.err
    assert run("posts", "--json").json == []


def test_a_text_of_seventy_thousand_characters_is_refused(run: Run, office: TestOffice) -> None:
    answer = run("submit", write(office.folder, FRONT, "a" * 70_000), "--as", "sari")
    assert answer.code in {1, 2}
    assert run("posts", "--json").json == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("kosong.jpg", b""),
        ("terpotong.jpg", (SAMPLES / "album-1.jpg").read_bytes()[:5000]),
        ("gambar.mp4", (SAMPLES / "album-1.jpg").read_bytes()),
    ],
)
def test_a_file_that_cannot_be_opened_is_named(run: Run, office: TestOffice, name: str, data: bytes) -> None:
    (office.folder / name).write_bytes(data)
    front = FRONT + f"media:\n  - berkas: {name}\n    teks_alt: Poster layanan\n"
    answer = run("check", write(office.folder, front))
    assert answer.code == 2
    assert name in answer.err


@pytest.mark.parametrize(
    ("front", "person", "said"),
    [
        ("tayang: 0 menit lagi\n", "sari", "sudah lewat"),
        ("penyusun: dewi\n", "budi", "Belum ada penyetuju lain"),
        ("penyusun: sari\n", "tono", "belum memiliki kewenangan"),
    ],
)
def test_a_file_that_may_not_be_submitted_leaves_nothing_behind(
    run: Run, office: TestOffice, front: str, person: str, said: str
) -> None:
    office.clock.forward(timedelta(seconds=1))
    answer = run("submit", write(office.folder, FRONT + front), "--as", person)
    assert (answer.code, said in answer.err) == (1, True)
    assert run("posts", "--json").json == []


def test_a_file_that_cannot_be_read_hides_no_other(run: Run, office: TestOffice) -> None:
    blocked = write(office.folder, FRONT, "Rapat Senin, 26 November 2026.")
    answer = run("check", "tidak-ada.md", blocked, "--json")
    assert answer.code == 2
    assert [finding["code"] for finding in answer.json["findings"]] == ["F01"]
    assert "tidak-ada.md" in answer.json["error"]
    assert "tidak-ada.md" in answer.err


def test_a_refusal_is_a_document_too_where_json_was_asked(run: Run, office: TestOffice) -> None:
    answer = run("submit", "tidak-ada.md", "--as", "sari", "--json")
    assert answer.code == 2
    assert answer.json == {"error": answer.err.strip()}


@pytest.mark.parametrize("reason", ["\x1b[31m", "\udcff"])
def test_a_reason_is_written_in_letters(run: Run, office: TestOffice, reason: str) -> None:
    revision = office.submitted()
    words = ("decide", str(revision.post), "reject", "--as", "dewi", "--digest", revision.digest)
    answer = run(*words, "--reason", reason)
    assert (answer.code, "--reason" in answer.err) == (2, True)


def test_every_event_of_the_record_has_words_for_people() -> None:
    named = {f"delivery.{happening.__name__.lower()}" for happening in get_args(Happening)}
    assert named - set(labels.EVENT) == set()


def test_a_returned_post_shows_who_returned_it_and_why(run: Run, office: TestOffice) -> None:
    sent = office.submitted()
    run("decide", str(sent.post), "revise", "--as", "dewi", "--digest", sent.digest, "--reason", "Perbaiki judul.")
    shown = run("show", str(sent.post)).out
    assert "dikembalikan untuk diperbaiki oleh Dewi Contoh, ketua: Perbaiki judul." in shown


PROGRAM = [sys.executable, "-c", "from bakohumas_bot.cli import main; main()"]


def test_a_fault_of_our_own_is_one_sentence_and_a_file(office: TestOffice, tmp_path: Path) -> None:
    config = office.folder / "config" / "bakohumas.toml"
    config.write_text(config.read_text(encoding="utf-8") + '[data]\nfolder = "a\\u0000b"\n', encoding="utf-8")
    kept = tmp_path / "kept"
    kept.mkdir()
    said = subprocess.run(
        [*PROGRAM, "--config", config.parent, "posts"],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "TMPDIR": str(kept)},
    )
    assert (said.returncode, "Traceback" in said.stderr) == (2, False)
    assert "Terjadi gangguan di dalam aplikasi" in said.stderr
    (file,) = kept.glob("bakohumas-*.txt")
    assert "ValueError" in file.read_text(encoding="utf-8")


def test_help_speaks_indonesian_throughout() -> None:
    for words in ([], ["decide"], ["sandbox"], ["audit"]):
        said = subprocess.run([*PROGRAM, *words, "--help"], capture_output=True, text=True, check=True).stdout
        assert "Pemakaian: " in said
        assert not {"Usage", "Options", "Commands", "Arguments", "message", "required"} & set(re.findall(r"\w+", said))


def test_a_letter_that_the_terminal_lacks_ends_no_command() -> None:
    program = [*PROGRAM, "measure", "é👋", "--platform", "x"]
    plain = {**os.environ, "PYTHONIOENCODING": "ascii"}
    shown = subprocess.run([*PROGRAM, "check", "é👋.md"], check=False, capture_output=True, text=True, env=plain)
    assert (shown.returncode, "Traceback" in shown.stderr) == (2, False)
    counted = subprocess.run([*program, "--json"], capture_output=True, text=True, env=plain, check=True)
    assert json.loads(counted.stdout)["length"] == 3


@pytest.mark.parametrize("closed", [1, 2])
def test_a_closed_output_is_no_traceback(closed: int) -> None:
    said = subprocess.run(["sh", "-c", f'exec "$@" {closed}>&-', "sh", *PROGRAM, "posts", "--x"], check=False)
    assert said.returncode == 2


def test_a_reader_that_is_gone_or_a_full_disk_is_no_traceback() -> None:
    full = Path("/dev/full")
    with full.open("w") as nowhere:
        said = subprocess.run([*PROGRAM, "--help"], check=False, stdout=nowhere, stderr=subprocess.PIPE, text=True)
    assert said.returncode == 2
    assert said.stderr == "Keluaran tidak dapat ditulis (No space left on device). Mohon periksa tujuan keluarannya.\n"


def test_a_blocked_file_leaves_nothing_behind(run: Run, office: TestOffice) -> None:
    answer = run("submit", write(office.folder, FRONT, "Rapat 31 Juni 2026."), "--as", "sari")
    assert answer.code == 1
    assert "F02" in answer.err
    assert run("posts", "--json").json == []


def test_a_blok_that_may_be_lifted_keeps_the_draft_until_somebody_entitled_lifts_it(
    run: Run, office: TestOffice
) -> None:
    add_patron(office)
    file = write(office.folder, FRONT, "Rapat Senin, 26 November 2026, pukul 09.00 WITA.")
    refused = run("submit", file, "--as", "sari", "--json")
    assert (refused.code, refused.json["post"]) == (1, 1)
    assert "bakohumas override 1 F01" in refused.json["error"]
    assert run("submit", file, "--as", "sari", "--json").json["post"] == 1
    assert run("override", 1, "F01", "--as", "dewi", "--reason", "Kutipan").code == 1
    assert run("override", 1, "F01", "--as", "sari", "--reason", "Kutipan").code == 1
    assert run("override", 1, "F02", "--as", "citra", "--reason", "Kutipan").code == 1
    lifted = run("override", 1, "f01", "--as", "citra", "--reason", "Kutipan dokumen sumber")
    assert (lifted.code, "F01" in lifted.out) == (0, True)
    assert run("submit", file, "--as", "sari", "--json").json["post"] == 1
    assert run("posts", "--json").json[0]["stage"] == "waiting"
    assert run("show", 1, "--json").json["lifts"][0]["reason"] == "Kutipan dokumen sumber"


def test_the_rulebook_is_listed_with_its_sources(run: Run, office: TestOffice) -> None:
    rules = {rule["code"]: rule for rule in run("rules", "--json").json}
    assert {"F01", "P01", "N01", "H07", "M07", "B07", "X01"} <= set(rules)
    assert all(rule["source"] and rule["about"] for rule in rules.values())
    assert rules["P01"]["override"] == "never"
    assert [rule["code"] for rule in run("rules", "f01", "--json").json] == ["F01"]
    assert run("rules", "Z99").code == 2


def test_the_preview_shows_counters_and_files(run: Run, office: TestOffice) -> None:
    revision = office.draft(media=(office.picture(),))
    shown = run("preview", str(revision.post)).out
    assert "X 73/280" in shown or "/280" in shown
    assert "Poster layanan informasi publik" in shown


def test_measuring_counts_as_the_platform_counts(run: Run) -> None:
    assert run("measure", "kpu.go.id 👋🏽", "--platform", "x", "--json").json == {
        "length": 26,
        "limit": 280,
        "unit": "weighted",
    }
    assert run("measure", "👋", "--platform", "telegram", "--json").json["length"] == 2


@on_sqlite
def test_an_altered_record_is_found(run: Run, office: TestOffice) -> None:
    import sqlite3

    office.draft()
    with sqlite3.connect(str(office.desk.store.engine.url.database)) as raw:
        raw.execute("DROP TRIGGER event_no_update")
        raw.execute("UPDATE event SET actor = 'lain'")
    raw.close()
    answer = run("audit", "verify")
    assert answer.code == 1
    assert "diubah" in answer.out


def test_the_doctor_finds_this_office_well(run: Run) -> None:
    answer = run("doctor", "--json")
    assert {row["name"]: row["detail"] for row in answer.json if not row["ok"]} == {}
    assert answer.code == 0


def test_the_doctor_names_an_expired_token(run: Run, office: TestOffice) -> None:
    office.fault("x", "expired_token", operation="GET /2/users/me")
    answer = run("doctor", "--json")
    assert [row["name"] for row in answer.json if not row["ok"]] == ["Kanal x-contoh-selatan"]
    assert answer.code == 1


@on_sqlite
def test_the_doctor_finds_data_that_another_holds(run: Run, office: TestOffice) -> None:
    with office.desk.store.engine.connect() as other:
        other.begin()
        said = {row["name"]: row["detail"] for row in run("doctor", "--json").json if not row["ok"]}
    assert "sedang dipakai proses lain" in said["Basis data"]


@on_postgresql
def test_the_doctor_finds_a_server_that_may_only_be_read(run: Run, office: TestOffice) -> None:
    """A standby, or a database whose owner has closed it."""
    name = office.desk.store.engine.url.database
    postgres.server().run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    said = {row["name"]: row["detail"] for row in run("doctor", "--json").json if not row["ok"]}
    assert "hanya-baca" in said["Basis data"]


@pytest.mark.parametrize("command", ["sandbox", "web"])
def test_a_port_in_use_is_said_with_its_remedy(office: TestOffice, command: str) -> None:
    port = ["--port", office.sandbox.url.rpartition(":")[2]] if command == "sandbox" else []
    words = [*PROGRAM, "--config", str(office.folder / "config"), command, *port]
    said = subprocess.run(words, check=False, capture_output=True, text=True, timeout=30)
    assert (said.returncode, "sedang dipakai program lain" in said.stderr) == (2, True)
    assert "Traceback" not in said.stderr


def test_init_writes_a_configuration_once(run: Run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "baru").code == 0
    assert run("init", tmp_path / "baru").code == 2


HEAVY = ("telegram", "tweepy", "facebook", "instagrapi", "sqlmodel", "sqlalchemy", "PIL", "alembic", "werkzeug")


def test_help_answers_without_loading_a_heavy_library() -> None:
    program = (
        "import sys\nsys.argv = ['bakohumas', '--help']\nfrom bakohumas_bot.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stderr.strip() == "[]"
    assert "submit" in said.stdout


def test_a_new_time_of_a_draft_is_not_told_as_a_schedule(run: Run, office: TestOffice) -> None:
    """Nothing is scheduled before it is approved, and a changed draft must be submitted again."""
    waiting = office.submitted()
    said = run("schedule", str(waiting.post), "besok 09.00 WITA", "--as", "sari").out
    assert "masih perlu diajukan dan disetujui" in said
    assert "dijadwalkan" not in said


def test_a_freeze_is_told_wherever_somebody_plans_or_waits(run: Run, office: TestOffice) -> None:
    post = office.approved().post
    frozen = run("freeze", "--as", "sari", "--reason", "Ada konten bocor")
    assert (frozen.code, "dibekukan" in frozen.out) == (0, True)
    assert "sudah berlaku" in run("freeze", "--as", "budi", "--reason", "Lagi").err
    office.go(timedelta(minutes=1))
    assert office.public() == []
    for words in (["posts"], ["deliveries"], ["schedule", str(post), "besok 09.00", "--as", "dewi"]):
        assert "❄️ Penerbitan KPU Kabupaten Contoh Selatan dibekukan oleh Sari Contoh sejak" in run(*words).out
    assert [row["frozen"] for row in run("posts", "--json").json] == [True]
    assert {row["frozen"] for row in run("deliveries", "--json").json} == {True}


def test_a_freeze_is_lifted_by_two_and_what_was_held_waits(run: Run, office: TestOffice) -> None:
    office.approved(accounts=(TELEGRAM,))
    run("freeze", "--as", "sari", "--reason", "Ada konten bocor")
    assert "Masih berlaku" in run("unfreeze", "--as", "sari", "--reason", "Beres").out
    again = run("unfreeze", "--as", "sari", "--reason", "Beres")
    assert (again.code, "orang kedua" in again.err) == (1, True)
    office.clock.forward(timedelta(minutes=1))
    lifted = run("unfreeze", "--as", "dewi", "--reason", "Beres").out
    assert "Pembekuan KPU Kabupaten Contoh Selatan dicabut." in lifted
    assert "1 penayangan terlewat selama pembekuan dan tidak terbit sendiri" in lifted
    assert [row["state"] for row in run("deliveries", "--json").json] == ["missed"]


@pytest.mark.parametrize(
    ("words", "state", "url"),
    [
        (["published", "--url", "https://t.me/kpu_contohselatan/7"], "published", "https://t.me/kpu_contohselatan/7"),
        (["published"], "published", None),
        (["absent"], "scheduled", None),
    ],
    ids=["with its link", "without a link", "not there"],
)
def test_a_person_answers_what_nobody_could_read_back(
    run: Run, office: TestOffice, words: list[str], state: str, url: str | None
) -> None:
    office.fault("telegram", "drop_before", "live")
    post = office.approved(accounts=(TELEGRAM,)).post
    while not office.deliveries(post)[TELEGRAM].asks:
        office.go(timedelta(minutes=2))
    shown = run("deliveries").out
    id_ = office.deliveries(post)[TELEGRAM].id
    assert f"bakohumas resolve {id_} published|absent --as ORANG" in shown
    wrong = run("resolve", id_, "published", "--as", "sari", "--url", "https://example.com/1")
    assert (wrong.code, "Itu belum tautan unggahan di Telegram" in wrong.err) == (2, True)
    assert run("resolve", id_, *words, "--as", "sari").code == 0
    delivery = office.deliveries(post)[TELEGRAM]
    assert (delivery.state.value, delivery.url) == (state, url)
    assert run("resolve", id_, *words, "--as", "sari").code == 1


def test_an_account_at_rest_is_told_with_since_and_until(run: Run, office: TestOffice) -> None:
    office.fault("x", "expired_token")
    office.approved(accounts=(X,))
    office.go()
    assert f"⏸ Kanal {X} menunggu, sejak" in run("deliveries").out
    (row,) = run("deliveries", "--json").json
    assert row["paused_since"] < row["paused_until"]


def test_an_office_is_carried_to_another_machine(run: Run, office: TestOffice) -> None:
    post = office.approved(accounts=(X,), publish_at=office.clock() + timedelta(days=1)).post
    file = office.folder / "cadangan.tar"
    said = run("backup", file)
    assert said.code == 0
    assert "1 konten, 1 penayangan" in said.out
    assert "Tidak termasuk: konfigurasi, rahasia" in said.out
    assert run("backup", file).code == 1
    assert run("backup", file, "--overwrite", "--json").json["rows"]["delivery"] == 1
    refused = run("restore", file)
    assert (refused.code, "sudah berisi data" in refused.err) == (1, True)
    with new_machine(office) as there:
        program = [sys.executable, "-c", "from bakohumas_bot.cli import main; main()"]
        words = ["--config", str(there.folder / "config"), "restore", str(file)]
        answer = subprocess.run([*program, *words], capture_output=True, text=True, check=False)
        assert answer.returncode == 0, answer.stderr
        assert "Mesin lama harus tetap mati" in answer.stdout
        assert "1 penayangan yang belum selesai akan dicari dahulu di kanalnya" in answer.stdout
        assert there.states(post) == {X: "scheduled"}


def test_a_backup_without_a_lost_picture_says_so_to_whoever_watches(run: Run, office: TestOffice) -> None:
    (picture,) = office.draft(media=(office.picture(),)).content.media
    office.desk.blobs.path(picture.sha256).unlink()
    said = run("backup", office.folder / "cadangan.tar")
    assert (said.code, picture.sha256[:8] in said.err) == (1, True)
    assert (office.folder / "cadangan.tar").exists()
