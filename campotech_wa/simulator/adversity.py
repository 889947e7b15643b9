"""Hold everything that a test or a person can set against a sender: faults, disorder and conditions."""

from random import Random

from campotech_wa.simulator.disorder import ORDERLY, Disorder
from campotech_wa.simulator.faults import Faults
from campotech_wa.simulator.world.conditions import Conditions


class Adversity:
    """What is in force, and the dice that all of it throws."""

    def __init__(self) -> None:
        self.dice = Random()  # noqa: S311 - nobody guards anything with it
        self.faults, self.disorder = Faults(self.dice), Disorder(self.dice)
        self.conditions = Conditions()

    def lift(self) -> None:
        """End all of it."""
        self.faults.rules.clear()
        self.disorder.order(ORDERLY)
        self.conditions.reset()
