"""Devices that show news, and webhooks."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from throughline.accounts.access import PersonRequest
from throughline.accounts.domain.devices import device_of
from throughline.notices import actions
from throughline.notices.channels import push
from throughline.notices.forms import HookForm, RhythmForm
from throughline.notices.queries import reach_of
from throughline.notices.views.reach import page


@login_required
@require_safe
def public_key(request: PersonRequest) -> JsonResponse:
    """By which a browser knows that a push is ours."""
    return JsonResponse({"key": push.public_key()})


@login_required
@require_POST
def add_device(request: PersonRequest) -> HttpResponse:
    said = {name: request.POST.get(name, "")[:2000] for name in ("endpoint", "p256dh", "auth")}
    try:
        actions.add_push(by=request.user, **said, label=str(device_of(request.headers.get("User-Agent", ""))))
    except actions.CannotReachError as error:
        return HttpResponse(str(error), status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


@login_required
@never_cache
@require_POST
def add_hook(request: PersonRequest) -> HttpResponse:
    """The secret of a program of one's own is shown in this answer's message alone."""
    form = HookForm(request.POST)
    if form.is_valid():
        try:
            _target, secret = actions.add_webhook(by=request.user, **form.cleaned_data)
        except actions.CannotReachError as error:
            form.add_error("address", str(error))
        else:
            messages.success(request, gettext("It is there now."))
            if form.cleaned_data["shape"] == "plain":
                messages.info(request, gettext("Its secret, shown once: %(secret)s") % {"secret": secret})
            return redirect("notices:reach")
    return page(request, RhythmForm(initial=reach_of(request.user)), form)


@login_required
@require_POST
def remove(request: PersonRequest, target_id: UUID) -> HttpResponse:
    actions.remove_target(by=request.user, target_id=target_id)
    messages.success(request, gettext("It is removed."))
    return redirect("notices:reach")
