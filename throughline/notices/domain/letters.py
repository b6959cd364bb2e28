"""A mail as it came, read into text and files, whatever its bytes are. Reading never fails and never runs anything.

Nothing is believed: charsets that do not exist, parts within parts within parts, headers over several lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses
from html.parser import HTMLParser

MOST_PARTS = 200
LONGEST_NAME = 120


@dataclass(frozen=True)
class File:
    """name: one line without folders. media_type: what the sender says it is; look at the content yourself."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """text: the plain text, or the HTML's words with quotes marked by `> `. files: what was attached, as it came."""

    text: str
    files: tuple[File, ...]


def parsed(raw: bytes) -> Message:
    """Of a mail that is nested deeper than a parser can follow, the headers alone."""
    parser = BytesParser(policy=compat32)
    try:
        return parser.parsebytes(raw)
    except RecursionError:
        return parser.parsebytes(raw, headersonly=True)


def header(mail: Message, name: str) -> str:
    """Decoded, on one line; "" when it is not there. Bytes that mean nothing become question marks."""
    value = mail.get(name)
    if value is None:
        return ""
    try:
        text = str(make_header(decode_header(str(value))))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        text = str(value)
    return " ".join(text.encode("utf-8", "replace").decode().split())


def senders(mail: Message) -> list[str]:
    """Every address that the mail says it is from, in small letters. More than one header counts too."""
    values = [str(value) for value in mail.get_all("From", [])]
    return [address.strip().lower() for _name, address in getaddresses(values) if address]


def read(raw: bytes) -> Letter:
    plain: list[str] = []
    rich: list[str] = []
    files: list[File] = []
    for part in _leaves(parsed(raw)):
        kind, name = part.get_content_type(), _name_of(part)
        attached = str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")
        if kind == "text/plain" and not attached and not name:
            plain.append(_text_of(part))
        elif kind == "text/html" and not attached and not name:
            rich.append(_text_of(part))
        elif name or attached or not kind.startswith("multipart/"):
            content = _bytes_of(part)
            if content:
                files.append(File(name or "attachment", kind, content))
    text = "\n".join(plain) if any(piece.strip() for piece in plain) else "\n".join(map(text_of_html, rich))
    return Letter(text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", ""), tuple(files))


def text_of_html(source: str) -> str:
    reader = _Words()
    reader.feed(source)
    reader.close()
    return reader.text()


def _leaves(mail: Message) -> list[Message]:
    """Without recursion: a mail may be nested deeper than our stack. A mail within the mail is left as one file."""
    found: list[Message] = []
    waiting = [mail]
    seen = 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop()
        seen += 1
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting.extend(reversed([each for each in inner if isinstance(each, Message)]))
        else:
            found.append(part)
    return found


def _bytes_of(part: Message) -> bytes:
    inner = part.get_payload()
    if isinstance(inner, list):  # message/rfc822
        return inner[0].as_bytes() if inner and isinstance(inner[0], Message) else b""
    decoded = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else b""


def _text_of(part: Message) -> str:
    content = _bytes_of(part)
    charset = str(part.get_param("charset", "") or "utf-8")
    for name in (charset, "utf-8"):
        try:
            return _unflowed(part, content.decode(name))
        except (LookupError, UnicodeError, ValueError):
            continue
    return _unflowed(part, content.decode("cp1252", "replace"))


def _unflowed(part: Message, text: str) -> str:
    """Lines that end in a space go on in the next one where the sender says so (RFC 3676)."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    joined: list[str] = []
    gone = str(part.get_param("delsp", "")).lower() == "yes"
    for line in text.replace("\r\n", "\n").split("\n"):
        before = joined[-1] if joined else ""
        flows = before.endswith(" ") and before != "-- " and not before.startswith(">") and not line.startswith(">")
        if joined and flows and line != "-- ":
            joined[-1] = (before[:-1] if gone else before) + line.removeprefix(" ")
        else:
            joined.append(line)
    return "\n".join(joined)


def _name_of(part: Message) -> str:
    try:
        name = part.get_filename() or ""
        name = str(make_header(decode_header(name)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError, TypeError):
        name = "attachment"
    name = re.split(r"[/\\]", name)[-1]
    plain = "".join(sign for sign in name.encode("utf-8", "replace").decode() if sign.isprintable())
    return plain.strip(" .")[-LONGEST_NAME:]


_BREAKS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "table", "blockquote", "hr"}
_SILENT = {"style", "script", "head", "title", "template"}
_QUOTING = re.compile(
    r"gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra|divRplyFwdMsg|appendonsend", re.I
)
_EMPTY = {"br", "hr", "img", "meta", "link", "input", "area", "base", "col", "embed", "source", "track", "wbr"}


class _Words(HTMLParser):
    """The words of a mail's HTML. A blockquote, and what mail programs mark as the mail before, begin with `> `."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.open: list[tuple[str, bool, bool]] = []  # tag, whether it quotes, whether it is silent

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self._new_line()
        if tag in _EMPTY:
            return
        marks = " ".join(value or "" for name, value in attrs if name in ("class", "id"))
        quotes = tag == "blockquote" or (_QUOTING.search(marks) is not None and "attr" not in marks)
        if len(self.open) < 2000:
            self.open.append((tag, quotes, tag in _SILENT))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self._new_line(paragraph=tag in ("p", "blockquote"))
        for index in range(len(self.open) - 1, max(-1, len(self.open) - 50), -1):
            if self.open[index][0] == tag:
                del self.open[index:]
                return

    def handle_data(self, data: str) -> None:
        if any(silent for _tag, _quotes, silent in self.open):
            return
        if any(tag == "pre" for tag, _quotes, _silent in self.open):
            first, *more = data.split("\n")
            self.lines[-1] += first
            for line in more:
                self.lines.append(self._mark() + line)
            return
        words = re.sub(r"[ \t\r\n\xa0]+", " ", data)
        if words.strip() or self.lines[-1].strip("> "):
            begun = self.lines[-1].strip("> ")
            self.lines[-1] = (self.lines[-1] or self._mark()) + (words if begun else words.lstrip())

    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines).strip("\n")

    def _mark(self) -> str:
        return "> " if any(quotes for _tag, quotes, _silent in self.open) else ""

    def _new_line(self, *, paragraph: bool = False) -> None:
        if self.lines[-1].strip("> "):
            self.lines.append("")
        if paragraph and len(self.lines) > 1 and self.lines[-2]:
            self.lines.append("")
