// Package store keeps the register's own tables: organisationer, insatser, samtycken,
// deltaganden and anonyma, one file a concept. Every use case goes through a door of
// store/db: it loads, lets register's pure rule decide, and saves. Every method takes
// the Begaran with its Aktor and scopes by it; row-level security is the second
// guard, for a forgotten WHERE.
package store

import (
	"cmp"
	"time"

	"sus/backend/register"
	"sus/backend/store/db"
)

// Options is how long the register keeps and believes things.
type Options struct {
	SamtyckeDagar int // days a samtycke that leads to no registration is kept; 0: 30
	AngerDagar    int // days a felregistrering may be corrected and keeps its identity; 0: 30

	// Farskhet is how old the population register's answer may be when a
	// deltagande is registered; 0: 24 hours.
	Farskhet time.Duration

	// How long identities, log rows and users are kept; what is not set has its default,
	// in a demo for ever.
	Bevaras register.Bevarandetider

	// How many people one caller may look up there in an hour, a person and a machine
	// client; 0 is no bound.
	UppslagPerson, UppslagMaskin int
}

// Store is the register. It is safe for concurrent use.
type Store struct {
	*db.DB
	samtyckeDagar, angerDagar int
	farskhet                  time.Duration
	bevaras                   register.Bevarandetider
	uppslag                   register.Uppslagsgrans

	// Only tests set it (export_test.go): the constraint alone must then keep a
	// person from two open deltaganden in one insats. And a second samtycke may wait
	// beside the first, as it could before that was refused.
	utanForkontroll bool
}

const (
	defaultDagar    = 30 // domain 4 and 5
	defaultFarskhet = 24 * time.Hour
)

// New is the register in a database.
func New(d *db.DB, o Options) *Store {
	return Store{DB: d, samtyckeDagar: cmp.Or(o.SamtyckeDagar, defaultDagar), angerDagar: cmp.Or(o.AngerDagar, defaultDagar),
		farskhet: cmp.Or(o.Farskhet, defaultFarskhet), bevaras: o.Bevaras}.MedUppslag(o.UppslagPerson, o.UppslagMaskin)
}

// MedUppslag is the same register with other bounds of the look-ups: see Options.
func (s Store) MedUppslag(person, maskin int) *Store {
	s.uppslag = register.Uppslagsgrans{Fonster: uppslagsfonster, PerPerson: max(person, 0), PerMaskin: max(maskin, 0), Varna: varnaVid}
	return &s
}

// Vid is the same register by another clock.
func (s *Store) Vid(klocka func() time.Time) *Store {
	kopia := *s
	kopia.DB = s.DB.Vid(klocka)
	return &kopia
}

// hinder is the refusal of what is not the Aktor's: the same as of what is not there.
func hinder(far bool) *register.Error {
	if far {
		return nil
	}
	return register.Saknas()
}

// Ordningar is how each list of the contract may be sorted, by operationId. A test
// holds it to the contract's enum.
func Ordningar() map[string]db.Ordning {
	return map[string]db.Ordning{
		"listaAnonyma":                  anonymaordning,
		"listaDeltaganden":              deltagandeordning,
		"listaInsatser":                 insatsordning,
		"listaKodverk":                  kodverksordning,
		"listaKommuner":                 kommunordning,
		"listaMyndigheter":              myndighetsordning,
		"listaSamtycken":                samtyckesordning,
		"listaSamverkansorganisationer": organisationsordning,
	}
}
