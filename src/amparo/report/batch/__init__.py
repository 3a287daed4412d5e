"""Many reports in one go: a list of jobs, a pool of workers, a journal that survives a kill."""

from amparo.report.batch.address import Address, ClusterError
from amparo.report.batch.jobs import Job, JobsError, Problem, read_jobs
from amparo.report.batch.runs import Summary, run

__all__ = ["Address", "ClusterError", "Job", "JobsError", "Problem", "Summary", "read_jobs", "run"]
