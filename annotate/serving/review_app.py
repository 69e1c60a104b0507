"""The requests of a review: its page, what was decided meanwhile, and a decision."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from pydantic import JsonValue
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from annotate.errors import InvalidAnnotation, UsageError
from annotate.files import json_text
from annotate.review.decisions import Decision
from annotate.review.session import Overtaken, Review, read_wanted
from annotate.serving.guard import MOST_BYTES
from annotate.viewer.page import page
from annotate.viewer.review_page import changes, of_review

Answers = Callable[[Request], Awaitable[Response]]


def review_app(review: Review, notices: Sequence[str] = ()) -> Starlette:
    """Return the application that serves a review; who may ask it is not its business."""

    async def show(request: Request) -> Response:
        html = await run_in_threadpool(lambda: page(_refreshed(review, notices), "review"))
        # The page names its own policy; no page may put it into a frame, which only a header says.
        return HTMLResponse(html, headers={"content-security-policy": "frame-ancestors 'none'"})

    async def look(request: Request) -> Response:
        since = request.query_params.get("since", "")
        seen = int(since) if since.isdecimal() and len(since) < 16 else 0
        return _json(await run_in_threadpool(lambda: _news(review, seen)))

    async def decide(request: Request) -> Response:
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > MOST_BYTES:
                return _json({"problems": ["the request is too large"]}, 413)
        return await run_in_threadpool(lambda: _decided(review, body))

    return Starlette(
        routes=[
            Route("/", show),
            Route("/changes", look),
            Route("/decisions", decide, methods=["POST"]),
        ]
    )


def _refreshed(review: Review, notices: Sequence[str]) -> Any:
    review.log.refresh()
    return of_review(review, [*notices, *review.log.problems]).data


def _news(review: Review, seen: int) -> dict[str, JsonValue]:
    review.log.refresh()
    return changes(review, seen)


def _decided(review: Review, body: bytes) -> Response:
    """Answer with what a decision changed, once it is kept, or with why it was not."""
    seen = 0
    try:
        content = json.loads(body)
        if not isinstance(content, dict):
            raise UsageError("a decision is a JSON object")
        since = content.pop("since", 0)
        seen = since if isinstance(since, int) else 0
        decision: Decision = review.decide(read_wanted(content))
    except (UnicodeDecodeError, ValueError, RecursionError):
        return _refused(["a decision is a JSON object in UTF-8"], 400)
    except InvalidAnnotation as error:
        return _refused(error.problems, 422)
    except Overtaken as error:
        return _json({"problems": [str(error)], **changes(review, seen)}, 409)
    except UsageError as error:
        return _refused([str(error)], 400)
    except OSError as error:
        return _refused([f"it was not kept: the log cannot be written ({error.strerror})"], 507)
    return _json({"made": decision.id, **changes(review, seen)})


def _refused(problems: Sequence[str], status: int) -> Response:
    return _json({"problems": [*problems]}, status)


def _json(content: object, status: int = 200) -> Response:
    return Response(json_text(content), status, media_type="application/json")
