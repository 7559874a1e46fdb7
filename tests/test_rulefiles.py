"""The files under rules/ and calendar/: what is shipped can be read, and an office's own file adds to it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bakohumas_bot.config.rulefiles import read_knowledge
from bakohumas_bot.domain.regulations import Key, RegulationKind


def _office(folder: Path, name: str, text: str) -> Path:
    (folder / "rules").mkdir()
    (folder / "rules" / name).write_text(text, encoding="utf-8")
    return folder


def _pkpu(number: str, year: int) -> Key:
    return Key(kind=RegulationKind.PKPU, number=number, year=year)


def test_every_shipped_file_can_be_read(tmp_path: Path) -> None:
    mistakes: list[str] = []
    knowledge = read_knowledge(tmp_path, mistakes)
    assert mistakes == []
    assert knowledge.regulations


def test_every_change_that_the_list_names_is_in_the_list_or_older_than_it_needs(tmp_path: Path) -> None:
    regulations = read_knowledge(tmp_path, []).regulations
    named = {change.by for one in regulations for change in (*one.amended, *filter(None, [one.repealed]))}
    assert {str(key) for key in named if regulations.get(key) is None} == {"UU 2/2015", "UU 9/2015"}
    assert all(one.source for one in regulations)


def test_a_regulation_is_amended_and_repealed_from_its_day_on(tmp_path: Path) -> None:
    regulations = read_knowledge(tmp_path, []).regulations
    old, new = regulations.get(_pkpu("1", 2015)), regulations.get(_pkpu("22", 2023))
    assert old is not None
    assert new is not None
    assert old.repeal(date(2023, 10, 31)) is None
    repeal = old.repeal(date(2023, 11, 1))
    assert repeal is not None
    assert str(repeal.by) == "PKPU 22/2023"
    assert [str(change.by) for change in new.amendments(date(2025, 12, 28))] == ["PKPU 11/2024"]
    assert len(new.amendments(date(2025, 12, 29))) == 2


def test_an_office_adds_a_regulation_and_replaces_a_shipped_one(tmp_path: Path) -> None:
    own = """
        [[peraturan]]
        peraturan = "PKPU 5/2026"
        judul = "Contoh Peraturan Baru"
        sumber = "jdih.kpu.go.id"

        [[peraturan]]
        peraturan = "PKPU 9/2022"
        judul = "Partisipasi Masyarakat"
        dicabut = { oleh = "PKPU 5/2026", sejak = 2026-12-01 }
        sumber = "jdih.kpu.go.id"
    """
    mistakes: list[str] = []
    regulations = read_knowledge(_office(tmp_path, "regulations.toml", own), mistakes).regulations
    replaced = regulations.get(_pkpu("9", 2022))
    assert mistakes == []
    assert regulations.get(_pkpu("5", 2026)) is not None
    assert regulations.get(_pkpu("1", 2025)) is not None
    assert replaced is not None
    assert replaced.repeal(date(2026, 12, 1)) is not None


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ('[[peraturan]]\nperaturan = "PKPU 9"\njudul = "Judul"\nsumber = "jdih"', "PKPU 9"),
        ('[[peraturan]]\nperaturan = "Perdes 9/2022"\njudul = "Judul"\nsumber = "jdih"', "Perdes 9/2022"),
        ('[[peraturan]]\nperaturan = "PKPU 9/2022"\nsumber = "jdih"', "wajib diisi"),
        ('[[peraturan]]\nperaturan = "PKPU 9/2022"\njudul = "Judul"\nsumber = "jdih"\nrepealed = 1', "tidak dikenal"),
    ],
)
def test_a_mistake_in_the_list_names_its_file_and_place(tmp_path: Path, own: str, told: str) -> None:
    mistakes: list[str] = []
    read_knowledge(_office(tmp_path, "regulations.toml", own), mistakes)
    assert len(mistakes) == 1
    assert "regulations.toml" in mistakes[0]
    assert told in mistakes[0]


def test_an_office_names_its_own_numbers_and_mailboxes(tmp_path: Path) -> None:
    own = """
        [[telepon]]
        nomor = "+62 811-0000-1111"
        nama = "WhatsApp layanan"

        [[surel]]
        alamat = "KPU.Contoh@gmail.com"
        nama = "Pos-el kantor"
    """
    mistakes: list[str] = []
    contacts = read_knowledge(_office(tmp_path, "contacts.toml", own), mistakes).contacts
    assert mistakes == []
    assert contacts.knows_phone("0811 0000 1111")
    assert contacts.knows_mail("kpu.contoh@GMAIL.com")
    assert not contacts.knows_phone("0811 0000 2222")


_WORDS = """
    [[sasaran]]
    kelas = "karangan"
    kata = ["kaum karangan"]

    [[entri]]
    id = "x-1"
    kategori = "{category}"
    bentuk = "{form}"
    predikat = '{words}'
    {target}
    tingkat = "berat"
    sumber = "rapat"
    ditambah_oleh = "ketua"
