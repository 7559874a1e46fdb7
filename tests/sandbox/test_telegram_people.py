"""People write, tap and wait as they do on their phones, and see what the bot shows them."""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image

from telegram_town import LOG, SARI, Town, bomb, button, keyboard, open_town, picture, sent, video


@pytest.fixture
def town() -> Iterator[Town]:
    with open_town() as opened:
        opened.start()
        yield opened
        assert opened.violations == []


def updates(town: Town) -> list[dict[str, Any]]:
    news: list[dict[str, Any]] = town.result("getUpdates")
    town.result("getUpdates", offset=news[-1]["update_id"] + 1)
    return news


def send(town: Town, **what: Any) -> dict[str, Any]:
    return town.person(f"users/{SARI}/send", **what)


def see(town: Town) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = town.see(f"telegram/users/{SARI}/chat")["messages"]
    return messages


def card(town: Town, text: str = "Kartu", **more: Any) -> int:
    number: int = town.result("sendMessage", chat_id=SARI, text=text, **more)["message_id"]
    return number


def test_a_command_is_marked_as_one(town: Town) -> None:
    (update,) = updates(town)
    message = update["message"]
    assert message["from"] == {"id": SARI, "is_bot": False, "first_name": "Sari Contoh"}
    assert message["chat"] == {"id": SARI, "type": "private", "first_name": "Sari Contoh"}
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


@pytest.mark.parametrize(("length", "pieces"), [(4096, [4096]), (4097, [4096, 1]), (70_000, [4096] * 17 + [368])])
def test_a_phone_cuts_a_text_that_is_too_long(town: Town, length: int, pieces: list[int]) -> None:
    assert [len(message["text"]) for message in send(town, text="x" * length)["messages"]] == pieces


def test_an_album_arrives_as_several_updates_of_one_group(town: Town) -> None:
    updates(town)
    send(town, media=[{"photo": sent(picture()), "caption": "Rakor"}, {"video": sent(video(), "a.mp4", "video/mp4")}])
    first, second = (update["message"] for update in updates(town))
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], second["video"]["duration"]) == ("Rakor", 9)
    assert second["video"]["file_name"] == "a.mp4"


def test_a_photo_arrives_as_jpeg_in_several_sizes(town: Town) -> None:
    updates(town)
    send(town, photo=sent(picture(3000, 1500, "PNG"), "a.png", "image/png"), caption="Rakor")
    (update,) = updates(town)
    sizes = update["message"]["photo"]
    assert [(size["width"], size["height"]) for size in sizes] == [(90, 45), (320, 160), (2560, 1280)]
    path = town.result("getFile", file_id=sizes[-1]["file_id"])["file_path"]
    data = town.http.get(f"{town.url}/file/bot{town.telegram.desk('')['token']}/{path}").content
    assert len(data) == sizes[-1]["file_size"]
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.size) == ("JPEG", (2560, 1280))


def test_a_document_keeps_its_bytes_name_and_type(town: Town) -> None:
    data = b"%PDF-1.7"
    (message,) = send(town, document=sent(data, "rilis.pdf", "application/pdf"))["messages"]
    sha256 = hashlib.sha256(data).hexdigest()
    assert message["media"] == [
        {"kind": "document", "sha256": sha256, "file_name": "rilis.pdf", "mime": "application/pdf", "size": 8}
    ]
    assert town.http.get(f"{town.sandbox.url}/sandbox/telegram/media/{sha256}").content == data


def test_a_truncated_photo_still_arrives_but_a_bomb_is_no_photo(town: Town) -> None:
    broken = picture(2000, 2000)[:-3000]
    (message,) = send(town, photo=sent(broken))["messages"]
    assert message["media"][0]["sha256"] == hashlib.sha256(broken).hexdigest()
    refused = town.http.post(
        f"{town.sandbox.url}/sandbox/telegram/users/{SARI}/send",
        json={"photo": sent(bomb(), "a.png")},
    )
    assert (refused.status_code, "as a document" in refused.json()["error"]) == (400, True)


