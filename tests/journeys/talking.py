"""What a call looks like from outside: pictures that move, and time that both have talked."""

from __future__ import annotations

from playwright.sync_api import Page, expect

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
