"""From what things cost to how many people that is enough for. Every assumption stands here, and in docs/scale.md."""

from typing import Final

from bench.scale.measuring import Costs

PHOTOS_A_YEAR: Final = 100
PAGES_A_DAY: Final = 5
CONTACTS_EACH: Final = 500
PHONES_PHOTO_BYTES: Final = 3e6
"""As phones write twelve megapixels; the photos of the bench are plainer, and so smaller."""
BUSIEST_HOUR: Final = 0.2
"""The share of a day's work that comes in its busiest hour."""
AT_MOST_BUSY: Final = 0.6
"""A core that is busier than this lets people wait for others."""

CORES, DISK_BYTES = 2, 50e9
MILLION: Final = 1_000_000
SWEEP_SECONDS: Final = 30


def carried(costs: Costs) -> list[list[str]]:
    """What each part of a small machine is enough for, if it did nothing else; the least is the first wall."""
    cores = CORES * AT_MOST_BUSY
    years = DISK_BYTES / _bytes_a_year(costs)
    found = {
        "cores, for reading in the busiest hour": cores / _reading_cores(costs),
        "cores, for pages in the busiest hour": cores / _page_cores(costs),
        "disk, for a year of photos that are kept": years,
        "disk, for a year of photos deleted 30 days after they were confirmed": DISK_BYTES
        / _bytes_kept(costs, days=30),
        "disk, for contacts": DISK_BYTES / (CONTACTS_EACH * costs.contact_row_bytes),
    }
    return [[name, f"{accounts:,.0f}"] for name, accounts in sorted(found.items(), key=lambda each: each[1])]


def wanted(costs: Costs) -> list[list[str]]:
    """What so many accounts want."""
    reading, pages = (MILLION * cores / AT_MOST_BUSY for cores in (_reading_cores(costs), _page_cores(costs)))
    photos_an_hour = MILLION * PHOTOS_A_YEAR / 365 * BUSIEST_HOUR
    rows = MILLION * (CONTACTS_EACH * costs.contact_row_bytes + PHOTOS_A_YEAR * costs.photo_row_bytes)
    few, many = costs.sweep_cpu
    each = max(0.0, costs.sweep_cpu[many] - costs.sweep_cpu[few]) / (many - few)
    sweep = costs.sweep_cpu[many] + each * (MILLION - many)
    return [
        ["photos in the busiest hour", f"{photos_an_hour:,.0f}"],
        ["cores that read them", f"{reading:,.0f}"],
        ["pages in the busiest hour, a second", f"{MILLION * PAGES_A_DAY * BUSIEST_HOUR / 3600:,.0f}"],
        ["cores for pages, PostgreSQL's part with them", f"{pages:,.0f}"],
        ["files a year, all kept", f"{MILLION * _bytes_a_year(costs) / 1e12:,.0f} TB"],
        [
            "files, photos deleted 30 days after they were confirmed",
            f"{MILLION * _bytes_kept(costs, days=30) / 1e12:,.0f} TB",
        ],
        ["PostgreSQL after a year", f"{rows / 1e12:,.1f} TB"],
        ["Redis with a busiest hour of photos waiting", f"{photos_an_hour * costs.job_bytes / 1e9:,.2f} GB"],
        [f"one sweep, which comes every {SWEEP_SECONDS} seconds", f"{sweep:,.1f} s of a core"],
    ]


def _reading_cores(costs: Costs) -> float:
    """Of one account, in the busiest hour."""
    return PHOTOS_A_YEAR / 365 * BUSIEST_HOUR * (costs.photo_cpu + costs.upload_cpu) / 3600


def _page_cores(costs: Costs) -> float:
    page = sum(costs.pages_cpu.values()) / len(costs.pages_cpu)
    return PAGES_A_DAY * BUSIEST_HOUR * page / 3600


def _bytes_a_year(costs: Costs) -> float:
    return PHOTOS_A_YEAR * (PHONES_PHOTO_BYTES + costs.made_bytes)


def _bytes_kept(costs: Costs, *, days: int) -> float:
    return _bytes_a_year(costs) * days / 365
