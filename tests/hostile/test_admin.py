"""Every page of the admin site opens, and none shows what people wrote to each other."""

from __future__ import annotations

from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from tests.hostile.scene import SECRET
from throughline.accounts.models import Person
from throughline.foundation.encryption.fields import SealedField


def test_every_admin_page_opens_without_content(client, scene) -> None:
    client.force_login(Person.objects.create_superuser("root@example.org", "correct horse battery", name="Root"))
    pages = [reverse("admin:index")]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages += [
            reverse("admin:app_list", args=[model._meta.app_label]),
            reverse(f"{name}_changelist"),
            reverse(f"{name}_add"),
        ]
        pages.append(f"{reverse(f'{name}_changelist')}?q=otter%00&o=1.2.3&p=999999&e=1")
        for row in model._default_manager.all()[:3]:
            pages += [reverse(f"{name}_{page}", args=[row.pk]) for page in ("change", "history", "delete")]
    wrong = {page: answer for page in pages if (answer := client.get(page).status_code) not in (200, 302, 403)}
    assert wrong == {}
    assert [page for page in pages if SECRET.encode() in client.get(page).content] == []


def test_no_model_with_content_is_registered() -> None:
    sealed = {model for model in apps.get_models() if any(isinstance(f, SealedField) for f in model._meta.get_fields())}
    assert sealed & set(admin.site._registry) == set()


def test_a_person_without_rights_does_not_get_in(client, scene, mentor) -> None:
    client.force_login(mentor)
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        assert client.get(reverse(name)).status_code == 302
