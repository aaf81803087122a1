// Package prov holds proofs about the whole program: ./backend/cmd/sus is built
// and run as the process it is, with its own PostgreSQL and simulators, and
// spoken to over HTTP alone. What is inside is looked at as an outsider with the
// superuser's rights and the machine's files would.
package prov
