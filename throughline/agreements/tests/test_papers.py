"""A signed version as a PDF: exactly what was signed, in any script, and a changed byte is found."""

from __future__ import annotations

import json
import re
import zlib
from datetime import UTC, datetime
from functools import partial

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from throughline.agreements.actions import NotInForceError, make_paper, renew_signing_key, save_part
from throughline.agreements.actions.papers import TEMPLATE
from throughline.agreements.domain.terms import Objective, Objectives
from throughline.agreements.models import Paper, SigningKey, Version
from throughline.agreements.queries.verifying import known_keys, verdict_on
from throughline.agreements.tests.conftest import sign
from throughline.config.verify import verify
from throughline.foundation.encryption.signing import as_pem, is_signed_by, new_signing_key, public_keys_in
from throughline.foundation.encryption.signing import sign as sign_bytes
from throughline.foundation.encryption.vouched import Fault, FaultyFileError, vouch_for, vouching_of
from throughline.foundation.paper import typeset

AT = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
SCRIPTS = (
    "Ägypten Łódź Привет Ελλάδα שלום עולם مرحبا بالعالم नमस्ते สวัสดี "
    "你好，世界 日本語のかな 안녕하세요 👩🏽‍💻 \U00012000 #eval *x* $y$"
)


def page(text):
    run = {"text": text, "marks": ["strong", "emph", "strike", "code"]}
    kinds = ("p", "h", "quote", "ul", "ol", "rule")
    blocks = [{"kind": kind, "depth": 1, "number": 1, "direction": "rtl", "runs": [run]} for kind in kinds]
    return {
        "language": "en", "title": text or "-", "names": [text], "between": text, "standing": text,
        "sections": [{"title": text, "sentences": [{"text": text, "direction": "ltr"}]}],
        "prose_title": text, "prose": blocks, "signatures_title": text, "proof_title": text, "proof": [text],
        "signatures": [{"name": text, "when": text, "proof": text}],
        "missing_words": "%n are missing", "footer": text, "page": text,
    }  # fmt: skip


def streams(pdf):
    """Every stream of a PDF, unpacked."""
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            yield zlib.decompress(found[1])
        except zlib.error:
            yield found[1]


@pytest.fixture
def paper(draft, mentor, mentee):
    words = Objectives((Objective(SCRIPTS, "Three plannings without help"),))
    save_part(by=mentor, relationship=draft, part=words, stamp=1)
    with time_machine.travel(AT, tick=False):
        sign(mentor, draft)
        sign(mentee, draft)
    return make_paper(by=mentor, relationship_id=draft.pk, number=1)


def test_it_is_made_once_and_holds_exactly_what_was_signed(paper, draft, mentee):
    again = make_paper(by=mentee, relationship_id=draft.pk, number=1)
    assert (again.pk, Paper.objects.count(), SigningKey.objects.count()) == (paper.pk, 1, 1)
    version = Version.objects.get()
    within = list(streams(paper.content))
    assert version.content.encode() in within
    (signatures,) = [json.loads(each) for each in within if each.startswith(b'{"digest"')]
    assert signatures["digest"] == version.digest
    assert [row["zone"] for row in signatures["signatures"]] == ["Europe/Berlin", "America/Los_Angeles"]
    assert vouching_of(paper.content)["fingerprint"] == version.digest


def test_it_says_that_it_is_pdf_a_3_and_brings_its_fonts(paper):
    """What can be told without a validator: the claim, the attachments' relation, every font embedded, one date."""
    content = paper.content
    claim = b"".join(each for each in streams(content) if b"pdfaid" in each)
    assert re.search(rb"pdfaid:part>3<", claim)
    assert re.search(rb"pdfaid:conformance>B<", claim)
    assert content.count(b"/AFRelationship/Source") == 2
    fonts = len(re.findall(rb"/Type/FontDescriptor", content))
    assert fonts >= 5
    assert len(re.findall(rb"/FontFile[23]? \d+ 0 R", content)) == fonts
    assert b"/Encrypt" not in content
    assert b"2026-11-22T18:30:00" in claim


def test_the_same_version_makes_the_same_bytes(paper, draft, mentor):
    Paper.objects.all().delete()
    assert make_paper(by=mentor, relationship_id=draft.pk, number=1).sha256 == paper.sha256


def test_what_nobody_has_signed_becomes_no_file(draft, mentor):
    sign(mentor, draft)
    with pytest.raises(NotInForceError):
        make_paper(by=mentor, relationship_id=draft.pk, number=1)


def test_old_keys_verify_after_a_new_one_was_made(paper, draft):
    renewed = renew_signing_key()
    assert SigningKey.objects.filter(retired_at=None).get() == renewed
    assert verdict_on(paper.content, known_keys()).good
    signature = bytes.fromhex(paper.signature)
    assert is_signed_by(bytes(paper.key.public), signature, paper.content)
    assert verdict_on(paper.content, known_keys(), signature).good
    assert not verdict_on(paper.content, known_keys(), bytes(64)).good


