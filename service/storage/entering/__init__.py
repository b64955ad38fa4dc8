"""How people come in: invitations, passkeys, codes of a second factor, sign-ins elsewhere, and the record of it all."""
