"""How we reach you: when, by which way, and whether mail says what was written."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from throughline.accounts.access import PersonRequest
from throughline.accounts.queries import availability_of
from throughline.foundation import clock
from throughline.notices import actions
from throughline.notices.domain.timing import right_time
from throughline.notices.domain.topics import CHOSEN, Topic, Way
from throughline.notices.forms import HookForm, RestForm, RhythmForm
from throughline.notices.queries import mail_came_back, reach_of, targets_of, terms_of, ways_for, wishes_of
from throughline.notices.stopping import read_token
from throughline.notices.wording import TOPICS, WAYS, preview


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def reach(request: PersonRequest) -> HttpResponse:
    """POST chooses the rhythm."""
    form = RhythmForm(request.POST if request.method == "POST" else None, initial=reach_of(request.user))
    if form.is_valid():
        actions.choose_rhythm(by=request.user, **form.cleaned_data)
        messages.success(request, gettext("Saved."))
        return redirect("notices:reach")
    return page(request, form, HookForm())


@login_required
@require_POST
def wishes(request: PersonRequest) -> HttpResponse:
    """Every box of the table, ticked or not."""
    for topic in CHOSEN:
        for way in Way:
            if f"{topic}.{way}.shown" in request.POST:
                actions.wish(by=request.user, topic=topic, way=way, wanted=f"{topic}.{way}" in request.POST)
    messages.success(request, gettext("Saved."))
    return redirect("notices:reach")


@login_required
@require_POST
def rest(request: PersonRequest) -> HttpResponse:
    form = RestForm(request.POST)
    if not form.is_valid():
        raise Http404  # no page of ours offers it
    actions.rest_until(by=request.user, until=form.until(request.user.zone))
    return redirect("notices:reach")


@login_required
@require_POST
def disturb(request: PersonRequest) -> HttpResponse:
    actions.rest_until(by=request.user, until=None)
    return redirect("notices:reach")


@login_required
@require_POST
def arrives(request: PersonRequest) -> HttpResponse:
    actions.mail_arrives(by=request.user)
    return redirect("notices:reach")


@csrf_exempt  # a mail program posts here (RFC 8058); the token says for whom, and for what alone
@never_cache
@require_http_methods(["GET", "POST"])
def stop(request: PersonRequest, token: str) -> HttpResponse:
    """No more mail of one kind, without signing in. Opening the address changes nothing: mail scanners open them."""
    said = read_token(token)
    if said is None:
        raise Http404
    person_id, topic = UUID(said[0]), Topic(said[1])
    if request.method == "POST":
        actions.stop_mail(person_id=person_id, topic=topic)
    context = {"topic": TOPICS[topic], "done": request.method == "POST"}
    return render(request, "notices/stop.html", context)


def page(request: PersonRequest, form: RhythmForm, hook: HookForm) -> HttpResponse:
    person, targets = request.user, targets_of(request.user)
    terms, chosen = terms_of(person.pk), wishes_of(person.pk)
    now = clock.now()
    due = right_time(now, availability_of(person), terms)
    there = ways_for(targets)
    context = {
        "form": form, "hook": hook, "targets": targets, "topics": TOPICS, "ways": {way: WAYS[way] for way in there},
        "wishes": chosen, "rests": RestForm.LENGTHS, "came_back": mail_came_back(person),
        "resting": terms.undisturbed_until if terms.undisturbed_until and terms.undisturbed_until > now else None,
        "preview": preview(person, due, {way for way in there if chosen[Topic.MESSAGES, way]}),
    }  # fmt: skip
    status = 422 if form.is_bound or hook.is_bound else 200
    return render(request, "notices/reach.html", context, status=status)
