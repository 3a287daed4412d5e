"""Writes docs/reference/checkup.md from the table itself.

``python -m amparo.method.checkup.describe > docs/reference/checkup.md``; a test holds the two in
step.
"""

from __future__ import annotations

import sys

from amparo.messages import messages
from amparo.method.checkup.table import RULES
from amparo.method.checkup.values import SEVERITIES, text_key, why_key

_HEAD = """# The check-up of a plan

Written by `python -m amparo.method.checkup.describe`; do not edit by hand.

The check-up looks at the whole workspace and says what is missing, what contradicts itself and
what may do harm. It has {count} rules. It blocks nothing, scores nobody and changes no record.
When it says nothing, these rules see nothing: **that does not mean that anybody is safe.**

`now` is for today, before anything else. `soon` is for before the next meeting ends. `consider`
is worth a talk. How pressing a rule is was decided by us and has not been reviewed by
practitioners.

A result holds the rule, how pressing it is, the step that mends it, and the kind and the id of
the record to open. It holds counts, role letters and keys of words; it never holds what people
typed. The rules `b1` to `b6`, `d1` to `d8`, `p1` to `p6` are judged in `amparo.method.balance`,
`decisions` and `patterns`; the check-up only calls them, and adds what they say to do.

Three rules ask instead of judging: `usable_carers`, `usable_disabled` and `usable_undocumented`
stay until the group has ticked a measure that such a person can really use. The tick belongs to
the measure (`usable_by`) and says nothing about anybody in the group.

Records of sexual violence take no part in any rule.
"""


def describe() -> str:
    """Return the whole page as Markdown."""
    words = messages("en")
    parts = [_HEAD.format(count=len(RULES))]
    for severity in SEVERITIES:
        parts.append(
            f"\n## {severity}\n\n| Rule | Step | What it says | Why |\n|---|---|---|---|\n"
        )
        parts += (
            f"| `{rule.id}` | {rule.step.upper()} | {words.text(text_key(rule.id))} "
            f"| {words.text(why_key(rule.id))} |\n"
            for rule in RULES
            if rule.severity == severity
        )
    return "".join(parts)


if __name__ == "__main__":
    sys.stdout.write(describe())
