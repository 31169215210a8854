"""
Chance, from a fixed seed: the same key gives the same choices, on any machine and in any order of asking.

Only `random.random()` is used, because it is the one method whose sequence Python promises never to change.
"""

import math
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A run of choices that belongs to one thing: a neighbourhood, a household, a resident."""

    __slots__ = ("roll",)

    def __init__(self, seed: int, about: int, which: int) -> None:
        """`about` says what kind of thing the choices are for, and `which` one of them it is."""
        self.roll = random.Random((seed << 48) ^ (about << 40) ^ which).random

    def happens(self, probability: float) -> bool:
        return self.roll() < probability

    def below(self, number: int) -> int:
        """A whole number from 0 up to, and not including, `number`."""
        return int(self.roll() * number)

    def between(self, lowest: int, highest: int) -> int:
        """A whole number, both ends included."""
        return lowest + int(self.roll() * (highest - lowest + 1))

    def pick(self, among: Sequence[T]) -> T:
        return among[int(self.roll() * len(among))]

    def weighted(self, among: Sequence[tuple[T, float]]) -> T:
        """One of `among`, in proportion to the weights, which need not add up to 1."""
        left = self.roll() * sum(weight for _, weight in among)
        for choice, weight in among:
            left -= weight
            if left < 0:
                return choice
        return among[-1][0]

    def count(self, mean: float) -> int:
        """How often something happened that happens `mean` times on average (Poisson, by Knuth's product)."""
        if mean <= 0:
            return 0
        if mean > 30:  # the product would need many rolls; the normal curve is close enough by here
            return max(0, round(mean + math.sqrt(mean) * self.normal()))
        limit, product, number = math.exp(-mean), self.roll(), 0
        while product > limit:
            product *= self.roll()
            number += 1
        return number

    def normal(self) -> float:
        """Standard normal, by Box and Muller."""
        return math.sqrt(-2 * math.log(1 - self.roll())) * math.cos(2 * math.pi * self.roll())

    def days(self, median: float, spread: float = 0.5) -> int:
        """A wait or a stay in days: log-normal about its median, so a few are very long."""
        return round(median * math.exp(spread * self.normal()))

    def some(self, among: Sequence[T], number: int) -> list[T]:
        """`number` different ones of `among`, in the order drawn; all of them if there are no more."""
        left = list(among)
        return [left.pop(int(self.roll() * len(left))) for _ in range(min(number, len(left)))]
