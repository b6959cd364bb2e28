"""The lines by which mail programs introduce the mail before, in the languages that they speak.

Each test looks at lines alone; extracting.py decides what follows from them.
"""

# ruff: noqa: E501, RUF001  words in many alphabets, a line of them as long as it reads

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST_OPENING = 4  # lines over which a program breaks one opening
_LONGEST_WORDS = 400

_WROTE = re.compile(
    r"(?:\bwrote\b|\bwrites\b|\bschrieb\b|\bgeschrieben\b|\ba écrit|\bécrit\b|\bescribió|\bha scritto|\bscritto\b|\bscrisse\b|"
    r"\bschreef\b|\bgeschreven\b|\bskrev\b|\bskrifaði|\bkirjoitti|\bnapisał|\bnapsal|\bnapísal|\bnapisao|\bnapisal|\bírta\b|"
    r"\bescreveu|\ba scris\b|\byazdı|\bπαρέγραψε|\bέγραψε|\bнаписал|\bнаписа|\bпише|\bпишет|\bписал|\bviết|\bmenulis|\brašė|"
    r"\bkirjutas|\brakstīja|写道|寫道|寫到|写到|书写|書寫|さんは書きました|のメッセージ|のメール|작성|님이|כתב|كتب)",
    re.IGNORECASE,
)
_OPENER = re.compile(
    r"\s*[-–—*]*\s*(?:on|am|le|el|il|op|den|em|dne|dňa|w dniu|v|у|в|on|kl\.|din|ngày|pada|în|dana|tarihinde|в|las|ma|a|at|"
    r"(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim|mié|jue|vie|sáb|dom|gio|seg|ter|qua|qui|sex|ons|tis|tors|fre|"
    r"lör|sön|lør|søn|ma|di|wo|do|vr|za|zo|pon|wt|śr|czw|pt|sob|niedz|пн|вт|ср|чт|пт|сб|вс)\b[.,]?|在|于|於|\d)",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,2}[:.h]\d{2}|\b(?:19|20)\d{2}\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d\s*[年월月]")
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+|\bmailto:|<\s*https?:")
_DATED_FIRST = re.compile(
    r"\s*(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.? \w+\.? \d{4})\b"
)

_FROM = "from|von|de|da|van|från|fra|od|от|від|kimden|lähettäjä|feladó|de la|från|发件人|寄件者|寄件人|差出人|보낸 사람|από|expéditeur"
_OTHERS = (
    "sent|date|to|cc|bcc|subject|reply-to|gesendet|datum|an|betreff|kopie|envoyé|à|objet|date|répondre à|enviado(?: el)?|"
    "fecha|para|asunto|inviato|data|a|oggetto|risposta|verzonden|aan|onderwerp|skickat|till|ämne|sendt|dato|til|emne|wysłano|"
    "do|temat|odesláno|komu|předmět|predmet|poslané|отправлено|дата|кому|копия|тема|надіслано|gönderme tarihi|tarih|kime|konu|"
    "lähetetty|vastaanottaja|aihe|päiväys|elküldve|címzett|tárgy|trimis|către|subiect|assunto|enviada(?: em)?|发送时间|日期|收件人|"
    "抄送|主题|寄件日期|收件者|主旨|送信日時|宛先|件名|보낸 날짜|받는 사람|제목|importance|priority|organization"
)
_HEADER = re.compile(rf"\s*>?\s*\*?\s*(?P<name>{_FROM}|{_OTHERS})\s*\*?\s*[:：]\s*\*?", re.IGNORECASE)
_FROM_HEADER = re.compile(rf"\s*>?\s*\*?\s*(?:{_FROM})\s*\*?\s*[:：]", re.IGNORECASE)

_ORIGINAL = re.compile(
    r"\s*>?\s*[-_*–—]{2,}\s*(?:original (?:message|appointment)|reply message|forwarded (?:message|by)|(?:ursprüngliche|original-?) ?"
    r"nachricht|weitergeleitete nachricht|message (?:d'origine|original|transféré)|mensaje (?:original|reenviado)|messaggio "
    r"(?:originale|inoltrato)|mensagem (?:original|encaminhada)|oorspronkelijk bericht|doorgestuurd bericht|ursprungligt "
    r"meddelande|originalmeddelande|vidarebefordrat meddelande|(?:oprindelig|opprinnelig|original) (?:meddelelse|melding)|"
    r"videresendt (?:meddelelse|melding)|alkuperäinen viesti|(?:wiadomość oryginalna|oryginalna wiadomość)|przekazana "
    r"wiadomość|původní zpráva|исходное сообщение|пересылаемое сообщение|orijinal mesaj|eredeti üzenet|mesaj original|原始邮件|"
    r"原始郵件|转发邮件|元のメッセージ|원본 메시지)\s*[-_*–—]{0,}.*",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"\s*(?:begin forwarded message|anfang der weitergeleiteten (?:e-?mail|nachricht)|début du message (?:réexpédié|transféré)|"
    r"inicio del mensaje reenviado|inizio messaggio inoltrato|begin doorgestuurd bericht|vidarebefordrat brev|início da mensagem "
    r"reencaminhada|начало переадресованного сообщения)\s*[:：]\s*$",
    re.IGNORECASE,
)
RULE = re.compile(r"\s*[_\-=*─━]{5,}\s*$")
QUOTED = re.compile(r"\s{0,3}[>|](?!\|)")
FENCE = re.compile(r"\s{0,3}(?:```|~~~)")


