"""What a column holds, guessed from its heading in six languages; a person may set it otherwise."""

import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from typing import Final


class Column(StrEnum):
    """What the cells of a column are; NOTHING is left out."""

    NOTHING = ""
    NAME = "name"
    GIVEN = "given"
    FAMILY = "family"
    ORG = "org"
    DEPARTMENT = "department"
    TITLE = "title"
    EMAIL = "email"
    PHONE = "phone"
    MOBILE = "mobile"
    URL = "url"
    ADDRESS = "address"
    TOWN = "town"
    NOTE = "note"
    LAST_CONTACT = "last contact"
    KNOWN_SINCE = "known since"
    PHOTO = "photo"
    MIDDLE = "middle"
    PREFIX = "prefix"
    SUFFIX = "suffix"
    WORK_PHONE = "work phone"
    HOME_PHONE = "home phone"
    FAX = "fax"
    LABEL = "label"
    POSTCODE = "postcode"
    REGION = "region"
    COUNTRY = "country"
    HOME_ADDRESS = "home address"
    HOME_TOWN = "home town"
    HOME_POSTCODE = "home postcode"
    HOME_REGION = "home region"
    HOME_COUNTRY = "home country"
    OTHER_ADDRESS = "other address"
    OTHER_TOWN = "other town"
    OTHER_POSTCODE = "other postcode"
    OTHER_REGION = "other region"
    OTHER_COUNTRY = "other country"
    ADDRESS_LABEL = "address label"
    BIRTHDAY = "birthday"
    NICKNAME = "nickname"
    PAGER = "pager"
    ANNIVERSARY = "anniversary"
    EVENT = "event"
    SPOUSE = "spouse"
    RELATION = "relation"
    CATEGORIES = "categories"


class Origin(StrEnum):
    """Whose export a table is, where its headings tell."""

    GOOGLE = "google"
    OUTLOOK = "outlook"
    LINKEDIN = "linkedin"


_HEADINGS: Final = {
    Column.NAME: "name, full name, display name, contact, contact name, nombre completo, nombre y apellidos, contacto, "
    "nome completo, nom complet, nom et prenom, vollstandiger name, kontakt, nome e cognome",
    Column.GIVEN: "first name, given name, forename, nombre, nombre de pila, nome, primeiro nome, prenom, vorname",
    Column.FAMILY: "last name, family name, surname, apellido, apellidos, apelido, apelidos, sobrenome, nom, "
    "nom de famille, nachname, familienname, cognome",
    Column.ORG: "company, company name, organization, organisation, organization name, employer, empresa, compania, "
    "organizacion, organizacao, entreprise, societe, firma, unternehmen, organisation 1 name, azienda, societa, "
    "organization 1 - name",
    Column.DEPARTMENT: "department, departamento, service, abteilung, reparto, organization department, "
    "organization 1 - department",
    Column.TITLE: "position, title, job title, role, cargo, puesto, puesto de trabajo, funcao, poste, fonction, titre, "
    "titel, funktion, berufsbezeichnung, ruolo, qualifica, posizione, organization title, "
    "organization 1 - title",
    Column.EMAIL: "email, e-mail, email address, e-mail address, mail, e-mail 2 address, e-mail 3 address, correo, "
    "correo electronico, email 1, email 2, endereco de email, adresse e-mail, courriel, e-mail-adresse, indirizzo "
    "e-mail, posta elettronica, primary email, secondary email, direccion de correo electronico, direccion de correo "
    "electronico 2, direccion de correo electronico 3, direccion del correo electronico, direccion del correo "
    "electronico 2, direccion del correo electronico 3",
    Column.PHONE: "phone, phone number, telephone, business phone, work phone, other phone, primary phone, car phone, "
    "telefono, telefono fijo, tel, telefone, telephone fixe, telefon, telefonnummer, numero di telefono",
    Column.MOBILE: "mobile, mobile phone, cell, cell phone, movil, celular, telefono movil, telemovel, portable, "
    "mobil, handy, mobiltelefon, cellulare, mobile number",
    Column.URL: "url, website, personal web page, web page, web page 1, web page 2, web, profile, linkedin, pagina web, sitio web, site, site web, webseite, sito "
    "web, profile url",
    Column.ADDRESS: "address, street, business street, business street 2, business street 3, business address po box, direccion, calle, endereco, morada, adresse, rue, anschrift, "
    "strasse, indirizzo, via, work address, work address 2, calle del trabajo, calle del trabajo 2, calle del trabajo 3",
    Column.TOWN: "city, town, business city, ciudad, poblacion, localidad, cidade, ville, ort, stadt, citta, "
    "work city, ciudad de trabajo, ciudad del trabajo",
    Column.MIDDLE: "middle name, additional name, segundo nombre",
    Column.PREFIX: "name prefix, honorific prefix, tratamiento",
    Column.SUFFIX: "name suffix, suffix, honorific suffix, sufijo",
    Column.WORK_PHONE: "business phone 2, company main phone, telefono del trabajo, telefono del trabajo 2, telefono "
    "de la oficina",
    Column.HOME_PHONE: "home phone, home phone 2, telefono particular, telefono de casa",
    Column.FAX: "fax, fax number, fax particular, business fax, home fax, other fax, fax del trabajo",
    Column.POSTCODE: "postal code, postcode, zip, zip code, business postal code, codigo postal, cp, plz, "
    "work zipcode, codigo postal del trabajo",
    Column.REGION: "region, state, province, provincia, business state, work state, provincia o "
    "estado de trabajo, provincia o estado del trabajo",
    Column.COUNTRY: "country, pais, land, pays, business country/region, business country, work "
    "country, pais o region del trabajo, pais o region de trabajo",
    Column.HOME_ADDRESS: "home street, home street 2, home street 3, home address po box, home address, "
    "home address 2, domicilio, calle particular, calle particular 2, calle particular 3",
    Column.HOME_TOWN: "home city, ciudad particular",
    Column.HOME_POSTCODE: "home postal code, home zipcode, codigo postal particular",
    Column.HOME_REGION: "home state",
    Column.HOME_COUNTRY: "home country/region, home country",
    Column.OTHER_ADDRESS: "other street, other street 2, other street 3, other address po box, other address",
    Column.OTHER_TOWN: "other city",
    Column.OTHER_POSTCODE: "other postal code",
    Column.OTHER_REGION: "other state",
    Column.OTHER_COUNTRY: "other country/region, other country",
    Column.BIRTHDAY: "birthday, birth date, date of birth, cumpleanos, fecha de nacimiento, "
    "data de nascimento, anniversaire, date de naissance, geburtstag, geburtsdatum, compleanno, data di nascita",
    Column.NICKNAME: "nickname, apodo, mote, surnom, spitzname, soprannome",
    Column.PAGER: "pager, pager number, buscapersonas",
    Column.ANNIVERSARY: "anniversary, aniversario, jahrestag, anniversario",
    Column.SPOUSE: "spouse, conyuge, ehepartner, conjoint, coniuge",
    Column.CATEGORIES: "labels, group membership, categories, categorias, kategorien, categorie",
    Column.NOTE: "note, notes, comments, nota, notas, observaciones, comentarios, observacoes, remarques, notizen, "
    "bemerkungen, notiz, note aggiuntive",
    Column.LAST_CONTACT: "last contact, last contacted, last contact date, last touch, ultimo contacto, fecha de ultimo "
    "contacto, ultima vez, ultimo contato, dernier contact, letzter kontakt, ultimo contatto",
    Column.KNOWN_SINCE: "connected on, known since, conectado el, connected, desde, conocido desde, conectado em, "
    "connecte le, verbunden am, collegato il, conheco desde, bekannt seit",
}