"""


def test_an_office_keeps_its_own_words(tmp_path: Path) -> None:
    own = _WORDS.format(category="suku", form="frasa", words="zumbrek sekali", target='kelas_target = "karangan"')
    mistakes: list[str] = []
    lexicon = read_knowledge(_office(tmp_path, "lexicon.toml", own), mistakes).lexicon
    assert mistakes == []
    assert {entry.id for entry in lexicon.entries} == {"contoh-1", "contoh-2", "x-1"}
    assert lexicon.targets["karangan"].search("kaum karangan")


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (("suku", "kata", "zumbrek", ""), "memerlukan kelas_target"),
        (("suku", "kata", "zumbrek", 'kelas_target = "lain"'), "belum ada pada [[sasaran]]"),
        (("kasar", "regex", "(a+)+b", ""), "berulang terbatas"),
        (("kasar", "regex", "(?:a{1,9}){1,9}", ""), "berulang terbatas"),
        (("kasar", "regex", "zum(", ""), "tidak dapat dibaca"),
        (("fitnah", "kata", "zumbrek", ""), "Pilihan:"),
    ],
)
def test_a_word_list_that_cannot_be_used_is_told(tmp_path: Path, entry: tuple[str, str, str, str], told: str) -> None:
    category, form, words, target = entry
    own = _WORDS.format(category=category, form=form, words=words, target=target)
    mistakes: list[str] = []
    read_knowledge(_office(tmp_path, "lexicon.toml", own), mistakes)
    assert [mistake for mistake in mistakes if told in mistake]
    assert all("lexicon.toml" in mistake for mistake in mistakes)


def test_the_shipped_stages_parties_and_provinces_are_read(tmp_path: Path) -> None:
    knowledge = read_knowledge(tmp_path, [])
    assert {stage.contest for stage in knowledge.calendar.stages} == {"pemilu-2024", "pemilihan-2024"}
    assert sorted(party.number or 0 for party in knowledge.participants.all) == list(range(1, 25))
    assert len(knowledge.regions.provinces) == 38
    assert knowledge.officials.all == ()


_PAIR = """
    [[peserta]]
    kontestasi = "pemilihan-2024"
    jenis = "pasangan"
    nomor = 1
    nama = "{name}"
"""


def test_an_office_adds_its_own_pairs_and_names_a_number_given_twice(tmp_path: Path) -> None:
    mistakes: list[str] = []
    _office(tmp_path, "participants.toml", _PAIR.format(name="Budi dan Ani"))
    assert read_knowledge(tmp_path, mistakes).participants.named("Budi dan Ani") is not None
    assert mistakes == []
    twice = _PAIR.format(name="Budi dan Ani") + _PAIR.format(name="Joko dan Rina")
    (tmp_path / "rules" / "participants.toml").write_text(twice, encoding="utf-8")
    read_knowledge(tmp_path, mistakes)
    assert "nomor 1 sudah dipakai 'Budi dan Ani'" in mistakes[0]


@pytest.mark.parametrize(
    ("name", "text", "mistake"),
    [
        ("officials.toml", "[[pejabat]]\nnama = 'Budi'\njabatan = 'Ketua'\npelaksana = 'PLH'", "Pilihan: '', 'Plh.'"),
        ("regions.toml", "[[daerah]]\nnama = 'Contoh Selatan'\nprovinsi = '64'", "awali dengan Kabupaten atau Kota"),
        ("regions.toml", "[[daerah]]\nnama = 'Kota Contoh'\nprovinsi = '99'", "provinsi '99' tidak dikenal"),
    ],
)
def test_a_mistake_in_an_offices_own_file_is_named(tmp_path: Path, name: str, text: str, mistake: str) -> None:
    mistakes: list[str] = []
    read_knowledge(_office(tmp_path, name, text), mistakes)
    assert len(mistakes) == 1
    assert mistake in mistakes[0]
    assert name in mistakes[0]


_STAGE = """
    [[tahapan]]
    kode = "contoh.tenang"
    jenis = "pemilu"
    kontestasi = "contoh"
    nama = "Masa tenang"
    mulai = {begins}
    selesai = 2026-11-22
    dasar = {{ jenis = "PKPU", nomor = "1", tahun = 2026 }}
    status = "ditetapkan"
    aturan_aktif = ["{rule}"]
"""


@pytest.mark.parametrize(
    ("begins", "rule", "mistake"),
    [
        ("2026-11-20", "T_TENANG", None),
        ("2026-11-24", "T_TENANG", "'selesai' lebih awal daripada 'mulai'"),
        ("2026-11-20", "T_DIAM", "T_TENANG"),
    ],
)
def test_an_offices_own_stage(tmp_path: Path, begins: str, rule: str, mistake: str | None) -> None:
    mistakes: list[str] = []
    (tmp_path / "calendar").mkdir()
    text = _STAGE.format(begins=begins, rule=rule)
    (tmp_path / "calendar" / "stages.toml").write_text(text, encoding="utf-8")
    stages = read_knowledge(tmp_path, mistakes).calendar.stages
    if mistake is None:
        assert (mistakes, stages[-1].code) == ([], "contoh.tenang")
    else:
        assert mistake in mistakes[0]
