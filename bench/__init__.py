"""How fast Izin is, and how fast it could be: each figure beside a ceiling that was measured in the same run.

A measure is a module here with a ``NAME`` and ``measure(options) -> list[dict]``; ``python -m bench`` finds it by that.
"""
