"""`python -m bench.schema`: schemathesis over the whole API document, signed in, all checks, stateful.

--requests N   go on with new seeds until so many were answered (20000)
--seed N       of the first round (1)
--examples N   cases for each operation in a round (40)
--phases NAMES of schemathesis (all four)

The drawer that is asked begins with one of each thing. Ends with 1 where a check failed or an answer was a 5xx.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bench.tried import house
from bench.tried.full import filled, ids
from bench.tried.house import House

RUN = Path(sys.executable).with_name("schemathesis")
ROOT = Path(__file__).parent.parent
SETTINGS = Path(__file__).parent / "tried" / "schemathesis.toml"
MOST_ROUNDS = 40
PHASES = "examples,coverage,fuzzing,stateful"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--requests", type=int, default=20_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--examples", type=int, default=40)
    asked.add_argument("--phases", default=PHASES)
    wanted = asked.parse_args()
    begun, failed = time.monotonic(), 0
    with house.opened() as tried:
        filled(tried)
        for seed in range(wanted.seed, wanted.seed + MOST_ROUNDS):
            failed += round_of(tried, seed=seed, examples=wanted.examples, phases=wanted.phases)
            if sum(tried.answers.values()) >= wanted.requests:
                break
        say(tried.answers, seconds=time.monotonic() - begun, failed=failed)
        sys.exit(1 if failed or tried.failures else 0)


def round_of(tried: House, *, seed: int, examples: int, phases: str = PHASES) -> int:
    """Let schemathesis run once through all its phases; give how many failures it told of, printed whole."""
    before = sum(tried.answers.values())
    with tempfile.TemporaryDirectory() as folder:  # it keeps notes of its own where it runs
        there = Path(folder) / "there.json"
        there.write_text(json.dumps(ids(tried)), encoding="utf-8")
        env = {**os.environ, "UNDRAWER_TRIED": str(there), "PYTHONPATH": str(ROOT)}
        line = command(tried, seed=seed, examples=examples, phases=phases)
        said = subprocess.run(line, capture_output=True, text=True, check=False, env=env, cwd=folder)
    told = re.search(r"(\d+) unique failures?", said.stdout)
    failures = int(told[1]) if told else int(said.returncode != 0)
    print(f"seed {seed}: {sum(tried.answers.values()) - before} requests, {failures} failures", flush=True)
    if said.returncode:
        print(said.stdout, said.stderr, sep="\n", flush=True)
    return failures


def command(tried: House, *, seed: int, examples: int, phases: str) -> list[str]:
    by = ["--header", f"Authorization: Bearer {tried.token}", "--checks", "all", "--seed", str(seed)]
    how = ["--phases", phases, "--max-examples", str(examples), "--continue-on-failure"]
    quiet = ["--no-color", "--generation-database", "none", "--request-timeout", "60"]
    return [
        str(RUN),
        "--config-file",
        str(SETTINGS),
        "run",
        f"{tried.address}/api/openapi.json",
        *by,
        *how,
        *quiet,
        "--suppress-health-check",
        "all",
    ]


def say(answers: Counter[int], *, seconds: float, failed: int) -> None:
    print("\n| answer | times |\n|---|---|")
    for status, times in sorted(answers.items()):
        print(f"| {status} | {times} |")
    print(f"| all | {sum(answers.values())} |\n\n{failed} failures, {seconds:.0f} s")


if __name__ == "__main__":
    main()
