package db

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"sus/backend/register"
)

// Loggkontroll is what a check of the whole chain found.
type Loggkontroll struct {
	Sigill     int
	Osignerade int        // links from before the signatures
	Poster     int        // sealed rows
	Osatta     int        // rows that wait for their seal
	Gallrade   int64      // rows of the links that were cut from the oldest end, as a signed link says
	Brutet     string     // where and how the chain is broken, "" when it is whole
	Epoker     []Epok     // after each the log went on without a head that was lost
	Huvuden    int        // heads from outside that are in the chain
	Oprovade   int        // heads from outside that were cut by gallring
	Tidsfel    int        // times out of order, which an epoch after them let stand
	Forlorat   *Logghuvud // the newest head from outside that the chain lacks, when that is how it is broken
	Ogiltiga   []Ogiltigt // links that the log's key has not signed, and no epoch names
	Overlatna  []Ogiltigt // those that an epoch names
	Sista      []byte     // hash of the last link
	SistaTid   time.Time

	nyckel      *Loggnyckel
	nu          time.Time
	fran        int64     // the number that the next row has
	signerat    bool      // a signed link has come
	radtid      time.Time // of the last signed link over rows
	tidsfel     []string
	huvuden     map[int64][]Logghuvud
	hart        string      // how it is broken, when no epoch lets it go on
	huvudenKvar []int64     // the heads from outside that are in the chain, in its order
	borta       []Logghuvud // heads from outside that the chain has not
	saknade     []Logghuvud // of them those that no epoch names
	forsta      loggsigill  // the oldest link, when it is not the first
	gallring    *Loggallring
}

// tidsspel is how far the times of rows and links may be apart from what their order
// says: longer than any transaction runs, and than clocks are set back.
const tidsspel = 15 * time.Minute

// KontrolleraLogg reckons the whole chain again, with the public key only: a row
// changed, added or removed in a sealed stretch, one with an old date, one outside
// the chain, and a link changed, forged or missing, show. That the end was cut shows
// against heads that were noted outside.
func (d *DB) KontrolleraLogg(ctx context.Context, huvuden ...Logghuvud) (Loggkontroll, error) {
	return Underhall(ctx, d, Begaran{}, func(tx *Tx) (Loggkontroll, error) {
		k := Loggkontroll{nyckel: d.nycklar.loggnyckel, huvuden: map[int64][]Logghuvud{}, fran: 1}
		for _, h := range huvuden {
			if !k.nyckel.provar(h) {
				k.hart = fmt.Sprintf("huvudet %d utifrån är inte signerat med loggens nyckel", h.Sekvens)
				k.Brutet = k.hart
				return k, nil
			}
			k.huvuden[h.Sekvens] = append(k.huvuden[h.Sekvens], h)
		}
		// The whole log is read, as it stands now: longer than a request may take.
		for _, sats := range []string{`set transaction isolation level repeatable read read only`, `set local statement_timeout = 0`} {
			if _, err := Kor(tx, sats); err != nil {
				return k, err
			}
		}
		return k, k.prova(tx)
	})
}

func (k *Loggkontroll) prova(tx *Tx) (err error) {
	if k.nu, err = Rad[time.Time](tx, `select clock_timestamp()`); err != nil {
		return err
	}
	granser, err := Rader[int64](tx, `select unnest(array[coalesce(min(sekvens), 1), coalesce(max(sekvens), 0)]) from loggsigill`)
	if err != nil {
		return err
	}
	for sekvens := granser[0]; sekvens <= granser[1] && k.Brutet == ""; sekvens++ {
		if err := k.provaSigill(tx, sekvens); err != nil {
			return err
		}
	}
	if k.Brutet == "" {
		k.provaGallring(granser[0])
	}
	k.hart = k.Brutet
	if k.Brutet == "" {
		k.provaHuvuden(granser[0])
	}
	if k.Brutet == "" && len(k.tidsfel) > 0 {
		k.Brutet = k.tidsfel[0]
	}
	if len(k.Ogiltiga) > 0 { // what else is broken comes behind it in the chain
		k.Brutet = fmt.Sprintf("sigill %d är inte signerat med loggens nyckel", k.Ogiltiga[0].Sekvens)
		if n := len(k.Ogiltiga); n > 1 {
			k.Brutet = fmt.Sprintf("%s, och inte heller %d andra, det sista sigill %d", k.Brutet, n-1, k.Ogiltiga[n-1].Sekvens)
		}
	}
	if k.hart == "" {
		if k.hart, err = k.provaResten(tx); err != nil {
			return err
		}
	}
	switch {
	case k.Brutet == "":
		k.Brutet = k.hart
	case k.hart != "" && k.hart != k.Brutet:
		k.Brutet += "; dessutom: " + k.hart
	}
	return nil
}

// provaResten holds what waits for its link, and what stands outside the chain.
func (k *Loggkontroll) provaResten(tx *Tx) (string, error) {
	osatta, err := Rader[[16]byte](tx, `select loggpost_id from loggko`)
	if err != nil {
		return "", err
	}
	if brutet, err := provaVem(tx, osatta); err != nil || brutet != "" {
		return brutet, err
	}
	return k.provaUtanfor(tx)
}

