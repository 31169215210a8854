"""
Who is told about which act, after it is recorded; and about what is due, when it is.

    notice.py      a notice as it is decided, and the name that makes it the same one
    kinds.py       every kind of notice: what it says, what sort people know it by, whether it is urgent
    told.py        who is told about an act: a match over every act there is
    due.py         what the time alone brings: reminders, what is overdue, who stands in, reviews and meetings
    reaching.py    whom a role is reached by just now
    still.py       whether what a notice asks for still waits, as My work has it
    choosing.py    when a notice is sent, as each person chose; choices_kept.py: how that is kept
    models.py      what is kept: how far each team's log was read, the notices, the letters they go out in
    gathering.py   reading the log on from where it last got to, and writing down who is told
    writing.py     putting notices that are due into letters
    letters.py     what is known of each letter, and what is promised about it

Nothing here has a word that anybody wrote. How a letter is put into words and handed to a mail server is in
`manyhands/exchange/email`. Why it is done like this: docs/decisions/0046-notices.md.
"""
