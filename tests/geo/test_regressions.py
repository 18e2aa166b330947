"""What users of other geoparsers report as errors: each stays right here."""

from __future__ import annotations

import pytest

from geo import Gazetteer, parse
from tests.conftest import FoundIn


@pytest.mark.parametrize(
    ("text", "city", "division", "code"),
    [
        ("Two tugs will be refitted in Long Beach, CA, the owner said.", "Long Beach", "CA", "US-CA"),
        ("LONG BEACH, CA — Two tugs will be refitted.", "LONG BEACH", "CA", "US-CA"),
        ("A clinic in Long Beach, Calif., will close.", "Long Beach", "Calif.", "US-CA"),
        ("Two tugs will be refitted at Cape Coral, FL, in June.", "Cape Coral", "FL", "US-FL"),
        ("A depot will open in Des Moines, IA.", "Des Moines", "IA", "US-IA"),
        ("A sawmill in Bangor, Maine, will reopen.", "Bangor", "Maine", "US-ME"),
        ("Police in Bangor, ME, closed the bridge.", "Bangor", "ME", "US-ME"),
        ("The ferry office moved to Bangor, Maine, from Rockland.", "Bangor", "Maine", "US-ME"),
        ("A bakery in Dover, Delaware, shut.", "Dover", "Delaware", "US-DE"),
        ("A man from Bangor, Wales, sang.", "Bangor", "Wales", "GB-WLS"),
    ],
)
def test_city_and_state_are_two_mentions_and_the_city_lies_in_the_state(
    gazetteer: Gazetteer, text: str, city: str, division: str, code: str
) -> None:
    found = {t.mention.text: t.place for t in parse(text, gazetteer)}
    town, state = found[city], found[division]
    assert town is not None
    assert state is not None
    assert (town.extent, town.admin1, state.feature_code, state.admin1) == ("point", code, "ADM1", code)


@pytest.mark.parametrize(
    ("name", "text"), [("Cardiff", "Crews will dredge at Cardiff, Nevada."), ("Lagos", "He was born in Lagos, Kansas.")]
)
def test_a_city_is_never_put_outside_the_state_behind_it(found_in: FoundIn, name: str, text: str) -> None:
    place = found_in(text)[name].place
    assert place is None or place.admin1 in ("US-NV", "US-KS")


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Lawmakers in Oklahoma approved the levy.", "Oklahoma", "US-OK"),
        ("Oklahoma raised its levy on wells.", "Oklahoma", "US-OK"),
        ("Farmers from Oklahoma and Pennsylvania met.", "Oklahoma", "US-OK"),
        ("A tornado touched down in Oklahoma on Friday.", "Oklahoma", "US-OK"),
        ("Teachers in Indiana went on strike.", "Indiana", "US-IN"),
        ("A drought in Kansas ended.", "Kansas", "US-KS"),
        ("Voters in California and Nevada chose.", "California", "US-CA"),
    ],
)
def test_the_name_of_a_state_is_the_state_and_no_town_in_another(found_in: FoundIn, text: str, name: str, code: str) -> None:
    place = found_in(text)[name].place
    assert place is not None
    assert (place.feature_code, place.admin1) == ("ADM1", code)


@pytest.mark.parametrize(
    "text",
    [
        "The USA and China will hold talks.",
        "China rejected the offer. The USA did not.",
        "Exports from China to the U.S. fell.",
        "Students from China studied in the USA.",
        "U.S. officials visited China.",
        "Canada, Mexico and the USA signed.",
        "Trains from China reached Laos.",
        "CHINA AND THE US SIGN A GRAIN DEAL",
    ],
)
def test_a_country_is_never_a_building_a_university_or_a_town(gazetteer: Gazetteer, text: str) -> None:
    places = [t.place for t in parse(text, gazetteer)]
    assert len(places) > 1
    assert {place.extent if place else "" for place in places} == {"country"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("European ministers will meet.", {"Europe"}),
        ("European farmers burned tyres.", {"Europe"}),
        ("Asian and European markets fell.", {"Asia", "Europe"}),
        ("African buyers came.", {"Africa"}),
    ],
)
def test_an_adjective_of_a_continent_is_the_continent_and_never_a_mine_or_a_town(gazetteer: Gazetteer, text: str, names: set[str]) -> None:
    found = parse(text, gazetteer)
    assert {t.mention.kind for t in found} == {"demonym"}
    assert {(t.place.name, t.place.feature_code) for t in found if t.place} == {(name, "CONT") for name in names}


