"""What an author wrote in Markdown reads the same everywhere, and its HTML is safe to send."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bakohumas_bot.domain.markup import plain, plain_html, telegram_html, telegram_text

TABLE = [
    ("Halo", "Halo", "Halo"),
    ("Satu\ndua  \ntiga\n\n\n\nempat", "Satu\ndua\ntiga\n\nempat", "Satu\ndua\ntiga\n\nempat"),
    ("**tebal** *miring* ***dua***", "tebal miring dua", "<b>tebal</b> <i>miring</i> <i><b>dua</b></i>"),
    ("# Judul **penting**\nIsi", "Judul penting\n\nIsi", "<b>Judul penting</b>\n\nIsi"),
    ("Judul\n===\n\nIsi", "Judul\n\nIsi", "<b>Judul</b>\n\nIsi"),
    ("- satu\n- dua", "• satu\n• dua", "• satu\n• dua"),
    ("- satu\n\n- dua", "• satu\n\n• dua", "• satu\n\n• dua"),
    ("3. satu\n4. dua", "3. satu\n4. dua", "3. satu\n4. dua"),
    ("0. nol", "0. nol", "0. nol"),
    ("1. satu\n   - a\n   - b\n2. dua", "1. satu\n   • a\n   • b\n2. dua", "1. satu\n   • a\n   • b\n2. dua"),
    ("- satu\n\n  lanjut\n- dua", "• satu\n\n  lanjut\n\n• dua", "• satu\n\n  lanjut\n\n• dua"),
    ("> Kami terbuka", "“Kami terbuka”", "<blockquote>Kami terbuka</blockquote>"),
    ("> “Kami terbuka”", "“Kami terbuka”", "<blockquote>“Kami terbuka”</blockquote>"),
    ("> a\n>\n> > b", "“a\n\n“b””", "<blockquote>a\n\nb</blockquote>"),
    (">", "", ""),
    ("`a < b`", "a < b", "<code>a &lt; b</code>"),
    ("**`a`**", "a", "<code>a</code>"),
    ("```\na\n b\n```", "a\n b", "<pre>a\n b</pre>"),
    ("satu\n\n---\n\ndua", "satu\n\n———\n\ndua", "satu\n\n———\n\ndua"),
    ("[laman](https://kpu.go.id/a?b=1&c=2)",
     "laman (https://kpu.go.id/a?b=1&c=2)",
     '<a href="https://kpu.go.id/a?b=1&amp;c=2">laman</a>'),
    ("[kpu.go.id](https://kpu.go.id/)", "kpu.go.id", '<a href="https://kpu.go.id/">kpu.go.id</a>'),
    ("<https://kpu.go.id>", "https://kpu.go.id", '<a href="https://kpu.go.id">https://kpu.go.id</a>'),
    ("[](https://kpu.go.id)", "https://kpu.go.id", '<a href="https://kpu.go.id">https://kpu.go.id</a>'),
    ("[**a** `b`](https://k.id)", "a b (https://k.id)", '<a href="https://k.id"><b>a</b> b</a>'),
    ("[a](https://k.id/é)", "a (https://k.id/é)", '<a href="https://k.id/%C3%A9">a</a>'),
    ("[surat](mailto:a@kpu.go.id)", "surat (a@kpu.go.id)", "surat (a@kpu.go.id)"),
    ("[berkas](lampiran.pdf)", "berkas (lampiran.pdf)", "berkas (lampiran.pdf)"),
    ("[x](javascript:alert)", "[x](javascript:alert)", "[x](javascript:alert)"),
    ("![bagan](a.png)", "bagan", "bagan"),
    ("<b>a</b> <script>x</script>", "<b>a</b> <script>x</script>",
     "&lt;b&gt;a&lt;/b&gt; &lt;script&gt;x&lt;/script&gt;"),
    ("<div>\n*a*\n</div>", "<div>\na\n</div>", "&lt;div&gt;\n<i>a</i>\n&lt;/div&gt;"),
    ("&amp; &lt;b&gt; R&D", "& <b> R&D", "&amp; &lt;b&gt; R&amp;D"),
    (r"\*bukan\* 5*3 a_b_c", "*bukan* 5*3 a_b_c", "*bukan* 5*3 a_b_c"),
    ("~~lama~~ baru", "~~lama~~ baru", "~~lama~~ baru"),  # never "lama baru": the opposite of what was meant
    ("", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("source", "text", "html"), TABLE)
def test_markdown_reads_as_written(source: str, text: str, html: str) -> None:
    assert plain(source) == text
    assert telegram_html(source) == html


def test_plain_text_is_shown_to_the_letter() -> None:
    assert plain_html("1 < 2 & **a** <b>\n  b") == "1 &lt; 2 &amp; **a** &lt;b&gt;\n  b"


class Reader(HTMLParser):
    """Reads Telegram's HTML as strictly as Telegram: known tags only, each closed in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"b", "i", "a", "code", "pre", "blockquote"}
        assert tag not in self.open
        assert not {"code", "pre"} & set(self.open), "Telegram allows nothing inside code"
        assert all(key == "href" and re.match("(?i)(https?|tg)://", value or "") for key, value in attrs)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> str:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open
    return reader.text


PIECES = (
    "a|kata |\n|\n\n|*|**|_|`|```\n|> |- |1. |  |# |[|](|)|<|>|&|&amp;|\"|'|\\|<b>|</i>|![|---\n|\t|“|é"
    "|https://kpu.go.id|mailto:a@b.id"
)
WRITING = st.lists(st.sampled_from(PIECES.split("|")), max_size=40).map("".join) | st.text(max_size=60)


@given(WRITING)
def test_telegram_readers_read_exactly_the_text_that_is_compared(source: str) -> None:
    # An HTML parser turns a carriage return into a line feed; Markdown did so already.
    assert read(telegram_html(source)) == telegram_text(source)


@given(st.text(st.characters(exclude_characters="\r\0"), max_size=60))
def test_plain_text_survives_as_html(text: str) -> None:
    assert read(plain_html(text)) == text


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1, max_size=12), WRITING)
def test_no_word_is_lost(words: list[str], noise: str) -> None:
    source = "\n\n".join(words) + "\n\n" + noise
    assert re.findall("[a-z]+", plain(source))[: len(words)] == words


@given(st.text(alphabet=" abc,.\n", max_size=60))
def test_formatting_differs_from_plain_only_where_there_is_some(text: str) -> None:
    assert telegram_text(text) == plain(text)


@pytest.mark.parametrize("piece", ["*a ", "**a", ">", "- ", "`", "<", "[a](", "a\n", "> a\n"])
def test_long_and_tangled_writing_is_still_read(piece: str) -> None:
    source = piece * 3000 + "*" * 3000
    assert read(telegram_html(source)) == telegram_text(source)
