"""The grammar: which words, side by side, say what. A table of phrases, tried in order; a new phrase is a new row."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta, timezone

from bakohumas_bot.domain.almanac import ZONES
from bakohumas_bot.domain.when.said import Clock, Dated, Part, Said, Week, Weekday
from bakohumas_bot.domain.when.words import MONTH_NAMES, WEEKDAYS
from bakohumas_bot.errors import BadInput

Found = re.Match[str]

_DAY = rf"(?:hari )?(?P<weekday>{'|'.join(WEEKDAYS)})"
_MONTHS = "|".join(MONTH_NAMES)
_MONTH = rf"(?P<month>{_MONTHS})"
_N = r"(?P<n>[0-9]{1,4})"
_UNIT = r"(?P<unit>hari|minggu|pekan|bulan|tahun)"
_WHICH = r"(?P<which>ini|depan|lalu|kemarin)"
_HOUR = r"(?P<hour>[0-9]{1,2})"
_DAYPART = r"(?P<daypart>pagi|siang|sore|malam|dini(?: hari)?|subuh|zuhur|asar|magrib|isya)"
_SPAN = (
    r"(?:(?P<hours>[0-9]{1,4}(?:,[0-9]{1,2})?|setengah|seperempat|[0-9]{1,2} setengah) jam)?"
    r"(?: ?(?P<minutes>[0-9]{1,4}) menit)?(?: ?(?P<seconds>[0-9]{1,4}) detik)?"
)
_EVENTS = r"(?P<event>jumatan|magrib|isya|subuh|zuhur|asar|makan siang|istirahat|apel)"
_ISO = (
    r"(?P<year>[0-9]{4})-(?P<number>[0-9]{2})-(?P<day>[0-9]{2})"
    r"(?:[t ](?P<hour>[0-9]{1,2})[.:](?P<minute>[0-9]{2})(?:[.:](?P<second>[0-9]{2})(?:\.[0-9]+)?)?"
    r"(?P<offset>z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
AHEAD = {"ini": 0, "depan": 1, "lalu": -1, "kemarin": -1}


def _clock(match: Found) -> Said:
    """Two digits are a clock's own writing. So is 9.30: at half past nine in the evening no office publishes."""
    written, minute, second = match["hour"], int(match["minute"]), int(match["second"] or 0)
    exact = len(written) == 2 or int(written) in {0, 9}
    return Said(clock=_checked(Clock(hour=int(written), minute=minute, second=second, exact=exact)))


def _bare(match: Found) -> Said:
    hour = int(match["hour"])
    return Said(
        clock=_checked(Clock(hour=hour, exact=hour > 12 or hour == 0)),
        about=True if match.groupdict().get("about") else None,
        daypart=_daypart(match),
    )


def _daypart(match: Found) -> str | None:
    word = match.groupdict().get("daypart")
    return word.split()[0] if word else None


def _half_to(match: Found) -> Said:
    return Said(clock=_shifted(int(match["hour"]), -30))


def _past_or_to(match: Found) -> Said:
    by = {"seperempat": 15, "setengah": 30}.get(match["by"]) or int(match["by"])
    return Said(clock=_shifted(int(match["hour"]), -by if match["way"] == "kurang" else by))