@pytest.mark.parametrize(
    "text", ["Lawmakers in Albany passed the budget.", "A clinic opened in Albany, New York.", "Farmers drove from Albany to Buffalo."]
)
def test_albany_is_not_albania(found_in: FoundIn, text: str) -> None:
    place = found_in(text)["Albany"].place
    assert place is not None
    assert (place.extent, place.country) == ("point", "US")


@pytest.mark.parametrize("text", ["Albania joined the pact.", "A road crosses Albania.", "Flights from Tirana, Albania, resumed."])
def test_albania_is_not_albany(found_in: FoundIn, text: str) -> None:
    place = found_in(text)["Albania"].place
    assert place is not None
    assert (place.extent, place.country) == ("country", "AL")


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("Trucks crossed Georgia from Atlanta to Savannah.", "iso3166-2:US-GA"),
        ("Peach growers in Georgia met in Atlanta.", "iso3166-2:US-GA"),
        ("Georgia and Alabama share a river.", "iso3166-2:US-GA"),
        ("The governor of Georgia signed the bill.", "iso3166-2:US-GA"),
        ("Protests in Tbilisi spread across Georgia.", "iso3166-1:GE"),
        ("Trucks crossed Georgia on the way to Armenia and Russia.", "iso3166-1:GE"),
        ("Georgia, Armenia and Azerbaijan met.", "iso3166-1:GE"),
        ("A wine festival in Georgia drew guests to Tbilisi and Batumi.", "iso3166-1:GE"),
    ],
)
def test_its_neighbours_say_which_georgia_is_meant(found_in: FoundIn, text: str, place_id: str) -> None:
    place = found_in(text)["Georgia"].place
    assert place is not None
    assert place.id == place_id


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Paris, Texas, will build a library. Later the mayor of Paris spoke.", "Paris", "US-TX"),
        ("A clinic in Bangor, Maine, reopened. The mill in Bangor closed.", "Bangor", "US-ME"),
        ("A library opened in Athens, Georgia. Later the mayor of Athens spoke.", "Athens", "US-GA"),
        ("A library will open in Moscow, Idaho. Later a school in Moscow closed.", "Moscow", "US-ID"),
        ("A school in Moscow closed. The library of Moscow, Idaho, is old.", "Moscow", "US-ID"),
    ],
)
def test_a_city_named_with_its_state_once_is_that_city_throughout(gazetteer: Gazetteer, text: str, name: str, code: str) -> None:
    places = [t.place for t in parse(text, gazetteer) if t.mention.text == name]
    assert [place.admin1 if place else "" for place in places] == [code, code]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The family moved from Dallas to Paris. Tyler is an hour away.", "US"),
        ("A truck from Tyler hit a barn in Paris, east of Dallas.", "US"),
        ("The mayor of Paris met the mayor of Lyon.", "FR"),
        ("He flew from Berlin to Paris.", "FR"),
    ],
)
def test_its_neighbours_say_which_paris_is_meant(found_in: FoundIn, text: str, country: str) -> None:
    place = found_in(text)["Paris"].place
    assert place is not None
    assert place.country == country


@pytest.mark.parametrize(
    "text",
    [
        "Washington said that the talks would go on.",
        "Talks between Washington and Moscow broke down.",
        "Washington imposed a ban on chips.",
        "Washington warned Tehran.",
        "Relations between Washington and Tehran are poor.",
    ],
)
def test_washington_that_acts_is_the_government_in_dc(found_in: FoundIn, text: str) -> None:
    found = found_in(text)["Washington"]
    assert found.place is not None
    assert (found.mention.kind, found.place.admin1) == ("metonymic", "US-DC")


@pytest.mark.parametrize(
    "text",
    [
        "A ferry left Seattle; lawmakers in Washington want more ferries.",
        "Apple growers in Washington met in Olympia and Yakima.",
        "Washington state will ban the nets.",
        "The governor of Washington spoke in Olympia.",
        "Washington Gov. Ann Lee spoke.",
    ],
)
def test_washington_among_its_towns_or_with_its_governor_is_the_state(gazetteer: Gazetteer, text: str) -> None:
    place = next(t.place for t in parse(text, gazetteer) if t.mention.text.startswith("Washington"))
    assert place is not None
    assert place.id == "iso3166-2:US-WA"


