"""News come at the right time, by the ways that a person chose, and what was held back comes once."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import http_ece
import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec
from django.core import mail
from django.db import connections

from throughline.foundation import outside
from throughline.foundation.environment import ENV
from throughline.foundation.jobs.runner import run_ready
from throughline.foundation.outside import Answer
from throughline.notices import actions
from throughline.notices.channels import push, webhook
from throughline.notices.channels.webhook import signature
from throughline.notices.domain import kinds
from throughline.notices.domain.kinds import NoticeKind, register_kind
from throughline.notices.domain.pushing import CURVE, public_bytes, to_text
from throughline.notices.domain.topics import Rhythm, Topic, Way
from throughline.notices.models import Delivery, Notice, Target, Wish
from throughline.notices.stopping import stop_address

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)  # Tuesday, 13:00 in Berlin


@pytest.fixture
def clock_at_noon(transactional_db, monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    template = "notices/tests_plain.txt"
    from django.template import engines
    from jinja2 import ChoiceLoader, DictLoader

    environment = engines["jinja2"].env
    both = ChoiceLoader([DictLoader({template: "Tomás has news\nLook here: {{ link }}\n"}), environment.loader])
    monkeypatch.setattr(environment, "loader", both)
    from throughline.notices import words

    words._plain.cache_clear()
    register_kind(NoticeKind("tests.news", template, agreed=True, topic=Topic.MESSAGES))
    register_kind(NoticeKind("tests.now", template, agreed=True, urgent=True, topic=Topic.MEETINGS))
    register_kind(NoticeKind("tests.needed", template, agreed=True, topic=Topic.NECESSARY))
    with time_machine.travel(NOON, tick=False) as moving:
        yield moving
    words._plain.cache_clear()


def told(person, kind="tests.news"):
    return actions.notify(kind=kind, recipient=person, address="/")


def mailed(moving=None, **length):
    if moving:
        moving.shift(timedelta(**length))
    run_ready()
    sent, mail.outbox[:] = [each.subject for each in mail.outbox], []
    return sent


def test_in_the_morning_together_and_once(clock_at_noon, mentor):
    actions.choose_rhythm(by=mentor, rhythm=Rhythm.MORNING, working_days_only=False, words=False)
    for _each in range(3):
        told(mentor)
    assert mailed() == []
    assert mailed(told(mentor, "tests.now") and None) == ["Tomás has news"]
    assert mailed(told(mentor, "tests.needed") and None) == ["Tomás has news"]
    assert mailed(clock_at_noon, hours=19) == []
    assert mailed(clock_at_noon, hours=1, minutes=1) == ["3 pieces of news for you"]
    assert mailed(clock_at_noon, days=1) == []
    assert Notice.objects.filter(sent_at=None).count() == 0


def test_peace_holds_everything_and_loses_nothing(clock_at_noon, mentor):
    actions.rest_until(by=mentor, until=NOON + timedelta(hours=4))
    told(mentor)
    told(mentor, "tests.now")
    assert mailed(clock_at_noon, hours=3) == []
    assert mailed(clock_at_noon, hours=1) == ["Tomás has news"] * 2
    actions.rest_until(by=mentor, until=NOON + timedelta(days=9))
    told(mentor)
    assert mailed() == []
    actions.rest_until(by=mentor, until=None)
    assert mailed() == ["Tomás has news"]


def test_a_worker_that_dies_in_between_and_two_at_once(clock_at_noon, mentor):
    notice = told(mentor)
    Notice.objects.update(claimed_at=NOON)  # another worker has it, and is gone
    assert mailed() == []
    assert mailed(clock_at_noon, minutes=3) == ["Tomás has news"]
    again = told(mentor)
    mailed_by = [threading.Thread(target=_send, args=[again.pk]) for _each in range(2)]
    for thread in mailed_by:
        thread.start()
    for thread in mailed_by:
        thread.join()
    assert mailed(clock_at_noon, minutes=3) == ["Tomás has news"]
    notice.refresh_from_db()
    assert notice.sent_at is not None


def _send(notice_id):
    try:
        actions.send_notice(notice_id=notice_id)
    finally:
        connections.close_all()


def test_no_mail_of_a_kind_by_one_click_from_a_mail_program(clock_at_noon, client, mentor):
    told(mentor)
    run_ready()
    (sent,) = mail.outbox
    address = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = address.removeprefix(ENV.origin)
    assert client.get(path).status_code == 200
    assert Wish.objects.count() == 0
    for _again in range(2):
        assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Wish.objects.get().wanted is False
    mail.outbox.clear()
    told(mentor)
    told(mentor, "tests.now")
    assert mailed() == ["Tomás has news"]
    assert client.post(stop_address(mentor.pk, Topic.MESSAGES).removeprefix(ENV.origin)[:-3] + "/").status_code == 404


class Service(BaseHTTPRequestHandler):
    """What a push service, or a chat, answers."""

    status = 201
    heard: list[tuple[dict[str, str], bytes]] = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append((dict(self.headers), body))
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words):
        pass


@pytest.fixture
def service(monkeypatch):
    """A server on this machine, which this installation may reach."""
    from dataclasses import replace
    from ipaddress import ip_network

    from throughline.foundation.outside import fetching
    from throughline.notices.actions import targets

    here = replace(ENV, reachable_networks=(ip_network("127.0.0.0/8"),))
    for module in (fetching, targets):
        monkeypatch.setattr(module, "ENV", here)
    monkeypatch.setattr(Service, "heard", [])
    server = HTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_push_that_only_the_browser_can_read(clock_at_noon, service, mentor, monkeypatch):
    browser, secret = ec.generate_private_key(CURVE), b"0123456789abcdef"
    words = {"endpoint": f"{service}/push/1", "p256dh": to_text(public_bytes(browser)), "auth": to_text(secret)}
    for _again in range(2):
        actions.add_push(by=mentor, **words, label="Chrome, Linux")
    assert b"/push/1" not in repr(list(Target.objects.values())).encode()
    notice = told(mentor)
    run_ready()
    ((headers, body),) = Service.heard
    read = json.loads(http_ece.decrypt(body, private_key=browser, auth_secret=secret, version="aes128gcm"))
    assert read == {"title": "Tomás has news", "url": f"{ENV.origin}/", "tag": str(notice.pk)}
    assert b"news" not in body
    assert headers["Authorization"].startswith("vapid t=")
    assert headers["Authorization"].endswith(f"k={push.public_key()}")
    assert Delivery.objects.get().done_at == NOON
    monkeypatch.setattr(Service, "status", 410)
    told(mentor)
    run_ready()
    assert Target.objects.count() == 0


def test_a_webhook_that_says_who_and_proves_that_it_is_us(clock_at_noon, service, mentor, monkeypatch):
    _target, secret = actions.add_webhook(by=mentor, address=f"{service}/hook", shape="plain", label="")
    actions.wish(by=mentor, topic=Topic.MESSAGES, way=Way.MAIL, wanted=False)
    told(mentor)
    assert mailed() == []
    ((headers, body),) = Service.heard
    assert headers["Throughline-Signature"] == signature(secret, int(NOON.timestamp()), body)
    assert json.loads(body)["title"] == "Tomás has news"
    monkeypatch.setattr(Service, "status", 503)
    told(mentor)
    run_ready()
    assert Target.objects.get().failed_at == NOON
    monkeypatch.setattr(Service, "status", 200)
    mailed(clock_at_noon, minutes=10)
    assert (Target.objects.get().failed_at, Delivery.objects.filter(done_at=None).count()) == (None, 0)


@pytest.mark.parametrize("shape", ["slack", "teams"])
def test_chats_get_words_that_mean_nothing_else_there(shape, monkeypatch):
    from throughline.foundation.ids import new_id
    from throughline.notices.channels.ring import News

    heard = []
    monkeypatch.setattr(webhook, "fetch", lambda url, **more: heard.append(more["body"]) or Answer(200, b"", url))
    news = News(
        new_id(), "a.b", "<!channel> *Tomás* & [x](http://y) has news", "https://here.example/", NOON, urgent=False
    )
    webhook.Webhook().send({"address": "https://chat.example/x", "shape": shape, "secret": ""}, news)
    (body,) = heard
    assert b"<!channel>" not in body or shape == "teams"
    assert b"https://here.example/" in body
    if shape == "teams":
        assert b"[x](" not in body


def test_a_webhook_never_leads_into_our_own_network(clock_at_noon, mentor):
    with pytest.raises(actions.CannotReachError):
        actions.add_webhook(by=mentor, address="http://example.org/", shape="slack", label="")
    actions.add_webhook(by=mentor, address="https://127.0.0.1:8443/", shape="slack", label="")
    told(mentor)
    run_ready()
    assert Target.objects.get().failed_at == NOON
    assert issubclass(outside.NotAllowedError, outside.OutsideError)


@pytest.mark.django_db
def test_the_page(client, mentor, stranger, django_assert_num_queries):
    client.force_login(mentor)
    assert "reach you" in client.get("/reach/").content.decode()
    client.post("/reach/", {"rhythm": "morning", "words": "on"})
    assert client.post("/reach/", {"rhythm": "nonsense"}).status_code == 422
    client.post("/reach/wishes/", {"messages.mail.shown": "1"})
    assert "would not reach you" in client.get("/reach/").content.decode()
    client.post("/reach/rest/", {"length": "4"})
    assert "Nothing reaches you until" in client.get("/reach/").content.decode()
    client.post("/reach/rest/end/")
    assert client.post("/reach/rest/", {"length": "x"}).status_code == 404
    answer = client.post("/reach/webhooks/", {"shape": "slack", "address": "http://example.org/", "label": ""})
    assert (answer.status_code, "begins with https" in answer.content.decode()) == (422, True)
    client.post("/reach/webhooks/", {"shape": "plain", "address": "https://example.org/", "label": "Mine"})
    assert "Its secret" in client.get("/reach/").content.decode()
    assert client.post("/reach/devices/", {"endpoint": "x"}).status_code == 422
    target = Target.objects.get()
    client.force_login(stranger)
    client.post(f"/reach/{target.pk}/remove/")
    assert Target.objects.count() == 1
    client.force_login(mentor)
    client.post(f"/reach/{target.pk}/remove/")
    assert Target.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3, 12])
def test_the_page_takes_a_fixed_number_of_queries(client, mentor, django_assert_num_queries, count):
    for number in range(count):
        actions.add_webhook(by=mentor, address=f"https://example.org/{number}", shape="slack", label="")
    client.force_login(mentor)
    client.get("/reach/")
    with django_assert_num_queries(10):
        assert client.get("/reach/").content.decode().count("since ") >= count
