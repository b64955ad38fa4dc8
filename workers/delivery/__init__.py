"""What leaves the machine: a mail is made of plain values and given to a server, and the answer told apart."""