@pytest.mark.parametrize(
    ("text", "extent"),
    [
        ("New York City will close two schools.", "point"),
        ("The mayor of New York closed two schools.", "point"),
        ("Shops in New York, Brooklyn and Queens closed.", "point"),
        ("The state of New York will pay.", "area"),
        ("New York's governor signed the bill.", "area"),
        ("New York Gov. Ann Lee signed the bill.", "area"),
        ("Lawmakers in New York met in Albany and Buffalo.", "area"),
        ("Lawmakers in upstate New York met in Albany.", "area"),
    ],
)
def test_what_stands_there_says_whether_new_york_is_the_city_or_the_state(gazetteer: Gazetteer, text: str, extent: str) -> None:
    place = next(t.place for t in parse(text, gazetteer) if t.mention.text.startswith("New York"))
    assert place is not None
    assert (place.extent, place.admin1) == (extent, "US-NY")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Crews met at Zorvel and then at Mombasa.", {"Mombasa"}),
        ("Crews went from Zorvel to Mombasa and Kisumu.", {"Mombasa", "Kisumu"}),
        ("Zorvel, Qwyxz and Mombasa were flooded.", {"Mombasa"}),
        ("Roads in Zorvel, Kenya, and in Mombasa, Kenya, were closed.", {"Mombasa", "Kenya"}),
        ("The pier at Zorvel Bay and the pier at Mombasa closed.", {"Mombasa"}),
    ],
)
def test_one_unresolved_name_never_empties_a_result(gazetteer: Gazetteer, text: str, names: set[str]) -> None:
    assert {t.mention.text for t in parse(text, gazetteer) if t.place} == names


def test_an_unresolved_name_that_says_what_it_is_stands_beside_the_others(gazetteer: Gazetteer) -> None:
    found = parse("Piers will open at Zorvel Bay, at Qwyxz Island and at Mombasa.", gazetteer)
    assert [(t.mention.text, t.place is None) for t in found] == [("Zorvel Bay", True), ("Qwyxz Island", True), ("Mombasa", False)]


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton opened a shop. Hilton thanked the crowd.",
        "Paris Hilton opened a shop. Paris left.",
        "Jordan Smith scored twice. Jordan was then hurt.",
        "Georgia Brown sang. Georgia was then asked to leave.",
        "Victoria Nuland met reporters. Nuland said no.",
        "Chad Wolf resigned. Chad gave no reason.",
        "Sydney Sweeney bought a house. Sydney said it was small.",
        "Austin Butler sang. Butler will tour.",
        "Guests at the Hilton hotel were led out.",
        "He stayed at the Hilton.",
    ],
)
def test_a_person_or_a_hotel_is_no_place_in_full_or_in_short(gazetteer: Gazetteer, text: str) -> None:
    assert parse(text, gazetteer) == ()


def test_a_country_stays_one_beside_a_person_of_its_name(gazetteer: Gazetteer) -> None:
    found = parse("Chad Wolf resigned. Troops in Chad stayed.", gazetteer)
    assert [t.place.country for t in found if t.place] == ["TD"]


@pytest.mark.parametrize(
    "text",
    [
        "They served turkey and gravy at Thanksgiving.",
        "Carve the turkey before the guests come; a turkey feeds ten.",
        "We may go in March. The march was long.",
        "In March, the mayor may go.",
        "The meeting may be in March or in May.",
        "Fine china broke, and a guinea bought a new cup.",
    ],
)
def test_words_and_months_are_no_places(gazetteer: Gazetteer, text: str) -> None:
    assert parse(text, gazetteer) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("TROOPS TO LEAVE NIAMEY AS TALKS FAIL", ["NIAMEY"]),
        ("CRISIS TALKS IN KHARTOUM STALL AGAIN", ["KHARTOUM"]),
        ("MINISTERS MEET IN NAIROBI AS FLOODS SPREAD", ["NAIROBI"]),
        ("SHIPS FROM MANILA REACH SPRATLY ISLANDS", ["MANILA", "SPRATLY ISLANDS"]),
        ("FLOODS HIT PAKISTAN AND NORTHERN INDIA", ["PAKISTAN", "NORTHERN INDIA"]),
    ],
)
def test_a_headline_in_capitals_gives_its_places_and_no_others(gazetteer: Gazetteer, text: str, names: list[str]) -> None:
    assert [t.mention.text for t in parse(text, gazetteer) if t.place] == names


