"""
A year of the Priory End neighbourhood team, which leans on one person and has begun to say so.

At the end of it Dev is away and Ines stands in; Hamid is half-way through handing over; nobody holds the link worker's
role; the landlord's key safes are late; one safety concern is open; and three proposals wait, each for named people.
"""

from demo.acts import Follows, Telling
from demo.papers import MATTER_OF_THE_FORM
from demo.place import (
    ASHA,
    BEN,
    CAROL,
    COMMUNITY,
    DEV,
    FEMI,
    GOOD_NEIGHBOURS,
    GRACE,
    HAMID,
    HOSPITAL,
    HOUSING,
    INES,
    JOYCE,
    KASIA,
    LIAM,
    MEI,
    MENTAL_HEALTH,
    MILLGATE,
    NASREEN,
    PRIORY_END,
    SOCIAL_CARE,
)
from manyhands import acts, who
from manyhands.acts import Outcome, Progress, Reached, Works

PRACTICES = (PRIORY_END, MILLGATE)
LIST, IN_PIECES = "pe-list", "pe-in-pieces"

COORDINATOR, MATRON, GP, MILLGATE_GP = "pe-coordinator", "pe-matron", "pe-gp", "pe-millgate-gp"
SOCIAL_WORKER, NURSING, FALLS, VOLUNTEERS = "pe-social-worker", "pe-nursing", "pe-falls", "pe-volunteers"
HOUSING_OFFICER, LINK_WORKER = "pe-housing", "pe-link-worker"


def winter(say: Telling, group: str | None) -> None:
    """A number to ring for everybody, and a weekly half-hour instead of a monthly afternoon."""
    say.on(336)
    say.raises(
        JOYCE,
        "pe-m-who-to-ring",
        "Three people told our volunteers this month that they did not know whom to ring. One had eleven numbers on "
        "the fridge and had rung none of them.",
        group,
    )
    say.comments(
        CAROL, "Mine ring the surgery, and we ring round for them. It takes a morning.", matter="pe-m-who-to-ring"
    )
    say.on(330)
    say.proposes(
        ASHA,
        "pe-one-number",
        "Shall everybody on our list have one named person to ring?",
        "One number for each person, answered by the care coordinator on weekdays, by the matron when she is away",
        "Each organisation gives its own number, on one shared sheet",
        affected=(COMMUNITY, PRIORY_END, MILLGATE, SOCIAL_CARE, GOOD_NEIGHBOURS),
        follows=(
            Follows(
                "pe-r-ring-round",
                "Ring everybody on the list within two weeks and give them the one number",
                COORDINATOR,
                MATRON,
                -308,
                "Everybody on the list says, when asked, whom they would ring",
            ),
        ),
        review=(62, COORDINATOR),
        group=group,
        matter="pe-m-who-to-ring",
    )
    say.on(327)
    say.consents(BEN, "pe-one-number")
    say.consents(CAROL, "pe-one-number", "It would save us that morning.")
    say.worries(
        DEV,
        "pe-one-number",
        "If Asha is the one they know, we shall all come to lean on Asha. Let us look at that again in the autumn.",
    )
    say.on(323)
    say.consents(FEMI, "pe-one-number")
    say.consents(JOYCE, "pe-one-number", "Put the number on the volunteers' cards too, please.")
    say.on(322, 14)
    say.agrees(ASHA, "pe-one-number")
    say.takes_on(ASHA, "pe-r-ring-round")
    say.on(311)
    say.reports(
        ASHA, "pe-r-ring-round", Progress.IN_PROGRESS, "Two thirds rung. Four do not answer; Grace will call in."
    )
    say.reaches(ASHA, "pe-r-ring-round", Reached.DONE, slice(0, 31))
    say.reaches(ASHA, "pe-r-ring-round", Reached.CANNOT, slice(-4, None), "Does not answer the telephone, four tries")
    say.on(304)
    say.completes(
        ASHA,
        "pe-r-ring-round",
        Outcome.DONE,
        "Everybody reached, the last four at the door. Two had been without their tablets since the bank holiday.",
    )
    say.shares_credit(JOYCE, "pe-one-number", "One number to ring, instead of eleven on the fridge")

    say.on(298)
    say.proposes(
        BEN,
        "pe-weekly-call",
        "Shall we speak for half an hour each week instead of meeting for an afternoon each month?",
        "Thursdays at 12.30 by telephone, with a list sent round the day before",
        affected=(COMMUNITY, PRIORY_END, MILLGATE, SOCIAL_CARE, MENTAL_HEALTH, GOOD_NEIGHBOURS, HOUSING),
        follows=(
            Follows(
                "pe-r-call-list",
                "Send round the list for the call by Wednesday noon, with what is still open from last week",
                COORDINATOR,
                NURSING,
                -270,
                "Eight weeks running without anybody having to ask for it",
            ),
        ),
        review=(-150, MATRON),
    )
    say.on(294)
    say.consents(ASHA, "pe-weekly-call")
    say.consents(
        CAROL, "pe-weekly-call", "I can leave surgery for half an hour. I could never leave it for an afternoon."
    )
    say.consents(DEV, "pe-weekly-call")
    say.worries(KASIA, "pe-weekly-call", "Some things need longer. Could we keep two afternoons a year for those?")
    say.on(291)
    say.consents(FEMI, "pe-weekly-call")
    say.consents(JOYCE, "pe-weekly-call")
    say.stands_aside(
        LIAM, "pe-weekly-call", "Thursday is our repairs surgery. I will read the list and ring in when I can."
    )
    say.on(290, 13)
    say.agrees(BEN, "pe-weekly-call")
    say.takes_on(ASHA, "pe-r-call-list")
    say.on(226)
    say.completes(
        ASHA, "pe-r-call-list", Outcome.DONE, "Nine weeks running. On the one I missed, Grace sent it before I noticed."
    )


