"""Family L: look-alikes and cloud documents stop; shorteners, strangers and dead addresses are told."""

from __future__ import annotations

import pytest

from bakohumas_bot.checks.cloud_documents import L03
from bakohumas_bot.checks.dead_links import L04
from bakohumas_bot.checks.look_alikes import L01
from bakohumas_bot.checks.short_links import L02
from bakohumas_bot.domain.findings import Override
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.seen import Seen
from sample_post import checkup, found, media


@pytest.mark.parametrize(
    ("link", "severity"),
    [
        ("https://docs.google.com/spreadsheets/d/1AbC/edit#gid=0", "blok"),
        ("docs.google.com/document/d/1AbC", "blok"),
        ("https://docs.google.com/forms/d/1AbC/edit", "blok"),
        ("https://docs.google.com/forms/d/1AbC/edit?next=/viewform", "blok"),
        ("https://docs.google.com/forms/d/e/1FAIpQL/viewanalytics", "blok"),
        ("https://docs.google.com/forms/d/e/1FAIpQL/viewform", "peringatan"),
        ("https://docs.google.com/forms/d/e/1FAIpQL/viewform?usp=sharing", "peringatan"),
        ("https://forms.gle/AbC", "peringatan"),
        ("https://forms.office.com/r/AbC", "peringatan"),
        ("https://forms.office.com/Pages/DesignPageV2.aspx?id=1", "blok"),
        ("HTTPS://DRIVE.GOOGLE.COM/drive/folders/1AbC?usp=sharing", "blok"),
        ("https://1drv.ms/x/s!AbC", "blok"),
        ("https://onedrive.live.com/?id=1", "blok"),
        ("https://kpucontoh-my.sharepoint.com/:x:/g/personal/a", "blok"),
        ("https://www.dropbox.com/s/abc/data.xlsx?dl=0", "blok"),
        ("https://contoh.example/berkas?usp=sharing", "blok"),
    ],
)
@pytest.mark.parametrize("sentence", ["Unduh di {}.", "[pengumuman]({})", "Tautan: “{}”, terima kasih"])
def test_cloud_documents_are_found_inside_any_sentence(link: str, severity: str, sentence: str) -> None:
    assert found(L03, sentence.format(link)) == [f"{severity} {link}"]


@pytest.mark.parametrize(
    "text",
    [
        "https://kab-contohselatan.kpu.go.id/pengumuman",
        "https://cekdptonline.kpu.go.id",
        "Berkas tersimpan di Google Drive kantor.",
        "pos-el ppid@docs.google.com.example",
        "https://docs.google.com.contoh.example/x",
        "https://mydocs.google.community/x",
        "forms.gleam.example",
    ],
)
def test_other_links_pass(text: str) -> None:
    assert found(L03, text) == []


def test_two_people_may_lift_it_together() -> None:
    (finding,) = L03.check(checkup("https://drive.google.com/file/d/1"))
    assert finding.override is Override.SECOND
    assert "dua orang" in finding.remedies[1]


@pytest.mark.parametrize(
    ("link", "mended"),
    [
        ("https://kpu-go.id/dpt", "https://kpu.go.id/dpt"),
        ("https://kpu.go.id.cek-data.com/dpt", "https://kpu.go.id/dpt"),
        ("kpu.go.ld", "kpu.go.id"),
        ("KPU.G0.ID", "kpu.go.id"),
        ("www.kpu.co.id", "kpu.go.id"),
        ("https://kpu.gо.id", "https://kpu.go.id"),  # a Cyrillic о
        ("https://kpú.go.id", "https://kpu.go.id"),
        ("https://xn--kp-yka.go.id/x", "https://kpu.go.id/x"),
        ("https://kpu.go.id@contoh.xyz/masuk", "https://kpu.go.id/masuk"),
        ("kab-contohselatan.kpu-go.id", "kab-contohselatan.kpu.go.id"),
        ("https://cekdpt-online.com", "https://cekdptonline.kpu.go.id"),
    ],
)
def test_a_look_alike_stops_for_good_and_one_tap_gives_the_official_domain(link: str, mended: str) -> None:
    text = f"Cek nama Bapak/Ibu di {link} sekarang."
    (finding,) = L01.check(checkup(text))
    assert (finding.severity, finding.override) == ("blok", Override.NEVER)
    assert text[finding.start : finding.end] == link
    assert [repair.text for repair in finding.repairs] == [mended]


