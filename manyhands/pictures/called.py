"""What the things that acts speak of are called, so that a sentence about a later act can name them."""

from dataclasses import dataclass, field

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

    def going_on(self) -> "Called":
        shelves = (self.questions, self.terms, self.matters, self.groups, self.things, self.offers)
        return Called(*(dict(shelf) for shelf in shelves))  # type: ignore[arg-type]

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
        elif isinstance(act, acts.Gather):
            self.groups[act.group] = act.called
        elif isinstance(act, acts.HandOver):
            self.offers[act.handover] = act

    def thing(self, kind: acts.Kind, which: str) -> tuple[acts.Words, who.Proposal | None]:
        return self.things.get((kind, which), (acts.NOTHING_SAID, None))
