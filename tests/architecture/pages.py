"""Pages of the documentation that follow from the code, written by `make docs` and compared by a test."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from bench.__main__ import kept_figures, table
from bench._needs import page as needs_page
from tests.architecture import landed
from tests.architecture.house import HERE, ROOT
from throughline.foundation.environment import VARIABLES

ENVIRONMENT = ROOT / "docs/running/environment.md"
GUIDE = ROOT / "docs/guide.md"
CAPACITY = ROOT / "docs/running/capacity.md"
README = ROOT / "README.md"


def environment_page() -> str:
    lines = [
        "# Environment variables",
        "",
        "Everything has a value that works with nothing set; each variable replaces one part.",
        "`throughline check` says what it understood and what cannot be reached.",
        "",
        "| variable | when nothing is set | what it is for |",
        "| --- | --- | --- |",
    ]
    for variable in VARIABLES.values():
        default = f"`{variable.default}`" if variable.default else "(empty)"
        lines.append(f"| `{variable.name}` | {default} | {variable.meaning.replace('|', '&#124;')} |")
    return "\n".join([*lines, ""])


@dataclass(frozen=True)
class Sentence:
    """A sentence of the guide, and where it lives here."""

    says: str
    measures: list[str]
    page: str = ""  # a URL name
    journey: str = ""
    later: str = ""


def guide_sentences() -> list[Sentence]:
    return [Sentence(**row) for row in tomllib.loads((HERE / "guide.toml").read_text())["sentence"]]


def guide_page() -> str:
    lines = [
        "# The guide, sentence by sentence",
        "",
        "Throughline exists to make each sentence of the *Expert Guide to Effective Online Mentoring* happen, and to",
        "show from what really happened how well a pair keeps to it. This page says where each one lives: the measures",
        "that show it, the page where it is done (by the name of its address), the journey in a real browser that",
        "proves it, and plainly what is still to come.",
        "",
        "| the guide says | measures | page | proven by | still to come |",
        "| --- | --- | --- | --- | --- |",
    ]
    for each in guide_sentences():
        code = [*(f"`{name}`" for name in each.measures)]
        cells = [each.says, ", ".join(code), _code(each.page), _code(each.journey), each.later]
        lines.append("| " + " | ".join(cell.replace("|", "&#124;") for cell in cells) + " |")
    return "\n".join([*lines, ""])


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def readme() -> str:
    """README with its table of figures as the last runs of `make bench` gave it."""
    before, _, rest = README.read_text().partition("<!-- figures -->")
    return f"{before}<!-- figures -->\n{table()}\n<!-- /figures -->{rest.partition('<!-- /figures -->')[2]}"


def capacity_page() -> str:
    return needs_page(kept_figures())


PAGES = {CAPACITY: capacity_page, ENVIRONMENT: environment_page, GUIDE: guide_page, README: readme}


def write() -> None:
    for path, page in PAGES.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(page())
    landed.LIST.write_text(landed.with_new_ones())


if __name__ == "__main__":
    sys.exit(write())
