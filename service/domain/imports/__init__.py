"""Contacts that were kept elsewhere: a file of rows becomes contacts, and every row that cannot says why."""
