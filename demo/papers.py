"""
Papers of the two teams: one on the memory clinic, whose question becomes a proposal; one on who knows whom, which both
teams read; and one that asks how leading is shared.
"""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from demo.acts import Telling
from demo.place import ASHA, BEN, CAROL, DEV, FEMI, GRACE, HAMID, KASIA, LARKFIELD_TEAM, MEI, OWEN, PRIYA, UCHE, VERA
from manyhands import acts
from manyhands.acts import Words

MATTER_OF_THE_FORM = "pe-m-memory-form"

MEMORY = """
Between April and September we sent 41 people from our two practices to the memory clinic. This is what happened to
them, as far as the clinic and our own lists say. Nobody is named here, and nobody can be told from the numbers.

## What we found

| step | half of them waited less than |
| --- | --- |
| from the family first asking to our form being sent | 5 weeks |
| from the form to the first appointment | 11 weeks |
| from there to a diagnosis that somebody had told the family | 7 weeks |

The **five weeks before the form** are ours. We asked each practice why:

- the form has eight pages, and asks for bloods that are already in the record
- two of us did not know that a nurse may send it
- nobody wants to send it half filled in, so it waits for a quiet afternoon

## What the families said

> We rang three numbers. Each was kind, and each said it was somebody else's.

## What we do not know

1. Whether a shorter form would send people who should have had their thyroid looked at first.
2. How many were never sent because of the form.
3. What Larkfield does. They seem to have half the wait.

## What would help

Tell us what you see from where you work. If your organisation holds the form, say what it is for.
"""

ONE_NAME = """
When Asha was off for nine days in the spring, 23 people on our list rang nobody, because hers was the only number they
had. That is not about Asha, who does it well. It is about us.

## Three things that we could look at

- **Who is known by one of us only.** *What if … left?* lists them by role. In March it was 31 people.
- **Who could be the second.** For most of them somebody has been in the house within the year: a nurse, a volunteer.
- **What a second person needs.** A name on the fridge, one joint visit, and the plan.

## What Larkfield did

Their plan always carries two names. They say that it took a season, and one meeting a month.

We open this paper to them, so that they can say how it went.
"""

SHARED = """
We looked at a year of our own record: who raised things, who proposed, who said no, who carried things out.

## What it shows

Most of what we raised came from two organisations; most of what we carried out was carried out by all of them. The
charities spoke seldom and changed minds often. *Leading* shows the same as a picture, beside what chance alone would
give.

## What it does not show

Who is good. Somebody who says little and turns up every Thursday is in none of these numbers.

## To talk about

Would it help if somebody else took the chair for the winter?
"""

TABLETS = """
Of the people on our list, one in five takes ten or more.

## What we tried

Yasmin looked at each list with the person. On average two went.

## What it took

Forty minutes each, and nobody was worse after a month.
"""

EARLIER = SHARED.replace("beside what chance alone would\ngive", "for the last quarter")
assert EARLIER != SHARED


def memory_clinic(say: Telling) -> None:
    """A paper that asks, is answered, and becomes a proposal."""
    say.on(47, 9)
    afternoon = datetime.combine(say.in_days(9), time(14), ZoneInfo("Europe/London"))
    say.publishes(
        FEMI,
        "pe-p-memory",
        "Five weeks before a form is sent: the way to the memory clinic",
        MEMORY,
        topics=("Memory clinic", "Waiting"),
        events=(
            acts.Event(
                called=Words("Open afternoon at the memory clinic"),
                starts_at=afternoon,
                minutes=120,
                where=Words("The old library, Wendmoor"),
            ),
        ),
        teams=(LARKFIELD_TEAM.key,),
    )
    say.on(45, 10)
    say.discusses(GRACE, "pe-p-memory", "I have sent four, and each time filled in the bloods by hand from the screen.")
    say.on(44, 11)
    asked = say.discusses(
        CAROL,
        "pe-p-memory",
        "What is it for, that a page would not do? Could we send people without it?",
        question=True,
    )
    say.on(43, 12)
    say.discusses(
        KASIA,
        "pe-p-memory",
        "It is for the bloods and the tablets. Two people last year had a thyroid and a urine infection, not dementia.",
        answers=asked,
    )
    say.discusses(
        PRIYA, "pe-p-memory", "We ring them first and send one page. Nobody has objected in two years.", answers=asked,
        guest_of=LARKFIELD_TEAM.key, guest_role="lf-matron",
    )  # fmt: skip
    say.on(41, 13)
    say.takes_up(
        CAROL, "pe-p-memory", asked, MATTER_OF_THE_FORM, "Could we send people to the memory clinic without the form?"
    )


def one_name(say: Telling) -> None:
    """A paper open to the other team, whose people answer as guests."""
    say.on(74, 9)
    say.publishes(BEN, "pe-p-one-name", "Known by one of us only", ONE_NAME, topics=("Continuity", "If somebody left"))
    say.opens_to(BEN, "pe-p-one-name", (LARKFIELD_TEAM.key,))
    say.on(72, 10)
    asked = say.discusses(
        HAMID, "pe-p-one-name", "How did you choose the second name, and who asked the person?", question=True
    )
    say.on(71, 11)
    answer = say.discusses(
        UCHE,
        "pe-p-one-name",
        "Whoever was last in the house and was let in again. The person chose in the end; four wanted nobody else.",
        answers=asked,
        guest_of=LARKFIELD_TEAM.key,
        guest_role="lf-therapist",
    )
    say.discusses(
        VERA,
        "pe-p-one-name",
        "Ask the carer too. They are who rings.",
        guest_of=LARKFIELD_TEAM.key,
        guest_role="lf-carers",
    )
    say.on(70, 12)
    say.settles(HAMID, "pe-p-one-name", asked, answer)
    say.discusses(DEV, "pe-p-one-name", "I could be second for six of them. I know them from their assessments.")


def leading(say: Telling) -> None:
    """A paper with two versions."""
    say.on(26, 9)
    say.publishes(MEI, "pe-p-leading", "Who leads here? A year of our record", EARLIER, topics=("How we work",))
    say.on(25, 10)
    say.discusses(ASHA, "pe-p-leading", "Beside chance it would say more: there are six of us from one trust.")
    say.on(24, 11)
    say.revises(MEI, "pe-p-leading", "Who leads here? A year of our record", SHARED, "Beside chance now, as Asha asked")


def larkfields(say: Telling) -> None:
    """A paper of the other team, which this one does not read."""
    say.on(57, 11)
    say.publishes(
        OWEN,
        "lf-p-tablets",
        "Twelve tablets at breakfast",
        TABLETS,
        topics=("Medicines",),
    )
