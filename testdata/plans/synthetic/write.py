#!/usr/bin/env python3
"""Writes ../other and ../hostile anew: `python3 testdata/plans/synthetic/write.py`. Needs nothing but Python."""

import pathlib

import hostile
import other
from plan import text

PLANS = pathlib.Path(__file__).resolve().parent.parent
NOTE = "Synthetic: shaped by the provider's schema, not produced by a provider.\n"


def main():
    for folder in ("other", "hostile"):
        # Manifests that stand beside the plans are written by hand.
        for old in (PLANS / folder).rglob("*.json"):
            old.unlink()
    for name, plan in other.plans():
        folder = PLANS / "other" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "plan.json").write_text(text(plan), encoding="utf-8")
        (folder / "README.md").write_text(NOTE, encoding="utf-8")
    cases = list(hostile.cases())
    assert len({case.name for case in cases}) == len(cases), "two cases with one name"
    for case in cases:
        (PLANS / "hostile" / f"{case.name}.json").write_bytes(case.content)
    (PLANS / "hostile" / "README.md").write_text(hostile.readme(cases), encoding="utf-8")


if __name__ == "__main__":
    main()
