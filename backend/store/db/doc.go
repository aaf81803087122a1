// Package db is the ground that the rooms of store stand on: the connections, the
// transaction and its four doors, the audit log and its seal, keys, errors and the
// schema. It knows no table of the register but those that it keeps itself.
//
// # The doors
//
// A use case goes through Skapa, Andra or Las: each gives a Tx with row security,
// clock and code lists, writes the one log row with its persons, and logs a refusal;
// Skapa takes the idempotency key and keeps the answer. Open data is read by Rad,
// Rader and Lista on DB.Oppet, which row security shows nobody. Only a door makes a
// Tx, and only a Tx writes. Underhall is the door of writes that are nobody's act; a
// test lists who uses it. A report reads by DB.SomRapport; a rebuilding works by
// SomAgare, as the tables' owner, without row or clock.
//
// # GORM and pgx
//
// Every statement of a use case is SQL with ? for its places, given to Kor, Rad, RadOm
// or Rader. (What migrates, checks the schema and rewrites files is the ground's own
// and speaks database/sql.)
// A struct's columns are filled in by GORM, and flat rows are written by it
// (Tx.Infoga, Tx.Ersatt): it knows the fields by their names. What every request
// runs (the log row, the setting of row security, single values) and what reads
// many rows (a Skannare) goes through pgx on the connection of GORM's own
// transaction: it reads binary into our fields, where database/sql and GORM take
// each value through three conversions, longer than the database takes over them.
package db
