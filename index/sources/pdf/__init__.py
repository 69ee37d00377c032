"""PDF to `Document`s: the text layer, put in reading order by where it stands."""
