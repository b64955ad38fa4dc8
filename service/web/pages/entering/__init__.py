"""How people come in, on pages: passkeys, the second factor, joining, a firm's own sign-in, and the record of it."""
