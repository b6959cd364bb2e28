"""What every page must keep, asked of the page itself: access, width, weight, headings.

inspector = Inspector(context)
faults = inspector.visit(address)   # [] when all is well
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.server import ROOT

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
SEEN = ["color-contrast", "target-size", "link-in-text-block"]  # what another width or scheme can change
MOST_BYTES = 60_000
NEVER_LOUD = "Failed to load resource: the server responded with a status of"  # a refused form's 422 is meant

ASK = """async ([rules, whole]) => {
  await document.fonts.ready;
  const what = whole
    ? { rules: { "target-size": { enabled: true } } }
    : { runOnly: { type: "rule", values: rules } };
  const found = await axe.run(document, { resultTypes: ["violations"], ...what });
  const say = (rule, node) => `axe ${rule.id}: ${node.target.join(" ")} (${node.any[0]?.message ?? rule.help})`;
  const faults = found.violations
    .filter((rule) => ["serious", "critical"].includes(rule.impact))
    .flatMap((rule) => rule.nodes.slice(0, 3).map((node) => say(rule, node)));
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    const out = [...document.querySelectorAll("body *")].filter((each) => {
      const box = each.getBoundingClientRect();
      const beyond = box.width && (box.right > root.clientWidth + 1 || box.left < -1);
      return beyond && !each.closest(".scroll, .skip, .visually-hidden");
    });
    const which = out.slice(0, 3).map((each) => each.outerHTML.slice(0, 90)).join(" | ");
    faults.push(`wider than the window by ${root.scrollWidth - root.clientWidth} px: ${which}`);
  }
  const heads = [...document.querySelectorAll("h1")]
    .filter((each) => each.checkVisibility() && !each.closest("dialog"));
  const nameless = [...document.querySelectorAll("input, select, textarea")]
    .filter((each) => each.type !== "hidden" && each.checkVisibility() && !each.labels?.length
      && !each.getAttribute("aria-label") && !each.getAttribute("aria-labelledby"));
  if (whole && heads.length !== 1) faults.push(`${heads.length} h1: ${heads.map((each) => each.textContent.trim())}`);
  if (whole) faults.push(...nameless.map((each) => `a field without a name: ${each.outerHTML.slice(0, 90)}`));
  return faults;
}"""

WEIGH = """() => {
  const kept = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  return kept.map((each) => [each.name, each.encodedBodySize]);
}"""


@dataclass
class Weight:
    """Bytes that came over the line for one page, in kinds."""

    code: int = 0  # styles, scripts and icons, htmx among them; no fonts, no pictures
    page: int = 0  # the page itself
    fonts: int = 0
    islands: list[str] = field(default_factory=list)


class Inspector:
    """One page that goes everywhere. Notes what the browser complains of, and requests to other origins."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        context.add_init_script(AXE)
        self.page: Page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.weights: dict[str, Weight] = {}
        self._host = urlsplit(origin).netloc
        self._heard: list[str] = []
        self.page.on("request", self._asked)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self._heard.append(f"error: {error}"))

    def visit(self, address: str) -> list[str]:
        """Open it and look at it at both widths, in light and dark."""
        self.page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict of the two lengths
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        self.page.goto(address)
        return self.look()

    def look(self) -> list[str]:
        """The page as it stands now."""
        faults = [f"at 390 px, light: {fault}" for fault in self._ask(whole=True)]
        self.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        faults += [f"at 390 px, dark: {fault}" for fault in self._ask()]
        self.page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
        faults += [f"at 1280 px, dark: {fault}" for fault in self._ask()]
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        faults += [f"at 1280 px, light: {fault}" for fault in self._ask()]
        weight = self._weigh()
        if not weight.islands and weight.code > MOST_BYTES:
            faults.append(f"{weight.code} bytes of code without an island: at most {MOST_BYTES}")
        heard, self._heard[:] = list(self._heard), []
        return faults + heard

    def _ask(self, *, whole: bool = False) -> list[str]:
        faults: list[str] = self.page.evaluate(ASK, [SEEN, whole])
        return faults

    def _weigh(self) -> Weight:
        entries: list[list[Any]] = self.page.evaluate(WEIGH)
        weight = Weight()
        for name, size in entries:
            file = urlsplit(name).path.rpartition("/")[2]
            if file.endswith(".woff2"):
                weight.fonts += size
            elif name == self.page.url:
                weight.page += size
            elif "/photo/" not in name:
                weight.code += size
            if file.endswith(".js") and not file.startswith(("base-", "shared-")):
                weight.islands.append(file)
        self.weights[urlsplit(self.page.url).path] = weight
        return weight

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self._host:
            self._heard.append(f"asked another origin: {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(NEVER_LOUD):
            self._heard.append(f"console: {message.text}")
