"""Operate: projects, plays, campaigns and experiments: who should be touched how, and whether it worked."""
