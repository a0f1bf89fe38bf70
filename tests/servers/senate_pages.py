"""The pages of the local Eerste Kamer, with the structure that the real ones had in October 2026."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape

from parliament.dutch_dates import MONTHS
from parliament.item import SenateItem, SenatePaper, SenateVote

_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_STATES = {"done": "vol", "current": "geblokt", "todo": "leeg"}
_SIGNS = {"aangenomen": ("voor", "Aangenomen"), "verworpen": ("tegen", "Verworpen")}
_HOW = {
    "zitten en opstaan": "Stemming bij zitten en opstaan",
    "hoofdelijk": "Hoofdelijke stemming",
    "algemene stemmen": "Algemene stemmen",
}


Way = tuple[date, str] | None  # to another day: which, and where


@dataclass
class Bill:
    """A bill as the site shows it. `sentences`: how it stands, oldest first; `phases`: done, current or todo."""

    number: str
    title: str
    introduced: date
    sentences: list[str] = field(default_factory=list)
    papers: list[SenatePaper] = field(default_factory=list)
    phases: dict[str, str] = field(default_factory=dict)
    committee: str = "commissie voor Immigratie & Asiel / Algemene Zaken (I&A/AZ)"
    signed_by: str = "Minister van Asiel en Migratie"


def written(day: date) -> str:
    """`6 oktober 2026`"""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def shown(number: str) -> str:
    """`36800-XVI` as the site writes it: `36.800 XVI`; `37020, M` is `37.020, M`."""
    dossier, comma, letter = number.partition(",")
    digits, _, addition = dossier.partition("-")
    label = f"{digits[:-3]}.{digits[-3:]}" if digits.isdigit() else digits
    return label + (f" {addition}" if addition else "") + comma + letter


def listed(names: Sequence[str]) -> str:
    """`A, B en C`"""
    return " en ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _page(title: str, *parts: str) -> str:
    return (
        f"<!doctype html><html><head><title>{escape(title)} - Eerste Kamer der Staten-Generaal</title></head><body>"
        '<main class="cell small-12 medium-8 order-2"><div id="main_content_wrapper"><div id="inhoud"></div>'
        f"{''.join(parts)}</div></main></body></html>"
    )


def _heading(said: str) -> str:
    return (
        '<div class="hr clear pre-partitel"><hr /></div><div class="partitel grid-x nowr">'
        f'<div class="titel small-order-1"><h2><a id="p1"></a>{said}\n</h2></div></div>'
    )


def _way(kind: str, earlier: Way, later: Way) -> str:
    sides = (("eerder", "eerdere", earlier), ("recenter", "latere", later))
    links = "".join(
        f'<div class="{which}"><a href="{found[1]}" class="f_rltv"><span>{said} {kind} ({written(found[0])})</span></a>'
        "</div>"
        for which, said, found in sides
        if found
    )
    return f'<nav class="grid-x nowr bladeren bladeren-v2" aria-label="bladeren">{links}</nav>'


def plenary(day: date, items: Sequence[SenateItem], earlier: Way, later: Way) -> str:
    """A plenary day, with the way to its neighbours."""
    blocks = "".join(f'<div id="v{count}">{_block(item)}</div>' for count, item in enumerate(items))
    title = f"{_DAYS[day.weekday()].capitalize()} {written(day)},  plenaire vergadering"
    return _page(title, _heading("Agenda"), f"<div>{blocks}</div>", _way("vergadering", earlier, later))


def _block(item: SenateItem) -> str:
    times = f"{item.begins:%H.%M} - {item.ends:%H.%M} uur &nbsp;" if item.begins and item.ends else ""
    links = "".join(
        f'<div class="nowr grid-x seriekeuze"><ul><li class="plus"><div><a href="{address(number)}" class="grid-x">'
        f'<div class="glyph fs1 leesverder"></div>{escape(title)} ({shown(number)})</a></div></li></ul></div>'
        for number, title in item.bills
    )
    return (
        f'<div class="agendablok"><h3 class="fs-normaal mnone">{times}{escape(item.kind)}</h3>\n'
        f'<div class="zaken">{links}</div></div>'
    )


def address(number: str) -> str:
    """Where a bill has its page."""
    return f"/wetsvoorstel/{number.lower().replace('-', '_')}_wet"


def committees(day: date, meetings: Sequence[SenateItem], earlier: Way, later: Way) -> str:
    """A day of committee meetings, with the way to its neighbours."""
    items = "".join(_meeting(one) for one in meetings)
    title = f"Commissievergaderingen op {_DAYS[day.weekday()]} {written(day)}"
    ladder = f'<ul id="ladder_plan" class="ladder ladder_plan ladder_plan_v2 mt-2">{items}</ul>'
    return _page(title, ladder, '<div class="hr"><hr /></div>', _way("vergaderdag", earlier, later))


def _meeting(one: SenateItem) -> str:
    kind = f'<em class="d-block">{escape(one.kind)}</em>' if one.kind else ""
    hour = f'<span class="d-block">{one.begins:%-H.%M} uur</span>' if one.begins else ""
    points = "".join(
        f'<h2 class="fs-normaal mnone"><span class="kop_agenda_kamerleden_tekst"> {shown(number)}</span></h2>'
        f'<p class="mnone"><span><i>{escape(about)}</i></span></p>'
        for number, about in one.bills
    )
    return (
        '<li class="d-flex grid-y nowr"><div class="i_plan_lnk nobold">'
        f'<a href="{one.address}"><div class="glyph fs1 leesverder"></div><div class="i-plan_t start-0">\n\t'
        f'{escape(one.committee)}\n</div></a>\n<a href="{one.address}/live" class="grid-x">'
        f'<span class="sr-only">van deze vergadering zal een livestream beschikbaar zijn</span></a></div>\n\t{kind}\n'
        f'\t{hour}\n<div class="besluitpunten d-block">{points or "(Geen besluitpunten)"}</div></li>'
    )


def bill(found: Bill) -> str:
    """The page of a bill."""
    names = (
        ("", "Tweede Kamer"),
        ("Schriftelijke voorbereiding", "Eerste Kamer"),
        ("Plenair", ""),
        ("Afkondiging", ""),
    )
    blocks = "".join(
        f'<div class="voortgangBlok{count}"><div class="{_STATES[found.phases.get(phase or where, "todo")]}"></div>'
        f'<div class="grid-x nowr faseinfo"><span class="fase ellip">{phase}</span></div>'
        f'<div class="ellip voortgangM inst">{where}</div></div>'
        for count, (phase, where) in enumerate(names, 1)
    )
    standing = "".join(f'<p class="mnone">{sentence}</p>\n' for sentence in found.sentences)
    papers = "".join(
        f'<li class="grid-x nowr"><div><span class="strong">{written(one.day)}</span><br />\n<a href="{one.address}">'
        f'{escape(one.title)} <span class="c_ico-bijlage"></span></a>\n\t{one.number}\n\n\t'
        "&nbsp;&nbsp;Bevat bijlage</div></li>"
        for one in found.papers
    )
    return _page(
        f"{found.title} ({shown(found.number)})",
        _heading("Stand van zaken"),
        f'<div id="w_voortgangModule"><div id="voortgangModule" class="grid-x nowr">{blocks}</div></div>{standing}',
        _heading("Kerngegevens"),
        f'<h3 class="fs-normaal mnone">ingediend</h3>\n{written(found.introduced)}\n',
        f'<h3 class="fs-normaal mtop">titel</h3>\n{escape(found.title)}\n',
        _fact("schriftelijke voorbereiding", "/commissies/i_a", found.committee),
        _fact("ondertekening", "/departement/asiel_en_migratie", found.signed_by),
        _heading("Documenten"),
        f'<div id="filters">Filter op: </div><div class="behandeling"><ul class="ladder">{papers}</ul></div>',
    )


def _fact(label: str, where: str, said: str) -> str:
    return (
        f'<h3 class="fs-normaal mtop">{label}\n</h3>\n<div class="seriekeuze"><ul><li class="plus">'
        f'<a href="{where}" class="grid-x"><div>{escape(said)}\n</div></a></li></ul></div>'
    )


def votes(found: Sequence[tuple[SenateVote, str]], earlier: str, goes_on: bool) -> str:
    """A page of the list of votes, each with where its subject has a page.

    goes_on: the first day began on the page before it
    """
    days = dict.fromkeys(one.day for one, _ in found)
    lists = "".join(
        _heading(written(day) + (" (vervolg)" if goes_on and day == found[0][0].day else ""))
        + '<ul class="inlopendetekst stemlijst stemlijst_perdag">'
        + "".join(_vote(one, subject) for one, subject in found if one.day == day)
        + "</ul>"
        for day in days
    )
    onward = f'<a href="{escape(earlier)}" class="grid-x nowr"><span>eerdere stemmingen</span></a>' if earlier else ""
    newer = (
        '<a href="/stemmingen_per_vergaderdag?filter=alles"><span>recentere stemmingen</span></a>' if goes_on else ""
    )
    period = '<h2 id="SelectPeriod"><span>specifieke periode selecteren&nbsp;</span></h2>'
    return _page("Stemmingen per vergaderdag", period, newer, onward, lists, onward)


def _vote(one: SenateVote, subject: str) -> str:
    icon, sign = _SIGNS.get(one.outcome, ("", "Staken van stemmen"))
    called = f'(<a href="{subject}">{shown(one.number)}</a>)' if one.number else ""
    return (
        '<li class="opsomitem met_image image_breed"><div class="opsomitem grid-x nowr"><div class="opsomteken">'
        f'<img src="/g/stemmen_{icon}.png" alt="{sign}"></div><div class="opsomtekst">\n{escape(one.title)}  {called}'
        f"<br />{_how(one)}</div></div></li>"
    )


def _how(one: SenateVote) -> str:
    said = "Hamerstuk" if one.manner == "hamerstuk" else f"{_HOW.get(one.manner, one.manner)}, {one.outcome}"
    sides = [("voor", (*one.for_, *one.members_for)), ("tegen", (*one.against, *one.members_against))]
    if one.manner == "hoofdelijk":
        sides = [("voor", one.members_for), ("tegen", one.members_against)]
    if one.manner == "hamerstuk":
        sides = [("aantekening gevraagd", one.noted)]
    below = "".join(
        f"<strong>{label}:</strong> {listed(names)}<br />" for label, names in sides if any(s for _, s in sides)
    )
    link = f'<a href="{one.address}">\n\t{said}\n</a>'
    if not below or one.manner == "algemene stemmen":
        return f"\n{link}<br />\n"
    return (
        '<ul class="inlopendetekst w_hideshow_accesible"><li class="opsomitem met_image ocnode">'
        f'<div class="js-expandmore">{link}</div><div class="js-to_expand">{below}</div></li></ul>'
    )


def report(title: str, sentences: Sequence[str]) -> str:
    """A part of the report of a meeting."""
    said = "".join(f"<p>De voorzitter:</p><p>{sentence}</p>" for sentence in sentences)
    return _page(f"Verslagdeel {title}", f"<h1>Stemming {escape(title)}</h1><p>Aan de orde is de stemming.</p>", said)
