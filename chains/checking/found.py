"""The making of a finding: evidence and a place come in, a `Finding` goes out."""

from chains.checking.evidence import Evidence
from chains.drafts import Finding, Severity


def finding(evidence: Evidence, severity: Severity, kind: str, start: int, end: int, message: str, fix: str) -> Finding:
    """Return a finding about `draft[start:end]`."""
    return Finding(severity, kind, start, end, evidence.draft.text[start:end], message, fix)
