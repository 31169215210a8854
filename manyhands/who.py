"""
Identifiers, and nothing else.

An act says who and what by identifier, never by name: names can be corrected and forgotten, acts cannot.
Every identifier is a short text made at the edge (`workspace`, `demo`, a test), so that replaying the acts
gives the same answer.
"""

from typing import NewType

Team = NewType("Team", str)
"""People of several organisations working together: the boundary within which acts are numbered 1, 2, 3 …"""

Person = NewType("Person", str)
"""Someone who uses the workspace. Whoever is looked after is a patient."""

Organisation = NewType("Organisation", str)
"""An ODS code, or a local identifier for the councils, care providers and charities that have none."""

Role = NewType("Role", str)
"""What someone is in a team on behalf of an organisation."""

Patient = NewType("Patient", str)
"""Somebody whose care is looked at. Never an NHS number: the identifier stands in addresses of pages."""

Group = NewType("Group", str)
"""A group of patients, with the rule that made it."""

Matter = NewType("Matter", str)
"""Something raised, before anyone has proposed what to do."""

Poll = NewType("Poll", str)
"""A question put to organisations, with the options and the method by which the answers are counted."""

Proposal = NewType("Proposal", str)
Objection = NewType("Objection", str)
Condition = NewType("Condition", str)
Responsibility = NewType("Responsibility", str)
HandOver = NewType("HandOver", str)
Meeting = NewType("Meeting", str)

Paper = NewType("Paper", str)
"""Something written for others to read and to talk about, before anything is raised or proposed."""

AgendaItem = NewType("AgendaItem", str)
"""One thing on the agenda of a meeting. What came up by itself goes by what it is about, so it comes up only once."""

Reference = NewType("Reference", str)
"""Shared by acts in several teams that are one act of one person, such as leaving all of them."""
