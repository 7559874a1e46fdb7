"""The pretend Bot API answers as the real one: what it takes, what it refuses, and what becomes public."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from bakohumas_bot.sandbox.telegram.platform import TOKEN
from telegram_town import CHANNEL_ID, LOG, SARI, Town, bomb, button, keyboard, open_town, picture, video

WHALE = "\N{SPOUTING WHALE}"  # two UTF-16 units


@pytest.fixture
def town() -> Iterator[Town]:
    with open_town() as opened:
        yield opened


@pytest.fixture
def clean(town: Town) -> Iterator[Town]:
    """A town in which the test departs from the description nowhere."""
    yield town
    assert town.violations == []


# ---- tokens, methods and forms


@pytest.mark.parametrize(
    ("path", "code", "description"),
    [
        (f"bot{TOKEN[:-1]}x/getMe", 401, "Unauthorized"),
        ("botsecret/getMe", 404, "Not Found"),
        (f"bot{TOKEN}/getMoney", 404, "Not Found: method not found"),
        (f"file/bot{TOKEN}/photos/file_99.jpg", 404, "Not Found"),
        (f"file/bot{TOKEN[:-1]}x/photos/file_0.jpg", 401, "Unauthorized"),
    ],
)
def test_wrong_tokens_and_methods_are_turned_away(town: Town, path: str, code: int, description: str) -> None:
    answer = town.http.get(f"{town.url}/{path}")
    assert (answer.status_code, answer.json()) == (
        code,
        {"ok": False, "error_code": code, "description": description},
    )


def test_a_call_may_come_as_query_form_json_or_multipart(clean: Town) -> None:
    address, words = f"{clean.url}/bot{TOKEN}/sendmessage", {"chat_id": str(LOG), "text": "Halo"}
    answers = [
        clean.http.get(address, params=words),
        clean.http.post(address, data=words),
        clean.http.post(address, json={"chat_id": LOG, "text": "Halo"}),
        clean.http.post(address, files={name: (None, value) for name, value in words.items()}),
    ]
    assert [answer.json()["result"]["text"] for answer in answers] == ["Halo"] * 4


@pytest.mark.parametrize(
    ("method", "parameters", "description", "violation"),
    [
        ("sendMessage", {"chat_id": LOG}, "message text is empty", "message text is empty"),
        ("sendMessage", {"text": "Halo"}, "chat_id is empty", "chat_id is empty"),
        ("deleteMessage", {"chat_id": LOG, "message_id": "dua"}, "invalid message_id specified", "invalid message_id"),
        ("sendMediaGroup", {"chat_id": LOG, "media": "{"}, "can't parse media JSON object", "can't parse"),
        ("sendMessage", {"chat_id": LOG, "text": "a", "entities": {"a": 1}}, "can't parse entities", "list"),
        ("sendMediaGroup", {"chat_id": LOG, "media": [{"type": "sticker", "media": "x"}]}, "can't parse", "sticker"),
        (
            "sendMessage",
            {"chat_id": LOG, "text": "a", "reply_markup": keyboard({"text": 5, "callback_data": "x"})},  # type: ignore[dict-item]
            "can't parse reply markup JSON object",
            "reply_markup.inline_keyboard[0][0].text: int where String is described",
        ),
    ],
)
def test_missing_and_mistyped_parameters_are_refused_and_recorded(
    town: Town, method: str, parameters: dict[str, Any], description: str, violation: str
) -> None:
    assert description in town.refusal(method, **parameters)
    assert any(violation in what for what in town.violations)


@pytest.mark.parametrize(
    ("body", "violation"),
    [
        ({"chat_id": LOG, "text": "Halo", "colour": "red"}, "sendMessage knows no parameter 'colour'"),
        ({"chat_id": LOG, "text": 5}, "text: int where String is described"),
        ({"chat_id": LOG, "text": "Halo", "protect_content": "true"}, "protect_content: str where Boolean"),
        (
            {"chat_id": LOG, "text": "Halo", "link_preview_options": {"disabled": True}},
            "link_preview_options: LinkPreviewOptions knows no field 'disabled'",
        ),
    ],
)
def test_what_the_server_overlooks_is_taken_but_recorded(town: Town, body: dict[str, Any], violation: str) -> None:
    assert town.http.post(f"{town.url}/bot{TOKEN}/sendMessage", json=body).json()["ok"]
    assert [violation in what for what in town.violations] == [True]


@pytest.mark.parametrize(
    ("method", "parameters", "violation"),
    [
        ("getUpdates", {"allowed_updates": ["message", "messages"]}, "no update of kind 'messages'"),
        ("getUpdates", {"limit": 101}, "limit: 101 is not 1 to 100"),
        (
            "sendMessage",
            {
                "chat_id": LOG,
                "text": "a",
                "parse_mode": "HTML",
                "entities": [{"type": "bold", "offset": 0, "length": 1}],
            },
            "instead of parse_mode",
        ),
    ],
)
def test_values_outside_the_description_are_recorded(
    town: Town, method: str, parameters: dict[str, Any], violation: str
) -> None:
    town.result(method, **parameters)
    assert [violation in what for what in town.violations] == [True]


def test_a_reply_markup_on_an_album_is_ignored_but_recorded(town: Town) -> None:
    files = {name: (f"{name}.jpg", picture()) for name in ("a", "b")}
    media = [{"type": "photo", "media": f"attach://{name}"} for name in files]
    town.result("sendMediaGroup", chat_id=LOG, media=media, reply_markup=keyboard(button()), files=files)
    assert town.violations == ["sendMediaGroup knows no parameter 'reply_markup'"]


# ---- text


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("", "message text is empty"),
        ("  \n ", "message text is empty"),
        ("<b></b>", "message text is empty"),
        ("x" * 4097, "message is too long"),
        (WHALE * 2048 + "x", "message is too long"),
        ("<b>tebal", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("a <p>x</p>", 'can\'t parse entities: Unsupported start tag "p" at byte offset 2'),
        ("é <p>x</p>", 'can\'t parse entities: Unsupported start tag "p" at byte offset 3'),
        ("1 < 2", "can't parse entities: Unclosed start tag at byte offset 2"),
        ("a</b>", "can't parse entities: Unexpected end tag at byte offset 1"),
        (
            "<b>a</i>",
            'can\'t parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
        ),
        ("<span>a</span>", 'can\'t parse entities: Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_text_that_telegram_would_not_send_is_refused(town: Town, text: str, description: str) -> None:
    assert town.refusal("sendMessage", chat_id=LOG, text=text, parse_mode="HTML") == f"Bad Request: {description}"
    assert len(town.violations) == 1


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("<b>Rapat</b> &amp; <i>kerja</i>", "Rapat & kerja", [("bold", 0, 5), ("italic", 8, 5)]),
        (f"{WHALE}<b>a</b>", f"{WHALE}a", [("bold", 2, 1)]),
        ("  <b> a </b>", "a", [("bold", 0, 1)]),
        ("<u><b>a</b>b</u>", "ab", [("underline", 0, 2), ("bold", 0, 1)]),
        ('<a href="https://kpu.go.id/?a=1&amp;b=2">tautan</a>', "tautan", [("text_link", 0, 6)]),
        ('<pre><code class="language-py">x</code></pre>', "x", [("pre", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("&lt;b&gt; &#9728; &copy;", "<b> ☀ &copy;", []),
        (
            "Buka https://kpu.go.id/a, #Pemilu",
            "Buka https://kpu.go.id/a, #Pemilu",
            [("url", 5, 19), ("hashtag", 26, 7)],
        ),
        ("<code>@kpu_ri</code> @kpu_ri", "@kpu_ri @kpu_ri", [("code", 0, 7), ("mention", 8, 7)]),
    ],
)
def test_html_becomes_plain_text_and_entities(
    clean: Town, html: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    message = clean.result("sendMessage", chat_id=LOG, text=html, parse_mode="HTML")
    assert message["text"] == text
    assert [(e["type"], e["offset"], e["length"]) for e in message.get("entities", [])] == entities


def test_a_link_keeps_its_address(clean: Town) -> None:
    html = '<a href="https://kpu.go.id/?a=1&amp;b=2">tautan</a>'
    message = clean.result("sendMessage", chat_id=LOG, text=html, parse_mode="HTML")
    assert message["entities"][0]["url"] == "https://kpu.go.id/?a=1&b=2"


@pytest.mark.parametrize("text", ["x" * 4096, WHALE * 2048, "<b>" + "x" * 4096 + "</b>", "&amp;" * 4096])
def test_only_what_people_read_counts_towards_the_limit(clean: Town, text: str) -> None:
    clean.result("sendMessage", chat_id=LOG, text=text, parse_mode="HTML")


def test_a_caption_of_1025_units_is_refused_and_one_of_1024_is_not(town: Town) -> None:
    files = {"photo": ("a.jpg", picture())}
    too_long = town.refusal("sendPhoto", chat_id=LOG, caption=WHALE * 512 + "x", files=files)
    assert too_long == "Bad Request: message caption is too long"
    assert len(town.violations) == 1
    town.result("sendPhoto", chat_id=LOG, caption=WHALE * 512, files=files)
    assert len(town.violations) == 1


@pytest.mark.parametrize(
    ("entity", "description"),
    [
        ({"type": "blink", "offset": 0, "length": 2}, "can't parse MessageEntity: Unsupported type specified"),
        ({"type": "bold", "offset": 9, "length": 2}, "entity begins after the end of the text at UTF-16 offset 9"),
        ({"type": "bold", "offset": 2, "length": 9}, "entity ends after end of text at UTF-16 offset 11"),
    ],
)
def test_entities_must_lie_inside_the_text(town: Town, entity: dict[str, Any], description: str) -> None:
    assert town.refusal("sendMessage", chat_id=LOG, text="Halo", entities=[entity]) == f"Bad Request: {description}"


@pytest.mark.parametrize(
    "body",
    [
        {"chat_id": LOG, "text": "\ud83d"},
        {"chat_id": LOG, "text": "a", "reply_markup": {"inline_keyboard": [[button(data="\ud83d")]]}},
        ["Halo"],
    ],
)
def test_what_is_no_text_is_refused(town: Town, body: Any) -> None:
    answer = town.http.post(f"{town.url}/bot{TOKEN}/sendMessage", json=body)
    assert (answer.status_code, len(town.violations)) == (400, 1)


@pytest.mark.parametrize("chat", ["--5", "@", "", "²", "9" * 40])
def test_a_chat_that_is_none_is_not_found(town: Town, chat: str) -> None:
    assert town.refusal("sendMessage", chat_id=chat, text="Halo") in {
        "Bad Request: chat not found",
        "Bad Request: chat_id is empty",
    }


# ---- keyboards


@pytest.mark.parametrize(
    ("buttons", "description"),
    [
        ([button(data="x" * 65)], "BUTTON_DATA_INVALID"),
        ([button(data="é" * 33)], "BUTTON_DATA_INVALID"),
        ([button(data="")], "BUTTON_DATA_INVALID"),
        ([button(text=" ")], "inline keyboard button text must be non-empty"),
        ([{"text": "Setujui"}], "can't parse inline keyboard button: Text buttons are unallowed"),
        ([{"text": "Buka", "url": "bukan alamat"}], "inline keyboard button URL 'bukan alamat' is invalid"),
        ([button()] * 101, "reply markup is too long"),
    ],
)
def test_buttons_that_telegram_would_not_show_are_refused(
    town: Town, buttons: list[dict[str, str]], description: str
) -> None:
    rows = [buttons[start : start + 8] for start in range(0, len(buttons), 8)]
    refused = town.refusal("sendMessage", chat_id=LOG, text="Halo", reply_markup={"inline_keyboard": rows})
    assert description in refused
    assert len(town.violations) == 1


def test_a_hundred_buttons_of_64_bytes_are_shown(clean: Town) -> None:
    rows = [[button(data="é" * 32)] * 8] * 12 + [[button()] * 4]
    message = clean.result("sendMessage", chat_id=LOG, text="Halo", reply_markup={"inline_keyboard": rows})
    assert message["reply_markup"] == {"inline_keyboard": rows}


def test_a_channel_shows_inline_keyboards_only(town: Town) -> None:
    markup = {"keyboard": [[{"text": "Ya"}]]}
    assert "inline keyboard expected" in town.refusal(
        "sendMessage", chat_id=CHANNEL_ID, text="Halo", reply_markup=markup
    )


# ---- who can be written to


def test_a_bot_cannot_write_first(town: Town) -> None:
    assert town.refusal("sendMessage", chat_id=77, text="Halo") == "Bad Request: chat not found"
    town.person("users", id=77, first_name="Budi")
    assert town.refusal("sendMessage", chat_id=77, text="Halo") == (
        "Forbidden: bot can't initiate conversation with a user"
    )
    town.person("users/77/send", text="/start")
    assert town.result("sendMessage", chat_id=77, text="Halo")["from"]["is_bot"]
    town.person("users/77/block")
    assert town.refusal("sendMessage", chat_id=77, text="Halo") == "Forbidden: bot was blocked by the user"
    assert town.violations == []


def test_a_reply_needs_its_message(clean: Town) -> None:
    first = clean.result("sendMessage", chat_id=LOG, text="Satu")["message_id"]
    reply = clean.result("sendMessage", chat_id=LOG, text="Dua", reply_parameters={"message_id": first})
    assert reply["reply_to_message"]["text"] == "Satu"
    deleted = clean.result("sendMessage", chat_id=LOG, text="Keliru")["message_id"]
    clean.result("deleteMessage", chat_id=LOG, message_id=deleted)
    gone = {"message_id": deleted}
    refused = clean.refusal("sendMessage", chat_id=LOG, text="Tiga", reply_parameters=gone)
    assert refused == "Bad Request: message to be replied not found"
    lenient = gone | {"allow_sending_without_reply": True}
    assert clean.result("sendMessage", chat_id=LOG, text="Tiga", reply_parameters=lenient)


# ---- files


@pytest.mark.parametrize(
    ("data", "description"),
    [
        (b"", "Bad Request: file must be non-empty"),
        (b"not a picture", "Bad Request: IMAGE_PROCESS_FAILED"),
        (picture(2000, 2000)[:-3000], "Bad Request: IMAGE_PROCESS_FAILED"),
        (picture(9000, 1001, "PNG"), "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (picture(2100, 100), "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (bomb(), "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (bytes(10_485_761), "Bad Request: file of size 10485761 bytes is too big for a photo"),
        (bytes(52_428_801), "Request Entity Too Large"),
    ],
    ids=["empty", "text", "truncated", "wide and high", "too long a strip", "a bomb", "over 10 MB", "over 50 MB"],
)
def test_pictures_that_telegram_cannot_show_are_refused(town: Town, data: bytes, description: str) -> None:
    assert description in town.refusal("sendPhoto", chat_id=LOG, files={"photo": ("a.jpg", data)})
    assert len(town.violations) == 1


def test_a_photo_comes_back_in_sizes_and_its_bytes_can_be_fetched(clean: Town) -> None:
    data = picture()
    photo = clean.result("sendPhoto", chat_id=LOG, files={"photo": ("a.jpg", data)})["photo"]
    assert [(size["width"], size["height"]) for size in photo] == [(90, 68), (320, 240), (640, 480)]
    for size in photo:
        file = clean.result("getFile", file_id=size["file_id"])
        fetched = clean.http.get(f"{clean.url}/file/bot{TOKEN}/{file['file_path']}").content
        assert len(fetched) == size["file_size"] == file["file_size"]
    assert fetched == data


def test_a_video_is_measured_and_what_is_no_video_becomes_a_document(clean: Town) -> None:
    message = clean.result("sendVideo", chat_id=LOG, files={"video": ("a.mp4", video())})
    assert {name: message["video"][name] for name in ("width", "height", "duration")} == {
        "width": 1280,
        "height": 720,
        "duration": 9,
    }
    assert "document" in clean.result("sendVideo", chat_id=LOG, files={"video": ("a.mp4", b"bukan video")})


def test_a_file_id_serves_in_every_chat_but_only_as_its_own_kind(clean: Town) -> None:
    sent = clean.result("sendDocument", chat_id=LOG, files={"document": ("a.pdf", b"%PDF-")})["document"]
    again = clean.result("sendDocument", chat_id=CHANNEL_ID, document=sent["file_id"])["document"]
    assert again["file_unique_id"] == sent["file_unique_id"]
    assert clean.see("ledger")[0]["media"] == [hashlib.sha256(b"%PDF-").hexdigest()]
    assert clean.refusal("sendPhoto", chat_id=LOG, photo=sent["file_id"]) == (
        "Bad Request: can't use file of type Document as Photo"
    )
    assert clean.refusal("sendPhoto", chat_id=LOG, photo="AgAC") == (
        "Bad Request: wrong file identifier/HTTP URL specified"
    )


def test_an_uploaded_file_that_nothing_refers_to_is_recorded(town: Town) -> None:
    town.result("sendMessage", chat_id=LOG, text="Halo", files={"lost": ("a.jpg", b"x")})
    assert town.violations == ["sendMessage: the file 'lost' was uploaded but nothing refers to it"]


def test_more_than_20_mb_cannot_be_fetched(clean: Town) -> None:
    files = {"document": ("a.zip", bytes(20 * 1024 * 1024 + 1))}
    sent = clean.result("sendDocument", chat_id=LOG, files=files)["document"]
    assert clean.refusal("getFile", file_id=sent["file_id"]) == "Bad Request: file is too big"


# ---- albums


def album(town: Town, chat: int, *captions: str) -> list[dict[str, Any]]:
    files = {f"f{number}": ("a.jpg", picture(100 + number)) for number in range(len(captions))}
    media = [{"type": "photo", "media": f"attach://f{n}", "caption": text} for n, text in enumerate(captions)]
    messages: list[dict[str, Any]] = town.result("sendMediaGroup", chat_id=chat, media=media, files=files)
    return messages


def test_an_album_is_several_messages_and_one_entry(clean: Town) -> None:
    messages = album(clean, CHANNEL_ID, "Rakor", "", "")
    assert len({message["media_group_id"] for message in messages}) == 1
    ids = [message["message_id"] for message in messages]
    assert ids == [2, 3, 4]
    (entry,) = clean.see("ledger")
    assert (entry["id"], entry["place"], entry["text"]) == ("2", "@kpu_contohselatan", "Rakor")
    assert entry["extra"]["message_ids"] == ids
    assert entry["media"] == [hashlib.sha256(picture(100 + number)).hexdigest() for number in range(3)]


@pytest.mark.parametrize(
    ("kinds", "description"),
    [
        (["photo"], "too few messages to send as an album"),
        (["photo"] * 11, "too many messages to send as an album"),
        (["photo", "document"], "document can't be mixed with other media types"),
    ],
)
def test_albums_of_wrong_size_or_mixture_are_refused(town: Town, kinds: list[str], description: str) -> None:
    media = [{"type": kind, "media": "attach://f"} for kind in kinds]
    refused = town.refusal("sendMediaGroup", chat_id=LOG, media=media, files={"f": ("a.jpg", picture())})
    assert refused == f"Bad Request: {description}"
    assert len(town.violations) == 1


def test_nothing_of_an_album_is_sent_when_one_part_is_refused(town: Town) -> None:
    media = [{"type": "photo", "media": "attach://a"}, {"type": "photo", "media": "attach://missing"}]
    town.refusal("sendMediaGroup", chat_id=CHANNEL_ID, media=media, files={"a": ("a.jpg", picture())})
    assert town.see("ledger") == []


# ---- what is public


def test_only_the_public_channel_is_in_the_ledger(clean: Town) -> None:
    clean.start()
    for chat in (SARI, LOG, CHANNEL_ID, "@KPU_ContohSelatan"):
        clean.result("sendMessage", chat_id=chat, text="<b>Rapat</b>", parse_mode="HTML")
    assert [(entry["platform"], entry["id"], entry["text"]) for entry in clean.see("ledger")] == [
        ("telegram", "2", "Rapat"),
        ("telegram", "3", "Rapat"),
    ]


def test_the_ledger_follows_edits_and_deletions(clean: Town) -> None:
    first, second = (message["message_id"] for message in album(clean, CHANNEL_ID, "Rakor", ""))
    clean.result("editMessageCaption", chat_id=CHANNEL_ID, message_id=first, caption="Rakor Bakohumas")
    (entry,) = clean.see("ledger")
    assert (entry["text"], entry["extra"]["edited"], entry["deleted"]) == ("Rakor Bakohumas", True, False)
    clean.result("deleteMessage", chat_id=CHANNEL_ID, message_id=first)
    assert clean.see("ledger")[0]["extra"]["message_ids"] == [second]
    clean.result("deleteMessages", chat_id=CHANNEL_ID, message_ids=[first, second])
    assert clean.see("ledger")[0]["deleted"]


def test_a_deleted_message_leaves_its_number_unused(clean: Town) -> None:
    gone = clean.result("sendMessage", chat_id=CHANNEL_ID, text="Satu")["message_id"]
    clean.result("deleteMessage", chat_id=CHANNEL_ID, message_id=gone)
    assert clean.result("sendMessage", chat_id=CHANNEL_ID, text="Dua")["message_id"] == gone + 1


def test_forwarding_to_the_log_chat_shows_what_the_channel_says(clean: Town) -> None:
    post = clean.result("sendMessage", chat_id=CHANNEL_ID, text="Rapat")
    seen = clean.result("forwardMessage", chat_id=LOG, from_chat_id=CHANNEL_ID, message_id=post["message_id"])
    assert seen["text"] == "Rapat"
    assert seen["forward_origin"] == {
        "type": "channel",
        "date": post["date"],
        "chat": post["chat"],
        "message_id": post["message_id"],
    }
    absent = clean.refusal("forwardMessage", chat_id=LOG, from_chat_id=CHANNEL_ID, message_id=9)
    assert absent == "Bad Request: message to forward not found"
    assert len(clean.see("ledger")) == 1


def test_a_copy_into_the_channel_is_public_and_has_its_own_caption(clean: Town) -> None:
    staged = clean.result("sendPhoto", chat_id=LOG, caption="Draf", files={"photo": ("a.jpg", picture())})
    copy = clean.result(
        "copyMessage", chat_id=CHANNEL_ID, from_chat_id=LOG, message_id=staged["message_id"], caption="Rakor"
    )
    assert copy == {"message_id": 2}
    assert clean.see("ledger")[0]["text"] == "Rakor"
    absent = clean.refusal("copyMessage", chat_id=LOG, from_chat_id=CHANNEL_ID, message_id=9)
    assert absent == "Bad Request: message to copy not found"


def test_protected_posts_cannot_be_forwarded(clean: Town) -> None:
    post = clean.result("sendMessage", chat_id=CHANNEL_ID, text="Rapat", protect_content=True)["message_id"]
    for method, verb in (("forwardMessage", "forwarded"), ("copyMessage", "copied")):
        refused = clean.refusal(method, chat_id=LOG, from_chat_id=CHANNEL_ID, message_id=post)
        assert refused == f"Bad Request: message can't be {verb}"


# ---- edits


def test_an_edit_that_changes_nothing_is_refused(clean: Town) -> None:
    sent = clean.result("sendMessage", chat_id=LOG, text="Halo", reply_markup=keyboard(button()))["message_id"]
    same = {"chat_id": LOG, "message_id": sent, "text": "Halo"}
    assert "message is not modified" in clean.refusal("editMessageText", **same, reply_markup=keyboard(button()))
    assert "reply_markup" not in clean.result("editMessageText", **same)
    assert "message is not modified" in clean.refusal("editMessageReplyMarkup", chat_id=LOG, message_id=sent)
    assert clean.result("editMessageText", **same, link_preview_options={"is_disabled": True})
    edited = clean.result("editMessageText", chat_id=LOG, message_id=sent, text="Halo lagi")
    assert edited["edit_date"] >= edited["date"]


def test_each_kind_of_message_is_edited_by_its_own_method(clean: Town) -> None:
    photo = clean.result("sendPhoto", chat_id=LOG, caption="a", files={"photo": ("a.jpg", picture())})["message_id"]
    text = clean.result("sendMessage", chat_id=LOG, text="a")["message_id"]
    assert clean.refusal("editMessageText", chat_id=LOG, message_id=photo, text="b") == (
        "Bad Request: there is no text in the message to edit"
    )
    assert clean.refusal("editMessageCaption", chat_id=LOG, message_id=text, caption="b") == (
        "Bad Request: there is no caption in the message to edit"
    )
    assert clean.refusal("editMessageText", chat_id=LOG, message_id=99, text="b") == (
        "Bad Request: message to edit not found"
    )
    item = {"type": "document", "media": "attach://d", "caption": "Naskah"}
    edited = clean.result(
        "editMessageMedia", chat_id=LOG, message_id=text, media=item, files={"d": ("a.pdf", b"%PDF-")}
    )
    assert (edited["document"]["file_name"], edited["caption"]) == ("a.pdf", "Naskah")


def test_an_album_of_photos_takes_no_document(clean: Town) -> None:
    first = album(clean, LOG, "", "")[0]["message_id"]
    item = {"type": "document", "media": "attach://d"}
    assert clean.refusal(
        "editMessageMedia", chat_id=LOG, message_id=first, media=item, files={"d": ("a.pdf", b"%PDF-")}
    ) == ("Bad Request: can't use the media of the specified type in the album")


def test_a_bot_edits_only_its_own_messages(clean: Town) -> None:
    theirs = clean.start()["messages"][0]["message_id"]
    assert clean.refusal("editMessageText", chat_id=SARI, message_id=theirs, text="b") == (
        "Bad Request: message can't be edited"
    )
    assert clean.result("deleteMessage", chat_id=SARI, message_id=theirs) is True
    assert clean.refusal("deleteMessage", chat_id=SARI, message_id=theirs) == (
        "Bad Request: message to delete not found"
    )


# ---- updates


def ids(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


def test_an_update_comes_again_until_its_offset_confirms_it(clean: Town) -> None:
    (first,) = clean.start()["update_ids"]
    (second,) = clean.person(f"users/{SARI}/send", text="Dua")["update_ids"]
    assert ids(clean.result("getUpdates")) == [first, second]
    assert ids(clean.result("getUpdates", limit=1)) == [first]
    assert ids(clean.result("getUpdates", offset=second)) == [second]
    assert clean.result("getUpdates", offset=second + 1) == []
    assert clean.see("telegram/updates") == {"pending": [], "confirmed": [first, second]}


def test_a_negative_offset_forgets_all_but_the_last(clean: Town) -> None:
    clean.start()
    (last,) = clean.person(f"users/{SARI}/send", text="Dua")["update_ids"]
    assert ids(clean.result("getUpdates", offset=-1)) == [last]
    assert clean.see("telegram/updates")["pending"] == [last]


def test_only_the_kinds_that_were_asked_for_arrive(clean: Town) -> None:
    clean.result("getUpdates", allowed_updates=["callback_query"])
    assert clean.start()["update_ids"] == [None]
    clean.result("getUpdates", allowed_updates=[])
    assert clean.person(f"users/{SARI}/send", text="Dua")["update_ids"] != [None]


def test_dropping_the_pending_updates_empties_the_queue(clean: Town) -> None:
    clean.start()
    assert clean.result("getWebhookInfo")["pending_update_count"] == 1
    assert clean.result("deleteWebhook", drop_pending_updates=True) is True
    assert clean.result("getUpdates") == []


def test_a_long_poll_ends_the_moment_something_happens(clean: Town) -> None:
    clean.start()
    (first,) = clean.see("telegram/updates")["pending"]
    answers: list[Any] = []
    poll = threading.Thread(target=lambda: answers.append(clean.result("getUpdates", offset=first + 1, timeout=50)))
    poll.start()
    wait_for(lambda: clean.see("telegram/updates")["pending"] == [])
    clean.person(f"users/{SARI}/send", text="Dua")
    poll.join(10)
    assert [update["message"]["text"] for update in answers[0]] == ["Dua"]


def test_a_second_poller_ends_the_first_with_a_conflict(clean: Town) -> None:
    answers: list[dict[str, Any]] = []
    address = f"{clean.url}/bot{TOKEN}/getUpdates"
    first = threading.Thread(target=lambda: answers.append(requests.get(address, {"timeout": 50}, timeout=60).json()))
    first.start()
    wait_for(lambda: clean.telegram.network.updates.polls == 1)
    assert clean.result("getUpdates") == []
    first.join(10)
    assert (answers[0]["error_code"], answers[0]["description"][:8]) == (409, "Conflict")


def test_a_confirmed_update_can_be_delivered_twice(clean: Town) -> None:
    (update,) = clean.start()["update_ids"]
    first = clean.result("getUpdates")
    clean.result("getUpdates", offset=update + 1)
    clean.person("updates/replay", update_id=update)
    assert clean.result("getUpdates", offset=update + 1) == first
    assert clean.result("getUpdates", offset=update + 1) == []


def wait_for(condition: Any) -> None:
    """The test's own patience: pytest-timeout ends it."""
    pause = threading.Event()
    while not condition():
        pause.wait(0.01)


