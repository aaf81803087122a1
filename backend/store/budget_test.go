package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

// raknande is a förbund, an insats of it that only counts, and its administrator.
func raknande(t testing.TB, s *store.Store) (register.Samverkansorganisation, register.Insats, register.Aktor) {
	t.Helper()
	o := storetest.Organisation(t, s, nil)
	i := storetest.Insats(t, s, o, func(u *register.Insatsuppgifter) { u.Deltagarregistrering = register.EndastAntal })
	return o, i, storetest.Aktor(register.RollSamverkansadministrator, o.ID)
}

func somVersion(a register.Aktor, version int) db.Begaran {
	return db.Begaran{Aktor: a, Version: version}
}

func stang(ctx context.Context, s *store.Store, a register.Aktor, org uuid.UUID, ar int) error {
	var h register.Budgetarshandelse
	_, err := s.StangBudgetar(ctx, storetest.Som(a), org, ar, ta(&h))
	return err
}

func oppna(ctx context.Context, s *store.Store, a register.Aktor, org uuid.UUID, ar int) error {
	var h register.Budgetarshandelse
	_, err := s.OppnaBudgetar(ctx, storetest.Som(a), org, ar, "Utfallet saknas.", ta(&h))
	return err
}

func TestVolymIsSavedByVersionsAndReadByTheOwnOrganisation(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 5, 10))
	o, i, adm := raknande(t, s)
	in := register.Volymuppgifter{AntalKvinnor: 40, AntalMan: 31, UppgiftSaknas: 2}
	spara := func(a register.Aktor, version int, in register.Volymuppgifter) (store.Volymlage, error) {
		return s.SparaVolym(t.Context(), somVersion(a, version), i.ID, 2010, in)
	}
	if v, err := s.Volym(t.Context(), storetest.Som(adm), i.ID, 2010); err != nil || v.Version != 0 || v.Ar != 2010 {
		t.Errorf("before anything is said: %+v (%v)", v, err)
	}
	if _, err := spara(adm, 1, in); regel(err) != "foraldrad" {
		t.Errorf("a version that is not there: %v", err)
	}
	if v, err := spara(adm, 0, in); err != nil || v.Version != 1 {
		t.Errorf("the first: %+v (%v)", v, err)
	}
	if _, err := spara(adm, 0, in); regel(err) != "foraldrad" {
		t.Errorf("the first again: %v", err)
	}
	if v, err := spara(adm, 1, in); err != nil || v.Version != 1 {
		t.Errorf("the same: %+v (%v)", v, err)
	}
	ansvarig := register.Aktor{ID: uuid.New(), Roller: []register.Roll{register.RollInsatsansvarig},
		Uppdrag: []register.Uppdrag{{Roll: register.RollInsatsansvarig, OrganisationID: o.ID, InsatsID: i.ID}}}
	in.UppgiftSaknas = 0
	if v, err := spara(ansvarig, 1, in); err != nil || v.Version != 2 || v.RegistreradAv != ansvarig.ID {
		t.Errorf("the insatsansvarig: %+v (%v)", v, err)
	}
	in.AntalMan = 32
	maskin := storetest.Maskin(i)
	if v, err := spara(maskin, 2, in); err != nil || v.Version != 3 {
		t.Errorf("the machine: %+v (%v)", v, err)
	}
	_, annan, annanAdm := raknande(t, s)
	utanScope := storetest.Maskin(i)
	utanScope.Scopes = []register.Scope{register.ScopeDeltagandeSkriv}
	for namn, a := range map[string]register.Aktor{"another's administrator": annanAdm, "a machine without the scope": utanScope,
		"another's machine": storetest.Maskin(annan), "a deltagaransvarig": storetest.Deltagaransvarig(i), "Försäkringskassan": storetest.Systemforvaltare()} {
		if _, err := spara(a, 3, register.Volymuppgifter{}); regel(err) != "saknas" {
			t.Errorf("%s writes: %v", namn, err)
		}
	}
	for namn, f := range map[string]struct {
		a    register.Aktor
		lase bool
	}{"the administrator": {adm, true}, "a deltagaransvarig of it": {storetest.Deltagaransvarig(i), true}, "Försäkringskassan": {storetest.Systemforvaltare(), true},
		"another's administrator": {annanAdm, false}, "another's machine": {storetest.Maskin(annan), false}} {
		v, err := s.Volymversioner(t.Context(), storetest.Som(f.a), i.ID, 2010)
		if f.lase && (err != nil || len(v) != 3 || v[0].UppgiftSaknas != 2 || v[1].RegistreradAv != ansvarig.ID || v[2].AntalMan != 32) || !f.lase && regel(err) != "saknas" {
			t.Errorf("%s reads the history: %+v (%v)", namn, v, err)
		}
		if l, err := s.Volymer(t.Context(), storetest.Som(f.a), i.ID); f.lase && (err != nil || len(l) != 1 || l[0].Version != 3) || !f.lase && regel(err) != "saknas" {
			t.Errorf("%s lists: %+v (%v)", namn, l, err)
		}
	}
	if n := storetest.Rakna(t, d.Super(t), `select count(*) from loggpost where handelse = 'VOLYM_SPARAD' and utfall = 'OK' and objekt_id = $1 and organisation_id = $2 and detalj = '2010'`, i.ID, o.ID); n != 3 {
		t.Errorf("%d rows in the log", n)
	}
}

