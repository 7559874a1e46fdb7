"""One factory of sessions: a call is made once, ends in time, goes where it may, and tells honestly what happened."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from bakohumas_bot.domain.outcomes import NotSent, Unknown
from bakohumas_bot.platforms import PLATFORMS
from bakohumas_bot.platforms.deadlines import deadlines, set_pace
from bakohumas_bot.platforms.http import Answer, answer_of, in_time, session_for, transport_failure
from bakohumas_bot.platforms.redaction import redact

OVER = threading.Event()
UNTRUSTED = Path(__file__).parent / "untrusted.pem"
TOKEN = "EAAD5contohRahasia0123456789abcdef"


# --- far ends, down to the socket ---


@dataclass
class Wire:
    """`heard` holds what arrived on each connection."""

    port: int
    accepted: int = 0
    heard: list[bytes] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)


Manners = Callable[[socket.socket, Wire], None]


@contextmanager
def wire(manners: Manners) -> Iterator[Wire]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        end = Wire(server.getsockname()[1])

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                end.accepted += 1
                with connection, suppress(OSError):
                    manners(connection, end)

        threading.Thread(target=serve, daemon=True).start()
        try:
            yield end
        finally:
            end.over.set()
            server.shutdown(socket.SHUT_RDWR)


def hear(connection: socket.socket, end: Wire) -> bytes:
    """One whole request."""
    said = b""
    while b"\r\n\r\n" not in said:
        said += connection.recv(65_536)
    head, _, body = said.partition(b"\r\n\r\n")
    length = next((int(row.split(b":")[1]) for row in head.split(b"\r\n") if row.lower().startswith(b"content-l")), 0)
    while len(body) < length:
        body += connection.recv(65_536)
    end.heard.append(head + b"\r\n\r\n" + body)
    return head


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def saying(*parts: bytes) -> Manners:
    def manners(connection: socket.socket, end: Wire) -> None:
        hear(connection, end)
        for part in parts:
            connection.sendall(part)

    return manners


def resets_at_the_first_byte(connection: socket.socket, end: Wire) -> None:
    connection.recv(1)
    reset(connection)


def resets_after_hearing(connection: socket.socket, end: Wire) -> None:
    hear(connection, end)
    reset(connection)


def stays_silent(connection: socket.socket, end: Wire) -> None:
    hear(connection, end)
    end.over.wait(30)


def drips(connection: socket.socket, end: Wire) -> None:
    hear(connection, end)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while not end.over.wait(0.05):
        connection.sendall(b" ")


def drips_within_a_header(connection: socket.socket, end: Wire) -> None:
    hear(connection, end)
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not end.over.wait(0.02):
        connection.sendall(b"x")


def never_ends(connection: socket.socket, end: Wire) -> None:
    hear(connection, end)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 900000000\r\n\r\n")
    while not end.over.is_set():
        connection.sendall(b"x" * 500_000)


def hangs_up_on_tls(connection: socket.socket, end: Wire) -> None:
    connection.recv(100)
    reset(connection)


def is_silent_on_tls(connection: socket.socket, end: Wire) -> None:
    end.over.wait(30)


def is_untrusted(connection: socket.socket, end: Wire) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(UNTRUSTED)
    with context.wrap_socket(connection, server_side=True) as talk:
        hear(talk, end)


OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
ELSEWHERE = b"HTTP/1.1 307 Moved\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"
HALF = b'HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{"id": "1'
TWO_LENGTHS = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}"


pytestmark = pytest.mark.usefixtures("hurried")


def failure(base: str, url: str = "https://graph.facebook.com/v26.0/me") -> NotSent | Unknown:
    """What a POST with a token in its address is told to have come to."""
    session = session_for({"graph.facebook.com": base})
    with pytest.raises(requests.RequestException) as error:
        session.post(f"{url}?access_token={TOKEN}", data={"message": "Rapat"})
    return transport_failure(error.value)


# --- what certainly did not leave ---


def test_a_refused_connection_sent_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    outcome = failure(f"http://127.0.0.1:{port}")
    assert isinstance(outcome, NotSent)
    assert outcome.unreachable


def test_a_name_that_does_not_resolve_sent_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    outcome = failure("https://graph.example")
    assert isinstance(outcome, NotSent)
    assert outcome.unreachable


def test_a_connection_that_is_never_accepted_sent_nothing() -> None:
    with ExitStack() as stack:
        server = stack.enter_context(socket.socket())
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        for _ in range(4):  # fill the queue: the next one waits outside
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(server.getsockname())
        assert isinstance(failure(f"http://127.0.0.1:{server.getsockname()[1]}"), NotSent)


@pytest.mark.parametrize("manners", [is_untrusted, hangs_up_on_tls, is_silent_on_tls, saying(OK)])
def test_a_handshake_that_fails_sent_nothing(manners: Manners) -> None:
    with wire(manners) as end:
        assert isinstance(failure(f"https://127.0.0.1:{end.port}"), NotSent)
        assert all(TOKEN.encode() not in heard for heard in end.heard)


def test_a_host_that_nobody_configured_is_not_reached() -> None:
    outcome = failure("http://127.0.0.1:9", "https://graph.example/collect")
    assert isinstance(outcome, NotSent)
    assert not outcome.unreachable, "a mistake of our own"
    assert "UnknownHost: host graph.example is not configured" in outcome.detail


def test_a_key_with_a_line_break_in_it_sent_nothing() -> None:
    with pytest.raises(requests.RequestException) as error:
        session_for({"api.x.com": "http://127.0.0.1:9"}).get("https://api.x.com/2", headers={"A": "kunci\n"})
    outcome = transport_failure(error.value)
    assert isinstance(outcome, NotSent)
    assert not outcome.unreachable, "a mistake of our own"


# --- what may have arrived ---

UNANSWERED: dict[str, Manners] = {
    "reset at the first byte": resets_at_the_first_byte,
    "reset after hearing": resets_after_hearing,
    "silence": stays_silent,
    "a byte now and then": drips,
    "a header now and then": drips_within_a_header,
    "an answer without end": never_ends,
    "half an answer": saying(HALF),
    "not HTTP": saying(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "contradictory lengths": saying(TWO_LENGTHS),
    "a redirect": saying(ELSEWHERE),
}


@pytest.mark.parametrize("manners", UNANSWERED.values(), ids=UNANSWERED)
def test_what_may_have_arrived_is_unknown_and_is_not_sent_again(manners: Manners) -> None:
    with wire(manners) as end:
        outcome = failure(f"http://127.0.0.1:{end.port}")
        assert isinstance(outcome, Unknown)
        assert outcome.unreachable is (manners is not UNANSWERED["contradictory lengths"])
        assert len(end.heard) <= 1


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_an_unwelcome_status_is_an_answer_and_is_not_asked_for_twice(status: int) -> None:
    said = f"HTTP/1.1 {status} No\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n".encode()
    with wire(saying(said)) as end:
        answer = session_for({"api.x.com": f"http://127.0.0.1:{end.port}"}).post("https://api.x.com/2/tweets")
        assert answer.status_code == status
        assert len(end.heard) == 1


@pytest.mark.parametrize(
    ("body", "read"), [(b"{}", {}), (b'["a"]', None), (b"<html>", None), (b"", None), (b"[" * 100_000, None)]
)
def test_only_a_json_object_is_understood(body: bytes, read: object) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    with wire(saying(head, body)) as end:
        answer = answer_of(session_for({"api.x.com": f"http://127.0.0.1:{end.port}"}).get("https://api.x.com/2"))
    assert answer.body == read
    assert answer.ok is (read is not None)


def test_an_answer_without_end_is_not_kept() -> None:
    set_pace(1)
    with wire(never_ends) as end:
        assert isinstance(failure(f"http://127.0.0.1:{end.port}"), Unknown)


def test_connecting_takes_from_the_time_to_answer() -> None:
    """A name may have many addresses, each with the whole time to connect: together they stay within one deadline."""
    assert in_time().total == deadlines().call.total_seconds()


def test_a_pace_shortens_every_wait_and_the_usual_one_returns() -> None:
    assert set_pace(1 / 30).call == timedelta(seconds=1)
    assert (deadlines().connect, deadlines().upload) == (timedelta(seconds=5) / 30, timedelta(seconds=4))
    assert {set_pace(1).call} == {platform.spec.answer_deadline for platform in PLATFORMS.values()}


@pytest.mark.parametrize(
    ("answer", "out_of_order"),
    [
        ((500, None), True),
        ((503, {}), True),
        ((403, None), True),
        ((302, None), True),
        ((200, None), False),
        ((201, {}), False),
        ((400, {}), False),
        ((429, {}), False),
    ],
)
def test_a_proxys_page_is_told_from_an_odd_answer(
    answer: tuple[int, dict[str, Any] | None], out_of_order: bool
) -> None:
    assert Answer(status=answer[0], body=answer[1], headers={}).out_of_order is out_of_order


# --- where it goes, and with what ---


def test_a_librarys_own_host_becomes_the_configured_one() -> None:
    with wire(saying(OK)) as end:
        session_for({"api.x.com": f"http://127.0.0.1:{end.port}/x/"}).get("https://api.x.com/2/tweets?ids=1%2C2")
        assert end.heard[0].startswith(b"GET /x/2/tweets?ids=1%2C2 HTTP/1.1")
        assert f"Host: 127.0.0.1:{end.port}".encode() in end.heard[0]


def test_what_one_account_is_told_to_remember_does_not_reach_another() -> None:
    said = OK.replace(b"Content-Type", b"Set-Cookie: guest_id=1; Path=/\r\nConnection: close\r\nContent-Type")
    with wire(saying(said)) as end:
        for _ in range(2):
            session_for({"api.x.com": f"http://127.0.0.1:{end.port}"}).get(f"http://127.0.0.1:{end.port}/2/users/me")
        assert len(end.heard) == 2
        assert b"ookie" not in end.heard[1]


def test_a_connection_is_used_again() -> None:
    def answers_twice(connection: socket.socket, end: Wire) -> None:
        for _ in range(2):
            hear(connection, end)
            connection.sendall(OK)

    with wire(answers_twice) as end:
        for _ in range(2):
            assert session_for({"api.x.com": f"http://127.0.0.1:{end.port}"}).get("https://api.x.com/2").json() == {}
        assert end.accepted == 1


def test_accounts_of_one_platform_share_one_session() -> None:
    hosts = {"api.x.com": "http://127.0.0.1:9/x"}
    assert session_for(hosts) is session_for({"api.x.com": "http://127.0.0.1:9/x/"})
    assert session_for(hosts) is not session_for({"api.x.com": "http://127.0.0.1:8/x"})


def test_the_list_of_authorities_is_read_once_for_all_connections() -> None:
    session = session_for({"api.x.com": "https://127.0.0.1:9"})
    adapter = session.get_adapter("https://api.x.com")
    request = requests.Request("GET", "https://127.0.0.1:9/2").prepare()
    pool = adapter.get_connection_with_tls_context(request, verify=True)  # type: ignore[attr-defined]
    adapter.cert_verify(pool, request.url, verify=True, cert=None)  # type: ignore[attr-defined]
    assert pool.ca_certs is None
    assert pool.cert_reqs == "CERT_REQUIRED"


def test_a_thin_line_may_take_longer_for_a_large_file_than_for_connecting() -> None:
    def reads_slowly(connection: socket.socket, end: Wire) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        head = connection.recv(1000)
        left = 8_000_000 - len(head.partition(b"\r\n\r\n")[2])
        while left > 0:
            left -= len(connection.recv(1_000_000))
            end.over.wait(0.004)
        connection.sendall(OK)

    with wire(reads_slowly) as end:
        session = session_for({"api.x.com": f"http://127.0.0.1:{end.port}"})
        said = session.post("https://api.x.com/2/media/upload", data=b"x" * 8_000_000, timeout=(0.2, 30))
        assert said.ok


# --- what may be written down ---

SECRETS = {
    f"https://graph.facebook.com/v26.0/me?access_token={TOKEN}&fields=id": TOKEN,
    f"{{'access_token': '{TOKEN}', 'message': 'x'}}": TOKEN,
    '{"client_secret": "s3cr3t-Value"}': "s3cr3t-Value",
    "appsecret_proof=8f2a9c01deadbeef": "8f2a9c01deadbeef",
    "Authorization: Bearer AAAA1111bbbb2222": "AAAA1111bbbb2222",
    "headers={'Authorization': 'Bearer AAAA1111bbbb2222'}": "AAAA1111bbbb2222",
    'Authorization: OAuth oauth_token="15-abcDEF", oauth_signature="c2lnbmF0dXJl"': "c2lnbmF0dXJl",
    "Cookie: sessionid=4711secret; ds_user=1": "4711secret",
    "https://api.telegram.org/bot7000000001:AAcontoh_contoh_contoh_contoh_conto/sendMessage": "AAcontoh",
    f"Invalid token {TOKEN} given": TOKEN,
    "token 1580000000000000001-AbCdEfGhIjKlMnOpQrStUvWx is bad": "AbCdEfGhIjKlMnOpQrStUvWx",
    "password=hunter2 for user": "hunter2",
    "refresh_token=Zm9vYmFyMTIz": "Zm9vYmFyMTIz",
}


@pytest.mark.parametrize("text", SECRETS)
def test_no_secret_stands_in_what_may_be_written_down(text: str) -> None:
    assert SECRETS[text] not in redact(text)
    assert "***" in redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "Error validating access token: Session has expired on Friday, 20-Nov-26",
        "You are not allowed to create a Tweet with duplicate content.",
        "Invalid OAuth access token.",
        "(#506) Duplicate status message",
        "Rapat koordinasi pukul 09.00 WIB, https://kpu.go.id/berita?a=1",
    ],
)
def test_what_a_platform_says_stays_readable(text: str) -> None:
    assert redact(text) == text


def test_the_outcome_of_a_failure_is_an_indonesian_sentence_without_the_token() -> None:
    with wire(resets_after_hearing) as end:
        outcome = failure(f"http://127.0.0.1:{end.port}")
    assert outcome.detail.startswith("Jawaban platform tidak diterima")
    assert TOKEN not in outcome.detail
    refused = failure("http://127.0.0.1:1")
    assert refused.detail.startswith("Sambungan ke platform tidak terbentuk")
    assert "Connection refused" in refused.detail
    assert "Pool" not in refused.detail, "people read it on a card"
    assert TOKEN not in refused.detail