def spring(say: Telling, group: str | None) -> None:
    """A proposal taken back; a shared falls assessment that met a safety concern and was the better for it."""
    say.on(214)
    say.proposes(
        NASREEN,
        "pe-friday-call",
        "Shall the weekly call move to Fridays at 9?",
        "Fridays at 9, before home visits begin",
        affected=(COMMUNITY, PRIORY_END, SOCIAL_CARE, HOUSING, GOOD_NEIGHBOURS),
        follows=(),
        review=None,
    )
    say.on(210)
    say.consents(LIAM, "pe-friday-call", "I could be there.")
    say.worries(GRACE, "pe-friday-call", "Fridays at 9 is when the wards ring us about the weekend.", NURSING)
    say.on(205)
    say.withdraws(
        NASREEN,
        "pe-friday-call",
        "It would bring in housing and lose the district nurses. Thursdays stay, and Liam rings in when he can.",
    )

    say.on(178)
    say.proposes(
        HAMID,
        "pe-one-falls-form",
        "Shall we accept one another's falls assessment, so that nobody is assessed four times?",
        "One assessment by whoever is first in the house; everybody else reads it before visiting",
        "A joint visit by two of us each time",
        affected=(COMMUNITY, PRIORY_END, MILLGATE, SOCIAL_CARE, HOUSING),
        follows=(
            Follows(
                "pe-r-falls-form",
                "Keep one falls assessment for each person, and chase whoever assesses again without reading it",
                FALLS,
                NURSING,
                -110,
                "No more than one in ten assessed twice within six months",
            ),
        ),
        review=(121, FALLS),
        group=group,
    )
    say.on(175)
    say.consents(
        ASHA, "pe-one-falls-form", "Four people asked the same woman about her rugs in May. She has taken up the rugs."
    )
    say.consents(CAROL, "pe-one-falls-form")
    say.on(174)
    say.objects(
        DEV,
        "pe-one-falls-form",
        "pe-o-nobody-to-speak",
        "Two people who cannot decide for themselves were assessed alone and agreed to rails they were afraid of. "
        "With one assessment there is no second visit to put that right: they would be harmed, and we owe them a "
        "duty under the Mental Capacity Act.",
    )
    say.on(173)
    say.comments(GRACE, "Dev is right. I was the second visit, both times.", proposal="pe-one-falls-form")
    say.on(168)
    say.amends(
        HAMID,
        "pe-one-falls-form",
        "One assessment by whoever is first in the house, with the carer or an advocate there whenever the person "
        "may not be able to decide; everybody else reads it before visiting",
        "Dev's safety concern: nobody who may lack capacity is assessed alone. Who was there is now on the form.",
        (
            Follows(
                "pe-r-carer-first",
                "Ring the carer or arrange an advocate before a falls assessment where capacity is in doubt",
                SOCIAL_WORKER,
                COORDINATOR,
                -120,
                "The form names who was there, each time",
            ),
        ),
    )
    say.on(166)
    say.resolves(
        DEV, "pe-one-falls-form", "pe-o-nobody-to-speak", "This meets it. Thank you for not arguing me out of it."
    )
    say.consents(DEV, "pe-one-falls-form")
    say.is_moved(DEV, "pe-one-falls-form", HAMID, acts.Amend)
    say.consents(CAROL, "pe-one-falls-form")
    say.on(163)
    say.consents(ASHA, "pe-one-falls-form")
    say.consents(FEMI, "pe-one-falls-form")
    say.gives_no_view(LIAM, "pe-one-falls-form")
    say.on(162, 13)
    say.agrees(HAMID, "pe-one-falls-form")
    say.takes_on(HAMID, "pe-r-falls-form")
    say.takes_on(DEV, "pe-r-carer-first")
    say.on(108)
    say.reports(
        HAMID,
        "pe-r-falls-form",
        Progress.IN_PROGRESS,
        "Twenty-one assessments, three done twice. All three came from the hospital, which does not see our form yet.",
        next_check=18,
    )
    say.reaches(HAMID, "pe-r-falls-form", Reached.DONE, slice(0, 21))
    say.on(96)
    say.reaches(DEV, "pe-r-carer-first", Reached.DONE, slice(0, 14))
    say.reaches(
        DEV, "pe-r-carer-first", Reached.CANNOT, slice(14, 17), "No advocate is to be had on a Friday afternoon"
    )
    say.reaches(DEV, "pe-r-carer-first", Reached.EXCEPTION, slice(17, None), "Has not been assessed for falls")
    say.completes(
        DEV,
        "pe-r-carer-first",
        Outcome.PARTLY,
        "Fourteen of seventeen had somebody with them. The other three were on a Friday afternoon, when no advocate "
        "is to be had.",
    )


