"""The XML that the Kadaster and the Handelsregister really send: their own shapes, with invented content."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from knooppunt.cli import main
from knooppunt.findings import RULES
from knooppunt.findings.inputs import Inputs, MissingRegisterError
from knooppunt.ingest import ingest
from knooppunt.registers.refusal import RefusedError
from knooppunt.tests.deliveries import NOON
from knooppunt.vault import open_vault

STAND = """<Stand:Stand xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:Stand="urn:stand" xmlns:S="urn:s"
 xmlns:A="urn:adres" xmlns:K="urn:ko" xmlns:O="urn:oz" xmlns:P="urn:p" xmlns:R="urn:r" xmlns:St="urn:st"
 xmlns:T="urn:typen" xmlns:B="urn:kimbag" xmlns:G="urn:kimbrp" xmlns:N="urn:kimnhr" xmlns:x="http://www.w3.org/1999/xlink">
<Stand:productType>GemeentegebaseerdeStand</Stand:productType>
<Stand:productSpecificatie><Stand:kenmerknaam>Peildatum</Stand:kenmerknaam>
 <Stand:kenmerkwaarde>2026-11-15</Stand:kenmerkwaarde></Stand:productSpecificatie>
<Stand:stand><S:KadastraalObjectSnapshot><S:toestandsdatum>2026-11-09</S:toestandsdatum>
<O:Perceel id="ID.1"><K:identificatie domein="NL.IMKAD.KadastraalObject">50247970000</K:identificatie>
 <O:koopsom><O:TypeKoopsom><O:bedrag><T:som>310000</T:som></O:bedrag>
  <O:indicatieMeerObjecten>false</O:indicatieMeerObjecten></O:TypeKoopsom></O:koopsom>
 <O:kadastraleGrootte><O:waarde>152</O:waarde></O:kadastraleGrootte></O:Perceel>
<K:LocatieKadastraalObject><K:heeft><O:PerceelRef x:href="#ID.1">50247970000</O:PerceelRef></K:heeft>
 <K:betreft><A:ObjectlocatieBinnenlandRef x:href="#ID.2">6771002</A:ObjectlocatieBinnenlandRef></K:betreft>
</K:LocatieKadastraalObject>
<R:ZakelijkRecht id="ID.3"><R:aard><T:code>2</T:code><T:waarde>Eigendom (recht van)</T:waarde></R:aard>
 <R:rustOp><O:PerceelRef x:href="#ID.1">50247970000</O:PerceelRef></R:rustOp></R:ZakelijkRecht>
<R:Tenaamstelling id="ID.4"><R:van><R:ZakelijkRechtRef x:href="#ID.3">1</R:ZakelijkRechtRef></R:van>
 <R:isGebaseerdOp><St:StukdeelRef x:href="#ID.9">1</St:StukdeelRef></R:isGebaseerdOp>
 <R:tenNameVan><P:NietNatuurlijkPersoonRef x:href="#ID.5">1</P:NietNatuurlijkPersoonRef></R:tenNameVan>
</R:Tenaamstelling>
<R:Tenaamstelling id="ID.14"><R:van><R:ZakelijkRechtRef x:href="#ID.3">1</R:ZakelijkRechtRef></R:van>
 <R:tenNameVan><P:NatuurlijkPersoonRef x:href="#ID.6">1</P:NatuurlijkPersoonRef></R:tenNameVan></R:Tenaamstelling>
<P:NietNatuurlijkPersoon id="ID.5"><P:identificatie>133914028</P:identificatie>
 <P:woonlocatie><A:ObjectlocatieBuitenlandRef x:href="#ID.7">1</A:ObjectlocatieBuitenlandRef></P:woonlocatie>
 <P:statutaireNaam>Holding</P:statutaireNaam><P:betreft><N:Rechtspersoon><N:rsin>820000000</N:rsin>
 <N:kvkNummer>01234567</N:kvkNummer></N:Rechtspersoon></P:betreft></P:NietNatuurlijkPersoon>