def test_the_host_of_a_mail_address_may_be_a_look_alike_too() -> None:
    assert found(L01, "Tulis ke ppid@kpu-go.id.") == ["blok kpu-go.id"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Waspada situs palsu https://kpu-go.id/bansos, jangan diklik.", ["peringatan https://kpu-go.id/bansos"]),
        ("Waspada situs palsu kpu-go[.]id yang mengatasnamakan KPU.", []),
    ],
)
def test_a_warning_may_name_the_look_alike_but_should_not_lead_there(text: str, told: list[str]) -> None:
    assert found(L01, text) == told
    assert found(L01, text, kind=Kind.KLARIFIKASI_HOAKS) == told


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Selengkapnya di https://www.kompas.com/berita/1", "peringatan"),
        ("Formulir di https://kpucontohselatan.my.id/form", "peringatan"),
        ("Baca di kompas.com", "saran"),
        ("Kunjungi https://unmul.ac.id/kpu", "saran"),
    ],
)
def test_other_hosts_are_asked_about(text: str, severity: str) -> None:
    assert [line.split()[0] for line in found(L01, text)] == [severity]


@pytest.mark.parametrize(
    "text",
    [
        "Cek di cekdptonline.kpu.go.id, jdih.kpu.go.id/kaltim.Silakan unduh, atau https://kab-contohselatan.kpu.go.id.",
        "Ikuti https://www.instagram.com/kpucontoh/, https://youtu.be/abc, dan https://t.me/kpu_contoh.",
        "Laporkan ke www.lapor.go.id, bawaslu.go.id, atau kpu-bantulkab.go.id.",
        "Dr. Budi Contoh, S.Sos., M.Si. dan Drs.H. Ali, S.IP.,M.AP hadir pukul 08.00, dll.Terima kasih",
        "Tulis ke kpucontoh@gmail.com. Lokasi: https://maps.app.goo.gl/abc",
    ],
)
def test_official_hosts_platforms_and_words_with_dots_pass(text: str) -> None:
    for rule in (L01, L02, L04):
        assert found(rule, text) == []


def test_sources_may_stand_anywhere_but_on_a_look_alike() -> None:
    sources = ("https://www.kompas.com/berita/1", "https://kpu.co.id")
    assert [f.field for f in L01.check(checkup(sources=sources))] == ["sumber[1]"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Baca selengkapnya: https://s.id/berita", ["peringatan https://s.id/berita"]),
        ("Daftar KPPS, isi NIK di https://bit.ly/kpps", ["blok https://bit.ly/kpps"]),
        ("Survei kepuasan: linktr.ee/kpucontoh", ["blok linktr.ee/kpucontoh"]),
        ("Daftar pemilih ada di https://s.id/dps", ["peringatan https://s.id/dps"]),
        ("Kirim formulir ke kantor.\n\nBerita: https://s.id/berita", ["peringatan https://s.id/berita"]),
        ("Kantor tidak memakai bit.ly atau s.id.", []),
    ],
)
def test_shorteners_stop_beside_a_request_for_data(text: str, told: list[str]) -> None:
    assert found(L02, text) == told


def test_qr_codes_are_read_like_links() -> None:
    poster = (media("poster.jpg"),)

    def told(code: str, text: str = "") -> list[tuple[str, str, str, int | None]]:
        given = checkup("Pindai kode ini.", attached=poster, seen={"poster.jpg": Seen(codes=(code,), text=text)})
        found = [f for rule in (L01, L02, L03, L04) for f in rule.check(given)]
        return [(f.code, f.severity, f.field, f.start) for f in found if "Kode QR" in f.message]

    here = "media[0].tulisan"
    assert told("https://kpu-go.id") == [("L01", "blok", here, None)]
    assert told("https://bit.ly/a") == [("L02", "peringatan", here, None)]
    assert told("HTTPS://BIT.LY/a", "Isi biodata dan NIK") == [("L02", "blok", here, None)]
    assert told("https://docs.google.com/spreadsheets/d/1") == [("L03", "blok", here, None)]
    assert told("http://kab-contohselatan.kpu.go.id") == [("L04", "saran", here, None)]
    assert told("https://kab-contohselatan.kpu.go.id") == []


@pytest.mark.parametrize(
    ("text", "told", "mended"),
    [
        ("http://kab-contohselatan.kpu.go.id/a", "saran", "https://kab-contohselatan.kpu.go.id/a"),
        ("https//kab-contohselatan.kpu.go.id", "peringatan", "https://"),
        ("htps://kpu.go.id", "peringatan", "https://"),
        ("https:// kpu.go.id/ppid", "peringatan", "https://"),
        ("www,kpu.go.id", "peringatan", "www."),
        ("kpu.go,id", "peringatan", "kpu.go.id"),
        ("http://192.168.1.5/berkas.pdf", "peringatan", None),
    ],
)
def test_addresses_that_cannot_be_opened_or_are_not_encrypted(text: str, told: str, mended: str | None) -> None:
    (finding,) = L04.check(checkup(f"Buka {text} hari ini"))
    assert finding.severity == told
    assert [repair.text for repair in finding.repairs] == ([mended] if mended else [])
