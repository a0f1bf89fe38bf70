"""Client data is refused however it is written; what only looks like it passes."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understanding.client_data import find

BSN = "999997865"


def passes(digits: str) -> bool:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11 == 0


@pytest.mark.parametrize(
    "text",
    [
        f"cliënt met BSN {BSN}",
        f"gevraagd naar {BSN}, loopt vast",
        "9999.97.865",
        "999 997 865",
        "999-997-865",
        "999.997 865",
        "99 99 97 865",
        "9 9 9 9 9 7 8 6 5",
        f"bsn{BSN}",
        f"{BSN} 12 november",
        f"12 november {BSN}",
        "999 997 865 om 14 uur",
        "٩٩٩٩٩٧٨٦٥",
        "９９９９９７８６５",
        "999\u200b997\u200b865",
        "9\u20609\u20609\u20609\u20609\u20607\u20608\u20606\u20605",
        "999\n997\n865",
        "bsn 10000008",
        f"https://voorbeeld.nl/{BSN}",
        "BSN 111222333/2",
        "klant 111222333-01",
        "111222333-1",
        "BSN 111;222;333",
        "bsn 111*222*333",
        "BSN 111   222   333",
        "111|222|333",
        "bsn A111222333",
        "BSN: 111 en 222 en 333",
        "36704-111222333",
        "12-11-2026 111222333",
        "+31612345678 111222333",
        "klant 111222333 € 50",
        "111.222.333-01",
        f"https://teams.microsoft.com/l/message/19:0bb1@thread.tacv2/1728917996600?teamName={BSN}",
        f"19:{BSN}@thread.tacv2",
    ],
)
def test_a_bsn_is_found(text: str) -> None:
    assert find(text) == "bsn"


@pytest.mark.parametrize(
    "text",
    [
        "Vnummer: 2895711777",
        "289.571.1777",
        "289 571 1777",
        "289-571-1777",
        "V-nummer 28 95 71 17 77",
        "vnr2895711777",
        "gezin 2895711777, gebeld",
        "２８９５７１１７７７",
        "V-nummer: 1234567890/1",
        "V-nummer van haar is 1234567890/1",
        "V-nummer 123*456*7890",
        "V1234567890",
    ],
)
def test_a_v_number_is_found(text: str) -> None:
    assert find(text) == "v-nummer"


@pytest.mark.parametrize(
    "text",
    [
        "Yusuf Hamdan, geboren 14-03-1991",
        "casus Amina K. (geb. 2 februari 2009, amv)",
        "asylum seeker Dawit Mebrahtu, DOB 7 June 1986",
        "Yusuf el Hamdan geboren op 14 maart 1991",
        "mevrouw Ali geboren 1 januari 1980",
        "Fatima (geb. 3 maart 1990)",
        "ahmed ali geboren 1-1-1980",
        "geboren 1 januari 1980: Ahmed Ali",
        "Ahmed Ali (*1-1-1980)",
        "geboortedatum van Ahmed Ali is 1-1-1980",
        "Ahmed Ali, geboren te Damascus op 1 januari 1980",
    ],
)
def test_a_birth_date_beside_a_name_is_found(text: str) -> None:
    assert find(text) == "geboortedatum"


@pytest.mark.parametrize(
    "text",
    [
        "gebeld op 06-12345678",
        "gebeld op 06 12345678",
        "+31 6 12345678",
        "0031612345678",
        "020-1234567",
        "(070) 318 22 11",
        "kenmerk 2026-0000418233",
        "kenmerk 2026-123456782",
        "motie 19637-3501",
        "36704-1234",
        "36 704 1234",
        "2026-11-17 14:30",
        "12-11-2026 9.30",
        "op 12-11-2026 123 mensen",
        "NL91ABNA0417164300",
        "2026Z08607",
        "999997866",
        f"{BSN}12",
        f"1{BSN}3",
        "12345678901",
        "€ 289.571.1777",
        "289.571.1777 euro",
        "bsn volgt nog",
        "kinderen geboren na 1 januari 2027",
        "kinderen geboren op 1 januari 2027",
        "Podt, geboren in 1975",
        "000000000",
        "+31 612345678",
        "+31 (0)612345678",
        "0031 6 123 456 78",
        "06-12 34 56 78",
        "kenmerk 2026-111222333",
        "36704-12345",
        "€ 111.222.333",
        "111222333 euro",
        "NL91 ABNA 0417 1643 00",
        "https://x.slack.com/archives/C0ASIEL01/p1795359051000003?thread_ts=1795359051.000003&cid=C0ASIEL01",
        "https://us02web.zoom.us/j/1234567890",
        "https://teams.microsoft.com/l/message/19:0bb1e069f015123456782d50ba16bdec@thread.tacv2/1728917996600"
        "?tenantId=86fce272-6531-4e6e-bc7a-f643bdf56741&groupId=9c897089-61ae-4d6f-8fa3-8080758493ee",
        "https://teams.microsoft.com/l/message/19%3A0bb1e069f015123456782d50ba16bdec%40thread.tacv2/1728917996600",
        "https://teams.microsoft.com/l/message/19:86fce272-6531-4e6e-bc7a-f64123456782"
        "_9c897089-61ae-4d6f-8fa3-8080758493ee@unq.gbl.spaces/1728917996600",
        "12-11-26 100 mensen",
        "V-nummers van 3 gezinnen, brief 2026Z08607",
        "burgerservicenummer besproken, bel 06-12345678",
        "mensen geboren voor 1-1-2005",
        "Podt is geboren in 1980",
        "wet van 1 januari 1980",
        "kinderen geboren op 1 januari 2027, Anna Podt gebeld",
        "gesprek met Ahmed Ali *1-1-2026*",
        "",
    ],
)
def test_what_only_looks_like_it_passes(text: str) -> None:
    assert find(text) is None


@pytest.mark.parametrize(
    "piece",
    ["1 ", "1", "999 999 999 ", "111-", "bsn 1", "+1 ", "06 1", "A. geb. ", "geboortedatum Aa ", "(0", "19:a", "a-"],
)
def test_reading_takes_as_much_longer_as_the_text_is_longer(piece: str) -> None:
    def seconds(length: int) -> float:
        started = time.process_time()
        assert find((piece * length)[:length]) is None
        return time.process_time() - started

    seconds(1000)
    # five times as long; were each character read again for every other, it would take twenty-five times as long
    assert seconds(500_000) < 12 * seconds(100_000) + 0.1


@given(st.integers(min_value=100_000_000, max_value=999_999_999))
def test_nine_digits_are_a_bsn_exactly_when_they_pass_the_test_of_eleven(number: int) -> None:
    assert (find(f"over {number} gebeld") == "bsn") == passes(str(number))


@given(st.integers(min_value=1_000_000_000, max_value=9_999_999_999), st.sampled_from(["", "\u200b", "\ufeff"]))
def test_ten_digits_are_a_v_number_whatever_hides_between_them(number: int, hidden: str) -> None:
    assert find(f"over {hidden.join(str(number))} gebeld") == "v-nummer"


@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    assert find(text) in {None, "bsn", "v-nummer", "geboortedatum"}