def test_the_page_checks_a_file_without_an_account(client, paper):
    def ask(content, **more):
        return client.post(reverse("agreements:verify"), {"file": SimpleUploadedFile("x.pdf", content), **more})

    assert "Not one byte was changed." in ask(paper.content).content.decode()
    changed = bytearray(paper.content)
    changed[2000] ^= 1
    assert "was changed after it was made" in ask(bytes(changed)).content.decode()
    assert "cut off" in ask(paper.content[:-200]).content.decode()
    assert "is not a PDF" in ask(b"hello").content.decode()
    assert "carries no signature" in ask(b"%PDF-1.7\n%%EOF").content.decode()
    assert "64 bytes" in ask(paper.content, signature=SimpleUploadedFile("s", b"x")).content.decode()
    assert client.post(reverse("agreements:verify")).status_code == 422
    assert public_keys_in(client.get(reverse("agreements:keys")).content.decode()) == known_keys()


def test_both_download_it_and_a_stranger_finds_nothing(client, paper, draft, mentee, stranger):
    address = reverse("agreements:paper", args=[draft.pk, 1])
    client.force_login(mentee)
    answer = client.get(address)
    assert (answer.content, answer["Content-Type"]) == (paper.content, "application/pdf")
    assert client.get(address + "signature/").content == bytes.fromhex(paper.signature)
    assert client.post(address).url == address
    assert client.get(reverse("agreements:paper", args=[draft.pk, 7])).status_code == 404
    assert client.post(reverse("agreements:paper", args=[draft.pk, 7])).status_code == 404
    client.force_login(stranger)
    assert {client.get(address).status_code, client.post(address).status_code} == {404}


def test_the_command_line_checks_a_file_with_public_keys_alone(paper, tmp_path, capsys):
    file, keys, sig = tmp_path / "a.pdf", tmp_path / "keys.pem", tmp_path / "a.sig"
    file.write_bytes(paper.content)
    keys.write_text("".join(map(as_pem, known_keys())))
    sig.write_bytes(bytes.fromhex(paper.signature))
    SigningKey.objects.update(name="gone")
    assert verify([str(file), "--keys", str(keys), "--signature", str(sig)]) == 0
    assert "Not one byte was changed." in capsys.readouterr().out
    keys.write_text(as_pem(new_signing_key().public))
    assert verify([str(file), "--keys", str(keys)]) == 1
    assert "not known here" in capsys.readouterr().out
    keys.write_text("nothing")
    assert (verify([str(file), "--keys", str(keys)]), verify([str(tmp_path / "none")])) == (2, 2)
    file.write_bytes(paper.content[:3000])
    assert verify([str(file)]) == 1


@pytest.fixture(scope="module")
def vouched():
    key = new_signing_key()
    body = typeset(TEMPLATE, page("A short page."), {"agreement.json": "{}"}, AT)
    return vouch_for(body, {"document": "agreement"}, key.public, partial(sign_bytes, key.public, key.wrapped)), key


@given(st.data())
def test_any_changed_byte_is_found(vouched, data):
    file, _key = vouched
    place = data.draw(st.one_of(st.integers(0, len(file) - 1), st.integers(len(file) - 1500, len(file) - 1)))
    changed = bytearray(file)
    changed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(FaultyFileError):
        vouching_of(bytes(changed))


@given(st.data())
def test_what_is_cut_off_or_added_is_found(vouched, data):
    file, _key = vouched
    with pytest.raises(FaultyFileError):
        vouching_of(file[: data.draw(st.integers(0, len(file) - 1))])
    with pytest.raises(FaultyFileError):
        vouching_of(file + data.draw(st.binary(min_size=1, max_size=40)))


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_get_a_sentence(tail, mark):
    inner = b"1 0 obj\n<</Type/ThroughlineVouching/Length 9>>stream\n" if mark else b""
    for file in (tail, b"%PDF-1.7\n" + inner + tail, b"%PDF-1.7\n" + inner + tail + b"%%EOF"):
        verdict = verdict_on(file, [])
        assert (verdict.good, bool(verdict.sentence), bool(verdict.next)) == (False, True, True)


def test_a_forged_signature_is_called_that(vouched):
    file, key = vouched
    other = new_signing_key()
    body = file[: file.rfind(b"%%EOF", 0, -10) + 5]
    forged = vouch_for(body, {}, key.public, partial(sign_bytes, other.public, other.wrapped))
    with pytest.raises(FaultyFileError) as found:
        vouching_of(forged)
    assert found.value.fault is Fault.FORGED


@given(st.text(max_size=60))
def test_any_text_can_be_set(text):
    assert typeset(TEMPLATE, page(text), {"agreement.json": text.encode("utf-8", "replace").decode()}, AT)
