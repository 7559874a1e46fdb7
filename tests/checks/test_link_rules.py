"""L03: a link to a cloud document stops; a form for the public to fill in asks for a second look."""

from __future__ import annotations

import pytest

from bakohumas_bot.checks.links import L03
from bakohumas_bot.domain.findings import Override
from sample_post import checkup, found


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