def summer(say: Telling, group: str | None) -> None:
    """Key safes, which are late; medicines after hospital; letters that never came in time."""
    say.on(132)
    say.raises(
        LIAM,
        "pe-m-doors",
        "We were called out to break down three doors since Easter. Each time somebody was on the floor behind it, "
        "and each time the ambulance had waited for us.",
    )
    say.on(128)
    say.proposes(
        LIAM,
        "pe-key-safes",
        "Shall everybody over 80 who lives alone be offered a key safe?",
        "Coldwell Homes fits one at no cost, to tenants and neighbours alike",
        "A neighbour keeps a key, and we note who",
        affected=(HOUSING, COMMUNITY, SOCIAL_CARE, GOOD_NEIGHBOURS, PRIORY_END),
        follows=(
            Follows(
                "pe-r-key-safes",
                "Fit a key safe for everybody over 80 on the list who lives alone and wants one",
                HOUSING_OFFICER,
                VOLUNTEERS,
                -60,
                "Everybody who wants one has one, and the code is where it should be",
            ),
        ),
        review=(49, HOUSING_OFFICER),
        group=group,
        matter="pe-m-doors",
    )
    say.on(126)
    say.consents_if(
        ASHA,
        "pe-key-safes",
        "pe-c-codes",
        COORDINATOR,
        "The codes are kept in one place and read out over the telephone, never sent in a message or written on a "
        "door.",
    )
    say.consents(DEV, "pe-key-safes")
    say.consents(JOYCE, "pe-key-safes", "Our volunteers will ask, over tea, who would like one.")
    say.on(124)
    say.consents(CAROL, "pe-key-safes")
    say.consents(LIAM, "pe-key-safes")
    say.on(120, 13)
    say.agrees(LIAM, "pe-key-safes")
    say.takes_on(LIAM, "pe-r-key-safes")
    say.on(102)
    say.fulfils(
        ASHA, "pe-c-codes", "Kept in the locked cabinet at the clinic; two of us can open it. Tried from a call box."
    )
    say.on(58)
    say.reports(LIAM, "pe-r-key-safes", Progress.IN_PROGRESS, "Nine fitted. The fitter is off sick.", next_check=-16)
    say.on(20)
    say.reports(
        LIAM,
        "pe-r-key-safes",
        Progress.CANNOT_YET,
        "Nine of twenty-two fitted. No fitter until the new contract is signed, and nobody will tell me when that is. "
        "Somebody with a better telephone voice than mine might ask.",
        support=True,
        next_check=-9,
    )
    say.reaches(LIAM, "pe-r-key-safes", Reached.DONE, slice(0, 9))
    say.reaches(LIAM, "pe-r-key-safes", Reached.CANNOT, slice(9, 22), "No fitter until the new contract is signed")
    say.reaches(LIAM, "pe-r-key-safes", Reached.EXCEPTION, slice(22, None), "Does not live alone, or wants none")

    say.on(112)
    say.proposes(
        CAROL,
        "pe-medicines-home",
        "Shall everybody who comes home from hospital have their medicines looked at, at home, within a week?",
        "The practice pharmacist or the matron visits within seven days, with the old boxes on the table",
        affected=(PRIORY_END, MILLGATE, COMMUNITY, HOSPITAL),
        follows=(
            Follows(
                "pe-r-medicines",
                "Visit within seven days of coming home, old boxes on the table",
                GP,
                MILLGATE_GP,
                -40,
                "Nine in ten visited within seven days",
            ),
            Follows(
                "pe-r-letters",
                "Agree with the hospital that the discharge letter comes the same day",
                MATRON,
                COORDINATOR,
                -50,
                "The letter is here before the person is",
            ),
        ),
        review=(77, GP),
        group=group,
    )
    say.on(109)
    say.consents(BEN, "pe-medicines-home")
    say.consents(FEMI, "pe-medicines-home", "We found six boxes of the same tablet last week.")
    say.on(106)
    say.consents(MEI, "pe-medicines-home")
    say.consents(CAROL, "pe-medicines-home")
    say.on(105, 13)
    say.agrees(CAROL, "pe-medicines-home")
    say.takes_on(CAROL, "pe-r-medicines")
    say.takes_on(BEN, "pe-r-letters")
    say.on(46)
    say.completes(
        BEN,
        "pe-r-letters",
        Outcome.NOT_DONE,
        "The ward wants to and the system will not: letters leave when a consultant signs, eleven days on average. "
        "Nobody here can change that. Mei has taken it to the hospital's board.",
    )
    say.on(36)
    say.reports(
        CAROL,
        "pe-r-medicines",
        Progress.IN_PROGRESS,
        "Seventeen of twenty-one visited within the week. We ring the ward ourselves, since the letters do not come.",
        next_check=12,
    )
    say.reaches(CAROL, "pe-r-medicines", Reached.DONE, slice(0, 17))
    say.reaches(CAROL, "pe-r-medicines", Reached.CANNOT, slice(17, 21), "We heard from the ward after the first week")
    say.reaches(CAROL, "pe-r-medicines", Reached.EXCEPTION, slice(21, None), "Has not been in hospital")
    say.on(100)
    say.asks(
        CAROL,
        "pe-r-hearing",
        "Check hearing aids and change the batteries on every first visit",
        LINK_WORKER,
        VOLUNTEERS,
        -55,
        "Nobody on the list says that they cannot hear us",
        group=group,
    )
    say.takes_on(NASREEN, "pe-r-hearing")
    say.on(52)
    say.completes(
        NASREEN,
        "pe-r-hearing",
        Outcome.NO_LONGER_NEEDED,
        "The hearing clinic now comes to the Thursday lunch with a box of batteries. Better than we would have done.",
    )


