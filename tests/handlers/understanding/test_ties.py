"""No tie is ever broken by chance: whoever could just as well be meant is among those that are returned."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.understanding.people import Directory, Known, Mention
from tests.handlers.understanding.vocabulary import directory, everybody

FRACTIES = {"D66": [], "VVD": [], "SP": [], "PRO": ["GL-PvdA"]}
SURNAMES = ("Dijk", "Berg", "Podt", "Bikker", "Bikkers", "Mulder", "Groot", "Vrijdag", "Kort", "Smit-Podt", "Vermeer")
ORGANISATIONS = ("Tweede Kamer", "Eerste Kamer", "COA", "IND", "gemeente Ede", "ministerie SZW")
FUNCTIONS = ("Tweede Kamerlid", "Eerste Kamerlid", "minister van SZW", "wethouder", "hoofd beleid", "")
PIECES = (
    *("gesprek met", "gebeld", "mail van", "motie", "(D66)", "(SP)", "van de VVD", ",", "en", "/", "SP:", "senator"),
    *("Kamerlid", "mw.", "Jan", "A.", "V.", "van", "v.d.", "Van den", "de", "D66'er", "minister", "minister van SZW"),
    *("van het COA", "over", "zonder", "was er niet", "oud-Kamerlid", "wethouder van Ede", ".", "vrijdag", "Jannie"),
)

known = st.builds(
    Known,
    st.just(0),
    st.sampled_from(SURNAMES),
    st.sampled_from(("", "van", "van de", "van den", "de", "van 't")),
    st.sampled_from(("A.", "J.", "V.", "J.A.", "")),
    st.sampled_from(("", "Jan", "Anna")),
    st.sampled_from(("", *FRACTIES)),
    st.sampled_from(FUNCTIONS),
    st.sampled_from(ORGANISATIONS),
    st.booleans(),
)
directories = st.lists(known, min_size=1, max_size=6).map(
    lambda people: [replace(one, id=number) for number, one in enumerate(people)]
)


def _words(one: Known) -> list[str]:
    surname = one.surname
    return [surname, surname.lower(), surname.upper(), f"{one.tussenvoegsel} {surname}", surname[:-2] + surname[-1]]


@st.composite
def situations(draw: st.DrawFn) -> tuple[list[Known], str]:
    """Some people, and a text made of their names and of all that can stand around a name."""
    people = draw(directories)
    names = [word for one in people for word in _words(one)]
    return people, " ".join(draw(st.lists(st.sampled_from((*names, *names, *PIECES)), max_size=9)))


def _by_place(mentions: tuple[Mention, ...]) -> dict[tuple[int, int], set[int]]:
    return {(mention.start, mention.end): set(mention.ids) for mention in mentions}


@settings(max_examples=200)
@given(situations())
def test_a_double_of_somebody_is_always_returned_with_them(situation: tuple[list[Known], str]) -> None:
    people, text = situation
    twice = [*people, *(replace(one, id=one.id + 100) for one in people)]
    alone = _by_place(Directory(people, FRACTIES).read(text))
    both = _by_place(Directory(twice, FRACTIES).read(text))
    assert both == {place: ids | {number + 100 for number in ids} for place, ids in alone.items()}


@settings(max_examples=200)
@given(situations())
def test_who_is_called_the_same_is_left_out_only_for_what_the_text_says(situation: tuple[list[Known], str]) -> None:
    people, text = situation
    for mention in Directory(people, FRACTIES).read(text):
        if len(mention.ids) != 1 or mention.office:
            continue
        (found,) = (one for one in people if one.id == mention.ids[0])
        # somebody with the same name, initials and all, in whatever fractie and function, known to be no former
        other = replace(found, id=99, fractie="SP", function="hoofd", organisation="IND", former=False)
        around = text[max(0, mention.start - 40) : mention.end + 40]
        told = any(
            word in around for word in ("D66", "VVD", "SP", "COA", "senator", "Kamerlid", "minister", "wethouder")
        )
        (again,) = (one.ids for one in Directory([*people, other], FRACTIES).read(text) if one.start == mention.start)
        assert told or found.former or {found.id, 99} <= set(again)


@given(st.data())
def test_the_real_people_by_surname_alone_are_all_returned(data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(sorted(everybody().values(), key=lambda known: known.id)))
    name = f"{one.tussenvoegsel} {one.surname}".strip()
    same = {
        each.id
        for each in everybody().values()
        if (each.tussenvoegsel, each.surname) == (one.tussenvoegsel, one.surname)
    }
    text = f"gesprek met mw. {name}"
    (mention,) = directory().read(text)
    assert set(mention.ids) == same
