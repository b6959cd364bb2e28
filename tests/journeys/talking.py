"""What a call looks like from outside: pictures that move, and time that both have talked."""

from __future__ import annotations

from playwright.sync_api import Page, expect

# Counts the page's reports that the server has taken, of those that it sent since `reports` was set.
COUNT_REPORTS = """() => {
  window.reports = { sent: new Set(), taken: 0 };
  if (WebSocket.prototype.send.counts) return;
  const send = WebSocket.prototype.send;
  const listened = new WeakSet();
  WebSocket.prototype.send = function (frame) {
    if (!listened.has(this)) {
      listened.add(this);
      this.addEventListener("message", ({ data }) => {
        if (typeof data !== "string") return;
        for (const said of [JSON.parse(data)].flat())
          if (said.is === "taken" && window.reports.sent.delete(said.id)) window.reports.taken++;
      });
    }
    const asked = typeof frame === "string" ? JSON.parse(frame) : {};
    if (asked.do === "send" && asked.body.type === "report") window.reports.sent.add(asked.id);
    return send.call(this, frame);
  };
  WebSocket.prototype.send.counts = true;
}"""

FRAMES = "video => video.getVideoPlaybackQuality().totalVideoFrames"


def sees_the_other(page: Page) -> None:
    """Frames of the other's picture are decoded, and go on being decoded."""
    picture = page.locator(".call-tile video")
    expect(page.get_by_text("Connected", exact=True)).to_be_visible(timeout=15_000)
    before = picture.evaluate(FRAMES)
    page.wait_for_function(f"seen => ({FRAMES})(document.querySelector('.call-tile video')) > seen + 5", arg=before)


def talk_for(page: Page, seconds: int) -> None:
    """Until the page's own timer has gone on by so much: six are enough for a report."""
    page.wait_for_function(
        """more => {
          const said = document.querySelector("[data-part=timer]").textContent.split(":").reverse().map(Number);
          const now = said[0] + 60 * said[1];
          return (window.talkedFrom ??= now) + more <= now && delete window.talkedFrom;
        }""",
        arg=seconds,
        timeout=60_000,
    )


def reported(*pages: Page) -> None:
    """Each browser has told the server, after this was asked, what flows; and the server has written it down."""
    for page in pages:
        page.evaluate(COUNT_REPORTS)
    for page in pages:
        page.wait_for_function("() => window.reports.taken > 0")