def autumn(say: Telling, group: str | None, in_pieces: str | None, patients: list[who.Patient]) -> None:
    """What is in hand now, and what is being asked."""
    first, second, third = (*patients[:3], None, None, None)[:3]
    say.on(66)
    say.asks(
        BEN,
        "pe-r-frames",
        "See that every walking frame on the list is the right height and has its rubber feet",
        FALLS,
        NURSING,
        6,
        "Each frame looked at once, and a note of the day",
        group=group,
    )
    say.takes_on(HAMID, "pe-r-frames")
    say.asks(
        CAROL,
        "pe-r-class",
        "Find somebody to teach strength and balance in the Millgate hall on Tuesdays",
        FALLS,
        VOLUNTEERS,
        -12,
        "Eight people come, three weeks running",
        group=group,
    )
    say.takes_on(HAMID, "pe-r-class")
    say.on(61)
    say.asks(
        NASREEN,
        "pe-r-chair",
        "A chair to get up from without help, before Christmas",
        FALLS,
        HOUSING_OFFICER,
        9,
        "Gets up alone, twice, with somebody watching",
        patient=first,
    )
    say.takes_on(HAMID, "pe-r-chair")
    say.on(57)
    say.asks(
        ASHA,
        "pe-r-lunch",
        "Hold four places at the Thursday lunch for people who come home from hospital to an empty house",
        LINK_WORKER,
        VOLUNTEERS,
        14,
        "Nobody who wanted a place went without",
        group=group,
    )
    say.takes_on(NASREEN, "pe-r-lunch")
    say.asks(
        BEN,
        "pe-r-fridays",
        "Ring on Friday afternoons, before the weekend, and ask about the pain and the shopping",
        COORDINATOR,
        NURSING,
        4,
        "Rung each Friday; no 999 call at a weekend for what could have waited",
        patient=second,
    )
    say.takes_on(ASHA, "pe-r-fridays")
    say.on(44)
    say.asks(
        ASHA,
        "pe-r-care-act",
        "Look again at the care of five people whose carers are worn out",
        SOCIAL_WORKER,
        COORDINATOR,
        11,
        "Each carer has been asked what would help, and has had an answer",
        group=group,
    )
    say.takes_on(DEV, "pe-r-care-act")
    say.on(30)
    say.reports(
        DEV,
        "pe-r-care-act",
        Progress.IN_PROGRESS,
        "Three of the five seen. One daughter cried when asked, and then slept for a night: respite is arranged.",
        next_check=11,
    )
    say.reports(HAMID, "pe-r-frames", Progress.IN_PROGRESS, "Nineteen looked at, eleven wrong, four without feet.")
    say.reaches(HAMID, "pe-r-frames", Reached.DONE, slice(0, 15))
    say.reaches(HAMID, "pe-r-frames", Reached.IN_PROGRESS, slice(15, 19), "Without feet; the right ones are on order")
    say.reaches(HAMID, "pe-r-frames", Reached.EXCEPTION, slice(19, 23), "Walks without a frame, and wants none")
    say.reaches(HAMID, "pe-r-frames", Reached.CANNOT, slice(23, 24), "In hospital since Monday, with the frame")
    say.on(29)
    say.asks(
        JOYCE,
        "pe-r-damp",
        "See to the damp in the bedroom before the cold comes",
        HOUSING_OFFICER,
        SOCIAL_WORKER,
        2,
        "Dry to the hand, and a date for the gutter",
        patient=third,
    )
    say.on(26)
    say.declines(
        LIAM,
        "pe-r-damp",
        "It is not one of our houses: the owner is private and lives abroad. Environmental health at the council can "
        "make him, and we cannot.",
    )
    say.on(15)
    say.asks(
        BEN,
        "pe-r-bloods",
        "Take bloods at home for the four people who cannot get to the health centre",
        MILLGATE_GP,
        NURSING,
        10,
        "All four done before the flu clinic",
        group=group,
    )
    _what_is_asked(say, group, in_pieces)
    _who_is_away(say)
    _leaving(say)
    _looking_again(say)
    _on_thursdays(say)
    _asked_by_counting(say)


