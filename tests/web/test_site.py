"""The web process shows one prepared file for a while, and nothing else."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import Any

import pytest
import requests
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bakohumas_bot.lifecycle.media_host import LIFE, StoredMediaHost
from office import TestOffice

DELIVERY = "d-1"


@pytest.fixture
def host(office: TestOffice) -> StoredMediaHost:
    return StoredMediaHost(
        office.desk.store, office.app.configuration.public_url, office.app.media_key, office.desk.now
    )


def hosted(office: TestOffice, host: StoredMediaHost) -> str:
    return host.publish(office.picture().sha256, "image/jpeg", delivery=DELIVERY)


def test_the_very_bytes_are_shown_with_their_type(office: TestOffice, host: StoredMediaHost) -> None:
    address = hosted(office, host)
    shown = requests.get(address, timeout=5)
    assert shown.content == office.desk.blobs.path(office.picture().sha256).read_bytes()
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
    assert shown.headers["cache-control"] == "no-store"
    asked = requests.head(address, timeout=5)
    assert (asked.status_code, asked.content) == (200, b"")
    assert asked.headers["content-length"] == str(len(shown.content))


def test_the_same_file_keeps_its_address_and_another_delivery_gets_its_own(
    office: TestOffice, host: StoredMediaHost
) -> None:
    address = hosted(office, host)
    assert hosted(office, host) == address
    assert host.publish(office.picture().sha256, "image/jpeg", delivery="d-2") != address


@pytest.mark.parametrize("end", ["withdrawn", "expired"])
def test_an_address_that_ended_is_simply_not_found(office: TestOffice, host: StoredMediaHost, end: str) -> None:
    address = hosted(office, host)
    if end == "withdrawn":
        host.withdraw(DELIVERY)
    else:
        office.clock.forward(LIFE + timedelta(seconds=1))
    answer = requests.get(address, timeout=5)
    assert (answer.status_code, answer.text) == (404, "Tidak ditemukan.")


@pytest.mark.parametrize(
    "path", ["", "media", "media/", "media/a/1/b.jpg", "media/..%2f..%2fmedia.key/1/x.jpg", "media/%2e%2e/1/x", "var"]
)
def test_nothing_else_is_there(office: TestOffice, path: str) -> None:
    assert requests.get(f"{office.app.configuration.public_url}/{path}", timeout=5).status_code == 404


def test_nothing_can_be_written(office: TestOffice, host: StoredMediaHost) -> None:
    assert requests.put(hosted(office, host), data=b"x", timeout=5).status_code == 405


def test_while_the_database_is_away_the_fetcher_is_asked_to_come_again(
    office: TestOffice, host: StoredMediaHost
) -> None:
    address = hosted(office, host)

    def deny(_: Any) -> None:
        raise OperationalError("BEGIN", {}, sqlite3.OperationalError("disk I/O error"))

    event.listen(office.desk.store.engine, "begin", deny)
    try:
        answer = requests.get(address, timeout=5)
    finally:
        event.remove(office.desk.store.engine, "begin", deny)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
