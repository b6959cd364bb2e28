"""`throughline check` and /checkup: what is missing, unsafe or unreachable, and in the same sentence how to mend it.

Each file here looks at one side; a finding names no person and holds no secret.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from throughline.config.check import beside, inside, outside
from throughline.config.check.finding import Finding
from throughline.foundation.environment import ENV, VARIABLES, Environment


def check(arguments: list[str]) -> int:
    """Prints one finding a line. Returns 1 when something is to be mended."""
    if arguments == ["--variables"]:
        for variable in VARIABLES.values():
            sys.stdout.write(f"{variable.name} ({variable.default or 'empty'} by default): {variable.meaning}\n")
        return 0
    from throughline.config.serve import configured

    configured()
    found = [*findings()]
    for finding in found:
        sys.stdout.write(f"{'To mend' if finding.to_mend else 'To know'}: {finding.sentence}\n")
    if not found:
        sys.stdout.write("Everything is in order.\n")
    return int(any(finding.to_mend for finding in found))


def findings(env: Environment = ENV) -> Iterator[Finding]:
    """Asks every service, so it takes a moment: at most a few seconds for each that does not answer."""
    yield from outside.findings(env)
    yield from inside.findings(env)
    yield from beside.findings(env)