def _what_is_asked(say: Telling, group: str | None, in_pieces: str | None) -> None:
    say.on(33)
    say.proposes(
        GRACE,
        "pe-memory-direct",
        "Shall we refer straight to the memory clinic, without the eight-page form?",
        "One page from anybody in the team; the clinic rings the family the same week",
        "The form stays, and the link worker fills it in",
        affected=(COMMUNITY, MENTAL_HEALTH, PRIORY_END, MILLGATE),
        follows=(
            Follows(
                "pe-r-one-page",
                "Write the one page, and read each one before it goes",
                NURSING,
                MATRON,
                30,
                "Referred to rung within a week, for eight in ten",
            ),
        ),
        review=(150, NURSING),
        group=group,
        matter=MATTER_OF_THE_FORM,
    )
    say.on(31)
    say.consents(GRACE, "pe-memory-direct")
    say.consents(CAROL, "pe-memory-direct", "I have had that form open for a fortnight.")
    say.on(29, 15)
    say.objects(
        KASIA,
        "pe-memory-direct",
        "pe-o-no-bloods",
        "The form is long because it asks for bloods and the tablets. Last year two people were called demented who "
        "had a urine infection and a thyroid. Without it somebody will be told the worst for nothing.",
    )
    say.finds(KASIA, "pe-o-no-bloods", acts.Criterion.HARM)
    say.on(27)
    say.comments(FEMI, "Could the page say only: bloods done on, tablets attached?", proposal="pe-memory-direct")
    say.comments(KASIA, "That might do it. I would want to try it on ten before I say so.", proposal="pe-memory-direct")

    say.on(24)
    say.raises(
        BEN,
        "pe-m-days-off",
        "Asha was rung eleven times on her days off this month. She answered all eleven. For most people on the list "
        "she is the only one of us they have met, and the number we gave them is hers.",
        group,
    )
    say.comments(DEV, "I said in the winter that we should look at this. Let us.", matter="pe-m-days-off")
    say.on(19)
    say.proposes(
        BEN,
        "pe-second-person",
        "Shall everybody on the list know a second one of us, by name and face?",
        "Asha takes one of us along on her next visit to each person; that person becomes the second",
        "The number goes to a rota, and nobody is named",
        affected=(COMMUNITY, SOCIAL_CARE, MENTAL_HEALTH, GOOD_NEIGHBOURS),
        follows=(
            Follows(
                "pe-r-second-visit",
                "Go along on the next visit, and be the second person from then on",
                MATRON,
                None,
                60,
                "Everybody on the list can say two names",
            ),
        ),
        review=None,
        group=group,
        matter="pe-m-days-off",
    )
    say.on(17)
    say.consents(ASHA, "pe-second-person", "I did not know how much I wanted somebody to say this.")
    say.consents(JOYCE, "pe-second-person", "Winston and I can take the ones who like a long chat.")
    say.on(16)
    say.worries(KASIA, "pe-second-person", "Two strangers at the door frighten some people. Let them choose the day.")

    say.on(12)
    say.proposes(
        ASHA,
        "pe-before-christmas",
        "Shall we ring everybody found to be in pieces before Christmas, and share out the calls?",
        "Each of us rings those we already meet most; whoever nobody meets goes to the practice",
        "The practices write to them all",
        affected=(COMMUNITY, PRIORY_END, MILLGATE, SOCIAL_CARE, HOSPITAL, GOOD_NEIGHBOURS),
        follows=(
            Follows(
                "pe-r-calls",
                "Share out the calls by who meets whom, and see that each is made by 18 December",
                COORDINATOR,
                MATRON,
                21,
                "Everybody rung, or a note of why not",
            ),
            Follows(
                "pe-r-one-list",
                "One list of appointments for each of them, on the fridge door",
                VOLUNTEERS,
                LINK_WORKER,
                42,
                "The list is there when somebody looks",
            ),
        ),
        review=(95, COORDINATOR),
        group=in_pieces,
    )
    say.on(10)
    say.consents(ASHA, "pe-before-christmas")
    say.consents(CAROL, "pe-before-christmas")
    say.comments(
        JOYCE,
        "May a volunteer ring, if the person knows them? I will ask our trustees.",
        proposal="pe-before-christmas",
    )

    say.on(4, 12)
    say.writes_down(
        BEN,
        FEMI,
        "pe-before-christmas",
        acts.Stance.CONCERN,
        "December is flu. We can do eight calls and not twenty.",
    )

    say.on(3)
    say.raises(
        JOYCE,
        "pe-m-eye-clinic",
        "The eye clinic has moved across the river and no bus goes there. Five of our drivers did nothing else last "
        "week.",
        group,
    )


