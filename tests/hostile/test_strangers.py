"""A stranger with an account finds nothing of a pair, at any address, in the API, or on any socket; nor does nobody."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from tests.hostile.scene import SECRET, Scene
from throughline.accounts.actions import make_token
from throughline.foundation.ids import new_id
from throughline.foundation.live.topics import all_topics

REFUSED = (404, 405, 401)
"""401 is the API's, which knows no sessions."""
FOR_THE_COORDINATOR = {"programs:programme", "programs:counts"}
SIGNS_OUT = {"account_logout", "usersessions_list", "accounts:sessions"}
OPEN = {"design", "notices:outbox"}
"""Sample people; and the mail of an installation that sends none, which its operator shows to all on purpose."""


def leaks(content: bytes, scene: Scene) -> list[str]:
    """What of the pair stands in an answer."""
    text = content.decode("utf-8", "replace")
    private = (scene.values[name] for name in ("relationship_id", "meeting_id", "call_id", "commitment_id", "pause_id"))
    return [word for word in (SECRET, "Tomás", "nadia@example.org", *map(str, private)) if word in text]


def test_a_stranger_is_refused_everywhere(client, scene, stranger) -> None:
    client.force_login(stranger)
    found = []
    for address in scene.addresses():
        if address.name in SIGNS_OUT:
            continue
        for method in (client.get, client.head, client.post, client.put, client.delete):
            answer = method(address.path)
            if address.private and answer.status_code not in REFUSED:
                found.append((method.__name__, address.name, answer.status_code))
            words = leaks(answer.content, scene) if address.name not in OPEN else []
            found += [(method.__name__, address.name, words)] if words else []
    assert found == []


def test_405_and_404_tell_a_stranger_nothing(client, scene, stranger) -> None:
    """What is not theirs answers as what does not exist."""
    client.force_login(stranger)
    nobodys = Scene({name: new_id() if hasattr(value, "hex") else value for name, value in scene.values.items()}, {})
    for theirs, none in zip(scene.addresses(), nobodys.addresses(), strict=True):
        if theirs.private:
            for method in (client.get, client.post):
                assert method(theirs.path).status_code == method(none.path).status_code, theirs.name


def test_a_coordinator_sees_counts_alone(client, scene, coordinator) -> None:
    client.force_login(coordinator)
    found = {}
    for address in scene.addresses():
        answer = client.get(address.path)
        if address.private and answer.status_code not in REFUSED:
            found[address.name] = answer.status_code
        assert SECRET.encode() not in b"".join(answer), address.name
    assert found == dict.fromkeys(FOR_THE_COORDINATOR, 200)


def test_nobody_is_asked_to_sign_in(client, scene) -> None:
    sign_in = reverse(settings.LOGIN_URL)
    found = []
    for address in scene.addresses():
        for method in (client.get, client.post):
            answer = method(address.path)
            api = address.path.startswith("/api/") and answer.status_code in (401, 405)
            asked = answer.status_code == 302 and answer["Location"].startswith(f"{sign_in}?next=")
            if address.private and not asked and not api:
                found.append((address.name, answer.status_code))
            words = leaks(answer.content, scene) if address.name not in OPEN else []
            found += [(address.name, words)] if words else []
    assert found == []


def test_the_api_gives_a_stranger_and_a_coordinator_nothing(client, scene, stranger, coordinator) -> None:
    for person in (stranger, coordinator):
        _row, token = make_token(by=person, name="mine", scopes=["meetings:read", "goals:read", "goals:write"], days=1)
        for address in scene.addresses():
            if address.path.startswith("/api/"):
                answer = client.get(address.path, headers={"Authorization": f"Bearer {token}"})
                assert leaks(answer.content, scene) == []
                assert answer.status_code in (404, 405) or not address.private


def test_every_topic_refuses_all_but_the_pair(scene, mentor, mentee, stranger, coordinator) -> None:
    kinds = {topic.kind: topic for topic in all_topics()}
    assert set(scene.topics) == set(kinds), "a new kind of topic wants an id in the scene"
    for kind, topic in kinds.items():
        for subject in {*scene.topics.values(), *(v for v in scene.values.values() if hasattr(v, "hex")), new_id()}:
            assert not topic.may_join(stranger.pk, subject), (kind, subject)
            assert not topic.may_join(coordinator.pk, subject), (kind, subject)
            assert not topic.may_join(new_id(), subject), (kind, subject)
        assert topic.may_join(mentor.pk, scene.topics[kind]), kind
        assert topic.may_join(mentee.pk, scene.topics[kind]) == (kind not in ("person", "trial")), kind
