"""What a person wrote is found among what their mail program wrote; in doubt more is kept rather than less."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.notices.domain.extracting import Extracted, extracted

QUOTE = "> Shall we talk on Tuesday?\n> At ten?\n"

OPENINGS = [
    "On Tue, 3 Nov 2026 at 18:02, Mira Lindqvist <reply+x@example.org> wrote:",
    "On Tue, 3 Nov 2026 at 18:02, Mira Lindqvist\n<reply+x@example.org> wrote:",
    "Am Di., 3. Nov. 2026 um 18:02 Uhr schrieb Mira Lindqvist <reply+x@example.org>:",
    "Mira Lindqvist <reply+x@example.org> schrieb am Di., 3. Nov. 2026,\n18:02:",
    "Le mar. 3 nov. 2026 à 18:02, Mira Lindqvist <reply+x@example.org> a écrit :",
    "El mar, 3 nov 2026 a las 18:02, Mira Lindqvist (<reply+x@example.org>) escribió:",
    "Il giorno mar 3 nov 2026 alle ore 18:02 Mira Lindqvist <reply+x@example.org> ha scritto:",
    "Op di 3 nov 2026 om 18:02 schreef Mira Lindqvist <reply+x@example.org>:",
    "Em ter., 3 de nov. de 2026 às 18:02, Mira Lindqvist <reply+x@example.org> escreveu:",
    "Den tis 3 nov. 2026 kl 18:02 skrev Mira Lindqvist <reply+x@example.org>:",
    "wt., 3 lis 2026 o 18:02 Mira Lindqvist <reply+x@example.org> napisał(a):",
    "вт, 3 нояб. 2026 г. в 18:02, Mira Lindqvist <reply+x@example.org>:",
    "Mira Lindqvist <reply+x@example.org> 于2026年11月3日周二 18:02写道：",
    "2026-11-03 18:02 GMT+01:00 Mira Lindqvist <reply+x@example.org>:",
]


@pytest.mark.parametrize("opening", OPENINGS)
def test_an_answer_above_the_mail_before(opening):
    text = f"Yes, Tuesday is fine.\n\nTomás\n\n{opening}\n\n{QUOTE}"
    assert extracted(text) == Extracted("Yes, Tuesday is fine.\n\nTomás", whole=False)


HEADERS = [
    "From: Mira\nSent: Tuesday, 3 November 2026 18:02\nTo: Tomás\nSubject: Mira has written to you",
    "________________________________\nVon: Mira\nGesendet: Dienstag, 3. November 2026\nAn: Tomás\nBetreff: Nachricht",
    "-----Original Message-----\nFrom: Mira\nTo: Tomás",
    "De : Mira\nEnvoyé : mardi 3 novembre 2026\nÀ : Tomás\nObjet : Message",
    "Van: Mira\nVerzonden: dinsdag 3 november 2026\nAan: Tomás\nOnderwerp: Bericht",
    "-------- Ursprüngliche Nachricht --------",
    "Begin forwarded message:",
]


@pytest.mark.parametrize("headers", HEADERS)
def test_an_answer_above_the_headers_of_the_mail_before(headers):
    text = f"Yes.\n\n{headers}\n\nShall we talk?\n"
    assert extracted(text) == Extracted("Yes.", whole=False)


@pytest.mark.parametrize(
    "below",
    [
        "-- \nTomás Rivera\nSome University",
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
        "Envoyé de mon iPhone",
        "Get Outlook for Android",
        "Enviado desde mi teléfono",
    ],
)
def test_signatures_go(below):
    assert extracted(f"Yes, fine.\n\n{below}\n") == Extracted("Yes, fine.", whole=False)


@pytest.mark.parametrize(
    "text",
    [
        "Hello Mira,\n\nI read it.\n\n- first point\n- second point\n\nTomás",
        "She wrote: it is fine.\nSo I went on.",
        "From my point of view this works.\nTo be sure, I tried twice.",
        "Sent from my desk, is much easier than my phone.",
        "One.\n\n-----\n\nTwo, below a line.",
        "```\n--\nOn 3 Nov 2026 at 18:02, a@b.c wrote:\n> quoted\n```\nThat is the code.",
        "> You asked this,\n\nand I say that.",
        "On 3 May I met her. She told me the rest.",
        "Date: Tuesday\nPlace: my office",
    ],
)
def test_what_a_person_may_have_meant_stays(text):
    assert extracted(text) == Extracted(text, whole=True)


def test_answers_between_the_lines_keep_them():
    text = f"{OPENINGS[0]}\n\n> First question?\n\nYes.\n\n> Second question?\n\nNo.\n\n> Mira\n\n-- \nTomás\n"
    assert extracted(text).words == "> First question?\n\nYes.\n\n> Second question?\n\nNo."


def test_an_answer_below_the_mail_before():
    assert extracted(f"{OPENINGS[0]}\n{QUOTE}\nYes, Tuesday.\n\n--\nTomás\n").words == "Yes, Tuesday."


def test_nothing_but_the_mail_before_is_kept_whole():
    assert extracted(QUOTE) == Extracted(QUOTE.strip(), whole=True)


@given(st.text(alphabet=st.sampled_from("ab >-_:\n12@<.")))
def test_words_are_never_invented_or_lost_altogether(text):
    found = extracted(text)
    lines = {line.strip() for line in text.splitlines()}
    assert {line.strip() for line in found.words.splitlines()} <= lines
    assert bool(found.words) == bool(text.strip()) or not text.strip("\n")