# ---- health


def test_the_bot_sees_its_rights_in_the_channel(clean: Town) -> None:
    me = clean.result("getMe")
    assert clean.result("getChat", chat_id="@kpu_contohselatan")["id"] == CHANNEL_ID
    member = clean.result("getChatMember", chat_id=CHANNEL_ID, user_id=me["id"])
    assert (member["status"], member["can_post_messages"], member["can_delete_messages"]) == (
        "administrator",
        True,
        True,
    )
    assert clean.result("getChatAdministrators", chat_id=CHANNEL_ID) == [member]


@pytest.mark.parametrize(
    ("command", "description"),
    [("Mulai", "BOT_COMMAND_INVALID"), ("x" * 33, "BOT_COMMAND_INVALID"), ("mulai", "")],
)
def test_commands_are_kept_when_they_are_well_formed(town: Town, command: str, description: str) -> None:
    commands = [{"command": command, "description": "Mulai bekerja"}]
    answer = town.say("setMyCommands", commands=commands)
    assert answer.get("description", "").removeprefix("Bad Request: ") == description
    assert town.result("getMyCommands") == (commands if answer["ok"] else [])


# ---- faults


@pytest.mark.parametrize(
    ("mode", "code", "description"),
    [
        ("rate_limited", 429, "Too Many Requests: retry after 7"),
        ("expired_token", 401, "Unauthorized"),
        ("forbidden", 403, "Forbidden: bot was kicked from the channel chat"),
        ("rejected", 400, "Bad Request: message text is empty"),
        ("conflict", 409, "Conflict: terminated by other getUpdates request"),
    ],
)
def test_a_live_fault_strikes_the_channel_and_spares_the_desk(
    clean: Town, mode: str, code: int, description: str
) -> None:
    clean.fault("live", mode, seconds=7)
    clean.result("sendMessage", chat_id=LOG, text="Catatan")
    clean.result("sendChatAction", chat_id=CHANNEL_ID, action="typing")
    struck = clean.say("sendMessage", chat_id="@kpu_contohselatan", text="Rapat")
    assert (struck["error_code"], struck["description"][: len(description)]) == (code, description)
    assert struck.get("parameters") == ({"retry_after": 7} if code == 429 else None)
    assert clean.see("ledger") == []
    clean.result("sendMessage", chat_id=CHANNEL_ID, text="Rapat")


