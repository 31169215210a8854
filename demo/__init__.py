"""
One made-up English place: its organisations, its people, three years of their care, and a year of two
neighbourhood teams at work.

Nobody here is real. The place, the organisations and the streets were invented, postcodes are in an area that does
not exist, telephone numbers are those kept for drama, and NHS numbers are in the range that is never issued.
`README.md` beside this file says what is generated and where each thing is in the records.
"""