// provaSigill holds one link against the one before, its signature and its rows.
func (k *Loggkontroll) provaSigill(tx *Tx, sekvens int64) error {
	l, finns, err := RadOm[loggsigill](tx, `select `+sigillColumns+` from loggsigill where sekvens = ?`, sekvens)
	if err != nil {
		return err
	}
	forst := k.Sigill == 0 && sekvens > 1
	if forst { // what is before it was cut; a link further on says so
		k.forsta, k.fran, k.Sista = l, l.Fran, l.Forra
	}
	switch {
	case !finns:
		k.Brutet = fmt.Sprintf("sigill %d saknas", sekvens)
	case l.Fran != k.fran || !bytes.Equal(l.Forra, k.Sista):
		k.Brutet = fmt.Sprintf("sigill %d följer inte på det förra", sekvens)
	case l.Slag == slagOsignerat && k.signerat:
		k.Brutet = fmt.Sprintf("sigill %d saknar signatur", sekvens)
	}
	if k.Brutet != "" {
		return nil
	}
	poster, err := l.lasPoster(tx)
	if err != nil {
		return err
	}
	if len(poster) != l.Antal || len(l.Poster) != l.Antal || !bytes.Equal(l.lankhash(), l.Hash) {
		k.Brutet = fmt.Sprintf("raderna under sigill %d (%s) är ändrade: %d rader, %d när det sattes",
			sekvens, l.Tid.UTC().Format(time.RFC3339), len(poster), l.Antal)
		return nil
	}
	if k.Brutet, err = provaVem(tx, l.Poster); err != nil || k.Brutet != "" {
		return err
	}
	k.provaTider(l, poster)
	k.Sigill++
	switch {
	case l.Slag == slagOsignerat:
		k.Osignerade++
	case k.nyckel.provar(k.nyckel.huvud(l)):
		k.signerat = true
		k.lasUppgift(l)
	default:
		k.Ogiltiga = append(k.Ogiltiga, Ogiltigt{l.Sekvens, l.Slag, l.Antal, l.Hash})
		if l.Slag == slagGallring { // what it cut is gone; that it may not have, is told
			k.lasUppgift(l)
		}
	}
	k.Poster += len(poster)
	k.fran += int64(len(poster))
	for _, h := range k.huvuden[sekvens] {
		if bytes.Equal(h.Hash, l.Hash) {
			k.Huvuden++
			k.huvudenKvar = append(k.huvudenKvar, sekvens)
		} else {
			k.borta = append(k.borta, h)
		}
	}
	delete(k.huvuden, sekvens)
	k.Sista, k.SistaTid = l.Hash, l.Tid
	return nil
}

// provaTider finds rows and links with a time that their place belies. Those from
// before the signatures had the register's clock, which in a demo is any, and so has
// what waited for the first signed link.
func (k *Loggkontroll) provaTider(l loggsigill, poster []Loggpost) {
	fel := func(vad string, tid time.Time) {
		k.tidsfel = append(k.tidsfel, fmt.Sprintf("%s under sigill %d (%s) har tiden %s", vad, l.Sekvens,
			l.Tid.UTC().Format(time.RFC3339), tid.UTC().Format(time.RFC3339)))
	}
	if l.Slag == slagOsignerat {
		return
	}
	if l.Tid.After(k.nu.Add(tidsspel)) {
		k.Brutet = fmt.Sprintf("sigill %d är satt i framtiden (%s)", l.Sekvens, l.Tid.UTC().Format(time.RFC3339))
		return
	}
	if k.signerat && l.Tid.Before(k.SistaTid.Add(-tidsspel)) {
		fel("sigillet", l.Tid)
	}
	if l.Slag != slagRader {
		return
	}
	if !k.radtid.IsZero() {
		for _, p := range poster {
			if p.Tid.Before(k.radtid.Add(-tidsspel)) || p.Tid.After(l.Tid.Add(tidsspel)) {
				fel("raden "+p.ID.String(), p.Tid)
			}
		}
	}
	k.radtid = l.Tid
}

// lasUppgift takes up what a signed link without rows says.
func (k *Loggkontroll) lasUppgift(l loggsigill) {
	var err error
	switch l.Slag {
	case slagEpok:
		var e Epok
		if err = json.Unmarshal([]byte(l.Uppgift), &e); err == nil {
			k.Epoker = append(k.Epoker, e)
			k.Ogiltiga = slices.DeleteFunc(k.Ogiltiga, func(o Ogiltigt) bool {
				overlatet := e.namner(loggsigill{Sekvens: o.Sekvens, Hash: o.Hash})
				if overlatet {
					k.Overlatna = append(k.Overlatna, o)
				}
				return overlatet
			})
			k.Tidsfel += len(k.tidsfel)
			k.tidsfel = nil
		}
	case slagGallring:
		var g Loggallring
		if err = json.Unmarshal([]byte(l.Uppgift), &g); err == nil && (k.gallring == nil || g.Sekvens > k.gallring.Sekvens) {
			k.gallring = &g
		}
	}
	if err != nil {
		k.Brutet = fmt.Sprintf("sigill %d säger inget som går att läsa", l.Sekvens)
	}
}