def test_operations_tell_the_channel_from_the_desk(clean: Town) -> None:
    post = clean.result("sendMessage", chat_id=CHANNEL_ID, text="Rapat")["message_id"]
    clean.http.post(f"{clean.url}/bot{TOKEN}/SENDMESSAGE", json={"chat_id": "@kpu_contohselatan", "text": "Dua"})
    clean.result("sendMessage", chat_id=LOG, text="Catatan")
    clean.result("deleteMessage", chat_id=CHANNEL_ID, message_id=post)
    assert clean.see("calls") == {
        "telegram sendMessage channel": 2,
        "telegram sendMessage": 1,
        "telegram deleteMessage channel": 1,
    }
    live = clean.telegram.is_live
    assert live("sendMediaGroup channel")
    assert not live("sendMediaGroup")
    assert not live("deleteMessage channel")


def test_the_sample_account_works(clean: Town) -> None:
    (account,) = clean.telegram.sample_accounts(clean.url)
    settings = account.settings
    assert settings["platform"] == "telegram_channel"
    answer = clean.http.post(
        f"{settings['api_url']}/bot{settings['token']}/sendMessage",
        data={"chat_id": settings["chat_id"], "text": "Rapat"},
    )
    assert answer.json()["ok"]
    (entry,) = clean.see("ledger")
    assert (entry["platform"], entry["place"]) == account.ledger
    assert clean.telegram.desk(clean.url) == {"token": settings["token"], "api_url": settings["api_url"]}
