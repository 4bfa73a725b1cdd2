"""The bench: time and memory of Titian beside hand-written SQL and the usual libraries, on clones of CDNOW."""
