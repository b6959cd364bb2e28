"""Who is in the demonstration. All are invented; so are the places where they work."""

from __future__ import annotations

from datetime import time

from throughline.accounts.domain.channels import Channel
from throughline.accounts.domain.needs import Need
from throughline.demo.domain.story import Character

PASSWORD = "look-around"  # noqa: S105  nobody's secret: shown on every page of the demonstration
WINDOWS = tuple((weekday, time(8, 30), time(18, 30)) for weekday in range(5))
CHANNELS = (Channel.VIDEO, Channel.MESSAGE, Channel.VOICE, Channel.EMAIL)

MENTOR = Character(
    "marisol",
    "Marisol Adeyemi",
    ("Europe/Lisbon", "America/Toronto", "Asia/Singapore", "Pacific/Auckland"),
    "she/her",
    "Twenty years between rivers and computers: I ran field campaigns, then a research software group. Good at turning "
    "a heap of results into a story, and at saying no kindly.",
    "",
    hour=14,
)
MENTEE = Character(
    "kiran",
    "Kiran Thapa",
    ("Asia/Kathmandu", "Europe/Berlin", "America/Denver", "Australia/Sydney"),
    "he/him",
    "Happy to help anybody with hydrological models and stubborn NetCDF files.",
    "Somebody who has led a group, to find out whether I want to; and an outside eye on my first paper as lead author.",
    hour=17,
)
COORDINATOR = Character(
    "soraya",
    "Soraya Benhaddou",
    ("Africa/Casablanca", "America/Montreal", "Asia/Singapore", "Pacific/Auckland"),
    "she/her",
    "I look after the programme Across the Fence: matching, a listening ear, and what a pair needs when it is stuck.",
    "",
    hour=12,
)
THREE = (MENTOR, MENTEE, COORDINATOR)

_OTHERS = (
    Character(
        "jonas",
        "Jonas Ekwall",
        ("Europe/Stockholm",),
        "he/him",
        looks_for="I became tech lead of five people overnight and would like to become a good one by daylight.",
    ),
    Character(
        "leilani",
        "Leilani Kamaka",
        ("Pacific/Honolulu",),
        "she/her",
        looks_for="Finishing a thesis on volcanic soils, and deciding what comes after it.",
        needs=frozenset({Need.NO_CAMERA, Need.CAPTIONS}),
    ),
    Character(
        "oksana",
        "Oksana Hrytsiv",
        ("Europe/Kyiv",),
        "she/her",
        looks_for="From field ecologist to somebody who plans other people's field seasons.",
    ),
    Character(
        "thabo",
        "Thabo Mokwena",
        ("Africa/Johannesburg",),
        "he/him",
        looks_for="Second year of my doctorate in water engineering. I need structure more than answers.",
    ),
    Character(
        "priya",
        "Priya Raghavendra",
        ("Asia/Kolkata", "Europe/Amsterdam", "America/Vancouver", "Australia/Perth"),
        "she/her",
        looks_for="First data scientist in a start-up of eleven: what to build, what to buy, what to refuse.",
        hour=10,
    ),
    Character(
        "beatriz",
        "Beatriz Salgueiro",
        ("America/Sao_Paulo",),
        "she/her",
        looks_for="Changing from consulting back to research, with two small children.",
    ),
    Character("ruairi", "Ruairí Devane", ("Europe/Dublin",), "he/him", "Consultant anaesthetist; exams, and nights."),
    Character(
        "meiling", "Chua Mei Ling", ("Asia/Singapore",), "she/her", looks_for="Passing the finals and staying human."
    ),
    Character("ngozi", "Ngozi Abanobi", ("Africa/Lagos",), "she/her", "Head of nursing; I have opened three wards."),
    Character(
        "elif", "Elif Karataş", ("Europe/Istanbul",), "she/her", looks_for="Teaching nurses, instead of only being one."
    ),
    Character("rafael", "Rafael Quintanar", ("America/Bogota",), "he/him", "Founded twice; one of them worked."),
    Character(
        "anjali",
        "Anjali Deshpande",
        ("Asia/Kolkata",),
        "she/her",
        looks_for="Selling to hospitals without losing heart.",
    ),
    Character(
        "hanna", "Hanna Virtala", ("Europe/Helsinki",), "she/her", "Bridges, mostly; and the people who build them."
    ),
    Character(
        "mateo", "Mateo Fuentealba", ("America/Santiago",), "he/him", looks_for="Getting chartered as an engineer."
    ),
    Character("samuel", "Samuel Wanjohi", ("Africa/Nairobi",), "he/him", "Control systems for hospitals and dairies."),
    Character(
        "freya",
        "Freya Lindmo",
        ("Europe/Oslo",),
        "they/them",
        looks_for="A first year in industry with fewer surprises.",
    ),
    Character(
        "yuki",
        "Yuki Arasawa",
        ("Asia/Tokyo",),
        "they/them",
        "Protein folding; reviewing; writing in a second language.",
    ),
    Character("zofia", "Zofia Mackowska", ("Europe/Warsaw",), "she/her", looks_for="An independent line of research."),
)
EVERYBODY = THREE + _OTHERS
