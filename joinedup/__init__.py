"""How joined up care is, measured from the records of care. No web and no Django: an analyst runs it alone."""

__version__ = "0.1.0"
