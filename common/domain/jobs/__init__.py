"""Jobs of any board in one shape: reading salaries and experience, searching, merging, recommending."""

from common.domain.jobs.contacts import without_contacts
from common.domain.jobs.experience import YearsWanted, degree_wanted, years_wanted
from common.domain.jobs.job import Job, JobListing, JobRef, OtherPlace
from common.domain.jobs.merging import merge_pages, same_job_key
from common.domain.jobs.query import JobQuery, fits
from common.domain.jobs.salary import JobSalary, read_salary

__all__ = [
    "Job",
    "JobListing",
    "JobQuery",
    "JobRef",
    "JobSalary",
    "OtherPlace",
    "YearsWanted",
    "degree_wanted",
    "fits",
    "merge_pages",
    "read_salary",
    "same_job_key",
    "without_contacts",
    "years_wanted",
]
