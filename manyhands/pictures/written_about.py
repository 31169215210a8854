"""
What was written about each patient: the entries that would have to lose words for nothing to be left, should the
record of one be removed. Words that name somebody whom the act does not name are not known here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from manyhands import acts, who


@dataclass(slots=True)
class WrittenAbout:
    """
    `entries` has the numbers of a patient's entries whose words are there, the oldest first; `named` the last one that
    put them in a group, whether or not its words are. The rest is to know them by.
    """

    entries: dict[who.Patient, tuple[int, ...]] = field(default_factory=dict)
    named: dict[who.Patient, int] = field(default_factory=dict)
    responsibilities: dict[str, who.Patient] = field(default_factory=dict)
    items: dict[tuple[who.Meeting, who.AgendaItem], who.Patient] = field(default_factory=dict)

    def going_on(self) -> "WrittenAbout":
        return WrittenAbout(dict(self.entries), dict(self.named), dict(self.responsibilities), dict(self.items))


def fold(recorded: Iterable[acts.Recorded], start: WrittenAbout | None = None) -> WrittenAbout:
    """Bring it forward by acts that were accepted, oldest first."""
    now = start.going_on() if start is not None else WrittenAbout()
    for entry in recorded:
        _learn(now, entry.number, entry.act)
        for patient in dict.fromkeys(_whom(now, entry.act)):
            now.entries[patient] = (*now.entries.get(patient, ()), entry.number)
    return now


def to_be_removed(now: WrittenAbout, patient: who.Patient) -> tuple[int, ...]:
    """
    The entries that lose their words when the record of a patient is removed: at least one that names them, so that the
    removal is on the record where there was nothing to remove.
    """
    return now.entries.get(patient, ()) or ((now.named[patient],) if patient in now.named else ())


def _learn(now: WrittenAbout, number: int, act: acts.AnyAct) -> None:
    """What later acts will say by its identifier only; and what is gone."""
    match act:
        case acts.Gather():
            now.named |= {each.patient: number for each in act.patients}
        case acts.Include():
            now.named[act.patient] = number
        case acts.Ask(patient=who_it_is) if who_it_is is not None:
            now.responsibilities[act.responsibility] = who_it_is
        case acts.Circulate():
            for item in act.items:
                _put_on(now, act.meeting, item)
        case acts.PutOn():
            _put_on(now, act.meeting, act.item)
        case acts.Withhold():
            for patient in [act.about] if act.about else list(now.entries):
                now.entries[patient] = tuple(n for n in now.entries.get(patient, ()) if n != act.number)
        case _:
            pass


def _put_on(now: WrittenAbout, meeting: who.Meeting, item: acts.AgendaItem) -> None:
    if item.about is acts.About.PATIENT:
        now.items[meeting, item.item] = who.Patient(item.which)
    elif item.about is acts.About.RESPONSIBILITY and item.which in now.responsibilities:
        now.items[meeting, item.item] = now.responsibilities[item.which]


def _whom(now: WrittenAbout, act: acts.AnyAct) -> Iterable[who.Patient]:
    """Whom the words of an act are about; nobody, where it has none, or none about a patient whom it names."""
    match act:
        case acts.Gather():
            return [each.patient for each in act.patients if each.because]
        case acts.Include() | acts.Release():
            return [act.patient]
        case acts.Ask() | acts.Decline() | acts.Report() | acts.Complete():
            return _those(now.responsibilities.get(act.responsibility))
        case acts.ReportOnPeople():
            return act.patients if act.because else ()
        case acts.HandOver():
            handed = (now.responsibilities.get(item.which) for item in act.items)
            return _those(*handed) if act.words else ()
        case acts.GiveBack():
            return _those(now.responsibilities.get(act.which))
        case acts.PutOn():
            return _those(now.items.get((act.meeting, act.item.item))) if act.item.words else ()
        case acts.Drop() | acts.Conclude():
            return _those(now.items.get((act.meeting, act.item)))
        case _:
            return ()


def _those(*patients: who.Patient | None) -> Iterable[who.Patient]:
    return [patient for patient in patients if patient is not None]
