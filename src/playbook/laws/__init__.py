"""True of any system: plain numbers in, numbers out, standard library only."""
