"""
NHS numbers that nobody has: in the range from 999 000 0000 down, which is never issued.

The check digit is right (modulus 11, NHS Data Dictionary). For each run of eight digits at least nine of the ten
possible ninth digits give a valid number, so nine are used: 900,000 numbers begin with 999, and a larger place
carries on with 998, 997 …, which are never issued either (9000000000 to 9999999999 is kept for tests).
"""

_WEIGHTS = (10, 9, 8, 7, 6, 5, 4, 3, 2)
_EACH = 9
_RUNS = 100_000
_STRIDE = 61_843  # odd and not a multiple of 5, so every run comes once; neighbours' numbers look unalike


def check_digit(first_nine: str) -> int:
    """The tenth digit, or 10 when no number may begin with these nine."""
    digit = 11 - sum(int(one) * weight for one, weight in zip(first_nine, _WEIGHTS, strict=True)) % 11
    return 0 if digit == 11 else digit


def nhs_number(which: int) -> str:
    """The NHS number of resident `which`: different for each, valid, and never issued."""
    run, ninth = divmod(which, _EACH)
    thousand, run = divmod(run, _RUNS)
    eight = f"{999 - thousand}{run * _STRIDE % _RUNS:05d}"
    total = sum(int(one) * weight for one, weight in zip(eight, _WEIGHTS, strict=False))
    for digit in range(10):
        check = (11 - (total + 2 * digit) % 11) % 11
        if check == 10:
            continue
        if ninth == 0:
            return f"{eight}{digit}{check}"
        ninth -= 1
    raise AssertionError("at most one ninth digit in ten has no check digit")