def opening_at(lines: Sequence[str], index: int) -> int:
    """How many lines from here say who wrote the mail before, and when; 0 when they do not.

    A line that begins as openings do is preferred to the last words of a paragraph right above it.
    """
    count = _opening_from(lines, index)
    if count and not _OPENER.match(lines[index]):
        later = [at for at in range(index + 1, index + count) if _OPENER.match(lines[at])]
        if any(_opening_from(lines, at) == index + count - at for at in later):
            return 0
    return count


def _opening_from(lines: Sequence[str], index: int) -> int:
    if not lines[index].strip() or len(lines[index]) > _LONGEST_WORDS:
        return 0
    words = ""
    for count in range(1, 2 * LONGEST_OPENING + 1):
        if index + count > len(lines):
            return 0
        words = f"{words} {lines[index + count - 1].strip().lstrip('> ')}".strip()
        if len(words) > _LONGEST_WORDS:
            return 0
        if _is_opening(words, _next_line(lines, index + count)):
            return count
        blank = not lines[index + count - 1].strip()
        if blank and not (count < 2 * LONGEST_OPENING and _goes_on(lines, index + count)):
            return 0
        if _filled(lines[index : index + count]) > LONGEST_OPENING:
            return 0
    return 0


def headers_at(lines: Sequence[str], index: int) -> int:
    """How many lines from here are the headers of the mail before: three of them, or two after a rule; 0 else."""
    start = index
    ruled = RULE.match(lines[start]) is not None or _ORIGINAL.match(lines[start]) is not None
    while start < len(lines) and (
        not lines[start].strip() or RULE.match(lines[start]) or _ORIGINAL.match(lines[start])
    ):
        if start - index > 3:
            return 0
        start += 1
    if start < len(lines) and start > index and not ruled:
        return 0
    names = set()
    sender = False
    at = start
    while at < len(lines) and at - start < 14:
        found = _HEADER.match(lines[at])
        if found:
            names.add(found["name"].lower())
            sender = sender or _FROM_HEADER.match(lines[at]) is not None
        elif lines[at].strip() or not _header_follows(lines, at):
            break
        at += 1
    enough = sender and (len(names) >= 3 or (ruled and len(names) >= 2))
    return at - index if enough else 0


def is_original(line: str) -> bool:
    return _ORIGINAL.match(line) is not None or _FORWARDED.match(line) is not None


def _is_opening(words: str, following: str) -> bool:
    ends = words.rstrip("-–—_* ").rstrip()
    closed = ends.endswith((":", "：")) or ends != words.rstrip()
    quoted = QUOTED.match(following) is not None
    if _DATE.search(words) and _WROTE.search(words):
        ended = closed or (quoted and _WROTE.search(words[-40:]) is not None)
        known = _OPENER.match(words) or _ADDRESS.search(words) or quoted
        return bool(ended and known)
    if _WROTE.search(words[-40:]) and closed and (_ADDRESS.search(words) or (quoted and len(words) < 100)):
        return True
    if quoted and _OPENER.match(words) and _DATE.search(words) and ends.endswith(">:"):
        return True
    return bool(_DATED_FIRST.match(words) and _ADDRESS.search(words) and (ends.endswith(":") or quoted))


def _goes_on(lines: Sequence[str], index: int) -> bool:
    """A program may break its opening with an empty line before the address."""
    return index < len(lines) and lines[index].strip().startswith(("<", "mailto:"))


def _filled(lines: Sequence[str]) -> int:
    return sum(1 for line in lines if len(line.strip()) > 2)


def _next_line(lines: Sequence[str], index: int) -> str:
    return next((line for line in lines[index : index + 3] if line.strip()), "")


def _header_follows(lines: Sequence[str], index: int) -> bool:
    return index + 1 < len(lines) and _HEADER.match(lines[index + 1]) is not None
