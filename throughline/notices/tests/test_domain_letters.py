"""Whatever arrives is read: broken charsets, nesting without end, names that lead elsewhere."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.notices.domain.addresses import Place, place_of
from throughline.notices.domain.letters import MOST_PARTS, header, parsed, read, senders, text_of_html
from throughline.notices.domain.natures import nature_of
from throughline.notices.domain.trust import vouches


@given(st.binary(max_size=400))
def test_no_bytes_break_it(raw):
    mail = parsed(raw)
    read(raw)
    senders(mail)
    nature_of(mail, subject=header(mail, "Subject"), envelope_sender="?")
    vouches(mail, trusted="mx", sender="a@b")


HEADERS = st.sampled_from(["From", "Content-Type", "Content-Disposition", "Subject", "Authentication-Results"])
PIECES = st.sampled_from(
    [
        "=?utf-8?q?x?=",
        "=?x?b?=?=",
        "multipart/mixed; boundary=",
        'text/plain; charset="nö"',
        "a@b",
        "<",
        '"',
        ";",
        "name*=x''%ff",
        "\x00",
        " ",
    ]
)


@given(st.lists(st.tuples(HEADERS, st.lists(PIECES, max_size=4).map("".join)), max_size=5))
def test_no_headers_break_it(headers):
    raw = "".join(f"{name}: {value}\r\n" for name, value in headers).encode() + b"\r\nbody\r\n"
    mail = parsed(raw)
    assert "\n" not in header(mail, "Subject")
    read(raw)
    senders(mail)


@pytest.mark.parametrize(
    ("charset", "content", "text"),
    [
        ("utf-8", "Grüße".encode(), "Grüße"),
        ("no-such-thing", "Grüße".encode(), "Grüße"),
        ("utf-8", "Grüße".encode("cp1252"), "Grüße"),
        ("iso-2022-jp", "こんにちは".encode("iso-2022-jp"), "こんにちは"),
        ("unicode_escape", b"a", "a"),
        ("rot13", b"a", "a"),
    ],
)
def test_charsets(charset, content, text):
    raw = f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + content
    assert read(raw).text == text


def test_parts_within_parts_end_somewhere():
    depth = 3000
    raw = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(depth))
    letter = read(raw + b"Content-Type: text/plain\r\n\r\nhello\r\n")
    assert len(letter.files) <= MOST_PARTS


def test_text_and_files():
    mail = EmailMessage()
    mail.set_content("Hello\n")
    mail.add_alternative("<p>Hello</p>", subtype="html")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="../../etc/the plan.pdf")
    mail.add_attachment(b"GIF", maintype="image", subtype="gif", filename="..")
    letter = read(mail.as_bytes())
    assert letter.text == "Hello\n"
    assert [(file.name, file.media_type, file.content) for file in letter.files] == [
        ("the plan.pdf", "application/pdf", b"%PDF"),
        ("attachment", "image/gif", b"GIF"),
    ]


def test_html_alone():
    source = """<html><head><style>p {}</style></head><body><p>Yes,&nbsp;do &lt;it&gt;.</p><p>Tuesday<br>or so</p>
    <div class="gmail_quote"><div>On Monday Mira wrote:</div><blockquote>Shall I?</blockquote></div></body></html>"""
    assert text_of_html(source) == ("Yes, do <it>.\n\nTuesday\nor so\n\n> On Monday Mira wrote:\n> Shall I?")


def test_lines_that_flow_on():
    raw = (
        b"Content-Type: text/plain; format=flowed\r\n\r\nThis goes \r\non here.\r\n> quoted \r\nmine\r\n-- \r\nMira\r\n"
    )
    assert read(raw).text.splitlines() == ["This goes on here.", "> quoted ", "mine", "-- ", "Mira"]


def test_the_place_of_answers():
    assert place_of("") is None
    assert place_of("Example.org") == Place("reply", "example.org")
    assert place_of("box@example.org") == Place("box", "example.org")
    for wrong in ("a b", "x@", "@@", "a@b@c", "-a.org", "reply+x@example.org"):
        with pytest.raises(ValueError, match="INBOUND_DOMAIN"):
            place_of(wrong)
