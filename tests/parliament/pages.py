"""Pages shaped like those of the Eerste Kamer and internetconsultatie.nl, with events of our own."""

BILL = """<html><head><title>Wet opvang in de regio (36.999) - Eerste Kamer der Staten-Generaal</title></head><body>
<div class="partitel grid-x"><div class="titel"><h2><a id="p1"></a>Stand van zaken
</h2></div></div>
<div id="w_voortgangModule"><div id="voortgangModule" class="grid-x">
<div class="voortgangBlok1"><div class="vol"></div><div>Tweede Kamer</div></div>
<div class="voortgangBlok2"><div class="vol"></div><span class="fase">Schriftelijke voorbereiding</span></div>
<div class="voortgangBlok3"><div class="geblokt"></div><span class="fase">Plenair</span></div>
<div class="voortgangBlok4"><div class="leeg"></div><span class="fase">Afkondiging</span></div>
</div></div>
<p>Het voorstel (<a href="/x">TK, 2</a>) is op 3 november 2026 <a href="/y">aangenomen</a> door de Tweede Kamer.</p>
<p>Voor: PRO, Lid Keijzer en BBB.</p>
<p>Tegen: PVV en FVD.</p>
<div class="partitel grid-x"><div class="titel"><h2><a id="p2"></a>Kerngegevens
</h2></div></div>
<h3>ingediend</h3>
12 januari 2026
<h3>titel</h3>
Regels over de opvang van vluchtelingen in de regio
<h3>schriftelijke voorbereiding
</h3>
<div class="seriekeuze"><ul><li>
<a href="/commissies/i_a">commissie voor Immigratie &#38; Asiel (I&#38;A)</a></li></ul></div>
<h3>ondertekening
</h3>
<div class="seriekeuze"><ul><li><a href="/departement/asiel">Minister van Asiel en Migratie</a></li></ul></div>
<div class="partitel grid-x"><div class="titel"><h2><a id="p3"></a>Documenten
</h2></div></div>
<div class="behandeling"><ul class="ladder">
<li><div><span class="strong">4 november 2026</span><br />
<a href="/behandeling/a.pdf">gewijzigd voorstel van wet <span></span></a>
 EK, A</div></li>
</ul></div></body></html>"""

PLENARY = """<html><head><title>Dinsdag 1 december 2026, plenaire vergadering - Eerste Kamer</title></head><body>
<h2><a id="p1"></a>Agenda
</h2>
<div class="agendablok"><h3>09.30 - 09.35 uur &nbsp;Opening</h3><div class="zaken"></div></div>
<div class="agendablok"><h3>13.30 - 15.00 uur &nbsp;Wet opvang in de regio<a class="a_ico" href="/s">&nbsp;</a></h3>
<div class="zaken"><a href="/wetsvoorstel/36999_wet_opvang">Wet opvang in de regio (36.999)</a>
<a href="/wetsvoorstel/36800_begroting">Begroting Asiel en Migratie (36.800 XX)</a>
<a href="/nota/1">Nota (37.020)</a></div></div>
</body></html>"""

COMMITTEES = """<html><head><title>Commissievergaderingen op maandag 30 november 2026 - EK</title></head><body>
<ul id="ladder_plan"><li><a href="/x">
<div class="i-plan_t start-0">Commissie voor Immigratie &amp; Asiel (I&amp;A)</div></a>
<em>deskundigenbijeenkomst</em><span>18.30 - 20.00 uur</span></li></ul></body></html>"""

CONSULTATION = """<html><body><div id="content"><h1>Wet opvang in de regio</h1><p>Migratie</p>
<h2>In het kort</h2><p>Het wetsvoorstel regelt de opvang.</p>
<h3>Consultatiegegevens</h3><table class="table__data-overview">
<tr><th>Startdatum consultatie</th><td>04-11-2026</td></tr><tr><th>Einddatum consultatie</th><td>16-12-2026</td></tr>
<tr><th>Status</th><td>Actief</td></tr><tr><th>Type consultatie</th><td>Wet</td></tr>
<tr><th>Organisatie</th><td>Ministerie van Asiel en Migratie</td></tr><tr><th>Keten-ID</th><td>31001</td></tr></table>
<a href="https://wetgevingskalender.overheid.nl/Regeling/WGK031001">31001</a></div></body></html>"""


def results(*rows: tuple[str, str, str]) -> str:
    """A page of search results: (slug, status, closing day) of each."""
    items = "".join(
        f'<li><a href="/{slug}/b1" class="result--title">Wet {slug}</a><p>Waarover.</p>'
        f'<ul class="list--metadata"><li>Status: {status}</li><li>Sluitingsdatum:  {closes}</li>'
        f"<li>Ministerie van Asiel en Migratie</li></ul></li>"
        for slug, status, closes in rows
    )
    return f'<html><body><div class="result--list"><ul>{items}</ul></div></body></html>'
