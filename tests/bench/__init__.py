"""What ``make bench`` measures: one file per measurement, one table for all, every process started and ended here."""