@pytest.mark.parametrize(
    ("text", "names", "code"),
    [
        ("SPRINGFIELD, Ill. (Example Wire) — A depot will open.", ["SPRINGFIELD", "Ill."], "US-IL"),
        ("COLUMBIA, S.C. (Example Wire) — A depot will open.", ["COLUMBIA", "S.C."], "US-SC"),
        ("PORTLAND, Maine (Example Wire) -- A depot will open.", ["PORTLAND", "Maine"], "US-ME"),
        ("ATHENS, Ga. (Example Wire) — A depot will open.", ["ATHENS", "Ga."], "US-GA"),
        ("RIVERSIDE, Calif., June 4 (Example Wire) — A depot will open.", ["RIVERSIDE", "Calif."], "US-CA"),
    ],
)
def test_a_dateline_names_its_city_in_its_state(gazetteer: Gazetteer, text: str, names: list[str], code: str) -> None:
    found = parse(text, gazetteer)
    assert [t.mention.text for t in found] == names
    assert {t.place.admin1 for t in found if t.place} == {code}
    assert {t.mention.kind for t in found} == {"literal"}


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("Marchers filled the streets of Washington, D.C., on Sunday.", "D.C.", "District of Columbia"),
        ("A museum in D.C. will close.", "D.C.", "District of Columbia"),
        ("A crew from Tampa, Fla., came.", "Fla.", "Florida"),
        ("The crew drove from L.A. to San Diego.", "L.A.", "Los Angeles"),
        ("An L.A. court ruled.", "L.A.", "Los Angeles"),
        ("The office in N.Y. will close.", "N.Y.", "New York"),
    ],
)
def test_an_abbreviation_is_the_place_that_it_stands_for(found_in: FoundIn, text: str, name: str, place: str) -> None:
    found = found_in(text)[name].place
    assert found is not None
    assert found.name == place


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A Manila-based firm won.", "Manila"),
        ("Nairobi-based engineers left.", "Nairobi"),
        ("A Lima-bound jet landed.", "Lima"),
        ("The Lagos-bound ship sank.", "Lagos"),
        ("The Oslo-Bergen line closed.", "Bergen"),
        ("Tokyo's port grew.", "Tokyo"),
        ("Kigali’s markets closed.", "Kigali"),
    ],
)
def test_a_hyphen_or_a_possessive_ends_a_name(found_in: FoundIn, text: str, name: str) -> None:
    found = found_in(text)[name]
    assert found.place is not None
    assert found.place.name == name


@pytest.mark.parametrize(
    ("text", "name", "modifier", "country"),
    [
        ("Rain fell on southwest Japan.", "southwest Japan", "southwest", "JP"),
        ("Floods hit northern Mozambique and central Peru.", "northern Mozambique", "northern", "MZ"),
        ("Floods hit northern Mozambique and central Peru.", "central Peru", "central", "PE"),
        ("Fires burned in eastern Mindanao.", "eastern Mindanao", "eastern", "PH"),
        ("Rain fell on northern Luzon.", "northern Luzon", "", "PH"),
    ],
)
def test_a_direction_stays_with_its_name(found_in: FoundIn, text: str, name: str, modifier: str, country: str) -> None:
    found = found_in(text)[name]
    assert found.place is not None
    assert (found.mention.modifier, found.place.country, found.where_prec) == (modifier, country, 5)


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("A barn burned in Lamar County, Texas.", "Lamar County", "US-TX"),
        ("A barn burned in Shasta County, California, on Sunday.", "Shasta County", "US-CA"),
        ("A barn burned in Kent County, Michigan.", "Kent County", "US-MI"),
        ("Deputies in Wayne County, Ohio, met.", "Wayne County", "US-OH"),
    ],
)
def test_a_county_is_a_division_or_says_that_a_town_stands_for_it(found_in: FoundIn, text: str, name: str, code: str) -> None:
    found = found_in(text)[name]
    if found.place is not None:
        assert found.place.admin1 == code
        assert found.place.feature_code == "ADM2" or "no county of this name" in found.reason
    else:
        assert "has no place of this name" in found.reason


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Clinics will open in Kisumu, Nakuru and Eldoret.", ["Kisumu", "Nakuru", "Eldoret"]),
        ("Clinics will open in Gulu, Lira, and Arua.", ["Gulu", "Lira", "Arua"]),
        ("Clinics in Tamale, Wa and Bolgatanga will open.", ["Tamale", "Wa", "Bolgatanga"]),
        ("Clinics will open in Osaka, Kobe and Nara.", ["Osaka", "Kobe", "Nara"]),
        ("Shops in Leeds, Hull and York closed.", ["Leeds", "Hull", "York"]),
    ],
)
def test_a_list_of_three_is_three_places_of_one_country(gazetteer: Gazetteer, text: str, names: list[str]) -> None:
    found = parse(text, gazetteer)
    assert [t.mention.text for t in found] == names
    assert len({t.place.country if t.place else "" for t in found}) == 1


