"""Stage optimise: the model rewords prose, the guard blocks what it invents, and every change can be undone."""

from collections.abc import Callable, Mapping

from common.domain.optimising.applying import apply_changes
from common.domain.optimising.basic import basic_suggestions
from common.domain.optimising.batches import Part, parts_of
from common.domain.optimising.changes import OptimisedResume, Suggestions, ordered_lists, prose_items
from common.domain.optimising.judging import asked, judge
from common.domain.optimising.masking import Mask
from common.domain.optimising.messages import Prompts, optimise_messages
from common.domain.pipeline import ResumeRow
from common.domain.resume import Resume
from common.domain.scoring import quality
from common.domain.users import UserId
from common.errors import VendorError
from common.services.asking import ask_model, ask_together
from common.services.matching import match_job
from common.services.moderating import Moderator
from common.services.moderating_rewrites import LEFT_OUT_WARNING, without_risky
from common.services.ports import CreditStore, Embedder, LanguageModel, ModelDesk
from common.services.publishing import JSON, MAX_JSON_BYTES
from common.services.stages import StageRun, run_stage

MAX_TOKENS = 6000

#: The model may be down for a while: so many tries, a minute apart, before the user gets the basic version for free.
TRIES_BEFORE_BASIC = 3

PARTLY_WARNING = "部分经历这次没有得到智能改写，只做了基础整理"


def optimise_resume(
    run: StageRun,
    *,
    model: ModelDesk | None,
    prompts: Prompts,
    credits: CreditStore,
    embedder: Embedder | None = None,
    moderator: Callable[[UserId, str], Moderator] | None = None,
) -> str:
    """Reads parsed/…/<revision>.json, writes optimised/…/<revision>.json. `model` is None when working offline.

    `moderator` is for the words of the model, by user and resume; the person's own are theirs.
    """

    def work(row: ResumeRow, attempt: int) -> None:
        resume = Resume.model_validate_json(run.objects.read(str(run.key), max_bytes=MAX_JSON_BYTES))
        # Later tries exist only because earlier ones died, and a model that is too slow is what they die of.
        wanted = model.of(row.user_id) if model and row.wants_model and attempt <= TRIES_BEFORE_BASIC else None
        suggestions = ask_for_suggestions(resume, row.jd, wanted, prompts, last_try=attempt == TRIES_BEFORE_BASIC)
        if suggestions is not None and moderator is not None:
            suggestions, is_less = without_risky(suggestions, moderator(row.user_id, row.id))
            resume.meta.x_cn.warnings += [LEFT_OUT_WARNING] * is_less
        optimised = optimised_resume(resume, suggestions, row, today=f"{run.now():%Y-%m}", embedder=embedder)
        if wanted:
            run.report_usage(row.id, wanted.usage)
        if optimised.basic:
            credits.release_hold(row.charge_key(), now=run.now())
        run.publish(run.output, optimised.model_dump_json(by_alias=True).encode(), media_type=JSON)

    return run_stage(run, work)


def optimised_resume(
    resume: Resume,
    suggestions: Suggestions | None,
    row: ResumeRow,
    *,
    today: str,
    embedder: Embedder | None = None,
) -> OptimisedResume:
    """The model's suggestions, judged; where it says nothing, the improvements that need no model. None: it was not asked."""
    items, lists = prose_items(resume), ordered_lists(resume)
    changes = judge(suggestions or Suggestions(), items, lists)
    if row.optimise:
        spoken_of = {change.path for change in changes}
        left = {path: text for path, text in items.items() if path not in spoken_of}
        more = judge(basic_suggestions(left, resume), left, lists, first_id=len(changes) + 1)
        changes += [change for change in more if change.path not in spoken_of]
    better = apply_changes(resume, changes)
    return OptimisedResume(
        resume=better.as_json_resume(),
        source=resume.as_json_resume(),
        changes=changes,
        questions=asked(suggestions or Suggestions(), items),
        score=quality(better),
        score_before=quality(resume),
        match=match_job(row.jd, better, today=today, embedder=embedder) if row.jd else None,
        basic=suggestions is None,
        template=row.template,
        options=row.options,
    )


def ask_for_suggestions(
    resume: Resume, jd: str | None, model: LanguageModel | None, prompts: Prompts, *, last_try: bool
) -> Suggestions | None:
    """Of all parts together; None for the basic version. Raises a retryable VendorError while tries are left."""
    items = prose_items(resume)
    if model is None or not items:
        return None
    parts = parts_of(items, ordered_lists(resume))
    answers = ask_together([_question(model, prompts, part, jd) for part in parts])
    usable = [answer for answer in answers if isinstance(answer, Suggestions)]
    if len(usable) < len(answers) and not last_try:
        for answer in answers:
            if isinstance(answer, VendorError) and answer.retryable:
                raise answer
    if usable and len(usable) < len(answers):
        resume.meta.x_cn.warnings.append(PARTLY_WARNING)
    return (
        Suggestions(
            changes=[change for answer in usable for change in answer.changes],
            questions=[question for answer in usable for question in answer.questions],
        )
        if usable
        else None
    )


def _question(model: LanguageModel, prompts: Prompts, part: Part, jd: str | None) -> Callable[[], Suggestions]:
    """Personal identifiers are hidden on the way out and put back on the way in."""
    mask = Mask()
    messages = optimise_messages(prompts, mask.hide_in(part.items), mask.hide_in(jd), mask.hide_in(part.lists))

    def accept(content: Mapping[str, object]) -> Suggestions:
        return Suggestions.model_validate(mask.restore(dict(content)))

    return lambda: ask_model(model, messages, accept, max_tokens=MAX_TOKENS)
