"""``python -m glokal`` is the command ``glokal``."""

from glokal.cli import main

main()
