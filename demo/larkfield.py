"""
A year of the Larkfield neighbourhood team, whose work is shared: if any one of them left, little would be left bare.

At the end of it Vera is away without a date and Zofia for a few days, so one responsibility has nobody present; one
proposal is ready to be agreed, one waits for the carers' charity; and one decision was made without the landlord.
"""

from demo.acts import Follows, Telling
from demo.place import (
    CARERS,
    COMMUNITY,
    GOOD_NEIGHBOURS,
    HOSPICE,
    HOSPITAL,
    HOUSING,
    LARKFIELD,
    MENTAL_HEALTH,
    OWEN,
    PRIYA,
    RUTH,
    SAMIRA,
    SOCIAL_CARE,
    TOM,
    UCHE,
    VERA,
    WINSTON,
    YASMIN,
    ZOFIA,
)
from manyhands import acts, who
from manyhands.acts import Outcome, Progress

PRACTICES = (LARKFIELD,)
LIST, IN_PIECES = "lf-list", "lf-in-pieces"

MATRON, GP, PHARMACIST, SOCIAL_WORKER = "lf-matron", "lf-gp", "lf-pharmacist", "lf-social-worker"
THERAPIST, MENTAL, CARERS_WORKER = "lf-therapist", "lf-mental-health", "lf-carers"
BEFRIENDING, HOSPICE_NURSE, DISCHARGE = "lf-befriending", "lf-hospice", "lf-discharge"


def winter(say: Telling, group: str | None) -> None:
    """Trusted assessment, and a carer's name on every plan."""
    say.on(331)
    say.proposes(
        UCHE,
        "lf-first-in",
        "Shall whoever is first in the house ask the questions for all of us?",
        "One conversation, by whoever the person already knows; the rest of us read it and ask only what is missing",
        "Each profession keeps its own first visit",
        affected=(COMMUNITY, LARKFIELD, SOCIAL_CARE, MENTAL_HEALTH, CARERS),
        follows=(
            Follows(
                "lf-r-first-in",
                "Write down what each of us needs to know, on two sides of paper and no more",
                THERAPIST,
                SOCIAL_WORKER,
                -300,
                "Ten people asked once, and nobody had to go back",
            ),
        ),
        review=(70, THERAPIST),
        group=group,
    )
    say.on(328)
    say.consents(PRIYA, "lf-first-in")
    say.consents(OWEN, "lf-first-in", "They tell Winston things that they never tell me.")
    say.consents(SAMIRA, "lf-first-in")
    say.worries(TOM, "lf-first-in", "Nobody should be asked about dying by somebody who cannot stay and talk about it.")
    say.on(325)
    say.consents(VERA, "lf-first-in")
    say.on(324, 14)
    say.agrees(UCHE, "lf-first-in")
    say.takes_on(UCHE, "lf-r-first-in")
    say.on(296)
    say.completes(
        UCHE, "lf-r-first-in", Outcome.DONE, "Two sides. Twelve people, asked by six of us. One had to be asked again."
    )

    say.on(280)
    say.proposes(
        VERA,
        "lf-carers-name",
        "Shall every plan begin with the name of whoever cares for the person, and how that person is?",
        "The carer's name, number and how they are, on the first line, asked anew at each visit",
        affected=(CARERS, COMMUNITY, LARKFIELD, SOCIAL_CARE, HOSPICE),
        follows=(
            Follows(
                "lf-r-carers-name",
                "Go through every plan on the list and put the carer first",
                CARERS_WORKER,
                MATRON,
                -220,
                "Every plan on the list begins with a carer, or with 'nobody'",
            ),
        ),
        review=(58, CARERS_WORKER),
        group=group,
    )
    say.on(277)
    say.consents(PRIYA, "lf-carers-name")
    say.consents(VERA, "lf-carers-name")
    say.consents(SAMIRA, "lf-carers-name")
    say.consents(ZOFIA, "lf-carers-name", "And write 'nobody' when it is nobody. That is when we should hurry.")
    say.on(273)
    say.consents(YASMIN, "lf-carers-name", role=GP)
    say.on(272, 14)
    say.agrees(VERA, "lf-carers-name")
    say.takes_on(VERA, "lf-r-carers-name")
    say.on(222)
    say.completes(
        VERA, "lf-r-carers-name", Outcome.DONE, "All of them. Seven say 'nobody'. Winston has called on those seven."
    )


