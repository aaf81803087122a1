package db

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"sus/backend/register"
)

// Epok is what a link of that kind says: what the log goes on without, and who let it
// and why.
type Epok struct {
	Forlorat Logghuvud  `json:"forlorat"`           // the newest head that the log lacks; the zero value: none
	Fran     int64      `json:"fran"`               // the newest older head from outside that is still there; 0: none
	Kvar     *int64     `json:"kvar,omitempty"`     // the last link that is left of those before the lost head; nil: not said
	Ogiltiga []Ogiltigt `json:"ogiltiga,omitempty"` // links that are let stand without a signature of the log's key
	Av       string     `json:"av"`
	Varfor   string     `json:"varfor"`
}

// Ogiltigt is a link that somebody appended who does not have the log's key: the serving
// role can. The next signed link covers it, so that it can be let stand and not changed.
type Ogiltigt struct {
	Sekvens int64  `json:"sekvens"`
	Slag    string `json:"slag"`
	Antal   int    `json:"antal"` // its rows
	Hash    []byte `json:"hash"`
}

func (e Epok) namner(l loggsigill) bool {
	return slices.ContainsFunc(e.Ogiltiga, func(o Ogiltigt) bool { return o.Sekvens == l.Sekvens && bytes.Equal(o.Hash, l.Hash) })
}

// ursaktar is true for a head that was lost with the one that the epoch names: no newer,
// and of a link behind those that are left.
func (e Epok) ursaktar(h Logghuvud) bool {
	kvar := e.Fran
	if e.Kvar != nil {
		kvar = *e.Kvar
	}
	return h.Sekvens > kvar && !h.Tid.After(e.Forlorat.Tid)
}

// Sager is what is known of the loss, and nothing beyond it.
func (e Epok) Sager() string {
	var delar []string
	if f := e.Forlorat; f.Sekvens > 0 {
		text := fmt.Sprintf("Förlorat: sigill %d (%x) av %s.", f.Sekvens, f.Hash, f.Tid.UTC().Format(time.RFC3339))
		switch {
		case e.Kvar == nil:
		case *e.Kvar == 0:
			text += fmt.Sprintf(" Inget sigill är kvar från tiden före det: sigill 1–%d är förlorade.", f.Sekvens)
		case *e.Kvar == f.Sekvens-1:
			text += fmt.Sprintf(" Till och med sigill %d är loggen kvar från tiden före det.", *e.Kvar)
		default:
			text += fmt.Sprintf(" Till och med sigill %d är loggen kvar från tiden före det: sigill %d–%d är förlorade.", *e.Kvar, *e.Kvar+1, f.Sekvens)
		}
		if e.Fran > 0 {
			text += fmt.Sprintf(" Ett huvud utifrån styrker den till och med sigill %d.", e.Fran)
		} else {
			text += " Inget äldre huvud utifrån styrker det som är kvar."
		}
		delar = append(delar, text+" Om något sattes efter det förlorade huvudet är inte känt.")
	}
	if len(e.Ogiltiga) > 0 {
		delar = append(delar, "Utan loggens signatur och kvar ändå: "+ogiltigaSigill(e.Ogiltiga)+".")
	}
	if len(delar) == 0 {
		return "Inget är förlorat: tider i oordning får stå."
	}
	return strings.Join(delar, " ")
}

// ogiltigaSigill names the links and what they did, at most a few.
func ogiltigaSigill(alla []Ogiltigt) string {
	const visas = 5
	var delar []string
	for _, o := range alla[:min(len(alla), visas)] {
		vad := "utan rader"
		switch {
		case o.Slag == slagGallring:
			vad = "som klippte bort äldre rader"
		case o.Antal > 0:
			vad = fmt.Sprintf("över %d rader", o.Antal)
		}
		delar = append(delar, fmt.Sprintf("sigill %d (%x) %s", o.Sekvens, o.Hash, vad))
	}
	if n := len(alla) - visas; n > 0 {
		delar = append(delar, fmt.Sprintf("och %d till, det sista sigill %d", n, alla[len(alla)-1].Sekvens))
	}
	return strings.Join(delar, ", ")
}

// ErrIngenEpok is the refusal of an epoch that nothing asks for.
var ErrIngenEpok = errors.New("alla huvuden som noterats utifrån finns i loggen: inget är förlorat och ingen ny epok behövs")

// NyEpok lets the log go on: a signed link names the newest of the heads from outside
// that the log lacks, after a restore, and the links that the log's key has not signed.
// Refused when there is neither, and when the log is broken in another way.
func (d *DB) NyEpok(ctx context.Context, b Begaran, av, varfor string, huvuden []Logghuvud) (Epok, error) {
	// What was logged before the epoch stands before it. That the log was cut is what
	// the epoch is for.
	var brott *Loggbrott
	if _, err := d.Forsegla(ctx); err != nil && !errors.As(err, &brott) {
		return Epok{}, err
	}
	k, err := d.KontrolleraLogg(ctx, huvuden...)
	switch {
	case err != nil:
		return Epok{}, err
	case k.hart != "":
		return Epok{}, errors.New(k.Sammanfattning())
	case k.Brutet == "":
		return Epok{}, ErrIngenEpok
	}
	e := Epok{Ogiltiga: k.Ogiltiga, Av: av, Varfor: varfor}
	if k.Forlorat != nil {
		e.Forlorat = *k.Forlorat
		kvar, err := d.kvarFore(ctx, k.saknade, e.Forlorat)
		if err != nil {
			return Epok{}, err
		}
		e.Kvar = &kvar
		for _, sekvens := range k.huvudenKvar {
			if sekvens <= kvar {
				e.Fran = sekvens
			}
		}
	}
	uppgift, err := json.Marshal(e)
	if err != nil {
		return Epok{}, err
	}
	d.minne.Lock()
	defer d.minne.Unlock()
	satt, err := Andra(ctx, d, b, Arende{Handelse: register.HandelseLoggNyEpok}, func(tx *Tx) (loggsigill, error) {
		l, _, err := lanka(tx, slagEpok, func(l loggsigill) error {
			if l.Uppgift != string(uppgift) {
				return errors.New("loggen: databasen ändrar vad sigillet om epoken säger")
			}
			return nil
		}, `select `+vantarColumns+` from sus_logg_marke(?, ?)`, slagEpok, string(uppgift))
		return l, err
	})
	if err == nil {
		d.minne.sist = d.nycklar.loggnyckel.huvud(satt)
	}
	return e, err
}

// kvarFore is the last link that is left of the log before the lost head: those behind it
// were set later, after the restore. None of the heads that the log lacks is of a link
// that is left.
func (d *DB) kvarFore(ctx context.Context, saknade []Logghuvud, forlorat Logghuvud) (int64, error) {
	kvar, err := Rad[int64](d.Oppet(ctx), `select coalesce((select min(sekvens) - 1 from loggsigill where tid > ?), (select max(sekvens) from loggsigill), 0)`, forlorat.Tid)
	for _, h := range saknade {
		kvar = min(kvar, h.Sekvens-1)
	}
	return kvar, err
}