// What was counted holds the insats's method and dates, as what was registered in another does.
func TestVolymHoldsMethodAndDatesOfItsInsats(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 5, 10))
	o, i, adm := raknande(t, s)
	andra := func(f func(*register.Insatsuppgifter)) string {
		in := storetest.Insatsuppgifter(o)
		in.Deltagarregistrering = register.EndastAntal
		f(&in)
		n := storetest.Rakna(t, d.Super(t), `select version from insats where id = $1`, i.ID)
		_, err := s.AndraInsats(t.Context(), somVersion(adm, n), i.ID, in)
		return regel(err)
	}
	metod := func(u *register.Insatsuppgifter) { u.Deltagarregistrering = register.MedPersonuppgiftEllerAnonym }
	slut := register.NyttDatum(2009, 12, 31)
	if _, err := s.SparaVolym(t.Context(), somVersion(adm, 0), i.ID, 2010, register.Volymuppgifter{AntalMan: 1}); err != nil {
		t.Fatal(err)
	}
	if r := andra(metod); r != "insats-last" {
		t.Errorf("the method: %q", r)
	}
	if r := andra(func(u *register.Insatsuppgifter) { u.Slutdatum = &slut }); r != "slutdatum-fore-registrerat" {
		t.Errorf("an end before: %q", r)
	}
	if r := andra(func(u *register.Insatsuppgifter) { u.Startdatum = register.NyttDatum(2011, 1, 1) }); r != "startdatum-efter-registrerat" {
		t.Errorf("a start after: %q", r)
	}
	if _, err := s.SparaVolym(t.Context(), somVersion(adm, 1), i.ID, 2010, register.Volymuppgifter{}); err != nil {
		t.Fatal(err)
	}
	if r := andra(metod); r != "" {
		t.Errorf("the method when nobody was counted: %q", r)
	}
}

func enInsatsbudget() register.Insatsbudgetuppgifter {
	antal, utfall := 60, register.Belopp(-50)
	return register.Insatsbudgetuppgifter{PlaneratAntal: &antal, Poster: []register.Insatsbudgetpost{
		{Budgettyp: register.BudgetInsatskostnad, Budget: 125_000_050, Utfall: &utfall, Beskrivning: "Lön och «annat»"},
		{Budgettyp: register.BudgetEsfInsatskostnad, Budget: register.MaxBelopp},
	}}
}

