"""The record leaves in one signed file, which any machine can prove; whoever touches it is found out."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bakohumas_bot.domain.digest import canonical
from bakohumas_bot.lifecycle import witness
from bakohumas_bot.reports import record_pdf, signing
from bakohumas_bot.store import audit, record, witnesses
from commanding import Run, Said, command_line
from office import OFFICE, TELEGRAM, TestOffice

Files = dict[str, bytes]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    line = command_line(monkeypatch, capsys)

    def call(*words: object, config: Path = Path("tidak-ada")) -> Said:
        return line("--config", config, "audit", *words)

    return call


@pytest.fixture
def config(office: TestOffice) -> Path:
    """An office in which two posts were written, and one of them went out."""
    office.approved(accounts=(TELEGRAM,))
    office.draft("Naskah kedua, belum diajukan.")
    office.go()
    with office.desk.store.writing() as tx:
        record.append(tx, office="64", actor="sari", kind="frozen", now=office.clock(), reason="Satker lain 🧊")
    return office.folder / "config"


@pytest.fixture
def exported(run: Run, config: Path, tmp_path: Path) -> Path:
    file = tmp_path / "catatan.zip"
    assert run("export", file, config=config).code == 0
    return file


def unpacked(file: Path) -> Files:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(file: Path, files: Files) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        for name, held in files.items():
            archive.writestr(name, held)
    return file


def lines(files: Files, name: str = "events.jsonl") -> list[bytes]:
    return files[name].splitlines(keepends=True)


def test_an_export_is_proven_on_a_machine_without_a_database(run: Run, exported: Path, office: TestOffice) -> None:
    said = run("verify", exported)
    assert said.code == 0
    assert "Ekspor utuh" in said.out
    key = signing.public_key(office.app.configuration.data_dir)
    assert signing.fingerprint(key) in said.out
    assert run("verify", exported, "--key", signing.fingerprint(key)).code == 0


def test_its_lines_are_what_was_hashed_and_its_links_are_the_chain(exported: Path, office: TestOffice) -> None:
    files = unpacked(exported)
    with office.desk.store.reading() as tx:
        rows = [row for row in audit.rows(tx) if row.kind != "exported"]
    assert [hashlib.sha256(line.rstrip(b"\n")).hexdigest() for line in lines(files)] == [row.hash for row in rows]
    assert files["catatan.pdf"].startswith(b"%PDF")


def swapped(held: list[bytes]) -> list[bytes]:
    return [held[0], held[2], held[1], *held[3:]]


def resigned(files: Files) -> Files:
    """By a forger with a key of his own."""
    key = Ed25519PrivateKey.generate()
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = {name: hashlib.sha256(files[name]).hexdigest() for name in manifest["files"]}
    spelled = canonical(manifest)
    public = key.public_key().public_bytes_raw().hex().encode()
    return files | {"manifest.json": spelled, "public.key": public, "manifest.sig": key.sign(spelled).hex().encode()}


def with_lines(change: Callable[[list[bytes]], list[bytes]], *names: str) -> Callable[[Files], Files]:
    def act(files: Files) -> Files:
        return files | {name: b"".join(change(lines(files, name))) for name in names or ("events.jsonl",)}

    return act


def altered(held: list[bytes]) -> list[bytes]:
    return [held[0], held[1].replace(b'"sari"', b'"lain"').replace(b'"frozen"', b'"held"'), *held[2:]]


TAMPERED: dict[str, tuple[Callable[[Files], Files], str]] = {
    "a changed line": (with_lines(lambda held: [held[0], held[1].replace(b'"', b"'", 1), *held[2:]]), "Baris 2: "),
    "another actor": (with_lines(altered), "Baris 2: peristiwa 1 satker 64.69 diubah"),
    "a missing line": (with_lines(lambda held: [held[0], *held[2:]]), "Baris 2: seharusnya peristiwa 1"),
    "the last line missing": (with_lines(lambda held: held[:-1]), "peristiwa hilang"),
    "a line too many": (with_lines(lambda held: [*held, held[-1]]), "tidak ada pada rantai"),
    "swapped lines": (with_lines(swapped), "tertukar"),
    "swapped with their links": (with_lines(swapped, "events.jsonl", "links.txt"), "Baris 2: "),
    "no event at all": (with_lines(lambda held: [held[0], b"[]\n", *held[2:]]), "Baris 2: bukan peristiwa"),
    "another PDF": (lambda files: files | {"catatan.pdf": b"%PDF-1.4"}, "catatan.pdf (PDF) bukan yang"),
    "another manifest": (
        lambda files: files | {"manifest.json": files["manifest.json"].replace(b"Contoh", b"Palsu")},
        "Tanda tangan tidak cocok",
    ),
    "a file smuggled in": (lambda files: files | {"../jahat": b"x"}, "tidak termasuk ekspor ini"),
    "changed and signed anew": (lambda files: resigned(with_lines(altered)(files)), "Baris 2: peristiwa 1"),
    "a foreign key": (resigned, "Ditandatangani dengan kunci lain"),
}


@pytest.mark.parametrize("act", TAMPERED)
def test_whoever_touches_an_export_is_found_out(
    run: Run, exported: Path, tmp_path: Path, office: TestOffice, act: str
) -> None:
    do, said = TAMPERED[act]
    file = packed(tmp_path / "diubah.zip", do(unpacked(exported)))
    key = signing.fingerprint(signing.public_key(office.app.configuration.data_dir))
    told = run("verify", file, "--key", key)
    assert told.code == 1
    assert said in told.out


@pytest.mark.parametrize("held", [b"", b"PK\x03\x04", b"bukan zip"])
def test_what_is_no_export_is_refused_in_one_sentence(run: Run, tmp_path: Path, held: bytes) -> None:
    file = tmp_path / "lain.zip"
    file.write_bytes(held)
    said = run("verify", file)
    assert said.code == 2
    assert "bukan ekspor catatan audit" in said.err


@pytest.mark.parametrize("missing", ["manifest.json", "public.key", "manifest.sig", "events.jsonl", "catatan.pdf"])
def test_an_export_without_one_of_its_files_is_refused(run: Run, exported: Path, tmp_path: Path, missing: str) -> None:
    files = unpacked(exported)
    del files[missing]
    assert run("verify", packed(tmp_path / "kurang.zip", files)).code == 2


@pytest.mark.parametrize(
    ("words", "posts"),
    [(("--post", "1"), {1}), (("--post", "2"), {2}), (("--office", OFFICE), {1, 2}), (("--office", "64"), set())],
)
def test_a_cut_out_holds_what_was_asked_and_is_proven_in_itself(
    run: Run, config: Path, tmp_path: Path, words: tuple[str, ...], posts: set[int]
) -> None:
    file = tmp_path / "kutipan.zip"
    said = run("export", file, *words, config=config)
    if words[-1] == "64":
        assert "Satker '64' tidak ada" in said.err
        return
    assert said.code == 0
    assert {json.loads(line)["post"] for line in lines(unpacked(file))} == posts
    assert run("verify", file).code == 0


def test_days_are_the_offices_own_and_both_ends_count(
    run: Run, config: Path, tmp_path: Path, office: TestOffice
) -> None:
    day = office.clock().astimezone(office.desk.office(OFFICE).zone).date().isoformat()
    file = tmp_path / "hari.zip"
    assert run("export", file, "--from", day, "--until", day, config=config).code == 0
    assert run("export", tmp_path / "lama.zip", "--until", "2020-01-01", config=config).code == 2
    assert not (tmp_path / "lama.zip").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "kemarin"), "--from 'kemarin' bukan tanggal"),
        (("--post", "1", "--from", "2026-11-01"), "Pilih salah satu"),
        (("--post", "99"), "Tidak ada peristiwa"),
    ],
)
def test_a_choice_that_cannot_be_meant_is_refused(
    run: Run, config: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    assert said in run("export", tmp_path / "x.zip", *words, config=config).err


def test_an_export_replaces_nothing_unasked(run: Run, config: Path, exported: Path) -> None:
    assert "sudah ada" in run("export", exported, config=config).err
    assert run("export", exported, "--overwrite", config=config).code == 0


@pytest.mark.parametrize(("words", "actor"), [(("--as", "tono"), "tono"), ((), "os:petugas")])
def test_who_took_which_part_of_the_record_stands_in_the_record_itself(  # noqa: PLR0917 - the fixtures of the case
    run: Run,
    config: Path,
    office: TestOffice,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    actor: str,
) -> None:
    monkeypatch.setenv("LOGNAME", "petugas")
    assert run("export", tmp_path / "x.zip", "--office", OFFICE, *words, config=config).code == 0
    with office.desk.store.reading() as tx:
        (row,) = [one for one in audit.rows(tx) if one.kind == "exported"]
    said = json.loads(row.data)
    assert (row.office, row.actor) == (OFFICE, actor)
    assert said["events"] == row.number - 1
    assert run("verify", config=config).code == 0


def test_nobody_unknown_exports_under_a_name(run: Run, config: Path, tmp_path: Path) -> None:
    assert run("export", tmp_path / "x.zip", "--as", "siapa", config=config).code == 1
    assert not (tmp_path / "x.zip").exists()


def test_an_export_bears_witness(exported: Path, office: TestOffice) -> None:
    told = {head.office: head.number for head in witness.kept(office.app.configuration.data_dir)}
    with office.desk.store.reading() as tx:
        assert told == {head.office: head.number - 1 for head in witnesses.heads(tx)}, "and the export stands after it"
        assert witnesses.departures(tx) == []


def test_the_key_is_for_the_service_alone_and_stays_the_same(run: Run, config: Path, office: TestOffice) -> None:
    first, second = run("key", config=config).out, run("key", config=config).out
    assert first == second
    assert re.search(r"Sidik: ([0-9a-f]{4} ?){8}", first)
    assert (office.app.configuration.data_dir / signing.FILE).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("as_file", [True, False])
def test_the_words_of_the_chat_are_compared_with_the_chain(
    run: Run, config: Path, office: TestOffice, tmp_path: Path, as_file: bool
) -> None:
    with office.desk.store.reading() as tx:
        (head,) = [head for head in witnesses.heads(tx) if head.office == OFFICE]
    true = f"🔏 Saksi catatan audit\nKPU Contoh\n{head.line()}\nMohon"
    false = true.replace(f" {head.number} ", f" {head.number + 5} ")
    for told, code in ((true, 0), (false, 1)):
        (tmp_path / "pesan.txt").write_text(told, encoding="utf-8")
        said = run("verify", "--head", tmp_path / "pesan.txt" if as_file else told, config=config)
        assert said.code == code
    assert "catatan ini berakhir pada peristiwa" in said.out
    assert run("verify", "--head", "apa saja", config=config).code == 2


def test_a_long_text_goes_on_to_the_next_page(office: TestOffice, run: Run, tmp_path: Path) -> None:
    office.draft("\n".join(["Panjang sekali " * 40, "x" * 4000, "سلام 🧊"] * 6))
    file = tmp_path / "panjang.zip"
    assert run("export", file, config=office.folder / "config").code == 0
    assert len(re.findall(rb"/Type /Page\b", unpacked(file)["catatan.pdf"])) > 2
    assert record_pdf.MOST > 0
