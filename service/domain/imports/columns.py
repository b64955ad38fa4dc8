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


_HEADINGS: Final = {
    Column.NAME: "name, full name, display name, contact, contact name, nombre completo, nombre y apellidos, contacto, "
    "nome completo, nom complet, nom et prenom, vollstandiger name, kontakt, nome e cognome",
    Column.GIVEN: "first name, given name, forename, nombre, nombre de pila, nome, primeiro nome, prenom, vorname",
    Column.FAMILY: "last name, family name, surname, apellido, apellidos, apelido, apelidos, sobrenome, nom, "
    "nom de famille, nachname, familienname, cognome",
    Column.ORG: "company, company name, organization, organisation, organization name, employer, empresa, compania, "
    "organizacion, organizacao, entreprise, societe, firma, unternehmen, organisation 1 name, azienda, societa, "
    "organization 1 name",
    Column.DEPARTMENT: "department, departamento, service, abteilung, reparto, organization department",
    Column.TITLE: "position, title, job title, role, cargo, puesto, puesto de trabajo, funcao, poste, fonction, titre, "
    "titel, funktion, berufsbezeichnung, ruolo, qualifica, posizione, organization title, organization 1 title",
    Column.EMAIL: "email, e-mail, email address, e-mail address, mail, e-mail 1 - value, e-mail 2 - value, correo, "
    "correo electronico, email 1, email 2, endereco de email, adresse e-mail, courriel, e-mail-adresse, indirizzo "
    "e-mail, posta elettronica",
    Column.PHONE: "phone, phone number, telephone, business phone, work phone, phone 1 - value, phone 2 - value, "
    "telefono, telefono fijo, tel, telefone, telephone fixe, telefon, telefonnummer, numero di telefono",
    Column.MOBILE: "mobile, mobile phone, cell, cell phone, movil, celular, telefono movil, telemovel, portable, "
    "mobil, handy, mobiltelefon, cellulare",
    Column.URL: "url, website, web page, web, profile, linkedin, pagina web, sitio web, site, site web, webseite, sito "
    "web, profile url",
    Column.ADDRESS: "address, street, business street, direccion, calle, endereco, morada, adresse, rue, anschrift, "
    "strasse, indirizzo, via",
    Column.TOWN: "city, town, business city, ciudad, poblacion, localidad, cidade, ville, ort, stadt, citta",
    Column.NOTE: "note, notes, comments, nota, notas, observaciones, comentarios, observacoes, remarques, notizen, "
    "bemerkungen, notiz, note aggiuntive",
    Column.LAST_CONTACT: "last contact, last contacted, last contact date, last touch, ultimo contacto, fecha de ultimo "
    "contacto, ultima vez, ultimo contato, dernier contact, letzter kontakt, ultimo contatto",
    Column.KNOWN_SINCE: "connected on, known since, conectado el, connected, desde, conocido desde, conectado em, "
    "connecte le, verbunden am, collegato il, conheco desde, bekannt seit",
}


def column_of(heading: str) -> Column:
    """What a heading says that the column holds; NOTHING where it says nothing known."""
    return _BY_HEADING.get(_folded(heading), Column.NOTHING)


def columns_of(headings: Sequence[str]) -> tuple[Column, ...]:
    """The guess for a whole file. `nombre` is a given name beside a column of surnames, else the whole name."""
    guessed = [column_of(heading) for heading in headings]
    if Column.FAMILY not in guessed and Column.NAME not in guessed:
        guessed = [Column.NAME if column is Column.GIVEN else column for column in guessed]
    return tuple(guessed)


def _folded(heading: str) -> str:
    parts = unicodedata.normalize("NFKD", heading.replace("ß", "ss").casefold().replace("_", " "))
    return " ".join("".join(sign for sign in parts if not unicodedata.combining(sign)).split()).strip(":*")


_BY_HEADING: Final = {
    heading.strip(): column for column, headings in _HEADINGS.items() for heading in headings.split(", ")
}