def spring(say: Telling, group: str | None) -> None:
    """Medicines in the house before the weekend; a shared car that nobody could insure."""
    say.on(207)
    say.proposes(
        ZOFIA,
        "lf-just-in-case",
        "Shall medicines for the last days be in the house before they are needed?",
        "A just-in-case box for anybody who may be in the last weeks, checked on Thursdays so that no weekend is "
        "without",
        "A box kept at the hospice, fetched when needed",
        affected=(HOSPICE, LARKFIELD, COMMUNITY),
        follows=(
            Follows(
                "lf-r-just-in-case",
                "On Thursdays, see who needs a box and that it is there by Friday noon",
                HOSPICE_NURSE,
                PHARMACIST,
                -150,
                "No weekend call to the hospice for medicines that should have been there",
            ),
        ),
        review=(36, HOSPICE_NURSE),
        group=group,
    )
    say.on(205)
    say.objects(
        YASMIN,
        "lf-just-in-case",
        "lf-o-drugs-in-houses",
        "Two houses on the list have somebody in them who would take what is in that box. A sealed box of opioids "
        "there would do harm, and perhaps kill.",
        PHARMACIST,
    )
    say.on(203)
    say.comments(SAMIRA, "I know both houses. Yasmin is right about them.", proposal="lf-just-in-case")
    say.on(200)
    say.amends(
        ZOFIA,
        "lf-just-in-case",
        "A just-in-case box for anybody who may be in the last weeks, checked on Thursdays; where it is not safe in "
        "the house it stays at the pharmacy, and the night nurse has the key",
        "Yasmin's safety concern: where a box is not safe in the house it stays at the pharmacy.",
    )
    say.on(199)
    say.resolves(YASMIN, "lf-just-in-case", "lf-o-drugs-in-houses", "That answers it.", PHARMACIST)
    say.consents(YASMIN, "lf-just-in-case", role=PHARMACIST)
    say.is_moved(YASMIN, "lf-just-in-case", ZOFIA, acts.Amend)
    say.consents(PRIYA, "lf-just-in-case")
    say.consents(ZOFIA, "lf-just-in-case")
    say.on(198, 13)
    say.agrees(ZOFIA, "lf-just-in-case")
    say.takes_on(ZOFIA, "lf-r-just-in-case")
    say.on(118)
    say.completes(
        ZOFIA,
        "lf-r-just-in-case",
        Outcome.DONE,
        "Eleven boxes, two of them at the pharmacy. Nine people died at home, as they had asked. No weekend calls.",
    )

    say.on(190)
    say.proposes(
        WINSTON,
        "lf-shared-car",
        "Shall we share a car for visits to the Station Quarter, where nobody can park?",
        "One car, kept at the practice, booked by the hour",
        affected=(GOOD_NEIGHBOURS, COMMUNITY, LARKFIELD, SOCIAL_CARE),
        follows=(),
        review=None,
    )
    say.on(187)
    say.consents(UCHE, "lf-shared-car")
    say.gives_no_view(OWEN, "lf-shared-car")
    say.on(176)
    say.withdraws(WINSTON, "lf-shared-car", "Four employers, four insurers, no car. Uche and I will go by bicycle.")


def summer(say: Telling, group: str | None) -> None:
    """Going home from hospital with one telephone call, and a condition that is still to be met."""
    say.on(98)
    say.proposes(
        SAMIRA,
        "lf-small-money",
        "Shall any of us be able to spend up to £150 at once to keep somebody at home?",
        "A small fund, spent by whoever is in the house, explained afterwards on one line",
        "Each organisation asks its own manager, as before",
        affected=(SOCIAL_CARE, COMMUNITY, LARKFIELD, GOOD_NEIGHBOURS, MENTAL_HEALTH),
        follows=(
            Follows(
                "lf-r-small-money",
                "Keep the one-line book, and bring it to the team each month",
                SOCIAL_WORKER,
                BEFRIENDING,
                -30,
                "Every pound has a line, and every line a reason",
            ),
        ),
        review=(83, SOCIAL_WORKER),
        group=group,
    )
    say.on(95)
    say.consents(SAMIRA, "lf-small-money")
    say.consents_if(
        PRIYA,
        "lf-small-money",
        "lf-c-receipts",
        SOCIAL_WORKER,
        "The trust's finance office accepts a photograph of a receipt. Until it does, our nurses would be paying "
        "themselves.",
    )
    say.consents(OWEN, "lf-small-money", "A microwave kept a man out of hospital for a month.")
    say.consents(WINSTON, "lf-small-money")
    say.on(92)
    say.consents(TOM, "lf-small-money")
    say.on(91, 14)
    say.agrees(SAMIRA, "lf-small-money")
    say.takes_on(SAMIRA, "lf-r-small-money")
    say.on(32)
    say.reports(
        SAMIRA,
        "lf-r-small-money",
        Progress.IN_PROGRESS,
        "£611 on eleven people: two microwaves, a bed moved downstairs, a taxi, a locksmith, six small things. "
        "Receipts are still a muddle for the trust's staff.",
        next_check=8,
    )


