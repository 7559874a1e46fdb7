"""The pretend Graph knows its callers, refuses in Graph's words, and fails on demand."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from bakohumas_bot.sandbox.core import Sandbox
from bakohumas_bot.sandbox.graph.access import APP_TOKEN
from bakohumas_bot.sandbox.graph.platform import INSTAGRAM_TOKEN, PAGE_ID, PAGE_TOKEN, Graph
from bakohumas_bot.sandbox.graph.state import APP_SECRET
from graph_caller import Caller, error, media_ids
from rewiring import picture, rewired

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # facebook-sdk 3.1.0 holds an escape that newer Pythons warn of
    import facebook


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox({"graph": Graph}) as running:
        yield running


@pytest.fixture
def graph(sandbox: Sandbox) -> Caller:
    return Caller(sandbox)


@pytest.fixture
def sdk(sandbox: Sandbox) -> Any:
    """facebook-sdk as the desk uses it: the version set by hand, the session led to loopback."""
    api = facebook.GraphAPI(PAGE_TOKEN, session=rewired(requests.Session(), f"{sandbox.url}/graph"))
    api.version = "v26.0"
    return api


def proof(secret: str = APP_SECRET, token: str = PAGE_TOKEN) -> str:
    return hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()


def test_facebook_sdk_publishes_an_album_reads_it_back_edits_and_deletes_it(sdk: Any, graph: Caller) -> None:
    photos = [
        sdk.put_photo(
            io.BytesIO(picture(colour=colour)), f"{PAGE_ID}/photos", published="false", alt_text_custom=colour
        )
        for colour in ("navy", "maroon")
    ]
    assert all("post_id" not in photo for photo in photos)
    attached = media_ids(*(photo["id"] for photo in photos))
    post = sdk.put_object(PAGE_ID, "feed", message="Rapat koordinasi", attached_media=attached)
    found = sdk.get_connections(
        PAGE_ID, "published_posts", fields="id,message,permalink_url,attachments{subattachments}"
    )
    assert found["data"][0]["id"] == post["id"]
    assert len(found["data"][0]["attachments"]["data"][0]["subattachments"]["data"]) == 2
    assert sdk.put_object(post["id"], "", message="Ralat: rapat koordinasi") == {"success": True}
    assert sdk.get_object(post["id"])["message"] == "Ralat: rapat koordinasi"
    assert graph.ledger[0].media == [
        hashlib.sha256(picture(colour=colour)).hexdigest() for colour in ("navy", "maroon")
    ]
    assert graph.ledger[0].extra["alt"] == ["navy", "maroon"]
    assert sdk.delete_object(post["id"]) == {"success": True}
    assert graph.ledger[0].deleted
    assert graph.violations == []


def test_facebook_sdk_meets_errors_in_the_shape_it_parses(sdk: Any) -> None:
    sdk.put_object(PAGE_ID, "feed", message="Sama")
    with pytest.raises(facebook.GraphAPIError) as raised:
        sdk.put_object(PAGE_ID, "feed", message="Sama")
    assert raised.value.code == 506
    assert raised.value.result["error"]["error_subcode"] == 1455006
    assert raised.value.result["error"]["is_transient"] is False


def test_get_objects_of_facebook_sdk_asks_for_what_is_gone(sdk: Any, graph: Caller) -> None:
    with pytest.raises(facebook.GraphAPIError):
        sdk.get_objects([PAGE_ID])
    assert graph.violations == ["/?ids= is gone since v26.0"]


@pytest.mark.parametrize("way", ["query", "form", "Bearer", "OAuth"])
def test_a_token_may_come_in_the_query_the_form_or_the_header(graph: Caller, way: str) -> None:
    url, form, query, headers = f"{graph.base}/v26.0/{PAGE_ID}/feed", {"message": "Halo"}, {}, {}
    if way == "query":
        query = {"access_token": PAGE_TOKEN}
    elif way == "form":
        form["access_token"] = PAGE_TOKEN
    else:
        headers = {"Authorization": f"{way} {PAGE_TOKEN}"}
    answer = graph.session.post(url, data=form, params=query, headers=headers)
    assert answer.json()["id"].startswith(f"{PAGE_ID}_")
    assert answer.headers["facebook-api-version"] == "v26.0"
    assert "call_count" in answer.headers["X-App-Usage"]
    assert graph.violations == []


@pytest.mark.parametrize(
    ("token", "given", "code"),
    [
        ("", {}, 104),
        ("salah", {}, 190),
        (PAGE_TOKEN, {"appsecret_proof": "0" * 64}, 100),
        (PAGE_TOKEN, {"appsecret_proof": proof("lain")}, 100),
        (PAGE_TOKEN, {"appsecret_proof": proof(token=INSTAGRAM_TOKEN)}, 100),
    ],
)
def test_a_stranger_is_refused(graph: Caller, token: str, given: dict[str, str], code: int) -> None:
    answer = graph.session.post(
        f"{graph.base}/v26.0/{PAGE_ID}/feed", data={"message": "Halo", "access_token": token, **given}
    )
    assert (answer.status_code, error(answer.json())[0]) == (400, code)
    assert graph.ledger == []


def test_the_right_proof_of_the_app_is_accepted(graph: Caller) -> None:
    assert "id" in graph.feed(message="Halo", appsecret_proof=proof())


def test_an_expired_token_is_refused_until_it_is_renewed(graph: Caller) -> None:
    graph.control("tokens", token=PAGE_TOKEN)
    assert error(graph.feed(message="Halo")) == (190, 463)
    assert graph.get("/debug_token", APP_TOKEN, input_token=PAGE_TOKEN)["data"]["is_valid"] is False
    graph.control("tokens", token=PAGE_TOKEN, expired=False)
    assert "id" in graph.feed(message="Halo")


def test_a_token_tells_who_it_is(graph: Caller) -> None:
    assert graph.get("/me", fields="id,name") == {"id": PAGE_ID, "name": "KPU Kabupaten Contoh Selatan"}
    assert graph.get("/me", INSTAGRAM_TOKEN)["name"] == "Bakohumas Contoh Selatan"
    assert graph.get(f"/{graph.page}", fields="username")["username"] == "kpucontohselatan"
    assert graph.get(f"/{graph.ig}", fields="username")["username"] == "kpu_contohselatan"
    token = graph.get("/debug_token", input_token=PAGE_TOKEN)["data"]
    assert (token["is_valid"], token["profile_id"]) == (True, PAGE_ID)
    assert "pages_manage_posts" in token["scopes"]
    assert graph.violations == []


def test_a_token_reaches_only_its_own_account(graph: Caller) -> None:
    assert error(graph.post(f"/{graph.page}/feed", INSTAGRAM_TOKEN, message="Halo")) == (200, None)
    assert error(graph.get(f"/{graph.ig}", PAGE_TOKEN)) == (100, 33)
    assert error(graph.get("/1234567")) == (100, 33)
    assert graph.ledger == []


@pytest.mark.parametrize(
    ("version", "served"),
    [("/v26.0", "v26.0"), ("/v21.0", "v21.0"), ("/v20.0", "v21.0"), ("/v2.8", "v21.0"), ("", "v21.0")],
)
def test_an_ended_version_is_served_by_the_oldest_that_lives(sandbox: Sandbox, version: str, served: str) -> None:
    graph = Caller(sandbox, version)
    assert graph.send("GET", "/me").headers["facebook-api-version"] == served
    ended = version in {"/v20.0", "/v2.8"}
    assert graph.violations == ([f"version {version[1:]} has ended: v21.0 answers"] if ended else [])


@pytest.mark.parametrize("version", ["/v27.0", "/v99.0", "/v26.1"])
def test_a_version_that_never_was_is_refused(sandbox: Sandbox, version: str) -> None:
    graph = Caller(sandbox, version)
    assert error(graph.get("/me")) == (100, None)
    assert graph.violations == [f"there is no version {version[1:]}"]


@pytest.mark.parametrize("name", ["pretty", "debug", "date_format"])
def test_parameters_gone_with_version_26_are_written_down(graph: Caller, name: str) -> None:
    assert "id" in graph.get("/me", **{name: "1"})
    assert graph.violations == [f"{name} is gone"]


def test_conditional_reads_are_gone_too(graph: Caller) -> None:
    graph.send("GET", "/me", headers={"If-None-Match": '"1"'})
    assert graph.violations == ["If-None-Match is gone"]


def test_unknown_parameters_are_ignored_and_written_down(graph: Caller) -> None:
    assert "id" in graph.feed(message="Halo", mesage="Halo", in_reply_to="1")
    assert graph.violations == ["unknown parameter in_reply_to", "unknown parameter mesage"]


@pytest.mark.parametrize(
    "given",
    [
        {"published": "False"},
        {"published": "tidak"},
        {"attached_media": '{"media_fbid": "1"}'},
        {"attached_media": "[1, 2"},
        {"direct_share_status": "-1"},
        {"backdated_time": "kemarin"},
        {"formatting": "HTML"},
        {"tags": "{}"},
        {"image_crops": "[]"},
        {"message": b"x" * 63_207},
    ],
)
def test_wrong_types_are_refused_and_written_down(graph: Caller, given: dict[str, Any]) -> None:
    assert error(graph.feed(**({"message": "Halo"} | given))) == (100, None)
    assert len(graph.violations) == 1
    assert graph.ledger == []


def test_a_json_body_carries_native_types(graph: Caller) -> None:
    photo = graph.photo(picture())["id"]
    body = {"message": "Halo", "published": True, "attached_media": [{"media_fbid": photo}]}
    assert "id" in graph.send("POST", f"/{graph.page}/feed", json=body).json()
    assert error(graph.send("POST", f"/{graph.page}/feed", json={"message": 7}).json()) == (100, None)


@pytest.mark.parametrize("fields", ["id,pesan", "id,{message}", "status_code"])
def test_a_field_that_the_node_has_not_is_refused(graph: Caller, fields: str) -> None:
    post = graph.feed(message="Halo")["id"]
    assert error(graph.get(f"/{post}", fields=fields)) == (100, None)
    assert len(graph.violations) == 1


def test_a_wrong_field_is_wrong_in_an_empty_list_too(graph: Caller) -> None:
    for edge in (f"/{graph.page}/published_posts", f"/{graph.ig}/media"):
        assert error(graph.get(edge, fields="id,pesan")) == (100, None)
    assert len(graph.violations) == 2


def test_an_edge_that_is_not_there_is_refused(graph: Caller) -> None:
    assert error(graph.post(f"/{graph.page}/pengumuman", message="Halo")) == (100, 33)
    assert graph.violations == ["no such edge: POST /{page}/pengumuman"]


@pytest.mark.parametrize(
    ("operation", "mode", "more", "status", "said"),
    [
        ("live", "rate_limited", {"seconds": 90}, 400, (4, None)),
        ("POST /{page}/feed", "rate_limited", {"seconds": 600}, 400, (80001, None)),
        ("live", "rate_limited", {"detail": {"code": 32}}, 400, (32, None)),
        ("live", "expired_token", {}, 400, (190, 463)),
        ("live", "expired_token", {"detail": {"status": 401, "subcode": 460}}, 401, (190, 460)),
        ("live", "rejected", {}, 400, (100, None)),
        ("live", "policy", {}, 400, (368, 1390008)),
        ("live", "transient", {}, 500, (2, None)),
        ("live", "unknown", {}, 500, (1, None)),
        ("live", "duplicate", {}, 400, (506, 1455006)),
    ],
)
def test_faults_speak_graphs_words_and_publish_nothing(
    graph: Caller, *, operation: str, mode: str, more: dict[str, Any], status: int, said: tuple[int, int | None]
) -> None:
    graph.fault(operation, mode, **more)
    answer = graph.send("POST", f"/{graph.page}/feed", data={"message": "Halo"})
    assert (answer.status_code, error(answer.json())) == (status, said)
    assert graph.ledger == []
    assert "id" in graph.feed(message="Halo")


def test_a_rate_limit_tells_in_minutes_when_to_come_back(graph: Caller) -> None:
    graph.fault("live", "rate_limited", seconds=90)
    headers = graph.send("POST", f"/{graph.page}/feed", data={"message": "Halo"}).headers
    assert '"estimated_time_to_regain_access": 2' in headers["X-Business-Use-Case-Usage"]
    assert '"call_count": 100' in headers["X-App-Usage"]


def test_a_rate_limit_may_differ_by_use_case_or_name_no_time_at_all(graph: Caller) -> None:
    for minutes in ({"pages": 7, "ads_management": 90}, {}):
        graph.fault("live", "rate_limited", detail={"minutes": minutes})
    first, second = (graph.send("POST", f"/{graph.page}/feed", data={"message": "Halo"}).headers for _ in range(2))
    rows = json.loads(first["X-Business-Use-Case-Usage"])[PAGE_ID]
    told = {row["type"]: row["estimated_time_to_regain_access"] for row in rows}
    assert told == {"pages": 7, "ads_management": 90}
    assert "X-Business-Use-Case-Usage" not in second


def test_a_success_may_tell_that_nothing_is_left(sandbox: Sandbox, graph: Caller) -> None:
    settings = {"usage": 100, "regain": {"pages": 9}}
    requests.post(f"{sandbox.url}/sandbox/graph/settings", json=settings, timeout=5)
    answer = graph.send("POST", f"/{graph.page}/feed", data={"message": "Halo"})
    assert answer.status_code == 200
    assert json.loads(answer.headers["X-App-Usage"])["call_count"] == 100
    assert '"estimated_time_to_regain_access": 9' in answer.headers["X-Business-Use-Case-Usage"]


def test_a_fault_can_strike_after_the_post_is_public(graph: Caller) -> None:
    graph.fault("live", "transient_after")
    assert error(graph.feed(message="Halo")) == (2, None)
    assert [entry.text for entry in graph.ledger] == ["Halo"]
    assert graph.posts()[0]["message"] == "Halo"


def test_a_fault_for_one_operation_spares_the_others(graph: Caller) -> None:
    graph.fault("POST /{page}/photos hidden", "rejected")
    assert "id" in graph.feed(message="Halo")
    assert error(graph.photo(picture())) == (100, None)


@pytest.mark.parametrize(
    ("path", "form", "live"),
    [
        ("/{page}/feed", {"message": "a"}, True),
        ("/me/feed", {"message": "a"}, True),
        ("/{page}/feed", {"message": "a", "published": "false"}, False),
        ("/{page}/photos", {}, True),
        ("/{page}/photos", {"published": "0"}, False),
        ("/{page}/videos", {}, True),
        ("/{page}/videos", {"published": "false"}, False),
        ("/{page}/videos", {"upload_phase": "start"}, False),
        ("/{page}/videos", {"upload_phase": "finish"}, True),
        ("/{page}/videos", {"upload_phase": "finish", "published": "false"}, False),
        ("/{ig}/media", {}, False),
        ("/{ig}/media_publish", {}, True),
    ],
)
def test_only_calls_that_make_something_public_are_live(
    graph: Caller, path: str, form: dict[str, str], live: bool
) -> None:
    graph.fault("live", "policy")
    answer = graph.post(path.format(page=graph.page, ig=graph.ig), **form)
    assert ("error" in answer and error(answer)[0] == 368) is live


def test_the_sample_accounts_are_tables_of_the_configuration(sandbox: Sandbox) -> None:
    page, instagram = sandbox.platforms["graph"].sample_accounts("http://127.0.0.1:9/graph")
    assert page.settings["platform"] == "facebook_page"
    assert page.ledger == ("facebook", page.settings["handle"])
    assert instagram.settings["platform"] == "instagram"
    assert instagram.ledger == ("instagram", instagram.settings["handle"])
