"""What stands below somebody's words and is not meant: signatures after a delimiter, and what telephones add."""

# ruff: noqa: E501, RUF001  words in many alphabets, a line of them as long as it reads

from __future__ import annotations

import re
from collections.abc import Sequence

MOST_LINES = 15
MOST_LETTERS = 800

_DELIMITER = re.compile(r"\s*(?:--|—|–|––|__|\*\*)\s*$")
_DEVICE = re.compile(
    r"[\s<(*_]*(?:"
    r"sent (?:from|via|with|by|using)\b|from my (?:iphone|ipad|android|phone|mobile|samsung|blackberry)|someone from mobile|"
    r"get \[?outlook for|(?:von|aus) mein\w* .{0,60}(?:gesendet|geschickt)|gesendet (?:von|mit|aus)|diese nachricht wurde von mein|"
    r"mit .{0,40}gesendet$|holen sie sich outlook|envoyé (?:depuis|de|à partir|avec)|télécharge[zr] outlook|enviado (?:desde|con|do|de)|"
    r"obtener outlook|obtenha o outlook|inviato (?:da|dal|dallo|con)|scarica outlook|verzonden (?:vanaf|met|via|van|vanuit)|"
    r"verstuurd (?:vanaf|via|met)|skickat från|skickad från|skickat med|sendt fra|sendt med|lähetetty|wysłan[eo] z|"
    r"odesláno z|odoslané z|отправлено (?:с|из)|надіслано з|iphone'?(?:'?u|d)?m?dan gönderildi|gönderildi|elküldve|trimis de pe|"
    r"從我的|从我的|发自我的|發自我的|來自我的|来自我的|傳送自|iphoneから送信|나의 iphone에서|내 iphone)",
    re.IGNORECASE,
)
_LONGEST_DEVICE = 110
_SENTENCE = re.compile(r"[.!?;,]\s+\S.*[,.]\s*\S|,\s+(?:is|and|but|which|so|because|und|mais|pero|ma)\b", re.IGNORECASE)
_NOTE = re.compile(r"(?:please )?(?:excuse|forgive|pardon)|typo|brevity", re.IGNORECASE)


def without_signature(lines: Sequence[str], *, answered: bool = True) -> list[str]:
    """What follows a delimiter goes when it is short enough to be one; lines of telephones go from the end.

    answered: False where the person's words stand elsewhere, so that all of these lines may be a signature.
    """
    kept = _without_devices(list(lines))
    for index, line in enumerate(kept):
        below = kept[index + 1 :]
        short = len(below) <= MOST_LINES and sum(map(len, below)) <= MOST_LETTERS
        if _DELIMITER.match(line) and short and (not answered or any(each.strip() for each in kept[:index])):
            return _without_devices(kept[:index])
    return kept


def _without_devices(lines: list[str]) -> list[str]:
    kept = _trimmed(lines)
    while len(kept) > 1 and is_of_a_device(kept[-1]):
        kept = _trimmed(kept[:-1])
    return kept


def is_of_a_device(line: str) -> bool:
    words = line.strip()
    if not words or len(words) > _LONGEST_DEVICE or not _DEVICE.match(words):
        return False
    return _NOTE.search(words) is not None or not _SENTENCE.search(words)


def _trimmed(lines: list[str]) -> list[str]:
    kept = list(lines)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept
