package statistik_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"sus/backend/rapport"
	"sus/backend/rapport/rapporttest"
	"sus/backend/register"
	"sus/backend/store/statistik"
	"sus/backend/store/storetest"
)

var rapportlasare = register.Aktor{ID: uuid.UUID{1}, Roller: []register.Roll{register.RollSusrapport}}

// faktalage is organisationer, insatser and facts written straight into the
// tables: what the report makes of facts, whatever wrote them.
type faktalage struct {
	*storetest.Databas
	t      *testing.T
	super  *sql.DB
	forsta uuid.UUID // FINSAM, Öster, Uppsala
	andra  uuid.UUID // FINSAM, Väster, Västra Götaland
	tredje uuid.UUID // TVAPARTSFINSAM, Öster, Uppsala
	insats map[uuid.UUID][2]uuid.UUID
	reg    int
}

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func nyttFaktalage(t *testing.T) *faktalage {
	d := storetest.NyMedDatabas(t)
	l := &faktalage{Databas: d, t: t, super: d.Super(t), insats: map[uuid.UUID][2]uuid.UUID{}}
	l.forsta = l.organisation("Första", register.FormFinsam, "OSTER", "03")
	l.andra = l.organisation("Andra", register.FormFinsam, "VASTER", "14")
	l.tredje = l.organisation("Tredje", register.FormTvapartsfinsam, "OSTER", "03")
	return l
}

func (l *faktalage) exec(sql string, argument ...any) {
	l.t.Helper()
	if _, err := l.super.ExecContext(l.t.Context(), sql, argument...); err != nil {
		l.t.Fatal(err)
	}
}

func (l *faktalage) organisation(namn string, form register.Samverkansform, omrade, lan string) uuid.UUID {
	l.t.Helper()
	id := uuid.New()
	l.exec(`with o as (insert into samverkansorganisation (id, namn, organisationsnummer, samverkansform, beskrivning, startdatum,
			adress_gata, adress_postnummer, adress_ort, adress_telefon, adress_epost, kontakt_namn, kontakt_titel, kontakt_telefon, kontakt_epost, version)
			values ($1, $2, $6, $3, '', '2004-01-01', '', '', '', '', '', '', '', '', '', 1) returning nr)
		insert into organisationsrad (org, giltig_fran, verksamhetsomrade, lan, kommuner)
		select nr, '0001-01-01', $4, $5, array[$5 || '80'] from o`, id, namn, string(form), omrade, lan, storetest.Organisationsnummer())
	par := [2]uuid.UUID{uuid.New(), uuid.New()}
	for i, insats := range par {
		l.exec(`with n as (insert into insats (id, organisation_id, namn, startdatum, beskrivning, inriktning, deltagarregistrering,
			insatsanordnare, inmatningsorganisation, version)
			values ($1, $2, $3, '2004-01-01', '', 'INDIVIDINRIKTAD', 'MED_PERSONUPPGIFT_ELLER_ANONYM', '', '', 1) returning nr)
			insert into insatsrad (insats, giltig_fran, preciserad_inriktning, malgrupper) select nr, '0001-01-01', 'REHABILITERING', '{}' from n`,
			insats, id, fmt.Sprintf("%s insats %d", namn, i+1))
	}
	l.insats[id] = par
	return id
}

// startar writes one started deltagande; slutar one that started and ended in the year.
func (l *faktalage) startar(insats uuid.UUID, ar, fb, kon, person int) {
	l.t.Helper()
	l.reg++
	l.exec(`insert into fakt_in (ar, manad, org, insats, fb, kon, alder, kommun, utb, person, startman, bidragsar, arbete_fore, studier_fore, reg, omrade, lan,
			slutman, arbetssokande_fore, arbetstyp_fore, inriktning, preciserad, malgrupp)
		select $2::int, ($2::int - 2000) * 12, o.nr, i.nr, $3, $4, 30, 380, 1, $5, 0, 0, 0, 0, $6, p.omrade, p.lan, 32767, 0, 0, 1, 1, 0
		from insats i join samverkansorganisation o on o.id = i.organisation_id, sus_plats(o.nr, ((($2::int - 2000) * 12)::smallint)) p where i.id = $1`, insats, ar, fb, kon, person, l.reg)
}

func (l *faktalage) slutar(insats uuid.UUID, ar, fb, fa, kon, person int) {
	l.t.Helper()
	l.startar(insats, ar, fb, kon, person)
	l.exec(`insert into fakt_ut (ar, manad, org, insats, fb, fa, kon, alder, kommun, utb, person, startman, bidragsar, arbete_fore, arbete_efter, studier_fore, studier_efter, orsak, reg, omrade, lan,
			dagar, arbetssokande_fore, arbetssokande_efter, arbetstyp_fore, arbetstyp_efter, inriktning, preciserad, malgrupp)
		select $2::int, ($2::int - 2000) * 12, o.nr, i.nr, $3, $4, $5, 30, 380, 1, $6, 0, 0, 0, 0, 0, 0, 1, $7, p.omrade, p.lan, 1, 0, 0, 0, 0, 1, 1, 0
		from insats i join samverkansorganisation o on o.id = i.organisation_id, sus_plats(o.nr, ((($2::int - 2000) * 12)::smallint)) p where i.id = $1`, insats, ar, fb, fa, kon, person, l.reg)
}

func (l *faktalage) resultat(grupp, namn string, u rapport.Urval) *rapport.Resultat {
	l.t.Helper()
	r, err := l.Statistik.Rapport(l.t.Context(), storetest.Som(rapportlasare), grupp, namn, u)
	if err != nil {
		l.t.Fatalf("%s %+v: %v", namn, u, err)
	}
	return &r
}

func (l *faktalage) rapport(u rapport.Urval) rapporttest.Bok {
	l.t.Helper()
	return rapporttest.BokAv(l.t, l.resultat("deltagarrapport", "forsorjning", u))
}

// valt is a filter of the one value, none when it is "".
func valt(varde string) []string {
	if varde == "" {
		return nil
	}
	return []string{varde}
}

const (
	bitSjuk, bitSA, bitForsorjningsstod, bitIngen = 1 << 0, 1 << 1, 1 << 4, 1 << 7
	faktKvinna, faktMan                           = 1, 2
)

func TestAReportCountsWhatItsUrvalCovers(t *testing.T) {
	l := nyttFaktalage(t)
	l.Statistik = statistik.New(l.Vid(func() time.Time { return time.Date(2049, 6, 1, 12, 0, 0, 0, time.UTC) }).DB) // next year can be asked for
	f, a, tredje := l.insats[l.forsta], l.insats[l.andra], l.insats[l.tredje]
	l.startar(f[0], 2010, bitSA, faktKvinna, 1)
	l.startar(f[0], 2010, bitSA|bitSjuk, faktMan, 2)
	l.startar(f[1], 2010, bitIngen, faktKvinna, 1) // the same person in another insats
	l.startar(a[0], 2010, bitSA, faktKvinna, 3)
	l.startar(tredje[0], 2010, bitSA, faktMan, 4)
	l.startar(f[0], 2009, bitSA, faktMan, 5)
	l.startar(f[0], 2050, bitSA, faktMan, 6) // beyond the yearly partitions
	l.slutar(a[1], 2011, bitForsorjningsstod, bitIngen, faktMan, 7)
	l.slutar(a[1], 2011, bitForsorjningsstod, -1, faktMan, 7)

	finsam := func(andra func(*rapport.Urval)) rapport.Urval {
		u := rapport.Urval{Samverkansform: register.FormFinsam, Tid: rapport.Budgetar(2010)}
		andra(&u)
		return u
	}
	for namn, f := range map[string]struct {
		u                           rapport.Urval
		antal, unika, sa, slutUnika int
	}{
		"hela landet":    {finsam(func(u *rapport.Urval) {}), 4, 3, 3, 0},
		"annan form":     {rapport.Urval{Samverkansform: register.FormTvapartsfinsam, Tid: rapport.Budgetar(2010)}, 1, 1, 1, 0},
		"annat år":       {finsam(func(u *rapport.Urval) { u.Tid = rapport.Budgetar(2009) }), 1, 1, 1, 0},
		"år 2050":        {finsam(func(u *rapport.Urval) { u.Tid = rapport.Budgetar(2050) }), 1, 1, 1, 0},
		"ett tomt år":    {finsam(func(u *rapport.Urval) { u.Tid = rapport.Budgetar(2001) }), 0, 0, 0, 0},
		"kvinnor":        {finsam(func(u *rapport.Urval) { u.Kon = []register.Kon{register.KonKvinna} }), 3, 2, 2, 0},
		"män":            {finsam(func(u *rapport.Urval) { u.Kon = []register.Kon{register.KonMan} }), 1, 1, 1, 0},
		"område":         {finsam(func(u *rapport.Urval) { u.Verksamhetsomraden = []string{"OSTER"} }), 3, 2, 2, 0},
		"län":            {finsam(func(u *rapport.Urval) { u.Lan = []string{"14"} }), 1, 1, 1, 0},
		"organisation":   {finsam(func(u *rapport.Urval) { u.Organisationer = []uuid.UUID{l.forsta} }), 3, 2, 2, 0},
		"insats":         {finsam(func(u *rapport.Urval) { u.Insatser = []uuid.UUID{f[0]} }), 2, 2, 2, 0},
		"insats och kön": {finsam(func(u *rapport.Urval) { u.Insatser, u.Kon = []uuid.UUID{f[0]}, []register.Kon{register.KonMan} }), 1, 1, 1, 0},
		"allt på en gång": {finsam(func(u *rapport.Urval) {
			u.Organisationer, u.Insatser, u.Lan, u.Verksamhetsomraden, u.Kon = []uuid.UUID{l.forsta}, []uuid.UUID{f[1]}, []string{"03"}, []string{"OSTER"}, []register.Kon{register.KonKvinna}
		}), 1, 1, 0, 0},
		"avslutade": {finsam(func(u *rapport.Urval) { u.Tid, u.Organisationer = rapport.Budgetar(2011), []uuid.UUID{l.andra} }), 2, 1, 0, 1},
	} {
		r := l.rapport(f.u)
		if r.Start.Antal != f.antal || r.Start.Unika != f.unika || r.Start.Rader[5].Antal != f.sa || r.Slut.Unika != f.slutUnika {
			t.Errorf("%s: antal %d unika %d SA %d, avslutade unika %d; ville ha %v", namn, r.Start.Antal, r.Start.Unika, r.Start.Rader[5].Antal, r.Slut.Unika, f)
		}
	}
	r := l.rapport(rapport.Urval{Samverkansform: register.FormFinsam, Tid: rapport.Budgetar(2011)})
	if r.Slut.Antal != 2 || r.Slut.UtanMatning != 1 || r.Slut.Rader[2].AntalFore != 2 || r.Slut.Rader[7].AntalEfter != 1 {
		t.Errorf("avslutade: %+v", r.Slut)
	}
}

func TestAReportsHeadSaysWhatWasChosen(t *testing.T) {
	l := nyttFaktalage(t)
	r := l.rapport(rapport.Urval{Samverkansform: register.FormFinsam, Tid: rapport.Budgetar(2010), Insatser: []uuid.UUID{l.insats[l.forsta][1]}, Lan: []string{"03"}, Kon: []register.Kon{register.KonKvinna}})
	var huvud []string
	for _, h := range r.Huvud {
		huvud = append(huvud, h.String())
	}
	vill := "Finansieringsform: FINSAM\nBudgetår: 2010\nVerksamhetsområde: Öster\nLän: Uppsala län\nSamverkansorg: Första\nInsats: Första insats 2\nKön: Kvinnor"
	if fick := strings.Join(huvud, "\n"); fick != vill {
		t.Errorf("fick %s", fick)
	}
}

