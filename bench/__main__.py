"""Runs figures and keeps the newest of each in figures.jsonl, from which README's table is made.

python -m bench            every figure
python -m bench live       bench/live.py
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
KEPT = HERE / "figures.jsonl"
NEEDS = "capacity: "
LONGEST = 900  # seconds for one file


def kept_figures() -> dict[str, dict[str, Any]]:
    lines = KEPT.read_text().splitlines() if KEPT.exists() else []
    return {figure["name"]: figure for figure in map(json.loads, lines)}


def table() -> str:
    """README's table, but for what stands in docs/running/capacity.md. A ratio above 1 is ahead of the peer."""
    figures = [each for each in kept_figures().values() if not each["name"].startswith(NEEDS)]
    if not figures:
        return "None are published yet."
    rows = [
        f"| {each['name']} | {each['value']} | {each['peer']} ({each.get('peer_is', 'peer')}) | {each['ratio']} |"
        for each in figures
    ]
    return "\n".join(["| figure | ours | beside | ratio |", "| --- | --- | --- | --- |", *rows])


def run(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{name}"], cwd=HERE.parent, check=True, stdout=subprocess.PIPE, timeout=LONGEST
    )
    figures = kept_figures()
    for line in done.stdout.decode().splitlines():
        if line.startswith("{"):
            print(line, flush=True)
            figures[json.loads(line)["name"]] = json.loads(line)
    KEPT.write_text("".join(json.dumps(figure, ensure_ascii=False) + "\n" for figure in figures.values()))


if __name__ == "__main__":
    for given in sys.argv[1:] or sorted(path.stem for path in HERE.glob("[a-z]*.py")):
        run(given)
