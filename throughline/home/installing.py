"""Throughline as an app on somebody's device: its manifest, and the service worker that answers without a line."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.foundation import islands

PAPER = "#faf6f0"  # --paper of tokens.css, in light


def manifest_of_the_app() -> dict[str, Any]:
    """What a device needs to install it, as the web's application manifest says it."""
    return {
        "id": reverse("today"),
        "name": "Throughline",
        "short_name": "Throughline",
        "description": _("Mentoring at a distance that keeps its promises."),
        "start_url": reverse("today"),
        "scope": reverse("today"),
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            _icon("app-192", 192),
            _icon("app-512", 512),
            _icon("maskable-512", 512) | {"purpose": "maskable"},
            {"src": static("mark.svg"), "sizes": "any", "type": "image/svg+xml"},
        ],
    }


def worker_script() -> str:
    """The worker with what it keeps: the offline page and its files. Any change of theirs is a new version."""
    files = [islands.asset(name) for name in ("app.css", "base.js", "icons.svg")]
    files += [*islands.built("shared-*.js"), *islands.built("*latin-wght*.woff2")]
    source = islands.source("worker.js")
    version = hashlib.sha256("\n".join([*files, source]).encode()).hexdigest()[:12]
    kept = {"version": version, "page": reverse("offline"), "files": files}
    return f"self.kept = {json.dumps(kept)};\n{source}"


def _icon(name: str, size: int) -> dict[str, str]:
    return {"src": static(f"icons/{name}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