func TestALanAndAnOmradeThatExcludeEachOtherGiveAnEmptyReportThatSaysSo(t *testing.T) {
	l := nyttFaktalage(t)
	l.startar(l.insats[l.forsta][0], 2010, bitSA, faktKvinna, 1)
	observera := func(form register.Samverkansform, omrade, lan string) (svar string, antal int) {
		t.Helper()
		r := l.rapport(rapport.Urval{Samverkansform: form, Tid: rapport.Budgetar(2010), Verksamhetsomraden: valt(omrade), Lan: valt(lan)})
		for _, h := range r.Huvud {
			if h.Etikett == "Observera" {
				svar += h.Varde
			}
		}
		return svar, r.Start.Antal
	}
	const ingen = "Ingen samverkansorganisation med finansieringsformen hör under året till både verksamhetsområdet och länet."
	for _, f := range []struct {
		form        register.Samverkansform
		omrade, lan string
		vill        string
		antal       int
	}{
		{register.FormFinsam, "OSTER", "03", "", 1}, {register.FormFinsam, "VASTER", "14", "", 0}, {register.FormFinsam, "VASTER", "03", ingen, 0},
		{register.FormFinsam, "OSTER", "14", ingen, 0}, {register.FormTvapartsfinsam, "VASTER", "14", ingen, 0}, {register.FormFinsam, "OSTER", "", "", 1}, {register.FormFinsam, "", "25", "", 0},
	} {
		if fick, antal := observera(f.form, f.omrade, f.lan); fick != f.vill || antal != f.antal {
			t.Errorf("%+v: %q, %d startade", f, fick, antal)
		}
	}
}

func TestAnUrvalThatIsNotThereGivesNoEmptyReport(t *testing.T) {
	l := nyttFaktalage(t)
	bas := rapport.Urval{Samverkansform: register.FormFinsam, Tid: rapport.Budgetar(2010)}
	for namn, f := range map[string]struct {
		andra func(*rapport.Urval)
		kod   register.Kod
	}{
		"okänd organisation": {func(u *rapport.Urval) { u.Organisationer = []uuid.UUID{uuid.New()} }, register.KodSaknas},
		"okänd insats":       {func(u *rapport.Urval) { u.Insatser = []uuid.UUID{uuid.New()} }, register.KodSaknas},
		"okänd organisation med insats": {func(u *rapport.Urval) {
			u.Organisationer, u.Insatser = []uuid.UUID{uuid.New()}, []uuid.UUID{l.insats[l.forsta][0]}
		}, register.KodSaknas},
		"organisation av annan form": {func(u *rapport.Urval) { u.Organisationer = []uuid.UUID{l.tredje} }, register.KodOgiltig},
		"insats av annan form":       {func(u *rapport.Urval) { u.Insatser = []uuid.UUID{l.insats[l.tredje][0]} }, register.KodOgiltig},
		"en annans insats": {func(u *rapport.Urval) {
			u.Organisationer, u.Insatser = []uuid.UUID{l.forsta}, []uuid.UUID{l.insats[l.andra][0]}
		}, register.KodOgiltig},
		"okänt län":    {func(u *rapport.Urval) { u.Lan = []string{"99"} }, register.KodOgiltig},
		"okänt område": {func(u *rapport.Urval) { u.Verksamhetsomraden = []string{"NORDPOLEN"} }, register.KodOgiltig},
		"fel år":       {func(u *rapport.Urval) { u.Tid = rapport.Budgetar(1000000) }, register.KodOgiltig},
	} {
		u := bas
		f.andra(&u)
		_, err := l.Statistik.Rapport(t.Context(), storetest.Som(rapportlasare), "deltagarrapport", "forsorjning", u)
		var fel *register.Error
		if !errors.As(err, &fel) || fel.Kod != f.kod {
			t.Errorf("%s: fick %v", namn, err)
		}
	}
	_, err := l.Statistik.Rapport(t.Context(), storetest.Som(register.Aktor{Roller: []register.Roll{register.RollMaskin}}), "deltagarrapport", "forsorjning", bas)
	var fel *register.Error
	if !errors.As(err, &fel) || fel.Kod != register.KodNekad {
		t.Errorf("en maskin utan rapport.las: fick %v", err)
	}
}