def autumn(say: Telling, group: str | None, in_pieces: str | None, patients: list[who.Patient]) -> None:
    """What is in hand now, and what is being asked."""
    first, second = (*patients[:2], None, None)[:2]
    say.on(60)
    say.asks(
        OWEN,
        "lf-r-walk",
        "Walk to the bench and back on Tuesdays, and talk about the allotment",
        BEFRIENDING,
        THERAPIST,
        6,
        "To the bench by Christmas",
        patient=first,
    )
    say.takes_on(WINSTON, "lf-r-walk")
    say.on(41)
    say.reports(WINSTON, "lf-r-walk", Progress.IN_PROGRESS, "As far as the postbox, naming every plot on the way.")
    say.on(50)
    say.asks(
        PRIYA,
        "lf-r-nights",
        "Somebody to sit through two nights a week, so that whoever does it now can sleep",
        CARERS_WORKER,
        HOSPICE_NURSE,
        3,
        "Slept through, and says so",
        patient=second,
    )
    say.takes_on(VERA, "lf-r-nights")
    say.on(25)
    say.reports(VERA, "lf-r-nights", Progress.IN_PROGRESS, "One night a week found, and a second from next month.")
    say.on(39)
    say.asks(
        YASMIN,
        "lf-r-inhalers",
        "Watch everybody on the list with a lung disease use their inhaler, once",
        PHARMACIST,
        MATRON,
        16,
        "Each watched once; those who could not, shown",
        group=group,
    )
    say.takes_on(YASMIN, "lf-r-inhalers")
    say.on(34)
    say.asks(
        RUTH,
        "lf-r-home-by-four",
        "See that nobody on the list is sent home after four in the afternoon",
        DISCHARGE,
        MATRON,
        12,
        "Nobody arrives home in the dark to a cold house",
        group=group,
    )
    say.takes_on(RUTH, "lf-r-home-by-four")

    say.on(37)
    say.proposes(
        RUTH,
        "lf-four-o-clock",
        "Shall the ward and the team speak each day at four about who is going home tomorrow?",
        "Ten minutes by telephone, Ruth and whoever of us is on",
        affected=(HOSPITAL, COMMUNITY, SOCIAL_CARE, LARKFIELD, HOUSING),
        follows=(
            Follows(
                "lf-r-four-o-clock",
                "Ring at four, and write down who goes home to what",
                DISCHARGE,
                THERAPIST,
                10,
                "Twenty days without a missed call",
            ),
        ),
        review=(60, DISCHARGE),
        group=group,
    )
    say.on(35)
    say.consents(RUTH, "lf-four-o-clock")
    say.consents(PRIYA, "lf-four-o-clock")
    say.consents(SAMIRA, "lf-four-o-clock")
    say.on(33)
    say.consents(OWEN, "lf-four-o-clock")
    say.on(15)
    say.proceeds_without(
        RUTH,
        "lf-four-o-clock",
        "Coldwell Homes was asked three times and has not answered; Marcus is covering two patches. People are going "
        "home this week. We begin, and ask again at the review.",
    )
    say.takes_on(RUTH, "lf-r-four-o-clock")
    say.on(6)
    say.reports(
        RUTH, "lf-r-four-o-clock", Progress.IN_PROGRESS, "Seven calls of seven. Nobody went home to a cold house."
    )

    say.on(28)
    say.raises(
        TOM,
        "lf-m-christmas",
        "The Station Quarter day room closes for three weeks at Christmas. Nine people on our list eat there.",
        group,
    )
    say.comments(WINSTON, "Our kitchen is free on weekdays. We have no cook.", matter="lf-m-christmas")

    say.on(22)
    say.proposes(
        TOM,
        "lf-second-look",
        "Shall two of us look together at everybody found to be in pieces here?",
        "Two of us who already meet the person, an hour each, one page: what could stop, what must not",
        "Take the five who see most organisations, and see",
        affected=(MENTAL_HEALTH, COMMUNITY, LARKFIELD, SOCIAL_CARE),
        follows=(
            Follows(
                "lf-r-pairs",
                "Make up the pairs, and see that each page is written by the end of January",
                MENTAL,
                MATRON,
                30,
                "A page for each, read by whoever is named on it",
            ),
            Follows(
                "lf-r-stop",
                "Bring to the team what could stop, and stop it",
                GP,
                PHARMACIST,
                75,
                "One visit or tablet fewer for half of them, and nobody the worse",
            ),
        ),
        review=(120, MENTAL),
        group=in_pieces,
    )
    say.on(18)
    say.consents(TOM, "lf-second-look")
    say.consents(UCHE, "lf-second-look", role=MATRON)
    say.consents(OWEN, "lf-second-look", "I should like to be told which of my tablets to stop.")
    say.on(9)
    say.worries(SAMIRA, "lf-second-look", "An hour each is nine days' work. Let us start with ten and count the hours.")

    say.on(14)
    say.proposes(
        WINSTON,
        "lf-carers-evening",
        "Shall there be one evening a month when carers can go out and somebody they know sits in?",
        "First Wednesday, sitters from Good Neighbours and the Carers' Circle, a nurse at the end of a telephone",
        affected=(GOOD_NEIGHBOURS, CARERS, COMMUNITY, HOSPICE),
        follows=(
            Follows(
                "lf-r-sitters",
                "Find eight sitters whom the carers already know",
                BEFRIENDING,
                CARERS_WORKER,
                35,
                "Eight carers out of the house on the first Wednesday",
            ),
        ),
        review=(110, BEFRIENDING),
        group=group,
    )
    say.on(11)
    say.consents(WINSTON, "lf-carers-evening")
    say.consents(PRIYA, "lf-carers-evening")
    say.consents(ZOFIA, "lf-carers-evening", "I will be the nurse at the end of the telephone.")

    say.on(8)
    say.is_away(VERA, -4, None)
    say.on(3)
    say.is_away(ZOFIA, -2, 5)
