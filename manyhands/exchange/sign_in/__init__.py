"""
Signing in at an organisation's own identity provider, by OpenID Connect: NHS CIS2, a council's Entra, a charity's.

    providers.py     which there are, read from one file
    asking.py        sending somebody there, and what is believed of what comes back
    signed_out.py    a provider says that somebody has signed out there
    keys.py          our own keys: what we sign with, and what is published of them

Who somebody is, is said by the provider and its word for them together, and by nothing else: never by an e-mail
address. Several are in use at once, and an answer is taken only from the one that was asked (docs/decisions/0050).
"""