@pytest.mark.parametrize("text", ["Smith and Wesson met Faith and Hope.", "Students in Faith and Hope sang."])
def test_a_list_of_words_and_family_names_is_no_list_of_places(gazetteer: Gazetteer, text: str) -> None:
    assert parse(text, gazetteer) == ()


@pytest.mark.parametrize("text", ["In London, China signed a pact.", "In Lima, Bolivia said no."])
def test_a_country_that_acts_behind_a_comma_does_not_hold_the_city_before_it(gazetteer: Gazetteer, text: str) -> None:
    city, country = parse(text, gazetteer)
    assert city.place is not None
    assert (city.place.extent, country.mention.kind) == ("point", "metonymic")


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("The mission has 400 police officers in Port-au-Prince.", "Port-au-Prince", "geonames:3718426"),
        ("Two depots at Pointe-à-Pitre will close.", "Pointe-à-Pitre", "geonames:3578599"),
        ("A rail yard near Mazar-i-Sharif was cleared.", "Mazar-i-Sharif", "geonames:1133616"),
        ("Cranes will be shipped to Dar es Salaam in May.", "Dar es Salaam", "geonames:160263"),
        ("A clinic in Deir ez-Zor reopened.", "Deir ez-Zor", "geonames:170794"),
        ("Engineers left Côte d’Ivoire on Monday.", "Côte d’Ivoire", "iso3166-1:CI"),
        ("The airstrip at el-Fasher was hit.", "el-Fasher", "geonames:379555"),
        ("A bridge near al-Qamishli will be mended.", "al-Qamishli", "geonames:173377"),
    ],
)
def test_small_words_inside_or_before_a_name_belong_to_it(found_in: FoundIn, text: str, name: str, place: str) -> None:
    found = found_in(text)[name].place
    assert found is not None
    assert found.id == place


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("Medics will move into Jenin refugee camp.", "Jenin refugee camp", "citemap:jenin-refugee-camp"),
        ("Bombers flew from Engels air base at night.", "Engels air base", "citemap:engels-air-base"),
        ("Trucks queued at the Erez crossing.", "Erez crossing", "citemap:erez-crossing"),
        ("Ore from the Kibali mine goes by road.", "Kibali mine", "citemap:kibali-mine"),
        ("A shaft was sealed at Punggye-ri.", "Punggye-ri", "citemap:punggye-ri"),
    ],
)
def test_a_small_noun_at_the_end_belongs_to_a_name_that_the_gazetteer_spells_so(
    found_in: FoundIn, text: str, name: str, place: str
) -> None:
    found = found_in(text)[name].place
    assert found is not None
    assert found.id == place


@pytest.mark.parametrize(
    "text",
    [
        "President Bashar al-Assad spoke; later al-Assad left.",
        "Abdel Fattah el-Sisi agreed, and el-Sisi signed.",
        "Al-Shabab and al-Nusra fled from al-Qaeda.",
        "Michel d’Ornano spoke.",
    ],
)
def test_persons_and_groups_with_an_article_are_no_places(gazetteer: Gazetteer, text: str) -> None:
    assert [t.mention.text for t in parse(text, gazetteer) if t.mention.kind == "literal"] == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Thrace", "RGN"),
        ("the Naryn River", "STM"),
        ("the West Nile sub-region", "RGN"),
        ("Simandou", "MN"),
        ("Kalobeyei", "CMPRF"),
        ("Puntland", "RGN"),
        ("Benishangul-Gumuz", "ADM1"),
        ("Al Buraimi governorate", "ADM1"),
        ("Hodeidah governorate", "ADM1"),
        ("the Gran Chaco", "RGN"),
        ("Scapa Flow", "BAY"),
        ("Prince William Sound", "SD"),
    ],
)
def test_places_that_are_no_towns_are_found_by_their_sort(gazetteer: Gazetteer, name: str, code: str) -> None:
    found = [t.place.feature_code for t in parse(f"Two posts will be built in {name}, officials said.", gazetteer) if t.place]
    assert found == [code]
