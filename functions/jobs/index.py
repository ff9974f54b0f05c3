"""/jobs: search the job boards, one job, jobs for a resume, and how a resume stands to a job."""

from common.domain.jobs import JobQuery, JobRef
from common.platform import App, HttpRequest, Response, Routes, http_handler
from common.services import jobs, recommending

routes = Routes()
main_handler = http_handler(routes)


@routes.get("/jobs")
def search(request: HttpRequest, app: App) -> Response:
    return Response.ok(jobs.search(app.job_desk(request.user_id), request.read_query(JobQuery)))


@routes.get("/jobs/recommend")
def recommend(request: HttpRequest, app: App) -> Response:
    desk, shelf = app.job_desk(request.user_id), app.shelf(request.user_id)
    wanted = request.read_query(recommending.ForResume)
    return Response.ok(recommending.recommend_jobs(desk, shelf, wanted.resume_id, embedder=app.embedder))


@routes.get("/jobs/{source}/{job_id}")
def show(request: HttpRequest, app: App) -> Response:
    return Response.ok(jobs.show(app.job_desk(request.user_id), JobRef.of(request["job_id"], request["source"])))


@routes.post("/jobs/analyse")
def analyse(request: HttpRequest, app: App) -> Response:
    desk, shelf = app.job_desk(request.user_id), app.shelf(request.user_id)
    return Response.ok(jobs.analyse(desk, shelf, request.read(jobs.AnalyseJob), embedder=app.embedder))
