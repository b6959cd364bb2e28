"""Real mail servers on this machine: our own port, and a mailbox of IMAP elsewhere."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from imaplib import IMAP4
from pathlib import Path
from threading import Event

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.ports import free_port
from throughline.notices.actions import answer_address
from throughline.notices.domain.answers import Refused, answer_kind
from throughline.notices.models import MailboxMark, TakenMail
from throughline.notices.ports.mailbox import REFUSED, look_into, mailbox_of
from throughline.notices.ports.smtp import Port, refusal
from throughline.notices.tests.inbound import REPORT, mail, taking_mail_in


@contextlib.contextmanager
def port(**more):
    opened = Port("127.0.0.1:0", **more)
    opened.start()
    assert opened.opened.wait(60)
    try:
        yield opened.number
    finally:
        opened.stop()


@contextlib.contextmanager
def client(number):
    with smtplib.SMTP("127.0.0.1", number, timeout=60) as server:
        yield server


@pytest.mark.django_db(transaction=True)
def test_our_port_takes_answers_and_nothing_else(mentor):
    with taking_mail_in() as arrived, port() as number:
        to = answer_address(kind="tests.answer", person=mentor, thing="7")
        for _again in range(2):
            with client(number) as server:
                assert server.sendmail("mira@example.org", [to], mail()) == {}
        (one,) = arrived
        assert (one.ids, one.raw.partition(b"\r\n\r\n")[2].strip()) == ({"thing": "7"}, b"Yes, gladly.")
        with client(number) as server:
            server.ehlo()
            assert server.mail("a@example.net")[0] == 250
            for stranger in ("somebody@example.net", "reply@reply.example.org", f"reply+{'a' * 26}@reply.example.org"):
                assert server.rcpt(stranger)[0] == 550
            assert server.rcpt(to)[0] == 250
            assert server.rcpt(to)[0] == 452
            assert server.data(mail(sender="x@evil.example", number=2))[0] == 550
            assert server.mail("a@example.net", ["SIZE=999999999"])[0] == 552
            assert server.mail("")[0] == 250
            assert server.rcpt(to)[0] == 250
            assert server.data(REPORT % (3, b"5.1.1"))[0] == 250
    assert list(TakenMail.objects.order_by("at").values_list("nature", flat=True)) == ["person", "came back"]


@pytest.mark.django_db(transaction=True)
def test_what_a_room_refuses_or_cannot_store(mentor):
    def accept(one):
        if "later" in one.subject:
            raise OSError
        raise Refused("Diese Beziehung ist beendet — Sie können dort nicht mehr schreiben. " * 12)

    with taking_mail_in(), port() as number, client(number) as server:
        answer_kind("tests.refusing", accept)
        to = answer_address(kind="tests.refusing", person=mentor)
        with pytest.raises(smtplib.SMTPDataError) as said:
            server.sendmail("mira@example.org", [to], mail())
        assert (said.value.smtp_code, said.value.smtp_error[:34]) == (550, b"5.7.1 Diese Beziehung ist beendet ")
        with pytest.raises(smtplib.SMTPDataError) as said:
            server.sendmail("mira@example.org", [to], mail(number=2).replace(b"Re: something", b"later"))
        assert said.value.smtp_code == 451
    assert TakenMail.objects.count() == 0


def test_a_refusal_is_ascii_in_short_lines():
    assert refusal("Wörter " * 100).isascii()
    assert max(len(line) for line in refusal("word " * 300).split("\r\n")) < 512
    assert refusal("a\nb") == "550 5.7.1 a b"


def test_the_port_speaks_tls_where_it_has_a_certificate(tmp_path, db):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime(2020, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=36_500))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    both = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "both.pem").write_bytes(both)
    with port(certificate=str(tmp_path / "both.pem")) as number, client(number) as server:
        server._host = "localhost"
        server.starttls(context=ssl.create_default_context(cafile=str(tmp_path / "both.pem")))
        assert server.sock.version() in ("TLSv1.2", "TLSv1.3")


@pytest.fixture
def imap():
    """A mail server of another project with one mailbox that holds four mails of other people."""
    number = free_port()
    words = ["--host", "127.0.0.1", "--port", str(number), "--no-tls", "--no-service", "managesieve"]
    words += ["--no-service", "admin", "dict", "--demo-data"]
    server = subprocess.Popen(
        [str(Path(sys.executable).with_name("pymap")), *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield number
    finally:
        server.terminate()
        server.wait(60)


def _logged_in(number):
    for _attempt in range(2400):
        with contextlib.suppress(ConnectionRefusedError):
            server = IMAP4("127.0.0.1", number, timeout=60)
            server.login("demouser", "demopass")
            return server
        Event().wait(0.05)
    raise AssertionError("the mail server did not come up")


@pytest.mark.django_db
def test_a_mailbox_elsewhere_is_looked_through_once(imap, mentor):
    with taking_mail_in() as arrived:
        to = answer_address(kind="tests.answer", person=mentor, thing="7")
        server = _logged_in(imap)
        for number, sender in ((1, "mira@example.org"), (1, "mira@example.org"), (2, "x@evil.example")):
            letter = f"To: {to}\r\n".encode() + mail(sender=sender, number=number)
            assert server.append("INBOX", "", None, letter)[0] == "OK"
        box = mailbox_of(f"imap://demouser:demopass@127.0.0.1:{imap}/INBOX")
        assert look_into(box) == 2  # the second is the first again: looked at, and not taken twice
        assert look_into(box) == 0
        assert [one.ids for one in arrived] == [{"thing": "7"}]
        server.select("INBOX")
        seen = server.uid("SEARCH", "SEEN")[1][0].split()
        numbers = server.uid("SEARCH", "ALL")[1][0].split()
        assert numbers[-3:-1] == [number for number in seen if number in numbers[-3:]]
        MailboxMark.objects.update(last=0)
        assert (look_into(box), len(arrived)) == (2, 1)
        server.logout()


@pytest.mark.parametrize("url", ["imaps://host/", "pop3://u:p@host", "imap://u:p@mail.example.org/INBOX", "x"])
def test_a_mailbox_that_cannot_be(url):
    with pytest.raises(ValueError, match="INBOUND_IMAP"):
        mailbox_of(url)


def test_a_mailbox():
    box = mailbox_of("imaps://me%40example.org:p%2Fw@mail.example.org/In%20here")
    assert (box.host, box.port, box.user, box.password, box.folder) == (
        "mail.example.org", 993, "me@example.org", "p/w", "In here",
    )  # fmt: skip
    assert REFUSED.startswith("$")
