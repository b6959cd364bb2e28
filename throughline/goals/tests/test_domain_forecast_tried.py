"""Forecasts tried on real series: the last quarter of each is held back, and said is how much of it the ranges held.

The series lie beside the project in ../shared/data/datasets; without them these tests skip. `-s` prints the coverage.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

import pytest

from throughline.goals.domain.forecast import Observation, forecast

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "datasets"
Series = dict[str, list[list[Observation]]]
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real series are not beside the project")


def windows(points: list[Observation], length: int) -> list[list[Observation]]:
    return [points[start : start + length] for start in range(0, len(points) - length, length)]


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(newline="") as file:
        return list(csv.DictReader(file))


def carbon_dioxide() -> Series:
    found: Series = {}
    for column in ("CO2", "adjusted CO2"):
        points = [
            Observation(date.fromisoformat(row["Date"]), float(row[column])) for row in rows("co2-concentration.csv")
        ]
        found[f"{column}, whole"] = [points]
        found[f"{column}, two years at a time"] = windows(points, 24)
    return found


def others() -> Series:
    found: Series = defaultdict(list)
    prices: dict[str, list[Observation]] = defaultdict(list)
    for row in rows("stocks.csv"):
        day = datetime.strptime(row["date"], "%b %d %Y").date()  # noqa: DTZ007  a day, not an instant
        prices[row["symbol"]].append(Observation(day, float(row["price"])))
    for points in prices.values():
        found["share prices, whole"].append(points)
        found["share prices, twenty months"] += windows(points, 20)
    deaths: dict[str, list[Observation]] = defaultdict(list)
    for row in rows("disasters.csv"):
        deaths[row["Entity"]].append(Observation(date(int(row["Year"]), 7, 1), float(row["Deaths"])))
    found["disasters"] += [points for points in deaths.values() if len(points) >= 8]
    weather = rows("seattle-weather.csv")
    for column in ("precipitation", "temp_max", "wind"):
        weeks = [weather[start : start + 7] for start in range(0, len(weather) - 6, 7)]
        means = [
            Observation(date.fromisoformat(week[-1]["date"]), sum(float(day[column]) for day in week) / 7)
            for week in weeks
        ]
        found["weather, weekly means"] += windows(means, 16)
        found["weather, added up"].append(
            [
                Observation(one.day, sum(each.value for each in means[: place + 1]))
                for place, one in enumerate(means[:40])
            ]
        )
    countries: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for one in json.loads((DATA / "gapminder.json").read_text()):
        for column in ("pop", "life_expect", "fertility"):
            countries[column, one["country"]].append(Observation(date(one["year"], 1, 1), float(one[column])))
    for (column, _country), points in countries.items():
        found[f"countries, {column}"].append(sorted(points, key=lambda point: point.day))
    return found


def held(series: Series) -> dict[str, tuple[int, int]]:
    """For each set how many of the points held back lay in their range, of how many."""
    found = {}
    for name, every in series.items():
        inside = count = 0
        for points in every:
            cut = len(points) - max(1, len(points) // 4)
            said = forecast(points[:cut], points[cut - 1].day)
            for point in points[cut:]:
                at = said.at(point.day)
                inside, count = inside + (at.low <= point.value <= at.high), count + 1
        found[name] = (inside, count)
    return found


def said(found: dict[str, tuple[int, int]]) -> float:
    for name, (inside, count) in found.items():
        print(f"{name}: {inside} of {count}, {inside / count:.0%}")  # noqa: T201  the coverage is what this is for
    return sum(inside for inside, _count in found.values()) / sum(count for _inside, count in found.values())


def test_carbon_dioxide() -> None:
    assert 0.8 <= said(held(carbon_dioxide())) <= 0.95


@pytest.mark.deep
def test_every_series() -> None:
    share = said(held({**carbon_dioxide(), **others()}))
    print(f"of all: {share:.1%}")  # noqa: T201
    assert 0.78 <= share <= 0.88
