"""
E-mail: letters put into words, and handed to a mail server.

    composing.py   what a letter says: sentences and links, and nothing that anybody wrote
    handing.py     handing one message over, and what is known about it afterwards
    rounds.py      one round of everything: read on, put into letters, send; and going on until told to stop

Which server, from whom, and where links lead: manyhands/site/settings.py. What is promised, and what cannot be:
docs/decisions/0046-notices.md.
"""