def _who_is_away(say: Telling) -> None:
    say.on(21)
    say.steps_down(NASREEN, LINK_WORKER)
    say.on(18)
    say.is_away(DEV, -6, 9)
    say.on(9)
    say.is_away(MEI, -4, 17)
    say.on(7)
    say.is_away(CAROL, 15, 22)
    say.on(4)
    say.reports(
        INES,
        "pe-r-care-act",
        Progress.IN_PROGRESS,
        "Standing in for Dev. The fourth carer would like an evening off more than anything we offered; asking Joyce.",
        role=SOCIAL_WORKER,
    )


def _leaving(say: Telling) -> None:
    say.on(8)
    say.hands_over(
        HAMID,
        GRACE,
        "pe-h-hamid",
        FALLS,
        ("pe-r-falls-form", "pe-r-frames", "pe-r-class", "pe-r-chair"),
        ("pe-one-falls-form",),
        5,
        "I start at the new rehabilitation unit in a fortnight. Everything I know about each is in the last report; "
        "ask me anything until then, and after.",
    )
    say.on(6)
    say.accepts(GRACE, "pe-h-hamid", "pe-r-falls-form")
    say.accepts(GRACE, "pe-h-hamid", "pe-r-chair")
    say.on(5, 16)
    say.gives_back(
        GRACE,
        "pe-h-hamid",
        "pe-r-class",
        "I cannot teach it and I do not know who can. Joyce may: one of her volunteers taught dance.",
    )