// provaGallring demands that what is cut from the oldest end is what the last link
// of that kind says, to the link and to the row.
func (k *Loggkontroll) provaGallring(forsta int64) {
	g := k.gallring
	switch {
	case g == nil && forsta > 1:
		k.Brutet = fmt.Sprintf("sigill 1–%d saknas, och inget sigill säger att de är gallrade", forsta-1)
	case g == nil:
	case g.Sekvens != forsta-1:
		k.Brutet = fmt.Sprintf("loggen är gallrad till sigill %d, men börjar med %d", g.Sekvens, forsta)
	case !bytes.Equal(g.Hash, k.forsta.Forra) || g.Poster != k.forsta.Fran-1:
		k.Brutet = fmt.Sprintf("sigill %d följer inte på det sista gallrade", forsta)
	default:
		k.Gallrade = g.Poster
	}
}

// provaHuvuden demands that every head that went outside is in the chain, unless it
// was cut by gallring or an epoch says that it was lost: the head that the epoch
// names and what went outside before it, behind the one that was still there.
func (k *Loggkontroll) provaHuvuden(forsta int64) {
	borta := k.borta
	for sekvens, alla := range k.huvuden { // those that the chain did not come to
		if sekvens < forsta {
			k.Oprovade += len(alla)
		} else {
			borta = append(borta, alla...)
		}
	}
	var sist *Logghuvud
	for _, h := range borta {
		if slices.ContainsFunc(k.Epoker, func(e Epok) bool { return e.ursaktar(h) }) {
			continue
		}
		k.saknade = append(k.saknade, h)
		if sist == nil || h.Tid.After(sist.Tid) {
			sist = &h
		}
	}
	if sist != nil {
		k.Brutet = fmt.Sprintf("huvudet som noterades utifrån %s, sigill %d (%x), finns inte i loggen: den är avklippt eller återställd",
			sist.Tid.UTC().Format(time.RFC3339), sist.Sekvens, sist.Hash)
		k.Forlorat = sist
	}
}

// provaUtanfor finds rows that neither are in the chain nor wait for it, and what
// waits although it is not there or has its link.
func (k *Loggkontroll) provaUtanfor(tx *Tx) (string, error) {
	tal, err := Rader[int](tx, `with s as materialized (select p.id from loggsigill l, unnest(l.poster) p (id))
		select unnest(array[
			(select count(*) from loggpost p where not exists (select from s where s.id = p.id) and not exists (select from loggko k where k.loggpost_id = p.id)),
			(select count(*) from loggko k where not exists (select from loggpost p where p.id = k.loggpost_id)),
			(select count(*) from loggko k where exists (select from s where s.id = k.loggpost_id)),
			(select count(*) - count(distinct id) from s),
			(select count(*) from loggko)])`)
	if err != nil {
		return "", err
	}
	for i, vad := range []string{
		"%d rader står i loggen utanför kedjan och väntar inte på något sigill", "%d rader som väntar på sigill finns inte",
		"%d rader väntar på sigill fast de har ett", "%d rader står under flera sigill",
	} {
		if tal[i] != 0 {
			return fmt.Sprintf(vad, tal[i]), nil
		}
	}
	k.Osatta = tal[4]
	return "", nil
}

// Sammanfattning is the outcome in a sentence.
func (k Loggkontroll) Sammanfattning() string {
	if k.Brutet != "" {
		return "loggens kedja är bruten: " + k.Brutet
	}
	hel := "Loggen är hel"
	if n := len(k.Epoker); n > 0 {
		hel += fmt.Sprintf(" över %d epoker", n+1)
		var vilka []string
		for _, e := range k.Epoker {
			if e.Forlorat.Sekvens > 0 {
				vilka = append(vilka, fmt.Sprintf("sigill %d, %x", e.Forlorat.Sekvens, e.Forlorat.Hash))
			}
		}
		switch len(vilka) {
		case 0:
		case 1:
			hel += ", ett huvud förlorat (" + vilka[0] + ")"
		default:
			hel += fmt.Sprintf(", %d huvuden förlorade (%s)", len(vilka), strings.Join(vilka, "; "))
		}
		if len(k.Overlatna) > 0 {
			hel += fmt.Sprintf(", %d sigill utan loggens signatur (%s)", len(k.Overlatna), ogiltigaSigill(k.Overlatna))
		}
	}
	return fmt.Sprintf("%s: %d poster under %d sigill.", hel, k.Poster, k.Sigill)
}

// LoggaKontroll writes the row that says how a check of the log went.
func (d *DB) LoggaKontroll(ctx context.Context, b Begaran, k Loggkontroll) error {
	utfall := "hel"
	if k.Brutet != "" {
		utfall = "bruten"
	}
	_, err := Andra(ctx, d, b, Arende{Handelse: register.HandelseLoggKontrollerad, Detalj: utfall}, func(*Tx) (struct{}, error) { return struct{}{}, nil })
	return err
}
