"""A made-up labour market that the job-board fakes share: the same few hundred jobs every time, some of them at both boards."""

from scripts.local_cloud.fakes.job_market.market import Opening, Recruiter, openings
from scripts.local_cloud.fakes.job_market.texts import description_html

__all__ = ["Opening", "Recruiter", "description_html", "openings"]
