"""What the things that acts speak of are called, so that a sentence about a later act can name them."""

from copy import copy
from dataclasses import dataclass, field, fields
from typing import assert_never

from manyhands import acts, who


@dataclass(slots=True)
class Called:
    """What the things that later acts speak of were called when they came up, and which proposal they belong to."""

    questions: dict[who.Proposal, acts.Words] = field(default_factory=dict)
    terms: dict[who.Proposal, acts.Terms] = field(default_factory=dict)
    matters: dict[who.Matter, acts.Words] = field(default_factory=dict)
    groups: dict[who.Group, acts.Words] = field(default_factory=dict)
    things: dict[tuple[acts.Kind, str], tuple[acts.Words, who.Proposal | None]] = field(default_factory=dict)
    offers: dict[who.HandOver, acts.HandOver] = field(default_factory=dict)
    meetings: dict[who.Meeting, acts.Words] = field(default_factory=dict)
    items: dict[who.AgendaItem, acts.AgendaItem] = field(default_factory=dict)
    papers: dict[who.Paper, acts.Words] = field(default_factory=dict)
    polls: dict[who.Poll, acts.Words] = field(default_factory=dict)

    def going_on(self) -> "Called":
        on = copy(self)
        for shelf in fields(self):
            setattr(on, shelf.name, dict(getattr(self, shelf.name)))
        return on

    def learn(self, act: acts.AnyAct) -> None:
        """Take down what an act gives a name to."""
        if isinstance(act, acts.Propose | acts.Amend):
            self.questions[act.proposal], self.terms[act.proposal] = act.terms.question, act.terms
            self.things[acts.Kind.REVIEW, act.proposal] = act.terms.question, act.proposal
        elif isinstance(act, acts.Agree | acts.ProceedWithout):
            for follows in self.terms[act.proposal].follows:
                self.things[acts.Kind.RESPONSIBILITY, follows.responsibility] = follows.what, act.proposal
        elif isinstance(act, acts.Ask):
            _, proposal = self.thing(acts.Kind.RESPONSIBILITY, act.responsibility)  # it may be asked again
            self.things[acts.Kind.RESPONSIBILITY, act.responsibility] = act.what, proposal
        elif isinstance(act, acts.Object):
            self.things[acts.Kind.OBJECTION, act.objection] = act.because, act.proposal
        elif isinstance(act, acts.ConsentIf):
            self.things[acts.Kind.CONDITION, act.condition] = act.because, act.proposal
        elif isinstance(act, acts.RecordPosition | acts.CorrectPosition):
            if act.stance is acts.Stance.OBJECT and act.objection is not None:
                self.things[acts.Kind.OBJECTION, act.objection] = act.because, act.proposal
            if act.stance is acts.Stance.CONDITION and act.condition is not None:
                self.things[acts.Kind.CONDITION, act.condition] = act.because, act.proposal
        elif isinstance(act, acts.Raise):
            self.matters[act.matter] = act.words
        elif isinstance(act, acts.Publish | acts.Revise):
            self.papers[act.paper] = act.title
        elif isinstance(act, acts.OpenPoll):
            self.polls[act.poll] = act.question
        elif isinstance(act, acts.Gather):
            self.groups[act.group] = act.called
        elif isinstance(act, acts.HandOver):
            self.offers[act.handover] = act
        elif isinstance(act, acts.CallMeeting):
            self.meetings[act.meeting] = act.called
        elif isinstance(act, acts.Circulate):
            self.items |= {item.item: item for item in act.items}
        elif isinstance(act, acts.PutOn):
            self.items[act.item.item] = act.item

    def thing(self, kind: acts.Kind, which: str) -> tuple[acts.Words, who.Proposal | None]:
        return self.things.get((kind, which), (acts.NOTHING_SAID, None))

    def item(self, item: acts.AgendaItem) -> acts.Words:
        """What an item of an agenda is about, in the words that it was written in; none for a person or a hand-over."""
        match item.about:
            case acts.About.OBJECTION:
                return self.thing(acts.Kind.OBJECTION, item.which)[0]
            case acts.About.PROPOSAL | acts.About.REVIEW:
                return self.questions.get(who.Proposal(item.which), acts.NOTHING_SAID)
            case acts.About.RESPONSIBILITY:
                return self.thing(acts.Kind.RESPONSIBILITY, item.which)[0]
            case acts.About.MATTER:
                return self.matters.get(who.Matter(item.which), acts.NOTHING_SAID)
            case acts.About.TOPIC:
                return item.words
            case acts.About.PATIENT | acts.About.HANDOVER:
                return acts.NOTHING_SAID
            case _:
                assert_never(item.about)
