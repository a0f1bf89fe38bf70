"""What the Tweede Kamer publishes: each kind of entity, what of it is read, and what it points to.

The names are those of the SyncFeed (its XSDs); those of OData differ by their first letter, but for a few. Of a person
the name alone is read, and the function: no day of birth, no place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Shape = Literal["text", "number", "flag", "moment", "day"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. `fields`: name -> what it holds; `links`: names of what it points to."""

    name: str
    fields: Mapping[str, Shape]
    links: tuple[str, ...]

    @property
    def element(self) -> str:
        """What it is called in the feed: `activiteitActor`."""
        return self.name[0].lower() + self.name[1:]


_TABLE = """
Activiteit: soort nummer onderwerp datumSoort datum:moment aanvangstijd:moment eindtijd:moment locatie besloten:flag
  status vergaderjaar noot voortouwnaam voortouwafkorting > voortouwcommissie voortgezetVanuit vervangenVanuit
ActiviteitActor: actorNaam actorFractie relatie volgorde:number functie > activiteit persoon fractie commissie
Agendapunt: nummer onderwerp aanvangstijd:moment eindtijd:moment volgorde:number rubriek noot status > activiteit
Besluit: stemmingsSoort besluitSoort besluitTekst opmerking status agendapuntZaakBesluitVolgorde:number
  > agendapunt zaak
Commissie: nummer soort afkorting naamNl naamWebNl datumActief:day datumInactief:day >
CommissieZetel: gewicht:number > commissie
CommissieZetelVastPersoon: functie van:day totEnMet:day > commissieZetel persoon
CommissieZetelVervangerPersoon: functie van:day totEnMet:day > commissieZetel persoon
Document: soort documentNummer titel onderwerp datum:moment volgnummer:number vergaderjaar citeertitel alias
  aanhangselnummer organisatie > huidigeDocumentVersie bronDocument activiteit agendapunt zaak kamerstukdossier
DocumentVersie: status versienummer:number extensie datum:moment externeidentifier > document
Fractie: nummer afkorting naamNl aantalZetels:number datumActief:day datumInactief:day >
FractieZetel: gewicht:number > fractie
FractieZetelPersoon: functie van:day totEnMet:day > fractieZetel persoon
Kamerstukdossier: titel citeertitel alias nummer:number toevoeging hoogsteVolgnummer:number afgesloten:flag kamer >
Persoon: nummer initialen tussenvoegsel achternaam roepnaam functie >
Stemming: soort fractieGrootte:number actorNaam actorFractie vergissing:flag > besluit persoon fractie
Toezegging: nummer aanmaakdatum:moment activiteitNummer naam functie ministerie status datumNakoming:moment tekst
  > activiteit
Vergadering: soort titel zaal vergaderjaar vergaderingNummer:number datum:moment aanvangstijd:moment sluiting:moment
  kamer >
Zaak: nummer soort onderwerp gestartOp:moment organisatie titel citeertitel alias termijn:moment vergaderjaar
  volgnummer:number status huidigeBehandelstatus afgedaan:flag kabinetsappreciatie
  > kamerstukdossier activiteit agendapunt gerelateerdVanuit vervangenVanuit
ZaakActor: actorNaam actorFractie actorAfkorting functie relatie > zaak persoon fractie commissie
"""


def _read(line: str) -> Kind:
    name, _, rest = line.partition(":")
    fields, _, links = rest.partition(">")
    shapes: dict[str, Shape] = {}
    for word in fields.split():
        field, _, shape = word.partition(":")
        shapes[field] = shape or "text"  # type: ignore[assignment]  # the table names no other
    return Kind(name.strip(), shapes, tuple(links.split()))


KINDS: Mapping[str, Kind] = {kind.name: kind for kind in map(_read, _TABLE.strip().replace("\n  ", " ").splitlines())}
BY_ELEMENT: Mapping[str, Kind] = {kind.element.lower(): kind for kind in KINDS.values()}

# Few rows, read from the beginning; the others from a day on.
SMALL = (
    "Persoon", "Fractie", "FractieZetel", "FractieZetelPersoon", "Commissie", "CommissieZetel",
    "CommissieZetelVastPersoon", "CommissieZetelVervangerPersoon",
)  # fmt: skip
LARGE = tuple(name for name in KINDS if name not in SMALL)
