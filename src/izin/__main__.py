"""``python -m izin`` is the ``izin`` command."""

from izin.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
