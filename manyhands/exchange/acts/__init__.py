"""Acts for analysts: what was done, by which roles, without anything that anybody wrote and without any patient."""

from manyhands.exchange.acts.exporting import exported

__all__ = ["exported"]
