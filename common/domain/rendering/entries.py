"""One entry of a resume as its layout form, for every kind of entry that has a title and dates."""

from collections.abc import Sequence

from common.domain.rendering import links
from common.domain.rendering.dates import shown_date, shown_period
from common.domain.rendering.labels import Labels
from common.domain.rendering.paper_text import lines_of, one_line, without_bullet
from common.domain.rendering.view import EntryView, Fact
from common.domain.resume.model import (
    Award,
    Certificate,
    Education,
    Entry,
    EntryExtension,
    Project,
    Publication,
    Reference,
    Volunteer,
    Work,
)


def work_entry(job: Work, labels: Labels) -> EntryView:
    own = extension(job)
    return _entry(
        own,
        [job.name, job.position, own.department, job.location],
        date=_period(job, labels),
        url=job.url,
        facts=_standing(own, labels),
        paragraphs=[job.description, job.summary],
        bullets=job.highlights,
    )


def volunteer_entry(role: Volunteer, labels: Labels) -> EntryView:
    own = extension(role)
    return _entry(
        own,
        [role.organization, role.position, own.department],
        date=_period(role, labels),
        url=role.url,
        facts=_standing(own, labels),
        paragraphs=[role.summary],
        bullets=role.highlights,
    )


def education_entry(school: Education, labels: Labels) -> EntryView:
    own = extension(school)
    courses = labels.comma.join(one_line(course) for course in school.courses)
    return _entry(
        own,
        [school.institution, own.department, school.area, school.study_type],
        date=_period(school, labels),
        url=school.url,
        facts=[*_scores(school.score, labels), *_standing(own, labels), Fact(labels["courses"], courses)],
    )


def project_entry(project: Project, labels: Labels) -> EntryView:
    own = extension(project)
    keywords = labels.comma.join(one_line(keyword) for keyword in project.keywords)
    return _entry(
        own,
        [project.name, labels.comma.join(project.roles), project.entity, own.department],
        date=_period(project, labels),
        url=project.url,
        facts=[*_standing(own, labels), Fact(labels["keywords"], keywords)],
        paragraphs=[project.description],
        bullets=project.highlights,
    )


def award_entry(award: Award, labels: Labels) -> EntryView:
    return _dated(award, [award.title, award.awarder], award.date, labels, paragraphs=[award.summary])


def certificate_entry(certificate: Certificate, labels: Labels) -> EntryView:
    return _dated(certificate, [certificate.name, certificate.issuer], certificate.date, labels, url=certificate.url)


def publication_entry(work: Publication, labels: Labels) -> EntryView:
    return _dated(work, [work.name, work.publisher], work.release_date, labels, url=work.url, paragraphs=[work.summary])


def reference_entry(reference: Reference, labels: Labels) -> EntryView:
    return _dated(reference, [reference.name], None, labels, paragraphs=[reference.reference])


def extension(entry: Entry) -> EntryExtension:
    return entry.x_cn or EntryExtension()


def _entry(
    own: EntryExtension,
    titles: Sequence[str | None],
    *,
    date: str,
    url: str | None = None,
    facts: Sequence[Fact] = (),
    paragraphs: Sequence[str | None] = (),
    bullets: Sequence[str] = (),
) -> EntryView:
    """The first of `titles` that says something is the title; the others, and what the extension knows, stand beside it."""
    shown = [text for text in map(one_line, [*titles, own.mode, own.location, *own.tags]) if text]
    return EntryView(
        title=shown[0] if shown else "",
        details=tuple(shown[1:]),
        date=date,
        link=links.address(url),
        facts=tuple(fact for fact in facts if fact.value),
        paragraphs=tuple(line for text in paragraphs for line in lines_of(text)),
        bullets=tuple(without_bullet(line) for text in (*bullets, *own.highlights) for line in lines_of(text)),
    )


def _dated(
    entry: Entry,
    titles: Sequence[str | None],
    date: str | None,
    labels: Labels,
    *,
    url: str | None = None,
    paragraphs: Sequence[str | None] = (),
) -> EntryView:
    own = extension(entry)
    shown = shown_date(date, labels) or one_line(own.date_raw) or (labels["present"] if own.current else "")
    details = [own.score, own.rank, own.department]
    return _entry(own, [titles[0], *details, *titles[1:]], date=shown, url=url, paragraphs=paragraphs)


def _period(entry: Work | Volunteer | Education | Project, labels: Labels) -> str:
    own = extension(entry)
    return shown_period(entry.start_date, entry.end_date, current=bool(own.current), raw=own.date_raw, labels=labels)


def _standing(own: EntryExtension, labels: Labels) -> list[Fact]:
    return [*_scores(own.score, labels), Fact(labels["rank"], one_line(own.rank))]


def _scores(score: str | None, labels: Labels) -> list[Fact]:
    """GPA 3.8/4.0 needs no label in front, 3.8/4.0 does."""
    shown = one_line(score)
    return [Fact("" if shown[:1].isalpha() else labels["score"], shown)]