def _looking_again(say: Telling) -> None:
    """One decision has been renewed; another is under review, because everybody has come to lean on one person."""
    say.on(147)
    for person in (ASHA, CAROL, DEV, FEMI, JOYCE, KASIA):
        say.answers_review(person, "pe-weekly-call")
    say.answers_review(
        LIAM, "pe-weekly-call", "I ring in once a month, no oftener. The list is what I use.", Works.PARTLY
    )
    say.on(144)
    say.renews(
        BEN, "pe-weekly-call", 88, MATRON, "Eleven calls in twelve weeks, and nobody has asked for the afternoon."
    )

    say.on(7)
    say.opens_review(
        DEV,
        "pe-one-number",
        "I said in the spring that we would come to lean on Asha, and we have. What if she were not there?",
    )
    say.answers_review(FEMI, "pe-one-number", "People do ring it. They ring it for everything.", Works.PARTLY)
    say.on(5)
    say.answers_review(JOYCE, "pe-one-number")


def _on_thursdays(say: Telling) -> None:
    """The weekly hour: one that was held a fortnight ago, and the next, whose agenda is before everyone."""
    about = acts.About
    held = "pe-hour-held"
    say.on(15)
    say.calls_a_meeting(BEN, held, "Our weekly hour", -14)
    clinic = _topic("pe-t-clinic", "The Thursday clinic clashes with the frailty round")
    say.circulates(BEN, held, _about(about.RESPONSIBILITY, "pe-r-damp"), clinic)
    say.on(14, 12)
    say.is_in(BEN, held, part=acts.Part.CHAIRS)
    say.is_in(ASHA, held, part=acts.Part.RECORDS)
    say.is_in(FEMI, held)
    say.is_in(LIAM, held)
    say.is_in(ASHA, held, JOYCE)
    say.puts_on(JOYCE, held, _topic("pe-t-drivers", "Two of our drivers stop at Christmas"))
    say.puts_on(FEMI, held, _topic("pe-t-parking", "Parking at the health centre"))
    say.reorders(BEN, held, "pe-t-clinic", "responsibility:pe-r-damp", "pe-t-drivers", "pe-t-parking")
    say.concludes(
        ASHA,
        held,
        "pe-t-clinic",
        acts.ItemOutcome.DECIDED,
        "The round moves to ten from next week. Femi tells the reception, Ben the community nurses.",
    )
    say.concludes(
        ASHA,
        held,
        "responsibility:pe-r-damp",
        acts.ItemOutcome.NOTED,
        "It is not one of Liam's houses. Somebody at the council who can make a landlord act is still to be found.",
    )
    say.concludes(
        ASHA,
        held,
        "pe-t-drivers",
        acts.ItemOutcome.ACTION,
        "Four people would miss the lunch club. Millgate takes their bloods at home, so that drivers are free for it.",
        "pe-r-bloods",
    )
    say.drops(BEN, held, "pe-t-parking", "The health centre has written to everyone since.")
    say.puts_on(BEN, held, _topic("pe-t-holidays", "Who is there between Christmas and the new year"))
    say.concludes(ASHA, held, "pe-t-holidays", acts.ItemOutcome.CARRIED_OVER)
    say.closes_the_meeting(BEN, held)

    coming = "pe-hour-next"
    say.on(2, 15)
    say.calls_a_meeting(BEN, coming, "Our weekly hour", 1)