def test_an_edit_arrives_as_an_edited_message(town: Town) -> None:
    (message,) = send(town, photo=sent(picture()), caption="Rakro")["messages"]
    updates(town)
    town.person(f"users/{SARI}/edit", message_id=message["message_id"], caption="Rakor")
    (update,) = updates(town)
    edited = update["edited_message"]
    assert (edited["message_id"], edited["caption"]) == (message["message_id"], "Rakor")
    assert edited["edit_date"] >= edited["date"]
    assert see(town)[-1]["edited"]


def test_a_reply_names_its_message(town: Town) -> None:
    number = card(town)
    updates(town)
    send(town, text="Judul baru", reply_to=number)
    (update,) = updates(town)
    assert update["message"]["reply_to_message"]["text"] == "Kartu"


@pytest.mark.parametrize("named", ["Setujui", "a:1"])
def test_a_tap_waits_for_the_answer_of_the_bot(town: Town, named: str) -> None:
    number = card(town, reply_markup=keyboard(button("Setujui", "a:1"), button("Tolak", "r:1")))
    updates(town)
    answers: list[dict[str, Any]] = []
    tap = threading.Thread(
        target=lambda: answers.append(town.person(f"users/{SARI}/press", message_id=number, button=named))
    )
    tap.start()
    (update,) = town.result("getUpdates", timeout=20)
    query = update["callback_query"]
    assert (query["data"], query["message"]["message_id"], query["from"]["id"]) == ("a:1", number, SARI)
    town.result("answerCallbackQuery", callback_query_id=query["id"], text="Disetujui", show_alert=True)
    tap.join(10)
    assert (answers[0]["answered"], answers[0]["text"], answers[0]["show_alert"]) == (True, "Disetujui", True)
    again = town.refusal("answerCallbackQuery", callback_query_id=query["id"])
    assert "query is too old" in again


def test_a_tap_that_nobody_answers_says_so(town: Town) -> None:
    number = card(town, reply_markup=keyboard(button()))
    answer = town.person(f"users/{SARI}/press", message_id=number, button="Setujui", timeout=0)
    assert (answer["answered"], answer["text"]) == (False, None)


def test_a_button_that_is_gone_can_be_tapped_on_a_stale_screen_only(town: Town) -> None:
    number = card(town, reply_markup=keyboard(button("Setujui", "a:1")))
    town.result("editMessageText", chat_id=SARI, message_id=number, text="Sudah diputus")
    press = f"{town.sandbox.url}/sandbox/telegram/users/{SARI}/press"
    tap = {"message_id": number, "button": "Setujui", "timeout": 0}
    assert town.http.post(press, json=tap).status_code == 400
    assert town.http.post(press, json=tap | {"stale": True}).status_code == 200
    assert updates(town)[-1]["callback_query"]["data"] == "a:1"


def test_waiting_ends_with_the_bots_next_word(town: Town) -> None:
    before = send(town, text="Halo")["version"]
    views: list[Any] = []
    waiting = threading.Thread(
        target=lambda: views.append(town.see(f"telegram/users/{SARI}/wait?after={before}&timeout=20"))
    )
    waiting.start()
    number = card(town, "<b>Kartu</b>", parse_mode="HTML", reply_markup=keyboard(button()))
    waiting.join(10)
    shown = views[0]["messages"][-1]
    assert (shown["message_id"], shown["text"], shown["from_bot"]) == (number, "Kartu", True)
    assert shown["entities"] == [{"type": "bold", "offset": 0, "length": 5}]
    assert shown["reply_markup"] == keyboard(button())


@pytest.mark.parametrize("change", ["editMessageText", "deleteMessage"])
def test_edits_and_deletions_by_the_bot_end_a_wait_too(town: Town, change: str) -> None:
    number = card(town)
    before = town.see(f"telegram/users/{SARI}/chat")["version"]
    assert town.see(f"telegram/users/{SARI}/wait?after={before}&timeout=0")["version"] == before
    town.result(change, chat_id=SARI, message_id=number, **({"text": "Baru"} if change == "editMessageText" else {}))
    after = town.see(f"telegram/users/{SARI}/wait?after={before}&timeout=0")
    assert after["version"] > before
    assert [message["text"] for message in after["messages"][1:]] == (["Baru"] if change == "editMessageText" else [])


def test_each_person_sees_only_their_own_chat(town: Town) -> None:
    town.start(1002, "Budi Contoh")
    card(town, "Untuk Sari")
    assert [message["text"] for message in town.see("telegram/users/1002/chat")["messages"]] == ["/start"]
    numbers = {message["message_id"] for message in see(town)}
    assert numbers.isdisjoint({m["message_id"] for m in town.see("telegram/users/1002/chat")["messages"]})


@pytest.mark.parametrize("name", ["kpu_contohselatan", "@kpu_contohselatan"])
def test_the_channel_is_read_as_the_public_reads_it(town: Town, name: str) -> None:
    town.result("sendMessage", chat_id="@kpu_contohselatan", text="Rapat")
    assert [message["text"] for message in town.see(f"telegram/channels/{name}")["messages"]] == ["Rapat"]


def test_what_is_posted_and_deleted_by_hand_moves_the_channels_numbers(town: Town) -> None:
    updates(town)
    (theirs,) = town.person("channels/kpu_contohselatan/post", text="Selamat pagi")["messages"]
    assert updates(town)[0]["channel_post"]["sender_chat"]["username"] == "kpu_contohselatan"
    ours = town.result("sendMessage", chat_id="@kpu_contohselatan", text="Rapat")["message_id"]
    assert ours == theirs["message_id"] + 1
    town.person("channels/kpu_contohselatan/delete", message_id=ours)
    assert [(entry["text"], entry["deleted"]) for entry in town.see("ledger")] == [
        ("Selamat pagi", False),
        ("Rapat", True),
    ]


def test_the_log_chat_can_be_read_by_its_number(town: Town) -> None:
    town.result("sendMessage", chat_id=LOG, text="Kepala rantai hari ini")
    assert [message["text"] for message in town.see(f"telegram/channels/{LOG}")["messages"]] == [
        "Kepala rantai hari ini"
    ]


@pytest.mark.parametrize(
    ("act", "body", "status"),
    [
        ("users/9/send", {"text": "Halo"}, 404),
        (f"users/{SARI}/dance", {}, 404),
        (f"users/{SARI}/send", {"text": "  "}, 400),
        (f"users/{SARI}/send", {"photo": {"data": "???"}}, 400),
        (f"users/{SARI}/edit", {"message_id": 999, "text": "a"}, 404),
        (f"users/{SARI}/send", ["Halo"], 400),
        (f"users/{SARI}/send", {}, 400),
        (f"users/{SARI}/edit", {"message_id": "satu"}, 400),
        (f"channels/{LOG}/post", {"text": "Halo"}, 400),
        ("channels/1001/post", {"text": "Halo"}, 404),
        ("updates/replay", {"update_id": 5}, 404),
    ],
)
def test_what_a_phone_cannot_do_is_said(town: Town, act: str, body: Any, status: int) -> None:
    answer = town.http.post(f"{town.sandbox.url}/sandbox/telegram/{act}", json=body)
    assert (answer.status_code, list(answer.json())) == (status, ["error"])


def test_nobody_can_edit_what_the_bot_wrote(town: Town) -> None:
    answer = town.http.post(
        f"{town.sandbox.url}/sandbox/telegram/users/{SARI}/edit", json={"message_id": card(town), "text": "a"}
    )
    assert answer.status_code == 400
