"""The programme's other pairs, in hospitals, workshops, laboratories and young companies."""

from __future__ import annotations

from throughline.agreements.domain.terms import Cadence, Who
from throughline.demo.domain.story import Aim, Call, Pair, Promise, Rhythm, Terms

FINALS = Pair(
    key="finals",
    mentor="ruairi",
    mentee="meiling",
    joined=80,
    note="Finals are a team sport, whatever they tell you. I would be glad to be on the team.",
    rhythm=Rhythm(Cadence.WEEKLY, 25, days_ahead=1, at=(9, 30)),
    terms=Terms(
        goals=(("Sit the finals in February", "Three mock vivas above the line, in a row"),),
        prepared=(("One case, told in two minutes", Who.MENTEE, 6),),
        off_limits="Anything that could identify a patient. Rotas and their makers.",
        may_be_told="That we prepare for the exam together.",
        answers=(1, 1),
    ),
    signed=77,
    came="VVVVVvVVVVV",
    enrolled=76,
    aims=(
        Aim(
            74,
            80,
            objective=0,
            number=("points in a mock", 52, 70),
            lines=((67, "54"), (53, "55"), (39, "60"), (25, "58, a bad day"), (11, "64")),
        ),
    ),
    promises=(
        Promise(True, "Five second questions, spoken aloud", 65, -60, done=61),
        Promise(False, "Find an examiner for a strict mock", 23, 5),
    ),
)

WARDS = Pair(
    key="wards",
    mentor="ngozi",
    mentee="elif",
    joined=78,
    note="The ward taught you; now you teach the ward. Let us make a plan for that.",
    rhythm=Rhythm(Cadence.WEEKLY, 50, days_ahead=3, at=(17, 0)),
    terms=Terms(
        goals=(("A course for new nurses, taught once", "Twelve people have taken it, and said what to change"),),
        prepared=(("One page of the course", Who.MENTEE, 24),),
        off_limits="Mistakes of colleagues by name.",
        answers=(2, 2),
    ),
    signed=74,
    came="VVvAV1A1001",
    enrolled=73,
    promises=(
        Promise(True, "First page of the course", 70, -63, done=63),
        Promise(False, "Send the course that Lagos uses", 47, -33),
    ),
)

SELLING = Pair(
    key="selling",
    mentor="rafael",
    mentee="anjali",
    joined=74,
    note="Hospitals buy slowly and stay for ever. I can tell you how we survived the slow part.",
    rhythm=Rhythm(Cadence.WEEKLY, 25, days_ahead=2, at=(8, 0)),
    terms=Terms(
        goals=(("Three hospitals that pay", "Signed orders, not pilots"),),
        prepared=(("The week's noes, with the reason given", Who.MENTEE, 6),),
        off_limits="Our runway. Rafael's former co-founder.",
        answers=(1, 1),
    ),
    signed=71,
    came="VAAAAVAAAA",
    enrolled=70,
    aims=(
        Aim(
            68,
            50,
            objective=0,
            number=("signed orders", 0, 3),
            lines=((40, "1, and it pays"), (12, "two more talk prices")),
        ),
    ),
    promises=(
        Promise(True, "Six dates of budget years", 60, -56, done=57),
        Promise(True, "Write the paid-pilot page", 18, -10, done=11),
        Promise(False, "Introduce Anjali to a hospital's buyer who is retired and talks", 18, 3),
    ),
    calls=(Call(32, 8, False), Call(19, 10, False)),
)

BRIDGES = Pair(
    key="bridges",
    mentor="hanna",
    mentee="mateo",
    joined=70,
    note="Chartership is two hundred pages about what you have already done. We will do them ten at a time.",
    rhythm=Rhythm(Cadence.FORTNIGHTLY, 50, days_ahead=8, at=(16, 0)),
    terms=Terms(
        goals=(("Hand in the chartership report", "Accepted without conditions"),),
        prepared=(("Ten pages", Who.MENTEE, 48),),
        off_limits="Tenders that are open.",
        answers=(3, 3),
    ),
    signed=66,
    came="VvA0",
    enrolled=64,
    promises=(Promise(True, "Pages 20 to 30", 55, -42, moved=(40, -14)),),
)

DAIRY = Pair(
    key="dairy",
    mentor="samuel",
    mentee="freya",
    joined=12,
    note="My first year in industry had eleven surprises. I kept a list; you may have it.",
    rhythm=Rhythm(Cadence.WEEKLY, 25, days_ahead=5, at=(10, 0)),
    terms=Terms(
        goals=(("Commission one line without somebody at my shoulder", "A hand-over signed by the plant"),),
        prepared=(("The surprise of the week", Who.MENTEE, 6),),
        off_limits="Who in the plant said what.",
        may_be_told="That we talk, to my manager.",
    ),
    signed=9,
    came="V",
    enrolled=8,
    promises=(
        Promise(False, "Send the list of eleven", 11, -9, done=10),
        Promise(True, "Walk the line with the drawings of the right building", 2, 5),
    ),
)

FOLDING = Pair(
    key="folding",
    mentor="yuki",
    mentee="zofia",
    joined=76,
    note="Your question after my talk was better than the talk. I should like to hear the next one.",
    rhythm=Rhythm(Cadence.FORTNIGHTLY, 50, days_ahead=6, at=(17, 0)),
    terms=Terms(
        goals=(
            ("A line of research that is mine", "A two-page proposal that my former adviser could not have written"),
            ("Review three papers, fairly and in time", "Three thank-you notes from an editor"),
        ),
        prepared=(("A paragraph that I am not sure about", Who.MENTEE, 24),),
        off_limits="Papers under review, beyond the fact that there are some.",
        answers=(2, 2),
    ),
    signed=72,
    came="VVVVV",
    enrolled=70,
    promises=(
        Promise(True, "Second review", 31, -12, done=14),
        Promise(True, "Third review", 17, 6),
        Promise(False, "Write to the foundation's reader", 3, 8),
    ),
)

PAIRS: tuple[Pair, ...] = (FINALS, WARDS, SELLING, BRIDGES, DAIRY, FOLDING)