def _asked_by_counting(say: Telling) -> None:
    """Two polls: which of three to begin with, which was counted; and when to look back on the year, still open."""
    first = "pe-which-first"
    say.on(40)
    say.polls(
        BEN,
        first,
        "schulze",
        "What do we begin with after Christmas?",
        (
            "One assessment of falls, done once and believed by all",
            "Whoever goes home from hospital is rung the next day, by one of us",
            "One list of who has a key, for all who need one",
        ),
        (COMMUNITY, PRIORY_END, MILLGATE, SOCIAL_CARE, GOOD_NEIGHBOURS, HOUSING),
        -33,
        independent_first=True,
    )
    say.on(39)
    say.votes(ASHA, first, {"1": 1, "2": 2, "3": 3, "as-now": 4}, "Three of us assess the same fall.")
    say.votes(CAROL, first, {"2": 1, "1": 2, "as-now": 3})
    say.votes(
        JOYCE, first, {"2": 1, "3": 2, "1": 3}, "We find out that somebody is home when the milk is not taken in."
    )
    say.on(38)
    say.votes(BEN, first, {"1": 1, "2": 2, "3": 3})
    say.votes(FEMI, first, {"2": 1, "1": 1})
    say.votes(LIAM, first, {"3": 1, "2": 2})
    say.votes(DEV, first, {"2": 1, "1": 2, "3": 3}, "Half of our urgent visits are in the first week at home.")
    say.on(33, 16)
    say.closes_poll(BEN, first, "We begin with the call the day after. The assessment of falls comes next.")

    say.on(1)
    say.polls(
        ASHA,
        "pe-looking-back",
        "time-poll",
        "When do we look back on the year together?",
        (),
        (COMMUNITY, PRIORY_END, MILLGATE, SOCIAL_CARE, HOSPITAL, GOOD_NEIGHBOURS),
        6,
        times=((14, 10), (15, 14), (20, 12)),
    )
    say.votes(CAROL, "pe-looking-back", {"time-1": 2, "time-2": 0, "time-3": 1})
    say.votes(JOYCE, "pe-looking-back", {"time-1": 1, "time-2": 2, "time-3": 2}, "Mornings are our lunch club.")


def _about(about: acts.About, which: str) -> acts.AgendaItem:
    """An item about something that is there, as the agenda that makes itself names it."""
    return acts.AgendaItem(item=who.AgendaItem(f"{about.value}:{which}"), about=about, which=which)


def _topic(key: str, words: str) -> acts.AgendaItem:
    return acts.AgendaItem(item=who.AgendaItem(key), about=acts.About.TOPIC, words=acts.Words(words))
