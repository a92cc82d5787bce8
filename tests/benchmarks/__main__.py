"""Run the benchmarks: every script of this folder, or those named on the command line."""

import runpy
import sys
from pathlib import Path


def main(names: list[str]) -> None:
    """Run each benchmark as a program, in the order of their names."""
    scripts = {path.stem: path for path in sorted(Path(__file__).parent.glob("[!_]*.py"))}
    unknown = sorted(set(names) - set(scripts))
    if unknown:
        sys.exit(f"no benchmark {', '.join(unknown)}; there are {', '.join(scripts) or 'none'}")
    for name in names or list(scripts):
        print(f"\n{name}")
        runpy.run_path(str(scripts[name]), run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1:])
