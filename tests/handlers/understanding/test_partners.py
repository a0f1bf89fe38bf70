"""Which partners took part or were addressed, and which other organisations are named."""

from dataclasses import replace

import pytest

from handlers.understanding.sentence import understand
from tests.handlers.understanding.vocabulary import NOW, words


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        ("overleg met UNHCR en Amnesty over nareis", "UNHCR, Amnesty"),
        ("overleg zonder UNHCR", ""),
        ("overleg met Nidos, zonder Unicef", "Nidos"),
        ("coalitieoverleg, Amnesty was er niet bij", ""),
        ("coalitieoverleg met VNG en UAF, VNG kon niet", "UAF"),
        ("overleg met ECRE; Amnesty afwezig", "ECRE"),
        ("overleg met ECRE, Amnesty had afgezegd", "ECRE"),
        ("overleg met ECRE, Rode Kruis afgemeld", "ECRE"),
        ("overleg met ECRE (Amnesty verhinderd)", "ECRE"),
        ("Amnesty kon er niet bij zijn, wel UNHCR gesproken", "UNHCR"),
        ("overleg met UNHCR, helaas geen Nidos", "UNHCR"),
        ("overleg met iedereen behalve VNG", ""),
        ("all partners except Unicef", ""),
        ("meeting without UNHCR", ""),
        ("meeting with ECRE, Amnesty could not make it", "ECRE"),
        ("overleg met Amnesty, UNHCR deed niet mee", "Amnesty"),
        ("overleg met Amnesty. UNHCR ontbrak", "Amnesty"),
        ("overleg met Amnesty, UNHCR niet", "Amnesty"),
        ("noch UNHCR noch VNG waren erbij", ""),
        ("mail aan Vluchtelingenwerk en Unicef", "Unicef"),
        ("persbericht samen met Save the Children", "Save the Children"),
        ("brief medeondertekend door Defence for Children en Amnesty International", "Defence for Children, Amnesty"),
        ("gebeld met unhcr", "UNHCR"),
        ("gebeld met het rode kruis", "Rode Kruis"),
        ("overleg vng over huisvesting", "VNG"),
        ("overleg Lotte van den Berg (VNG)", "VNG"),
        ("Amnesty en Nidos lezen mee", "Amnesty, Nidos"),
        ("UNHCR was niet tegen", "UNHCR"),
        ("gesprek met UNHCR, ze konden niet alles delen", "UNHCR"),
        ("UNHCR niet tevreden, Nidos wel", "UNHCR, Nidos"),
        ("met Stichting Nidos gebeld", "Nidos"),
        ("Red Cross and UNHCR joined", "Rode Kruis, UNHCR"),
        ("overleg met DCI en Unicef NL", "Defence for Children, Unicef"),
        ("Amnestie in Duitsland besproken met Podt", ""),
        ("overleg met Amnesty over een brief waar UNHCR niet aan meedoet", "Amnesty"),
        ("VNG-overleg over huisvesting", "VNG"),
        ("Amnesty-rapport besproken met Podt", ""),
        ("Podt gesproken over cijfers van UNHCR", ""),
        ("Amnesty niet gesproken", ""),
        ("niet met Amnesty, wel met UNHCR gebeld", "UNHCR"),
        ("gesprek met UNHCR-medewerker", "UNHCR"),
    ],
)
def test_partners_are_those_that_took_part(text: str, partners: str) -> None:
    found = understand(text, words(), NOW).partners
    assert {partner.name for partner in found} == set(filter(None, partners.split(", ")))


@pytest.mark.parametrize(
    ("text", "organisations"),
    [
        ("burgemeester van Westerwolde gebeld", "gemeente Westerwolde"),
        ("wethouder Utrecht gesproken", "gemeente Utrecht"),
        ("gebeld met de gemeente Almere", "gemeente Almere"),
        ("mail aan gemeente Bergen op Zoom", "gemeente Bergen op Zoom"),
        ("gemeente in het noorden gebeld", ""),
        ("wethouder Van Breda gebeld", ""),
        ("gemeente gebeld over opvang", ""),
        ("interview NPO Radio 1", "NPO Radio 1"),
        ("interview met Trouw", "Trouw"),
        ("trouw aan onze lijn, Podt gebeld", ""),
        ("Podt gesproken over zijn trouw", ""),
        ("interview NRC en de Volkskrant", "NRC, de Volkskrant"),
        ("te gast bij Nieuwsuur", "Nieuwsuur"),
        ("NOS gebeld", "NOS"),
        ("interview met het AD", "AD"),
        ("reactie aan ANP", "ANP"),
        ("interview met Het Parool", "Het Parool"),
        ("te gast bij EenVandaag en Op1", "EenVandaag, Op1"),
        ("ambtelijk overleg SZW", "ministerie SZW"),
        ("ministerie van Onderwijs gebeld", "ministerie OCW"),
        ("brief aan de minister van Asiel en Migratie", "ministerie AenM"),
        ("mail aan het ministerie van justitie en veiligheid", "ministerie JenV"),
        ("gesprek met BuZa", "ministerie BZ"),
        ("BZ gebeld", "ministerie BZ"),
        ("gebeld met DT&V", "DTenV"),
        ("IND en COA gesproken", "IND, COA"),
        ("ind en coa gesproken", "IND, COA"),
        ("gesprek in de Tweede Kamer", "Tweede Kamer"),
        ("lobby bij de Eerste Kamer", "Eerste Kamer"),
        ("gebeld met het UWV", "UWV"),
        ("gesprek met Ombudsman", "Nationale ombudsman"),
        ("interview met de Gelderlander", "de Gelderlander"),
        ("NPO Radio 1-interview", "NPO Radio 1"),
    ],
)
def test_organisations_are_found_by_what_they_are_called(text: str, organisations: str) -> None:
    found = understand(text, words(), NOW).organisations
    assert {body.name for body in found} == set(filter(None, organisations.split(", ")))


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("op ons verzoek gesproken met Podt", "us"),
        ("Podt gebeld op ons initiatief", "us"),
        ("wij vroegen het gesprek aan met Podt", "us"),
        ("at our request met with Podt", "us"),
        ("op haar verzoek gebeld met Podt", "them"),
        ("op verzoek van Podt koffie", "them"),
        ("op uitnodiging van Podt in de Kamer", "them"),
        ("Podt belde ons", "them"),
        ("Podt nam zelf contact op", "them"),
        ("Podt invited us to a meeting", "them"),
        ("Podt nodigde ons uit voor een gesprek", "them"),
        ("gesprek met Podt", None),
        ("verzoek om gesprek met Podt", None),
    ],
)
def test_who_asked_for_it(text: str, who: str | None) -> None:
    found = understand(text, words(), NOW).initiative
    assert (found.name if found else None) == who


@pytest.mark.parametrize(("text", "count"), [("gebeld met Anker", 1), ("gebeld met Stichting Anker", 1), ("anker", 0)])
def test_a_foundation_is_known_without_that_word(text: str, count: int) -> None:
    found = understand(text, replace(words(), partners={"Stichting Anker": ()}), NOW)
    assert [partner.name for partner in found.partners] == ["Stichting Anker"] * count
