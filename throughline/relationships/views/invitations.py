"""Inviting, and the page behind an invitation's link."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from throughline.accounts.access import PersonRequest
from throughline.foundation.environment import ENV
from throughline.foundation.places import RELATIONSHIP
from throughline.relationships import actions
from throughline.relationships.access import invitation_for, link_for
from throughline.relationships.actions.invitations import InvitationError
from throughline.relationships.domain.invitations import LASTS, Standing
from throughline.relationships.domain.roles import Role
from throughline.relationships.forms import DeclineForm, InviteForm
from throughline.relationships.queries import Scene, invitation_seen, link_path, newest_link_of, standing_of

STATUS = {Scene.DEAD: 410, Scene.WRONG: 403}


@login_required
def invite(request: PersonRequest) -> HttpResponse:
    form = InviteForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            made = actions.invite(
                by=request.user,
                role=Role(values["role"]),
                email=values["email"],
                note=values["note"],
                once=values["once"],
            )
            return redirect("relationships:asked", made.pk)
        except InvitationError as error:
            form.add_error(None, str(error))
    status = 422 if form.errors else 200
    return render(request, "relationships/invite.html", {"form": form, "days": LASTS.days}, status=status)


@login_required
@never_cache
def asked(request: PersonRequest, invitation_id: UUID) -> HttpResponse:
    found = invitation_for(request.user, invitation_id)
    link = newest_link_of(found)
    standing = standing_of(link)
    if standing is Standing.ACCEPTED:
        return redirect(RELATIONSHIP, found.relationship_id)
    context = {"invitation": found, "link": link, "standing": standing, "address": ENV.origin + link_path(link)}
    return render(request, "relationships/asked.html", context)


@login_required
@require_POST
def again(request: PersonRequest, invitation_id: UUID) -> HttpResponse:
    found = invitation_for(request.user, invitation_id)
    try:
        actions.send_again(invitation=found, by=request.user)
        messages.success(request, _("A new link is on its way. The old one no longer works."))
    except InvitationError as error:
        messages.warning(request, str(error))
    return redirect("relationships:asked", invitation_id)


@login_required
@require_POST
def revoke(request: PersonRequest, invitation_id: UUID) -> HttpResponse:
    found = invitation_for(request.user, invitation_id)
    try:
        actions.revoke_invitation(invitation=found, by=request.user)
        messages.success(request, _("You took the invitation back. Its link no longer works."))
    except InvitationError as error:
        messages.warning(request, str(error))
    return redirect("relationships:asked", invitation_id)


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """For everybody who holds the link, signed in or not."""
    try:
        link = link_for(token)
    except Http404:
        return render(request, "relationships/no_invitation.html", {}, status=404)
    seen = invitation_seen(request.user if request.user.is_authenticated else None, link)
    if seen.scene is Scene.JOINED:
        return redirect(RELATIONSHIP, seen.relationship_id)
    context = {"seen": seen, "token": token, "form": DeclineForm()}
    return render(request, f"relationships/invitation_{seen.scene}.html", context, status=STATUS.get(seen.scene, 200))


@login_required
def accept(request: PersonRequest, token: str) -> HttpResponse:
    if request.method != "POST":
        return redirect("relationships:invitation", token)
    try:
        relationship = actions.accept_invitation(link=link_for(token), by=request.user)
    except InvitationError:
        return redirect("relationships:invitation", token)  # which says what this link still does
    messages.success(request, _("You are in. What comes first: agree how you want to work together."))
    return redirect(RELATIONSHIP, relationship.pk)


@login_required
def decline(request: PersonRequest, token: str) -> HttpResponse:
    link = link_for(token)
    if request.method != "POST":
        return redirect("relationships:invitation", token)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        context = {"seen": invitation_seen(request.user, link), "token": token, "form": form}
        return render(request, "relationships/invitation_open.html", context, status=422)
    with suppress(InvitationError):  # the page says what this link still does
        actions.decline_invitation(link=link, by=request.user, reason=form.cleaned_data["reason"])
    return redirect("relationships:invitation", token)
