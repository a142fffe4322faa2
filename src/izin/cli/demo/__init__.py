"""``izin demo``: the main job from beginning to end on real parts, checked against the simulator's own log."""