_NUMBERED: Final = {
    Column.EMAIL: "e-mail {} - value",
    Column.PHONE: "phone {} - value",
    Column.URL: "website {} - value",
    Column.EVENT: "event {} - value",
    Column.RELATION: "relation {} - value",
    Column.LABEL: "e-mail {} - label, e-mail {} - type, phone {} - label, phone {} - type, event {} - label, "
    "event {} - type, relation {} - label, relation {} - type",
    Column.ADDRESS_LABEL: "address {} - label, address {} - type",
    Column.ADDRESS: "address {} - street, address {} - po box, address {} - extended address",
    Column.TOWN: "address {} - city",
    Column.POSTCODE: "address {} - postal code",
    Column.REGION: "address {} - region",
    Column.COUNTRY: "address {} - country",
}
"""Of Google's tables, which have as many of each as the one with the most."""
_MOST: Final = 12


def column_of(heading: str) -> Column:
    """What a heading says that the column holds; NOTHING where it says nothing known."""
    return _BY_HEADING.get(_folded(heading), Column.NOTHING)


def columns_of(headings: Sequence[str]) -> tuple[Column, ...]:
    """The guess for a whole file. `nombre` is a given name beside a column of surnames, else the whole name."""
    guessed = [column_of(heading) for heading in headings]
    if origin_of(headings) is Origin.OUTLOOK:
        # Its `Title` is that before a name; a position is its `Job Title`. Its business phone is of the work.
        own = {"title": Column.PREFIX, "business phone": Column.WORK_PHONE}
        guessed = [own.get(_folded(heading), column) for heading, column in zip(headings, guessed, strict=True)]
    if Column.FAMILY not in guessed and Column.NAME not in guessed:
        guessed = [Column.NAME if column is Column.GIVEN else column for column in guessed]
    return tuple(guessed)


_SIGNS: Final = (
    (Origin.GOOGLE, {"e-mail 1 - value"}),
    (Origin.GOOGLE, {"file as", "organization name"}),
    (Origin.OUTLOOK, {"e-mail address", "business phone", "job title"}),
    (Origin.LINKEDIN, {"connected on", "first name"}),
)


def origin_of(headings: Sequence[str]) -> Origin | None:
    """Whose export has these headings; None for a table of one's own."""
    folded = {_folded(heading) for heading in headings}
    return next((origin for origin, signs in _SIGNS if signs <= folded), None)


def _folded(heading: str) -> str:
    parts = unicodedata.normalize("NFKD", heading.replace("ß", "ss").casefold().replace("_", " "))
    return " ".join("".join(sign for sign in parts if not unicodedata.combining(sign)).split()).strip(":*")


_BY_HEADING: Final = {
    heading.strip(): column for column, headings in _HEADINGS.items() for heading in headings.split(", ")
} | {
    heading.replace("{}", str(number)): column
    for column, headings in _NUMBERED.items()
    for heading in headings.split(", ")
    for number in range(1, _MOST + 1)
}