func TestTheReportsRoleSeesNoRegistrationsAndTheServingRoleNoFigures(t *testing.T) {
	l := nyttFaktalage(t)
	l.startar(l.insats[l.forsta][0], 2010, bitSA, faktKvinna, 1)
	app := l.App(t)
	prova := func(roll, fraga string, tillaten bool) {
		t.Helper()
		tx, err := app.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback() }()
		if roll != "" {
			if _, err := tx.ExecContext(t.Context(), "set local role "+roll); err != nil {
				t.Fatal(err)
			}
		}
		_, err = tx.ExecContext(t.Context(), fraga)
		nekad := err != nil && strings.Contains(err.Error(), "42501")
		if nekad == tillaten || !nekad && err != nil {
			t.Errorf("%q som %q: %v", fraga, roll, err)
		}
	}
	for _, table := range []string{"deltagande", "mattillfalle", "samtycke", "identitet", "personnyckel", "anonyma", "anvandare", "loggpost",
		"fragesvar", "volym", "organisationsbudget", "finansieringspost", "administrativ_kostnad", "insatsbudget", "insatsbudgetpost"} {
		prova("sus_rapport", "select count(*) from "+table, false)
	}
	prova("sus_rapport", "select kvinnor from fakt_anonyma", true)
	prova("", "select kvinnor from fakt_anonyma", false)
	for _, fraga := range []string{"select saknas from fakt_volym", "select utfall from fakt_budget", "select antal from fakt_planerat", "select svar from fakt_svar", "select malgrupp from fakt_ut_2010"} {
		prova("sus_rapport", fraga, true)
		prova("", fraga, false)
	}
	prova("sus_rapport", "select namn, alternativ from fraga", true)
	prova("sus_rapport", "select beskrivning, malgrupper from insats join insatsrad on insats = nr", true)
	prova("sus_rapport", "select kontakt_namn from insats", false)
	prova("sus_rapport", "delete from fakt_svar", false)
	prova("", "delete from fakt_svar where reg = 1", true)
	prova("", "update fakt_svar set svar = 1", false)
	prova("sus_rapport", "select kontakt_namn from samverkansorganisation", false)
	prova("sus_rapport", "select namn from samverkansorganisation", true)
	prova("sus_rapport", "delete from fakt_in", false)
	prova("sus_rapport", "insert into fakt_in (ar) values (2010)", false)
	prova("sus_rapport", "select person from fakt_in where ar = 2010", true)
	prova("", "delete from fakt_in where ar = 2010 and reg = 1", true)
	prova("", "update fakt_in set fb = 1 where ar = 2010 and reg = 1", false)
	prova("", "truncate fakt_in", false)
	prova("", "select fb from fakt_in", false)
}

func TestTheReportsRoleEndsWithTheReport(t *testing.T) {
	l := nyttFaktalage(t)
	bas := rapport.Urval{Samverkansform: register.FormFinsam, Tid: rapport.Budgetar(2010)}
	okand := bas
	okand.Organisationer = []uuid.UUID{uuid.New()}
	for range 30 {
		l.rapport(bas)
		_, _ = l.Statistik.Rapport(t.Context(), storetest.Som(rapportlasare), "deltagarrapport", "forsorjning", okand)
	}
	l.exec("revoke select on fakt_ut_2010 from sus_rapport")
	for range 30 {
		if _, err := l.Statistik.Rapport(t.Context(), storetest.Som(rapportlasare), "deltagarrapport", "forsorjning", bas); err == nil {
			t.Fatal("rapporten lästes utan rätt till fakta")
		}
	}
	l.exec("grant select on fakt_ut_2010 to sus_rapport")
	l.rapport(bas)
	// The pool's connections must be able to write again, as themselves.
	var kvar int
	if err := l.super.QueryRowContext(t.Context(), `select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`).Scan(&kvar); err != nil || kvar != 0 {
		t.Errorf("%d förbindelser står kvar i en transaktion (%v)", kvar, err)
	}
}
