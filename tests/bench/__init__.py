"""What ``make bench`` measures: one file per measurement, one table for all, everything started here and ended here."""
