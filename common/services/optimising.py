"""Stage optimise: the model rewords prose, the guard blocks what it invents, and every change can be undone."""

from pydantic import ValidationError

from common.domain.optimising.changes import OptimisedResume, Suggestions, apply_changes, judge, prose_items
from common.domain.optimising.messages import Prompts, optimise_messages, repair_messages
from common.domain.pipeline import ResumeRow
from common.domain.resume import Resume
from common.errors import ModelAnswerInvalid, VendorError
from common.services.ports import CreditStore, LanguageModel
from common.services.stages import StageRun, run_stage

JSON = "application/json; charset=utf-8"
MAX_TOKENS = 6000
MAX_BYTES = 4 * 1024 * 1024

#: The model may be down for a while: so many tries, a minute apart, before the user gets the basic version for free.
TRIES_BEFORE_BASIC = 3


def optimise_resume(run: StageRun, *, model: LanguageModel | None, prompts: Prompts, credits: CreditStore) -> str:
    """Reads parsed/…/<revision>.json, writes optimised/…/<revision>.json. `model` is None when working offline."""

    def work(row: ResumeRow, attempt: int) -> None:
        resume = Resume.model_validate_json(run.objects.read(str(run.key), max_bytes=MAX_BYTES))
        wanted = model if row.optimise else None
        optimised = _optimise(resume, row, wanted, prompts, last_try=attempt >= TRIES_BEFORE_BASIC)
        if optimised.basic:
            credits.release_hold(row.charge_key(), now=run.now())
        content = optimised.model_dump_json(by_alias=True).encode()
        run.publish(run.key.at("optimised", "json"), content, media_type=JSON)

    return run_stage(run, work)


def _optimise(
    resume: Resume, row: ResumeRow, model: LanguageModel | None, prompts: Prompts, *, last_try: bool
) -> OptimisedResume:
    """Raises a retryable VendorError while tries are left; the basic version is the resume as it was read."""
    items = prose_items(resume)
    try:
        suggestions = _ask(model, optimise_messages(prompts, items, row.jd)) if model and items else Suggestions()
    except VendorError as error:
        if error.retryable and not last_try:
            raise
        model, suggestions = None, Suggestions()
    changes = judge(suggestions, items)
    better = apply_changes(resume, changes)
    return OptimisedResume(resume=better.as_json_resume(), changes=changes, basic=model is None, template=row.template)


def _ask(model: LanguageModel, messages: list[dict[str, str]]) -> Suggestions:
    """One repair round; what is still unusable then counts as a failure of the model."""
    try:
        return Suggestions.model_validate(model.answer_json(messages, max_tokens=MAX_TOKENS).content)
    except (ValidationError, ModelAnswerInvalid) as error:
        answer = error.answer if isinstance(error, ModelAnswerInvalid) else "{}"
        repaired = messages + repair_messages(answer, 'the form is {"changes": [{"path", "text", "reason"}]}')
    try:
        return Suggestions.model_validate(model.answer_json(repaired, max_tokens=MAX_TOKENS).content)
    except ValidationError:
        raise ModelAnswerInvalid(operation="optimise") from None
