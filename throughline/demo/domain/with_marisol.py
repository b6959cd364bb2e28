"""The mentor whom one can be, and her mentees: steady, drifting, without a camera, on a break, new, and at an end."""

from __future__ import annotations

from throughline.agreements.domain.terms import Cadence, Who
from throughline.demo.domain.story import (
    Aim,
    Amendment,
    Call,
    Farewell,
    Pair,
    Promise,
    Rest,
    Rhythm,
    Terms,
)

KIRAN = Pair(
    key="kiran",
    mentor="marisol",
    mentee="kiran",
    joined=88,
    note="You asked in the workshop how one learns to lead a group before having one. Let us find out together.",
    rhythm=Rhythm(Cadence.WEEKLY, 50, hours_ahead=0.1),
    terms=Terms(
        goals=(
            (
                "Submit the flood paper as lead author",
                "Submitted to a journal by the end of January, data published with it",
            ),
            ("Decide whether to apply for a junior group", "A yes or no in writing, with the three reasons behind it"),
        ),
        prepared=(
            ("Three lines: what moved, what is stuck, what I want from today", Who.MENTEE, 24),
            ("Read what was sent", Who.MENTOR, 4),
        ),
        off_limits="Job talk about people we both know. Visa matters, unless Kiran brings them up.",
        may_be_told="Anybody may know that we work together. What we say stays here.",
    ),
    signed=84,
    came="VVVvVVVVAVVV",
    enrolled=82,
    unread=2,
    aims=(
        Aim(
            82,
            66,
            objective=0,
            number=("pages", 0, 28),
            lines=(
                (76, "2 pages, the outline stands"),
                (66, "5"),
                (59, "7 pages, the method is written"),
                (48, "10"),
                (38, "12, two of them thrown away"),
                (27, "16"),
                (17, "18 pages"),
                (6, "20 pages, discussion begun"),
            ),
        ),
        Aim(
            50,
            24,
            objective=1,
            steps=(
                ("Talk to somebody who sat on a panel", -30),
                ("Both pages: why a group, why not", -18),
                ("Ask the dean what the call needs", 6),
                ("The answer, in writing", 24),
            ),
            lines=((33, "done: talk to"), (18, "done: both pages")),
        ),
        Aim(
            70,
            40,
            sentence="Lead a group meeting without holding on to the slides",
            levels=(
                "I read the slides out",
                "I look at the slides more than at people",
                "I look at people, and at the slides now and then",
                "I lead it from one page of notes",
                "I lead it from what people bring",
            ),
            lines=((49, "-1"), (21, "0, and somebody asked me how")),
        ),
    ),
    promises=(
        Promise(True, "Send the outline without the sediment section", 80, -74, done=75),
        Promise(False, "Introduce Kiran to somebody who sat on a selection panel", 52, -30, done=33),
        Promise(True, "Two protected mornings, every week until the submission", 52, -38, done=40),
        Promise(True, "Write both pages: why a group, why not", 31, -18, done=18),
        Promise(False, "Find the old application, the one that was refused", 10, 2),
        Promise(True, "Discussion section, second draft", 10, 4, moved=(3, 9)),
        Promise(True, "Ask the dean which documents the group call needs", 4, 6),
    ),
    calls=(Call(61, 12, True), Call(20, 9, False)),
)

JONAS = Pair(
    key="jonas",
    mentor="marisol",
    mentee="jonas",
    joined=86,
    note="Your note on becoming a lead overnight made me smile, and remember. I would be glad to be of use.",
    rhythm=Rhythm(Cadence.WEEKLY, 25, days_ahead=2, at=(16, 0)),
    terms=Terms(
        goals=(
            (
                "Run one-to-ones that people come to gladly",
                "Each of the five has named one thing that changed because of them",
            ),
            ("Hand over the build system", "Two releases without me"),
        ),
        prepared=(("One situation from the week that I would like to replay", Who.MENTEE, 12),),
        off_limits="Names of colleagues. Salaries.",
        answers=(2, 1),
    ),
    signed=82,
    came="VVVAVv1A0A10",
    enrolled=80,
    aims=(
        Aim(
            78,
            30,
            objective=1,
            number=("releases without me", 0, 2),
            lines=((62, "wrote down who could do what"), (41, "stuck: nobody has the keys")),
            moved=(12, 45, "The team was split in October"),
        ),
        Aim(76, 20, objective=0, number=("people who named a change", 0, 5), lines=((64, "1"), (45, "2"))),
    ),
    promises=(
        Promise(True, "Ask each of the five what they would like less of", 78, -64, done=62),
        Promise(True, "Write down what only I know about the build", 60, -40, moved=(41, -12)),
        Promise(False, "Send the notes on delegating that helped me", 60, -52, done=55),
        Promise(
            True,
            "Skip one review on purpose, and write down what happened",
            44,
            -30,
            dropped=(23, "The team was split meanwhile; the question has gone with it."),
        ),
    ),
    calls=(Call(52, 6, False),),
    amendment=Amendment(9, Rhythm(Cadence.FORTNIGHTLY, 25, days_ahead=4, at=(8, 0))),
)