func TestAnInsatsbudgetIsReadAsItWasSaved(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2012, 5, 10))
	o, i, adm := raknande(t, s)
	in := enInsatsbudget()
	if _, err := s.SparaInsatsbudget(t.Context(), somVersion(adm, 0), i.ID, 2012, in); err != nil {
		t.Fatal(err)
	}
	b, err := s.Insatsbudget(t.Context(), storetest.Som(adm), i.ID, 2012)
	if err != nil || b.Version != 1 || *b.PlaneratAntal != 60 || fmt.Sprint(b.Summa(register.BudgetInsatskostnad)) != "{1250000.50 -0.50}" ||
		len(b.Poster) != 2 || b.Poster[0].Beskrivning != "Lön och «annat»" || *b.Poster[0].Utfall != -50 || b.Poster[1].Budget != register.MaxBelopp || b.Poster[1].Utfall != nil {
		t.Errorf("%+v (%v)", b, err)
	}
	if ny, err := s.SparaInsatsbudget(t.Context(), somVersion(adm, 1), i.ID, 2012, in); err != nil || ny.Version != 1 {
		t.Errorf("the same: version %d (%v)", ny.Version, err)
	}
	in.Poster = in.Poster[:1]
	if ny, err := s.SparaInsatsbudget(t.Context(), somVersion(adm, 1), i.ID, 2012, in); err != nil || ny.Version != 2 {
		t.Errorf("without a post: version %d (%v)", ny.Version, err)
	}
	if _, err := s.SparaInsatsbudget(t.Context(), somVersion(adm, 1), i.ID, 2012, enInsatsbudget()); regel(err) != "foraldrad" {
		t.Errorf("from the version before: %v", err)
	}
	v, err := s.Insatsbudgetversioner(t.Context(), storetest.Som(adm), i.ID, 2012)
	if err != nil || len(v) != 2 || len(v[0].Poster) != 2 || len(v[1].Poster) != 1 || v[0].RegistreradAv != adm.ID {
		t.Errorf("%+v (%v)", v, err)
	}
	_, _, annan := raknande(t, s)
	if _, err := s.Insatsbudget(t.Context(), storetest.Som(annan), i.ID, 2012); regel(err) != "saknas" {
		t.Errorf("another reads: %v", err)
	}
	if _, err := s.Insatsbudgetversioner(t.Context(), storetest.Som(annan), i.ID, 2012); regel(err) != "saknas" {
		t.Errorf("another reads the history: %v", err)
	}
	if _, err := s.SparaInsatsbudget(t.Context(), somVersion(annan, 2), i.ID, 2012, in); regel(err) != "saknas" {
		t.Errorf("another writes: %v", err)
	}
	if err := stang(t.Context(), s, adm, o.ID, 2012); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SparaInsatsbudget(t.Context(), somVersion(adm, 2), i.ID, 2012, enInsatsbudget()); regel(err) != "budgetar-stangt" {
		t.Errorf("in a closed year: %v", err)
	}
	if b, err := s.Insatsbudget(t.Context(), storetest.Som(adm), i.ID, 2012); err != nil || !b.Stangt {
		t.Errorf("the closed year: %+v (%v)", b.Stangt, err)
	}
}

func enOrganisationsbudget() register.Organisationsbudgetuppgifter {
	utfall := register.Belopp(59_000_001)
	return register.Organisationsbudgetuppgifter{
		Finansiering: []register.Finansieringspost{{Finansiar: "2021005521", Belopp: 200_000_000}, {Finansiar: "2120003005", Belopp: -5, Beskrivning: "Eget kapital"}},
		Administration: []register.AdministrativKostnad{{Kostnadstyp: register.KostnadPersonal, Budget: 60_000_000, Utfall: &utfall, Beskrivning: "Chef"},
			{Kostnadstyp: register.KostnadKring, Budget: 1}},
	}
}

func TestAnOrganisationsBudgetStandsWithItsInsatserAndTheYearIsClosedAndOpened(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 5, 10))
	o, i, adm := raknande(t, s)
	spara := func(a register.Aktor, version int, in register.Organisationsbudgetuppgifter) (store.Organisationsbudgetlage, error) {
		return s.SparaOrganisationsbudget(t.Context(), somVersion(a, version), o.ID, 2010, in)
	}
	fk := storetest.Systemforvaltare()
	annan := storetest.Organisation(t, s, nil)
	annanAdm := storetest.Aktor(register.RollSamverkansadministrator, annan.ID)
	for namn, a := range map[string]register.Aktor{"another's administrator": annanAdm, "Försäkringskassan": fk, "the insatsansvarig": storetest.Aktor(register.RollInsatsansvarig, o.ID)} {
		if _, err := spara(a, 0, enOrganisationsbudget()); regel(err) != "saknas" {
			t.Errorf("%s writes: %v", namn, err)
		}
	}
	if _, err := s.SparaInsatsbudget(t.Context(), somVersion(adm, 0), i.ID, 2010, enInsatsbudget()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SparaVolym(t.Context(), somVersion(adm, 0), i.ID, 2010, register.Volymuppgifter{AntalMan: 7}); err != nil {
		t.Fatal(err)
	}
	ny, err := spara(adm, 0, enOrganisationsbudget())
	if err != nil || ny.Version != 1 {
		t.Fatalf("%+v (%v)", ny, err)
	}
	for namn, a := range map[string]register.Aktor{"its own": adm, "Försäkringskassan": fk, "a deltagaransvarig of it": storetest.Deltagaransvarig(i)} {
		l, err := s.Organisationsbudget(t.Context(), storetest.Som(a), o.ID, 2010)
		if err != nil {
			t.Fatalf("%s: %v", namn, err)
		}
		sum := l.Summor()
		if len(l.Finansiering) != 2 || l.Finansiering[1].Belopp != -5 || len(l.Administration) != 2 || l.Administration[1].Utfall != nil || l.Stangt ||
			len(l.Insatser) != 1 || l.Insatser[0].AntalMan != 7 || *l.Insatser[0].PlaneratAntal != 60 || l.Insatser[0].EsfBudget != register.MaxBelopp ||
			sum.Finansiering != 199_999_995 || sum.Medel[register.MedelEget] != -5 || sum.Adm != (register.Summa{Budget: 60_000_001, Utfall: 59_000_001}) ||
			sum.Kvar.Budget != 199_999_995-60_000_001-125_000_050-register.MaxBelopp || sum.Kvar.Utfall != 199_999_995-59_000_001+50 {
			t.Errorf("%s reads %+v, sums %+v", namn, l, sum)
		}
	}
	if _, err := s.Organisationsbudget(t.Context(), storetest.Som(annanAdm), o.ID, 2010); regel(err) != "saknas" {
		t.Errorf("another reads: %v", err)
	}
	if _, err := s.Organisationsbudgetversioner(t.Context(), storetest.Som(annanAdm), o.ID, 2010); regel(err) != "saknas" {
		t.Errorf("another reads the history: %v", err)
	}
	if l, err := spara(adm, 1, enOrganisationsbudget()); err != nil || l.Version != 1 {
		t.Errorf("the same: %d (%v)", l.Version, err)
	}
	if _, err := spara(adm, 0, register.Organisationsbudgetuppgifter{}); regel(err) != "foraldrad" {
		t.Errorf("from before: %v", err)
	}
	for namn, f := range map[string]struct {
		gor  func() error
		vill string
	}{
		"opened when it is open":  {func() error { return oppna(t.Context(), s, fk, o.ID, 2010) }, "budgetar-oppet"},
		"closed by another":       {func() error { return stang(t.Context(), s, annanAdm, o.ID, 2010) }, "saknas"},
		"closed by FK":            {func() error { return stang(t.Context(), s, fk, o.ID, 2010) }, "saknas"},
		"before the organisation": {func() error { return stang(t.Context(), s, adm, o.ID, 2004) }, "utanfor-organisationen"},
		"opened by its own":       {func() error { return oppna(t.Context(), s, adm, o.ID, 2010) }, "behorighet-saknas"},
	} {
		if err := f.gor(); regel(err) != f.vill {
			t.Errorf("%s: %v", namn, err)
		}
	}
	if err := stang(t.Context(), s, adm, o.ID, 2010); err != nil {
		t.Fatal(err)
	}
	_, errV := s.SparaVolym(t.Context(), somVersion(adm, 1), i.ID, 2010, register.Volymuppgifter{})
	_, errO := spara(adm, 1, register.Organisationsbudgetuppgifter{})
	if regel(errV) != "budgetar-stangt" || regel(errO) != "budgetar-stangt" || regel(stang(t.Context(), s, adm, o.ID, 2010)) != "budgetar-stangt" {
		t.Errorf("in a closed year: %v, %v", errV, errO)
	}
	if err := oppna(t.Context(), s, fk, o.ID, 2010); err != nil {
		t.Fatal(err)
	}
	if l, err := spara(adm, 1, register.Organisationsbudgetuppgifter{}); err != nil || l.Version != 2 || len(l.Handelser) != 2 || !l.Handelser[0].Stangt || *l.Handelser[1].Skal != "Utfallet saknas." || l.Handelser[1].RegistreradAv != fk.ID {
		t.Errorf("opened again: %+v (%v)", l, err)
	}
	if v, err := s.Organisationsbudgetversioner(t.Context(), storetest.Som(adm), o.ID, 2010); err != nil || len(v) != 2 || len(v[0].Finansiering) != 2 || len(v[1].Finansiering) != 0 {
		t.Errorf("%+v (%v)", v, err)
	}
}

func TestAFinansiarWithPostsStaysFinansiar(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 5, 10))
	in := storetest.Organisationsuppgifter()
	o := storetest.Organisation(t, s, func(u *register.Organisationsuppgifter) { *u = in })
	adm := storetest.Aktor(register.RollSamverkansadministrator, o.ID)
	if _, err := s.SparaOrganisationsbudget(t.Context(), somVersion(adm, 0), o.ID, 2010, enOrganisationsbudget()); err != nil {
		t.Fatal(err)
	}
	in.Ingaende[0].Finansiar = false
	andra := func(version int) error {
		_, err := s.AndraSamverkansorganisation(t.Context(), somVersion(adm, version), o.ID, in)
		return err
	}
	if err := andra(1); regel(err) != "finansiar-har-poster" {
		t.Errorf("with posts: %v", err)
	}
	if _, err := s.SparaOrganisationsbudget(t.Context(), somVersion(adm, 1), o.ID, 2010, register.Organisationsbudgetuppgifter{}); err != nil {
		t.Fatal(err)
	}
	if err := andra(1); err != nil {
		t.Errorf("without: %v", err)
	}
}

var budgetar = storetest.Bevis(60, 10_000)

// TestRandomBudgetsComeToTheSameInRegisterAndInSQL: to the öre.
func TestRandomBudgetsComeToTheSameInRegisterAndInSQL(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2090, 5, 10))
	o, i, adm := raknande(t, s)
	r := rand.New(rand.NewPCG(storetest.Fro(t, 20261130), 1))
	belopp := func(negativt bool) register.Belopp {
		b := register.Belopp(r.Int64N(int64(register.MaxBelopp) + 1))
		if r.IntN(3) == 0 {
			b = register.Belopp(r.IntN(200)) // a few öre
		}
		if negativt && r.IntN(2) == 0 {
			b = -b
		}
		return b
	}
	utfall := func() *register.Belopp {
		if r.IntN(3) == 0 {
			return nil
		}
		b := belopp(true)
		return &b
	}
	super := d.Super(t)
	versioner, insatsversioner := map[int]int{}, map[int]int{}
	for n := range budgetar {
		ar := 2006 + r.IntN(80)
		var in register.Organisationsbudgetuppgifter
		for range r.IntN(6) {
			p := register.Finansieringspost{Finansiar: []string{"2021005521", "2120003005"}[r.IntN(2)], Beskrivning: fmt.Sprint("post ", n)}
			if r.IntN(3) == 0 {
				p.Beskrivning = "Eget kapital"
			}
			p.Belopp = belopp(p.ArEgetKapital())
			in.Finansiering = append(in.Finansiering, p)
		}
		for range r.IntN(6) {
			in.Administration = append(in.Administration, register.AdministrativKostnad{Kostnadstyp: register.Kostnadstyper[r.IntN(3)], Budget: belopp(false), Utfall: utfall()})
		}
		var poster []register.Insatsbudgetpost
		for range r.IntN(6) {
			poster = append(poster, register.Insatsbudgetpost{Budgettyp: register.Budgettyper[r.IntN(2)], Budget: belopp(false), Utfall: utfall(), Beskrivning: fmt.Sprint(n)})
		}
		b, err := s.SparaInsatsbudget(t.Context(), somVersion(adm, insatsversioner[ar]), i.ID, ar, register.Insatsbudgetuppgifter{Poster: poster})
		if err != nil {
			t.Fatal(err)
		}
		insatsversioner[ar] = b.Version
		l, err := s.SparaOrganisationsbudget(t.Context(), somVersion(adm, versioner[ar]), o.ID, ar, in)
		if err != nil {
			t.Fatal(err)
		}
		versioner[ar] = l.Version
		own := register.Organisationsbudget{Ar: ar, Finansiering: in.Finansiering, Administration: in.Administration}.Summor(l.Organisation, []register.Insatskostnader{
			{Insatsbudget: register.Insatsbudget{Poster: poster}.Summa(register.BudgetInsatskostnad), Esf: register.Insatsbudget{Poster: poster}.Summa(register.BudgetEsfInsatskostnad)}})
		var sql string
		if err := super.QueryRow(`select concat_ws(' ', (select coalesce(sum(belopp), 0.00) from finansieringspost where organisation_id = $1 and ar = $2 and version = $3),
				(select coalesce(sum(budget), 0.00) || ' ' || coalesce(sum(utfall), 0.00) from administrativ_kostnad where organisation_id = $1 and ar = $2 and version = $3),
				(select coalesce(sum(budget), 0.00) || ' ' || coalesce(sum(utfall), 0.00) from insatsbudgetpost where insats_id = $4 and ar = $2 and version = $5))`,
			o.ID, ar, l.Version, i.ID, b.Version).Scan(&sql); err != nil {
			t.Fatal(err)
		}
		summor := l.Summor()
		alla := summor.Insatser.Plus(summor.Esf)
		if got := strings.Join([]string{summor.Finansiering.String(), summor.Adm.Budget.String(), summor.Adm.Utfall.String(), alla.Budget.String(), alla.Utfall.String()}, " "); got != sql {
			t.Fatalf("%d: register %s, SQL %s", n, got, sql)
		}
		if fmt.Sprint(own) != fmt.Sprint(summor) {
			t.Fatalf("%d: sent %v, read %v", n, own, summor)
		}
	}
}

// TestRaceOfWritersAgainstAClosingYear: what is written is written before, or refused. A
// watch in the database looks when a writer commits.
func TestRaceOfWritersAgainstAClosingYear(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	d.UtanDodlas()
	super := d.Super(t)
	for _, sats := range []string{`create function vakt() returns trigger language plpgsql as $$ begin
			if exists (select from budgetar b where b.ar = new.ar and b.stangt) then raise exception 'written in a closed year'; end if; return null; end $$`,
		`create constraint trigger vakt after insert on volym deferrable initially deferred for each row execute function vakt()`,
		`create constraint trigger vakt after insert on insatsbudget deferrable initially deferred for each row execute function vakt()`,
		`create constraint trigger vakt after insert on organisationsbudget deferrable initially deferred for each row execute function vakt()`} {
		if _, err := super.Exec(sats); err != nil {
			t.Fatal(err)
		}
	}
	s := d.Vid(stillaklocka(2090, 5, 10))
	o, i, adm := raknande(t, s)
	for namn, skriv := range map[string]func(ar, version int) error{
		"volym": func(ar, version int) error {
			_, err := s.SparaVolym(t.Context(), somVersion(adm, version), i.ID, ar, register.Volymuppgifter{AntalMan: version + 1})
			return err
		},
		"insatsbudget": func(ar, version int) error {
			in := enInsatsbudget()
			in.Poster[0].Budget = register.Belopp(version)
			_, err := s.SparaInsatsbudget(t.Context(), somVersion(adm, version), i.ID, ar, in)
			return err
		},
		"organisationsbudget": func(ar, version int) error {
			in := enOrganisationsbudget()
			in.Finansiering[0].Belopp = register.Belopp(version)
			_, err := s.SparaOrganisationsbudget(t.Context(), somVersion(adm, version), o.ID, ar, in)
			return err
		},
	} {
		var v vinster
		versioner := map[int]int{}
		for n := range *kapplopp {
			ar := 2006 + n%80
			skrev, stangde := samtidigt(func() error { return skriv(ar, versioner[ar]) }, func() error { return stang(t.Context(), s, adm, o.ID, ar) })
			if stangde != nil || skrev != nil && regel(skrev) != "budgetar-stangt" {
				t.Fatalf("%s: %v and %v", namn, skrev, stangde)
			}
			if skrev == nil {
				versioner[ar]++
			}
			v.rakna(skrev == nil)
			if err := oppna(t.Context(), s, storetest.Systemforvaltare(), o.ID, ar); err != nil {
				t.Fatal(err)
			}
		}
		v.prova(t, namn+" against the close")
		var vill int
		for _, n := range versioner {
			vill += n
		}
		if n := storetest.Rakna(t, super, `select count(*) from `+namn); n != vill {
			t.Errorf("%s: %d versions, %d writers were told that they wrote", namn, n, vill)
		}
	}
}

func TestRaceOfTwoWhoSayAYearsVolymFirstGivesOneVersion(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	d.UtanDodlas()
	s := d.Vid(stillaklocka(2090, 5, 10))
	o, _, adm := raknande(t, s)
	var v vinster
	for n := range *kapplopp {
		i := storetest.Insats(t, s, o, func(u *register.Insatsuppgifter) { u.Deltagarregistrering = register.EndastAntal })
		spara := func(man int) func() error {
			return func() error {
				_, err := s.SparaVolym(t.Context(), somVersion(adm, 0), i.ID, 2006+n%80, register.Volymuppgifter{AntalMan: man})
				return err
			}
		}
		e1, e2 := samtidigt(spara(1), spara(2))
		if (e1 == nil) == (e2 == nil) || regel(e1)+regel(e2) != "foraldrad" {
			t.Fatalf("%v and %v", e1, e2)
		}
		v.rakna(e1 == nil)
	}
	v.prova(t, "two first volymer")
}

func TestRaceOfVolymAgainstAnotherMethodLeavesOneOfThem(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	d.UtanDodlas()
	s := d.Vid(stillaklocka(2090, 5, 10))
	o, _, adm := raknande(t, s)
	var v vinster
	for range *kapplopp {
		i := storetest.Insats(t, s, o, func(u *register.Insatsuppgifter) { u.Deltagarregistrering = register.EndastAntal })
		skrev, bytte := samtidigt(func() error {
			_, err := s.SparaVolym(t.Context(), somVersion(adm, 0), i.ID, 2010, register.Volymuppgifter{AntalMan: 1})
			return err
		}, func() error {
			_, err := s.AndraInsats(t.Context(), somVersion(adm, 1), i.ID, storetest.Insatsuppgifter(o))
			return err
		})
		if (skrev == nil) == (bytte == nil) || skrev != nil && regel(skrev) != "insats-raknar-inte" || bytte != nil && regel(bytte) != "insats-last" {
			t.Fatalf("%v and %v", skrev, bytte)
		}
		v.rakna(skrev == nil)
	}
	v.prova(t, "volym against another method")
	if n := storetest.Rakna(t, d.Super(t), `select count(*) from volym v join insats n on n.id = v.insats_id where n.deltagarregistrering <> 'ENDAST_ANTAL'`); n != 0 {
		t.Errorf("%d volymer in insatser that have deltaganden", n)
	}
}