<P:NatuurlijkPersoon id="ID.6"><P:identificatie>57731721</P:identificatie>
 <P:woonlocatie><A:ObjectlocatieBinnenlandRef x:href="#ID.8">1</A:ObjectlocatieBinnenlandRef></P:woonlocatie>
 <P:betreft><G:GeregistreerdPersoon><G:bsn>999990019</G:bsn></G:GeregistreerdPersoon></P:betreft></P:NatuurlijkPersoon>
<A:ObjectlocatieBinnenland id="ID.2"><A:adresgegevens><B:Nummeraanduiding>
 <B:identificatie>9900200000000001</B:identificatie><B:huisnummer>47</B:huisnummer></B:Nummeraanduiding>
 </A:adresgegevens></A:ObjectlocatieBinnenland>
<A:ObjectlocatieBuitenland id="ID.7"><A:adresgegevens><G:AdresBuitenland><G:land><T:code>5007</T:code>
 <T:waarde>Cyprus</T:waarde></G:land></G:AdresBuitenland></A:adresgegevens></A:ObjectlocatieBuitenland>
<A:ObjectlocatieBinnenland id="ID.8"><A:adresgegevens><B:Nummeraanduiding>
 <B:identificatie>9900200000000077</B:identificatie></B:Nummeraanduiding></A:adresgegevens></A:ObjectlocatieBinnenland>
<St:TerInschrijvingAangebodenStuk id="ID.10"><St:omvat><St:StukdeelRef x:href="#ID.9">1</St:StukdeelRef></St:omvat>
 <St:identificatie domein="NL.IMKAD.TIAStuk">20260301000090</St:identificatie>
 <St:tijdstipAanbieding><T:datum>2026-03-01</T:datum><T:tijd>09:00:00</T:tijd></St:tijdstipAanbieding>
</St:TerInschrijvingAangebodenStuk>
<St:Stukdeel id="ID.9"><St:bedragTransactiesomLevering><T:som>310000</T:som></St:bedragTransactiesomLevering>
</St:Stukdeel>
<St:TerInschrijvingAangebodenStuk id="ID.12"><St:omvat><St:StukdeelRef x:href="#ID.11">1</St:StukdeelRef></St:omvat>
 <St:identificatie>18011021000363</St:identificatie><St:tijdstipAanbieding xsi:nil="true"/>
</St:TerInschrijvingAangebodenStuk>
<St:Stukdeel id="ID.11"><St:bedragTransactiesomLevering><T:som>9000</T:som></St:bedragTransactiesomLevering>
</St:Stukdeel>
</S:KadastraalObjectSnapshot></Stand:stand></Stand:Stand>"""

ADDRESS = """<bezoekLocatie><afgeschermd><code>{shielded}</code></afgeschermd><adres><binnenlandsAdres>
<straatnaam>Kade</straatnaam><huisnummer>{number}</huisnummer><postcode><cijfercombinatie>6100</cijfercombinatie>
<lettercombinatie>AA</lettercombinatie></postcode><plaats>Rijnderhout</plaats><bagId>
<identificatieNummeraanduiding>9900200000000001</identificatieNummeraanduiding>
<identificatieAdresseerbaarObject>9900010000000001</identificatieAdresseerbaarObject></bagId></binnenlandsAdres></adres>
</bezoekLocatie>"""
HOME = ADDRESS.replace("bezoekLocatie", "woonLocatie").format(shielded="N", number=99)
SBI = """<sbiActiviteit><sbiCode><code>{code}</code></sbiCode><isHoofdactiviteit><code>{main}</code></isHoofdactiviteit>
</sbiActiviteit>"""
INSCRIPTION = f"""<soap:Envelope xmlns:soap="urn:soap"><soap:Body><ophalenInschrijvingResponse
 xmlns="http://schemas.kvk.nl/schemas/hrip/dataservice/2015/02" peilmoment="20240807105527460"><product>
