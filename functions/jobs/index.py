"""/jobs: search the job boards, one job, jobs for a resume, and how a resume stands to a job."""

from common.platform import App, HttpRequest, Response, Routes, http_handler
from common.domain.jobs import JobQuery, JobRef
from common.services import jobs, recommending

routes = Routes()
main_handler = http_handler(routes)


@routes.get("/jobs", per_minute=30)
def search(request: HttpRequest, app: App) -> Response:
    desk = app.job_desk(request.user_id)
    return Response.ok(jobs.search(desk, request.read_query(JobQuery)))


@routes.get("/jobs/recommend", per_minute=10)
def recommend(request: HttpRequest, app: App) -> Response:
    desk, shelf = app.job_desk(request.user_id), app.shelf(request.user_id)
    wanted = request.read_query(recommending.ForResume)
    return Response.ok(recommending.recommend_jobs(desk, shelf, wanted.resume_id, embedder=app.embedder))


@routes.get("/jobs/{source}/{job_id}", per_minute=60)
def show(request: HttpRequest, app: App) -> Response:
    desk = app.job_desk(request.user_id)
    return Response.ok(jobs.show(desk, JobRef.of(request["job_id"], request["source"])))


@routes.post("/jobs/analyse", per_minute=30)
def analyse(request: HttpRequest, app: App) -> Response:
    desk, shelf = app.job_desk(request.user_id), app.shelf(request.user_id)
    return Response.ok(jobs.analyse(desk, shelf, request.read(jobs.AnalyseJob), embedder=app.embedder))