LEILANI = Pair(
    key="leilani",
    mentor="marisol",
    mentee="leilani",
    joined=85,
    note="A thesis on soils that are younger than I am: I could not resist. Shall we?",
    rhythm=Rhythm(Cadence.FORTNIGHTLY, 50, days_ahead=3, at=(9, 0)),
    terms=Terms(
        goals=(
            ("Hand in the thesis", "With the graduate office by the end of April"),
            ("Know three honest options for afterwards", "A conversation with one person in each of them"),
        ),
        prepared=(("A page of writing, however rough", Who.MENTEE, 48),),
        off_limits="My family's land and what should happen to it.",
        answers=(2, 3),
    ),
    signed=80,
    came="AAAAAA",
    enrolled=79,
    aims=(
        Aim(
            76,
            150,
            objective=0,
            steps=(("Chapter two", -50), ("Chapter three to the committee", -14), ("Discussion", 30), ("Hand in", 150)),
            lines=((52, "done: chapter two"), (15, "done: chapter three, five days early in the end")),
        ),
        Aim(
            60, 60, objective=1, number=("conversations", 0, 3), lines=((44, "1"), (19, "2, the second was a surprise"))
        ),
    ),
    promises=(
        Promise(True, "Chapter three to the committee", 57, -14, done=15),
        Promise(True, "Write to the third person", 5, 5),
        Promise(False, "Comments on the discussion", 5, 3),
    ),
)

OKSANA = Pair(
    key="oksana",
    mentor="marisol",
    mentee="oksana",
    joined=83,
    note="From one who counted fish to one who counts owls: let us plan a season together.",
    rhythm=Rhythm(Cadence.WEEKLY, 50, days_ahead=1, at=(11, 0)),
    terms=Terms(
        goals=(
            (
                "Plan the spring season for a team of six",
                "Permits, budget and a plan for bad weather, by the end of February",
            ),
        ),
        prepared=(("What has been decided since last time", Who.MENTEE, 24),),
        off_limits="Where exactly the nests are.",
        may_be_told="Soraya may know when we pause.",
    ),
    signed=79,
    came="VVVVVVV0",
    enrolled=78,
    promises=(
        Promise(True, "Ten things that would sink the season", 69, -60, done=61),
        Promise(True, "Plan B for a late snow", 41, 16),
    ),
    rest=Rest(
        asked=25,
        first=-22,
        last=9,
        why="Autumn count in the hills, in place of a colleague who is ill. No network worth the name.",
    ),
)

THABO = Pair(
    key="thabo",
    mentor="marisol",
    mentee="thabo",
    joined=5,
    note="Soraya thinks that we would get along, and she is usually right. No hurry: look around first.",
    rhythm=Rhythm(Cadence.WEEKLY, 50, days_ahead=4, at=(13, 0)),
    terms=Terms(
        goals=(("Turn four loose studies into one thesis", "One page that says what holds them together"),),
        prepared=(("The week on half a page", Who.MENTEE, 24),),
        off_limits="",
    ),
    unread=1,
    promises=(Promise(True, "One sentence for each of the four studies", 4, 3),),
)

PRIYA = Pair(
    key="priya",
    mentor="marisol",
    mentee="priya",
    joined=39,
    note="Eleven people and one data scientist: you will learn in a year what took me ten. I would like to watch.",
    rhythm=Rhythm(Cadence.WEEKLY, 50, hours_ahead=2.5),
    terms=Terms(
        goals=(
            (
                "A first model in production that nobody has to wake up for",
                "Four weeks of running without a night call",
            ),
            ("Say no to two requests, and be thanked for it", "Both written down, with what happened next"),
        ),
        prepared=(("The decision of the week: what, who asked, what I think", Who.MENTEE, 12),),
        off_limits="Numbers from our investors.",
        answers=(1, 1),
    ),
    signed=36,
    came="VVVvV",
    enrolled=35,
    unread=1,
    aims=(
        Aim(
            34,
            40,
            objective=0,
            number=("night calls a month", 9, 0),
            lines=((30, "9"), (23, "7"), (16, "6, the queue was it"), (9, "4"), (2, "3")),
        ),
    ),
    promises=(
        Promise(True, "Second no, in writing", 18, -4, done=6),
        Promise(False, "Look over the questions for the interviews", 3, 1),
        Promise(True, "Agree with the founders who decides", 3, 4),
    ),
    calls=(Call(14, 11, True),),
)

BEATRIZ = Pair(
    key="beatriz",
    mentor="marisol",
    mentee="beatriz",
    joined=90,
    note="Coming back to research is a skill of its own. You are further along than you think.",
    rhythm=Rhythm(Cadence.WEEKLY, 50, days_ahead=5, at=(15, 0)),
    terms=Terms(
        goals=(("Find a position in research that fits a family", "A signed contract, or the decision to stay"),),
        prepared=(("What I tried this week", Who.MENTEE, 12),),
        off_limits="The children's names and school.",
    ),
    signed=87,
    came="VVvVVVVVV",
    enrolled=85,
    promises=(
        Promise(True, "Ask for four days before signing", 55, -44, done=42),
        Promise(False, "Be the unpleasant interviewer", 62, -56, done=57),
    ),
    farewell=Farewell(
        18,
        "I came to find a job and found out how I decide. The rehearsal was horrible, and the best hour of the year.",
        "Beatriz did every hard thing a week before she thought she could. I have learnt to ask one question less.",
    ),
)

PAIRS = (KIRAN, JONAS, LEILANI, OKSANA, THABO, PRIYA, BEATRIZ)
