"""The closed lists of the product: what a category, a stage, a risk, a team, an exception or a topic can be.

Nothing comes in; enumerations go out. Their meaning is told in the README under "What the words mean".
"""

from enum import StrEnum


class Category(StrEnum):
    """Name where a deal stands in the forecast."""

    COMMIT = "commit"
    BEST_CASE = "best_case"
    PIPELINE = "pipeline"
    OMITTED = "omitted"
    CLOSED_WON = "closed_won"
    CLOSED_LOST = "closed_lost"


class Stage(StrEnum):
    """Name how far the buying has come."""

    DISCOVERY = "discovery"
    EVALUATION = "evaluation"
    PROPOSAL = "proposal"
    NEGOTIATION = "negotiation"
    PROCUREMENT = "procurement"
    VERBAL = "verbal"
    CLOSED_WON = "closed_won"
    CLOSED_LOST = "closed_lost"


class Basis(StrEnum):
    """Name what an amount is an amount of."""

    ACV = "ACV"
    ARR = "ARR"
    TCV = "TCV"
    MRR = "MRR"
    ONE_TIME = "one_time"


class RiskKind(StrEnum):
    """Name what is open now and could move or break a deal."""

    BUDGET = "budget"
    APPROVAL = "approval"
    LEGAL = "legal"
    PROCUREMENT = "procurement"
    SECURITY_REVIEW = "security_review"
    CHAMPION_LOSS = "champion_loss"
    NO_ECONOMIC_BUYER = "no_economic_buyer"
    SINGLE_THREADED = "single_threaded"
    COMPETITION = "competition"
    GONE_DARK = "gone_dark"
    REORG = "reorg"
    TIMELINE_SLIP = "timeline_slip"
    PRODUCT_GAP = "product_gap"
    PRICING = "pricing"
    TECHNICAL = "technical"
    NO_NEXT_STEP = "no_next_step"
    RESOURCING = "resourcing"


class Team(StrEnum):
    """Name a team on our side that has to do something."""

    LEGAL = "legal"
    SECURITY = "security"
    PRODUCT = "product"
    ENGINEERING = "engineering"
    SOLUTIONS = "solutions"
    CUSTOMER_SUCCESS = "customer_success"
    SERVICES = "services"
    FINANCE = "finance"
    DEAL_DESK = "deal_desk"
    MARKETING = "marketing"
    EXECUTIVE = "executive"
    MANAGER = "manager"
    PARTNER = "partner"
    SUPPORT = "support"


class ExceptionKind(StrEnum):
    """Name what a buyer wants beyond standard."""

    DISCOUNT = "discount"
    PAYMENT_TERMS = "payment_terms"
    CONTRACT_TERMS = "contract_terms"
    SECURITY_TERMS = "security_terms"
    DATA_RESIDENCY = "data_residency"
    SLA = "sla"
    ROADMAP = "roadmap"
    ONBOARDING = "onboarding"
    PILOT = "pilot"
    CUSTOM_INTEGRATION = "custom_integration"
    OPT_OUT = "opt_out"
    PRICE_LOCK = "price_lock"


class Topic(StrEnum):
    """Name a thing that an answer leads to (B) or that somebody else has to do (C)."""

    CONTRACT_EXCEPTION = "contract_exception"
    DISCOUNT_APPROVAL = "discount_approval"
    LEGAL_CAPACITY = "legal_capacity"
    SECURITY_CAPACITY = "security_capacity"
    SOLUTIONS_CAPACITY = "solutions_capacity"
    ONBOARDING_CAPACITY = "onboarding_capacity"
    PRODUCT_COMMITMENT = "product_commitment"
    FINANCE_TERMS = "finance_terms"
    SLIP_CAUSE = "slip_cause"
    REPLACEMENT_PLAN = "replacement_plan"
    GAP_TO_NUMBER = "gap_to_number"
    RISK_MITIGATION = "risk_mitigation"
    EXEC_INVOLVEMENT = "exec_involvement"
    COMPETITOR_RESPONSE = "competitor_response"
    BUDGET_SOURCE = "budget_source"
    STAKEHOLDER_GAP = "stakeholder_gap"
    NEXT_STEP_MISSING = "next_step_missing"
    DATA_MISSING = "data_missing"
    GOOD_NEWS_CREDIT = "good_news_credit"
    COST_AND_RETURN = "cost_and_return"
    SMALLER_FIRST_STEP = "smaller_first_step"
    DECISION_BY_WHEN = "decision_by_when"
    EVIDENCE_OF_PROGRESS = "evidence_of_progress"
    GOAL_ALIGNMENT = "goal_alignment"


class StatementKind(StrEnum):
    """Name what a sentence of the notes is for, where it is about no single deal or goes beyond a deal's fields."""

    ASK = "ask"  # what the rep wants from the manager
    WHY_NOW = "why_now"
    COST = "cost"
    RETURN = "return"  # what the manager or the company gets
    PROOF = "proof"
    TRIED = "tried"  # what has been tried already, and what came of it
    SMALLER_STEP = "smaller_step"
    NEXT_STEPS = "next_steps"  # what follows the first step of a big ask, and what earns it
    DECIDE_BY = "decide_by"
    ON_REFUSAL = "on_refusal"
    GOAL = "goal"
    EVIDENCE = "evidence"  # what the rep has reached, with figures
    SHORTCOMING = "shortcoming"  # what the rep owns up to
    QUESTION = "question"  # what the rep wants to be told
    OFFER = "offer"  # what the rep will do or proposes to do
    CREDIT = "credit"  # thanks to a colleague
    CONTEXT = "context"
