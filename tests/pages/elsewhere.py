"""What other people's programs make of our files: ical.js, which script/setup --tests brings from npm and which runs in the browser."""

from base64 import b64encode
from contextlib import closing
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

SOURCE = Path(__file__).parent.parent / "ical_js/node_modules/ical.js/dist/ical.min.js"
_RUN = """async ([source, text, script]) => {
  const { default: ICAL } = await import(`data:text/javascript;base64,${source}`);
  return new Function('ICAL', 'text', `return (${script})(ICAL, text)`)(ICAL, text);
}"""
_EVENTS = """(ICAL, text) => {
  const root = new ICAL.Component(ICAL.parse(text));
  for (const zone of root.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  return root.getAllSubcomponents('vevent').map((one) => {
    const { uid, summary, description, location, sequence, startDate, endDate } = new ICAL.Event(one);
    const when = (time) => (time.isDate ? time.toString() : time.toUnixTime());
    return { uid, summary, description, location, sequence, start: when(startDate), end: when(endDate) };
  });
}"""


def in_ical_js(chromium: Browser, text: str, script: str) -> Any:
    """Give what `script`, a function of ICAL and the text, says of it."""
    with closing(chromium.new_context()) as context:
        source = b64encode(SOURCE.read_bytes()).decode()
        return context.new_page().evaluate(_RUN, [source, text, script])


def events_of(chromium: Browser, text: str) -> list[dict[str, Any]]:
    """The events of a calendar, by the zones that it describes itself; moments are seconds since 1970."""
    found: list[dict[str, Any]] = in_ical_js(chromium, text, _EVENTS)
    return found
