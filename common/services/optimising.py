"""Stage optimise: the model rewords prose, the guard blocks what it invents, and every change can be undone."""

from common.domain.optimising.changes import OptimisedResume, Suggestions, apply_changes, judge, prose_items
from common.domain.optimising.messages import Prompts, optimise_messages
from common.domain.pipeline import ResumeRow
from common.domain.resume import Resume
from common.errors import VendorError
from common.services.asking import ask_model
from common.services.ports import CreditStore, LanguageModel
from common.services.publishing import JSON, MAX_JSON_BYTES
from common.services.stages import StageRun, run_stage

MAX_TOKENS = 6000

#: The model may be down for a while: so many tries, a minute apart, before the user gets the basic version for free.
TRIES_BEFORE_BASIC = 3


def optimise_resume(run: StageRun, *, model: LanguageModel | None, prompts: Prompts, credits: CreditStore) -> str:
    """Reads parsed/…/<revision>.json, writes optimised/…/<revision>.json. `model` is None when working offline."""

    def work(row: ResumeRow, attempt: int) -> None:
        resume = Resume.model_validate_json(run.objects.read(str(run.key), max_bytes=MAX_JSON_BYTES))
        # Later tries exist only because earlier ones died, and a model that is too slow is what they die of.
        wanted = model if row.wants_model and attempt <= TRIES_BEFORE_BASIC else None
        optimised = _optimise(resume, row, wanted, prompts, last_try=attempt == TRIES_BEFORE_BASIC)
        if optimised.basic:
            credits.release_hold(row.charge_key(), now=run.now())
        run.publish(run.output, optimised.model_dump_json(by_alias=True).encode(), media_type=JSON)

    return run_stage(run, work)


def _optimise(
    resume: Resume, row: ResumeRow, model: LanguageModel | None, prompts: Prompts, *, last_try: bool
) -> OptimisedResume:
    """Raises a retryable VendorError while tries are left; the basic version is the resume as it was read."""
    items = prose_items(resume)
    suggestions: Suggestions | None = None
    if model is not None and items:
        messages = optimise_messages(prompts, items, row.jd)
        try:
            suggestions = ask_model(model, messages, Suggestions.model_validate, max_tokens=MAX_TOKENS)
        except VendorError as error:
            if error.retryable and not last_try:
                raise
    changes = judge(suggestions or Suggestions(), items)
    better = apply_changes(resume, changes)
    return OptimisedResume(
        resume=better.as_json_resume(), changes=changes, basic=suggestions is None, template=row.template
    )
