"""``python -m toolkit`` is ``fengong``."""

from toolkit.cli import main

main()
