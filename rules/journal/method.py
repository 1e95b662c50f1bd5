"""How a journal test was made: its version, its constants and its population, said with every outcome and lead.

The constants are practice, not law: each is documented on the page of its rule with the reason for it. A change
of any of them is a new version, so that two years of leads can be told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rules.finding import Certainty, Citation, Evidence, Finding, Text
from rules.law import ParameterValue
from rules.rule import Case

LOOK = Text(
    "调取凭证和原始凭证核实，问明原因并记入底稿；说明成立的注明依据后排除",
    "look at the vouchers and documents, ask for the reason and note it; dismiss what is explained",
)


@dataclass(frozen=True)
class Method:
    """A way of testing: version, what the population is made of, and its constants in words."""

    version: int
    population: Text
    limits: tuple[Text, ...] = ()

    def said(self, count: int) -> Text:
        """Return the sentence that belongs to every outcome: population with n, version, constants."""
        limits_zh = "，".join(limit.zh for limit in self.limits)
        limits_en = ", ".join(limit.en for limit in self.limits)
        return Text(
            f"总体：{self.population.zh} n={count}；方法第 {self.version} 版{'：' if limits_zh else ''}{limits_zh}",
            f"population: {self.population.en}, n={count}; "
            f"method v{self.version}{': ' if limits_en else ''}{limits_en}",
        )

    def lead(
        self,
        case: Case,
        *key: str,
        count: int,
        told: Text,
        expected: Text,
        evidence: Sequence[Evidence],
        amount_fen: int = 0,
        remedy: Text = LOOK,
        certainty: Certainty = Certainty.LEAD,
        related: Sequence[str] = (),
        parameters: Sequence[ParameterValue] = (),
        citations: Sequence[Citation] | None = None,
    ) -> Finding:
        """Return a finding whose `found` names population and method, so that it can be made again."""
        basis = self.said(count)
        return case.finding(
            *key,
            message=told,
            expected=expected,
            found=Text(f"{told.zh}（{basis.zh}）", f"{told.en} ({basis.en})"),
            remedy=remedy,
            evidence=evidence,
            amount_fen=amount_fen,
            certainty=certainty,
            related=related,
            parameters=parameters,
            citations=citations,
        )
