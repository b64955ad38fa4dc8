"""Who signed in and what was taken away, and where the account is signed in, over HTTP."""

from service.storage import sessions
from service.storage.entering import record
from service.storage.entering.record import What
from service.web import recording
from service.web.api.doors import noun, owner
from service.web.api.shapes.record import LineAnswer, RecordAnswer, SessionAnswer, SessionsAnswer
from service.web.api.shapes.text import PageQuery
from service.web.identity import this_session
from service.web.parts import parts

bp = noun("record", about="Who signed in and what was taken away; where the account is signed in.")


@bp.get("/record")
@bp.input(PageQuery, location="query", arg_name="query")
@bp.output(RecordAnswer)
def get_record(query: PageQuery) -> RecordAnswer:
    """List sign-ins, refusals, keys, exports and what else is written down, the newest first."""
    with parts().db.reading() as tx:
        page = record.page(tx, owner=owner(), after=query.after or None, limit=query.limit)
    return RecordAnswer(lines=[LineAnswer.of(line) for line in page.rows], next=page.next)


@bp.get("/sessions")
@bp.output(SessionsAnswer)
def list_sessions() -> SessionsAnswer:
    """List the browsers that are signed in."""
    with parts().db.reading() as tx:
        idle_days = parts().config.session_idle_days
        found = sessions.of(tx, owner=owner(), this=this_session(), idle_days=idle_days)
    return SessionsAnswer(sessions=[SessionAnswer.of(session) for session in found])


@bp.delete("/sessions/<session_id>")
@bp.output({}, status_code=204, description="It is signed out there.")
def end_session(session_id: str) -> str:
    """Sign out somewhere."""
    with parts().db.transaction() as tx:
        sessions.end_one(tx, owner=owner(), id=session_id)
        recording.write(tx, What.ENDED)
    return ""