def _shifted(hour: int, minutes: int) -> Clock:
    """Around a dial of twelve hours, unless the hour is one of twenty-four."""
    _checked(Clock(hour=hour, exact=True))
    exact = hour > 12 or hour == 0
    whole = (hour * 60 + minutes) % (1440 if exact else 720)
    return Clock(hour=whole // 60 if exact else whole // 60 or 12, minute=whole % 60, exact=exact)


def _checked(clock: Clock) -> Clock:
    beyond = clock.hour > 24 or (clock.hour == 24 and (clock.minute or clock.second))
    if beyond or clock.minute > 59 or clock.second > 59:
        raise BadInput(f"Jam {clock.hour:02}.{clock.minute:02} tidak ada: gunakan 00.00 sampai 23.59.")
    return clock


def _iso(match: Found) -> Said:
    day = Dated(year=int(match["year"]), month=int(match["number"]), day=int(match["day"]))
    if not match["hour"]:
        return Said(dated=day)
    clock = Clock(hour=int(match["hour"]), minute=int(match["minute"]), second=int(match["second"] or 0), exact=True)
    return Said(dated=day, clock=_checked(clock), zone=_offset(match["offset"]) if match["offset"] else None)


def _offset(written: str) -> timezone:
    if written == "z":
        return timezone(timedelta())
    digits = written[1:].replace(":", "")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if ahead > timedelta(hours=14) or int(digits[2:]) > 59:
        raise BadInput(f"Selisih waktu {written} tidak ada.")
    return timezone(-ahead if written[0] == "-" else ahead)


def _date(match: Found) -> Said:
    groups = match.groupdict()
    month = MONTH_NAMES[groups["month"]] if groups.get("month") else int(groups["number"])
    year = groups.get("year")
    full = int(year) + (2000 if len(year) == 2 else 0) if year else None
    return Said(dated=Dated(day=int(match["day"]), month=month, year=full))


def _date_of_month(match: Found) -> Said:
    return Said(dated=Dated(day=int(match["day"]), months=AHEAD[match["which"]]))


def _weekday(match: Found) -> Said:
    groups = match.groupdict()
    coming = (groups.get("which") or "").replace("kemarin", "lalu")
    number = WEEKDAYS[match["weekday"]]
    if groups.get("week"):
        return Said(weekday=Weekday(number=number), week=Week(ahead=AHEAD[match["which"]]))
    if match[0].strip() in {"minggu depan", "minggu ini", "minggu lalu", "minggu kemarin"}:
        return Said(week=Week(ahead=AHEAD[match["which"]], or_sunday=True))
    return Said(weekday=Weekday(number=number, coming=coming))


def _eve(match: Found) -> Said:
    coming = (match["which"] or "").replace("kemarin", "lalu")
    return Said(weekday=Weekday(number=WEEKDAYS[match["weekday"]], coming=coming, eve=True), daypart="malam")


def _evening_or_eve(match: Found) -> Said:
    """*jam 8 malam Senin*: Monday's evening, or the one before."""
    clock = _checked(Clock(hour=int(match["hour"]), exact=int(match["hour"]) > 12))
    eve = Weekday(number=WEEKDAYS[match["weekday"]], eve=True, perhaps=match["weekday"] not in {"minggu", "jumat"})
    return Said(clock=clock, weekday=eve, daypart="malam")


def _day_and_eve(match: Found) -> Said:
    """*Kamis malam Jumat*: one evening, named twice."""
    day = WEEKDAYS[match["weekday"]]
    if (day + 1) % 7 != WEEKDAYS[match["next"]]:
        raise BadInput("Hari disebut dua kali. Mohon tuliskan satu waktu saja.")
    return Said(weekday=Weekday(number=day), daypart="malam")


def _without_again(match: Found) -> Said:
    raise BadInput(f"“{match[0].strip()}” belum jelas. Mohon tambahkan “lagi”, misalnya 2 jam lagi.")


def _week(match: Found) -> Said:
    return Said(week=Week(ahead=AHEAD[match["which"]]))


def _part_of(match: Found) -> Said:
    groups = match.groupdict()
    which = {"tengah": "pertengahan"}.get(match["part"], match["part"])
    month = MONTH_NAMES[groups["month"]] if groups.get("month") else None
    unit = "bulan" if month else match["unit"].replace("minggu", "pekan")
    ahead = AHEAD[groups["which"]] if groups.get("which") else None
    year = int(groups["year"]) if groups.get("year") else None
    return Said(part=Part(which=which, of=unit, ahead=ahead, month=month, year=year))


def _elapsed(match: Found) -> Said:
    hours = match["hours"] or "0"
    half = timedelta(minutes=30) if hours.endswith("setengah") else timedelta()
    quarter = timedelta(minutes=15) if hours == "seperempat" else timedelta()
    whole = float((hours.split()[0].replace(",", ".")) if hours[0].isdigit() else 0)
    span = timedelta(hours=whole, minutes=int(match["minutes"] or 0), seconds=int(match["seconds"] or 0))
    return Said(elapsed=span + half + quarter, about=True if match.groupdict().get("about") else None)


def _event(match: Found) -> Said:
    side = {"habis": "habis ", "sebelum": "sebelum "}.get(match["side"] or "", "")
    event = match["event"].replace("istirahat", "makan siang")
    return Said(event=side + ("jumat" if event.startswith("jumat") else event))


def _now(_: Found) -> Said:
    return Said(now=True)


def _midnight(_: Found) -> Said:
    return Said(clock=Clock(hour=12), daypart="malam")


def _noon(_: Found) -> Said:
    return Said(clock=Clock(hour=12), daypart="siang")


def _always(**said: object) -> Callable[[Found], Said]:
    return lambda _: Said(**said)  # type: ignore[arg-type]


PHRASES: tuple[tuple[re.Pattern[str], Callable[[Found], Said]], ...] = tuple(
    (re.compile(rf"{form}(?: |$)", re.ASCII), meaning)
    for form, meaning in (
        # A moment.
        (_ISO, _iso),
        (r"sekarang", _now),
        (r"saat ini", _now),
        (r"segera", _now),
        (r"secepat mungkin", _now),
        (r"slot(?: (?:berikutnya|kosong|depan))?", _always(slot=True)),
        # From now.
        (r"sebentar lagi", _always(elapsed=timedelta(minutes=15), about=True)),
        (rf"(?:dalam )?(?=[0-9s]){_SPAN}(?P<about> an)? (?:lagi|dari sekarang)", _elapsed),
        (rf"(?:dalam|lagi) (?=[0-9s]){_SPAN}", _elapsed),
        (rf"(?:dalam )?{_N} {_UNIT} (?:lagi|dari sekarang)", lambda m: Said(ahead=(int(m["n"]), m["unit"]))),
        (rf"(?:dalam|lagi) {_N} {_UNIT}", lambda m: Said(ahead=(int(m["n"]), m["unit"]))),
        # Days by their dates.
        (r"(?:tanggal )?(?P<day>[0-9]{1,2})/(?P<number>[0-9]{1,2})(?:/(?P<year>[0-9]{4}|[0-9]{2}))?", _date),
        (rf"(?:tanggal )?(?P<day>[0-9]{{1,2}}) (?:bulan )?{_MONTH}(?: (?:tahun )?(?P<year>[0-9]{{4}}))?", _date),
        (r"(?:tanggal )?(?P<day>[0-9]{1,2}) bulan (?P<number>[0-9]{1,2})(?: (?:tahun )?(?P<year>[0-9]{4}))?", _date),
        (rf"tanggal (?P<day>[0-9]{{1,2}}) bulan {_WHICH}", _date_of_month),
        (rf"bulan {_WHICH} tanggal (?P<day>[0-9]{{1,2}})", _date_of_month),
        (r"tanggal (?P<day>[0-9]{1,2})", lambda m: Said(dated=Dated(day=int(m["day"])))),
        (rf"(?P<part>awal|tengah|pertengahan|akhir) (?P<unit>minggu|pekan|bulan|tahun)(?: {_WHICH})?", _part_of),
        (rf"(?P<part>awal|tengah|pertengahan|akhir) (?:bulan )?{_MONTH}(?: (?P<year>[0-9]{{4}}))?", _part_of),
        (rf"bulan {_WHICH}", lambda m: Said(months=AHEAD[m["which"]])),
        # Clocks.
        (r"(?:jam )?setengah (?P<hour>[0-9]{1,2})", _half_to),
        (
            r"(?:jam )?(?P<hour>[0-9]{1,2}) (?P<way>lewat|kurang) (?P<by>[0-9]{1,2}|seperempat|setengah)(?: menit)?",
            _past_or_to,
        ),
        (r"(?:jam )?(?P<hour>[0-9]{1,2})\.(?P<minute>[0-9]{2})(?:\.(?P<second>[0-9]{2}))?", _clock),
        (rf"jam (?P<hour>[0-9]{{2}}) ?(?P<minute>[0-9]{{2}})(?P<second>)(?! (?:bulan|{_MONTHS}))", _clock),
        (rf"jam {_HOUR} malam {_DAY}", _evening_or_eve),
        (rf"jam {_HOUR}(?P<about> an)?", _bare),
        (
            rf"{_HOUR} an",
            lambda m: Said(clock=_checked(Clock(hour=int(m["hour"]), exact=int(m["hour"]) > 12)), about=True),
        ),
        (rf"{_HOUR} {_DAYPART}", _bare),
        (r"tengah malam", _midnight),
        (r"tengah hari", _noon),
        # Days by their names.
        (rf"malam {_DAY}(?: {_WHICH})?", _eve),
        (rf"{_DAY} (?P<week>minggu|pekan) {_WHICH}", _weekday),
        (rf"{_DAY} malam (?P<next>{'|'.join(WEEKDAYS)})", _day_and_eve),
        (rf"{_DAY}(?: {_WHICH})", _weekday),
        (rf"pekan {_WHICH}", _week),
        (r"(?P<side>habis|sebelum) (?P<event>jumat)", _event),
        (rf"(?:(?P<side>habis|sebelum) )?{_EVENTS}", _event),
        (_DAY, _weekday),
        (r"besok lusa", _always(near=(1, 2))),
        (r"besok", _always(near=(1,))),
        (r"lusa", _always(near=(2,))),
        (r"kemarin(?: lusa)?", _always(near=(-1,), past=True)),
        (r"tadi", _always(near=(0,), past=True)),
        (r"hari ini", _always(near=(0,))),
        (r"nanti", _always(later=True)),
        # Parts of a day, zones and the rest.
        (rf"{_DAYPART} ini", lambda m: Said(daypart=_daypart(m), near=(0,))),
        (_DAYPART, lambda m: Said(daypart=_daypart(m))),
        (r"(?P<zone>wita|wib|wit)", lambda m: Said(zone=ZONES[m["zone"].upper()])),
        (r"utc(?P<offset>[+-][0-9]{4})", lambda m: Said(zone=_offset(m["offset"]))),
        (r"kurang lewat", _always(about=True)),
        (r"sekitar", _always(about=True)),
        (r"jam", _always()),
        (r"hari", _always()),
        (r"ini", _always()),
        (rf"{_N} (?:jam|menit|hari|minggu|pekan|bulan|tahun)$", _without_again),
        (_N, lambda m: Said(number=int(m["n"]))),
    )
)


def said_in(words: str) -> Said | None:
    """None where a word belongs to no phrase."""
    said, position = Said(), 0
    while position < len(words):
        match, meaning = next(((m, f) for form, f in PHRASES if (m := form.match(words, position))), (None, None))
        if match is None or meaning is None or match.end() == position:
            return None
        said, position = said.and_(meaning(match)), match.end()
    return None if said == Said() else said