<maatschappelijkeActiviteit xmlns="http://schemas.kvk.nl/schemas/hrip/catalogus/2015/02">
<registratie registratieTijdstip="2"><datumAanvang>20110210</datumAanvang></registratie><kvkNummer>01234567</kvkNummer>
{ADDRESS.format(shielded="N", number=46)}<naam>Handel B.V.</naam><manifesteertZichAls><onderneming>
{SBI.format(code="45112", main="J")}
<wordtUitgeoefendIn><commercieleVestiging><registratie><datumAanvang>20120000</datumAanvang></registratie>
<vestigingsnummer>000021991235</vestigingsnummer>{ADDRESS.format(shielded="N", number=46)}
<eersteHandelsnaam>Handel B.V.</eersteHandelsnaam><totaalWerkzamePersonen>3</totaalWerkzamePersonen><activiteiten>
{SBI.format(code="4532", main="N")}{SBI.format(code="45112", main="J")}</activiteiten></commercieleVestiging>
</wordtUitgeoefendIn><wordtUitgeoefendIn><commercieleVestiging><registratie><datumAanvang>20200101</datumAanvang>
<datumEinde>20230101</datumEinde></registratie><vestigingsnummer>000021991236</vestigingsnummer>
{ADDRESS.format(shielded="J", number=8)}</commercieleVestiging></wordtUitgeoefendIn></onderneming></manifesteertZichAls>
<wordtGeleidVanuit><commercieleVestiging><vestigingsnummer>000021991235</vestigingsnummer></commercieleVestiging>
</wordtGeleidVanuit>
<heeftAlsEigenaar><relatieRegistratie><datumAanvang>20110210</datumAanvang></relatieRegistratie><rechtspersoon>
<persoonRechtsvorm>Besloten Vennootschap</persoonRechtsvorm><heeft><bestuursfunctie><registratie>
<datumAanvang>20200218</datumAanvang></registratie><functietitel><titel>Directeur</titel></functietitel><door>
<rechtspersoon><volledigeNaam>Beheer B.V.</volledigeNaam><isEigenaarVan><maatschappelijkeActiviteit>
<kvkNummer>07654321</kvkNummer></maatschappelijkeActiviteit></isEigenaarVan><rsin>808308762</rsin></rechtspersoon></door>
<functie><code>02</code><omschrijving>Bestuurder</omschrijving></functie></bestuursfunctie></heeft><heeft>
<bestuursfunctie><registratie><datumAanvang>20210218</datumAanvang></registratie><door><natuurlijkPersoon>
<volledigeNaam>Jan Test</volledigeNaam><bsn>999990019</bsn>{HOME}</natuurlijkPersoon></door><functie>
<code>02</code><omschrijving>Bestuurder</omschrijving></functie></bestuursfunctie></heeft></rechtspersoon>
</heeftAlsEigenaar></maatschappelijkeActiviteit></product></ophalenInschrijvingResponse></soap:Body></soap:Envelope>"""


def stored(folder: Path, register: str, text: str, table: str) -> list[dict[str, Any]]:
    """Ingest a document and return the rows of a table."""
    path = folder / "in.xml"
    path.write_text(text, encoding="utf-8")
    ingest(register, path, vault=folder / "vault", at=NOON)
    rows: list[dict[str, Any]] = open_vault(folder / "vault").table(table).to_pyarrow().to_pylist()
    return rows


def test_a_stand_of_the_kadaster_gives_the_lot_its_own_address(tmp_path: Path) -> None:
    (lot,) = stored(tmp_path, "brk", STAND, "lots")
    assert (lot["lot"], lot["address_id"], lot["area"]) == (50247970000, 9900200000000001, 152)
    assert open_vault(tmp_path / "vault").delivery("brk").as_of == date(2026, 11, 15)


def test_who_owns_a_lot_is_known_by_number_and_seat(tmp_path: Path) -> None:
    rights = {row["holder_kind"]: row for row in stored(tmp_path, "brk", STAND, "rights")}
    company, person = rights["legal"], rights["natural"]
    assert (company["holder_kvk"], company["seat_abroad"], str(company["started_on"])) == (1234567, True, "2026-03-01")
    assert (person["holder_known"], person["started_on"]) == (True, None)
    assert company["right"] == "Eigendom (recht van)"


def test_a_deed_counts_when_its_day_is_known(tmp_path: Path) -> None:
    (deed,) = stored(tmp_path, "brk", STAND, "deeds")
    assert (deed["deed"], deed["price"], str(deed["delivered_on"])) == ("20260301000090", 310_000, "2026-03-01")
    assert (deed["buyer_kind"], deed["several_lots"]) == ("legal", False)


def test_a_change_is_no_delivery_of_the_whole(tmp_path: Path) -> None:
    change = STAND.replace("Stand:Stand ", 'M:Mutatie xmlns:M="urn:m" ').replace("</Stand:Stand>", "</M:Mutatie>")
    with pytest.raises(RefusedError, match=r"holds a change \(mutatie\) of the Kadaster"):
        stored(tmp_path, "brk", change, "lots")


def test_an_inscription_gives_its_establishments(tmp_path: Path) -> None:
    first, second = sorted(stored(tmp_path, "kvk", INSCRIPTION, "establishments"), key=lambda row: row["house_number"])
    assert (first["establishment"], first["main"], first["ended_on"]) == (21991236, False, date(2023, 1, 1))
    assert first["shielded"] and first["sbi"] == "45112", "without a branch of its own it has that of its enterprise"
    assert (second["establishment"], second["main"], second["workers"]) == (21991235, True, 3)
    assert (second["kvk"], second["legal_form"], second["postcode"]) == (1234567, "Besloten Vennootschap", "6100AA")
    assert (second["sbi"], second["sbi_version"], second["object_id"]) == ("45112", "2008", 9900010000000001)
    assert second["started_on"] == date(2012, 1, 1)


def test_a_company_without_establishment_is_at_its_own_address(tmp_path: Path) -> None:
    alone = INSCRIPTION.replace("commercieleVestiging", "iets")
    (row,) = stored(tmp_path, "kvk", alone, "establishments")
    assert (row["establishment"], row["house_number"], row["started_on"]) == (None, 46, date(2011, 2, 10))


def test_directors_are_known_by_their_function_and_number(tmp_path: Path) -> None:
    rows = stored(tmp_path, "hr", INSCRIPTION, "functions")
    assert [(row["kvk"], row["kind"], row["holder_kvk"], str(row["started_on"])) for row in rows] == [
        (1234567, "director", 7654321, "2020-02-18"),
        (1234567, "director", None, "2021-02-18"),
    ]


def test_answers_to_a_search_are_taken_out_of_their_list(tmp_path: Path) -> None:
    path = tmp_path / "in.json"
    value = '{"vastgesteldeWaarde": 350000, "waardepeildatum": "2025-01-01"}'
    path.write_text('{"_embedded": {"wozObjecten": [{"identificatie": "9", "waarden": [' + value + "]}]}}")
    ingest("woz", path, vault=tmp_path / "vault", at=NOON)
    assert open_vault(tmp_path / "vault").delivery("woz").counts == {"valuations": 1}


def test_without_mortgages_no_purchase_is_said_to_have_none(tmp_path: Path) -> None:
    stored(tmp_path, "brk", STAND, "lots")
    alone = replace(RULES["VAS-03"], registers=("brk",))
    with Inputs(open_vault(tmp_path / "vault"), date(2026, 11, 20)) as inputs:
        inputs.require(alone.registers, alone.id)
        with pytest.raises(MissingRegisterError, match=r"VAS-03 needs mortgages, and what brk delivered"):
            inputs.require_for(alone)
    told = CliRunner().invoke(main, ["doctor", "--vault", str(tmp_path / "vault"), "--json"]).output
    assert json.loads(told)["rules_without_register"]["VAS-03"] == ["bag"]
