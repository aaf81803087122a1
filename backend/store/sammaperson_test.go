package store_test

import (
	"bytes"
	"database/sql"
	"slices"
	"testing"

	"github.com/google/uuid"

	"sus/backend/rapport"
	"sus/backend/rapport/rapporttest"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/statistik"
	"sus/backend/store/storetest"
)

// The numbers of one person: a samordningsnummer that became a personnummer, which
// was replaced again with the juridiska kön.
var (
	numretA = aterstallt("198003772392")
	numretB = register.Testnummer(register.NyttDatum(1980, 3, 17), false)
	numretC = register.Testnummer(register.NyttDatum(1980, 3, 17), true)
)

func aterstallt(siffror string) register.Personnummer {
	p, err := register.AterstallPersonnummer(siffror)
	if err != nil {
		panic(err)
	}
	return p
}

// ersatter is the register's answer about a number that replaced another one, and
// ersatt that about one that was replaced.
func ersatter(s *store.Store, gammalt register.Personnummer) register.Folkbokforingspost {
	post := storetest.Post(s.Nu())
	post.TidigareNummer = gammalt.Siffror()
	return post
}

func ersatt(s *store.Store, nytt register.Personnummer) register.Folkbokforingspost {
	post := storetest.Post(s.Nu())
	post.Avregistrerad, post.NyttNummer = true, nytt.Siffror()
	return post
}

func lar(t *testing.T, s *store.Store, p register.Personnummer, post register.Folkbokforingspost) {
	t.Helper()
	if err := taEmotSvar(t.Context(), s, p, post); err != nil {
		t.Fatal(err)
	}
}

// parad is two insatser of two organisationer, each with somebody who registers there.
type parad struct {
	*storetest.Databas
	s      *store.Store
	super  *sql.DB
	i1, i2 register.Insats
	a1, a2 register.Aktor
}

func nyParad(t *testing.T) parad {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 5, 10))
	p := parad{Databas: d, s: s, super: d.Super(t)}
	p.i1, p.a1 = huset(t, s)
	p.i2, p.a2 = huset(t, s)
	return p
}

// personer is how many keys the deltaganden of these have: each has its own, if they
// are not known to be one person's.
func (p parad) personer(t *testing.T, deltaganden ...register.Deltagande) int {
	t.Helper()
	personer := map[int]bool{}
	for _, d := range deltaganden {
		n := storetest.Rakna(t, p.super, `select person from deltagande where id = $1`, d.ID)
		personer[n] = true
		// The facts are of the same key.
		if andra := storetest.Rakna(t, p.super, `select (select count(*) from fakt_in where reg = $1 and person <> $2) + (select count(*) from fakt_ut where reg = $1 and person <> $2)`, d.Reg, n); andra != 0 {
			t.Errorf("%d fakta har en annan nyckel än deltagandet", andra)
		}
	}
	return len(personer)
}

// nyckel is the person of a number, 0 for one that has no key.
func (p parad) nyckel(t *testing.T, nr register.Personnummer) int {
	t.Helper()
	return storetest.Rakna(t, p.super, `select coalesce((select person from personnyckel where blindindex = $1), 0)`, p.Nycklar.Blindindex(nr))
}

func (p parad) unika(t *testing.T, ar int) (start, slut int) {
	t.Helper()
	r, err := p.Statistik.Rapport(t.Context(), storetest.Som(register.Aktor{ID: uuid.UUID{1}, Roller: []register.Roll{register.RollSusrapport}}), "deltagarrapport", "forsorjning",
		rapport.Urval{Samverkansform: register.FormFinsam, Tid: rapport.Budgetar(ar)})
	if err != nil {
		t.Fatal(err)
	}
	bok := rapporttest.BokAv(t, &r)
	return bok.Start.Unika, bok.Slut.Unika
}

// hel asks that the facts are what the registrations say, and that the log is whole.
func (p parad) hel(t *testing.T) {
	t.Helper()
	if k, err := statistik.Kontrollera(t.Context(), p.MigrateURL); err != nil || k.Skillnader() != 0 {
		t.Errorf("kontrollen fann %+v (%v)", k, err)
	}
	if k, err := p.s.KontrolleraLogg(t.Context()); err != nil || k.Brutet != "" {
		t.Errorf("loggen är %+v (%v)", k, err)
	}
}

func (p parad) hittas(t *testing.T, a register.Aktor, i register.Insats, nr register.Personnummer, vill ...uuid.UUID) {
	t.Helper()
	traffar := map[uuid.UUID]bool{}
	for _, d := range sok(t, p.s, a, i, nr) {
		traffar[d.ID] = true
	}
	rader, antal, err := p.s.SokDeltaganden(t.Context(), storetest.Som(a), i.ID, register.Deltagandesokning{Personnummer: nr}, db.Sida{Limit: 20})
	if err != nil || antal != len(vill) || len(rader) != len(vill) || len(traffar) != len(vill) {
		t.Errorf("sökningarna ger %d och %d deltaganden, ville ha %d (%v)", len(traffar), antal, len(vill), err)
		return
	}
	for _, id := range vill {
		if !traffar[id] {
			t.Error("sökningen ger ett annat deltagande")
		}
	}
}

// skrivInTill is how an in-registration under nr fails, on a samtycke that is then
// withdrawn.
func (p parad) skrivInTill(t *testing.T, s *store.Store, a register.Aktor, i register.Insats, nr register.Personnummer) string {
	t.Helper()
	c := storetest.Samtycke(t, s, a, i, nr)
	var d register.Deltagande
	_, err := s.SkrivIn(t.Context(), storetest.Som(a), storetest.Inregistrering(c, register.NyttDatum(2011, 4, 1)), nil, ta(&d))
	storetest.Aterkalla(t, s, a, c.ID)
	return regel(err)
}

func TestAReplacedNumberMakesOnePersonOfTwoAlsoInThePast(t *testing.T) {
	for vem, lart := range map[string]func(*testing.T, *store.Store){
		"the new one points back":    func(t *testing.T, s *store.Store) { lar(t, s, numretB, ersatter(s, numretA)) },
		"the old one points forward": func(t *testing.T, s *store.Store) { lar(t, s, numretA, ersatt(s, numretB)) },
	} {
		t.Run(vem, func(t *testing.T) {
			p := nyParad(t)
			gammalt := storetest.Deltagande(t, p.s, p.a1, p.i1, numretA, register.NyttDatum(2010, 1, 10))
			gammalt = storetest.SkrivUt(t, p.s, p.a1, gammalt, storetest.Utregistrering(register.NyttDatum(2010, 4, 1)))
			nytt := storetest.Deltagande(t, p.s, p.a2, p.i2, numretB, register.NyttDatum(2010, 2, 10))
			nytt = storetest.SkrivUt(t, p.s, p.a2, nytt, storetest.Utregistrering(register.NyttDatum(2010, 4, 1)))
			oppet := storetest.Deltagande(t, p.s, p.a2, p.i2, numretA, register.NyttDatum(2011, 2, 10))
			if start, slut := p.unika(t, 2010); start != 2 || slut != 2 || p.personer(t, gammalt, nytt) != 2 {
				t.Fatalf("före: %d och %d unika", start, slut)
			}
			forut := p.nyckel(t, numretA)
			lart(t, p.s)
			if start, slut := p.unika(t, 2010); start != 1 || slut != 1 {
				t.Errorf("%d och %d unika efteråt", start, slut)
			}
			if n := p.personer(t, gammalt, nytt, oppet); n != 1 || p.nyckel(t, numretA) != p.nyckel(t, numretB) {
				t.Errorf("%d nycklar", n)
			}
			if n := storetest.Rakna(t, p.super, `select count(*) from persontal where person = $1`, forut); n != 1 {
				t.Error("det persontal som försvann kan ges ut igen")
			}
			for _, nr := range []register.Personnummer{numretA, numretB} {
				p.hittas(t, p.a1, p.i1, nr, gammalt.ID)
				p.hittas(t, p.a2, p.i2, nr, nytt.ID, oppet.ID)
				if r := p.skrivInTill(t, p.s, p.a2, p.i2, nr); r != "redan-oppen" {
					t.Errorf("en inregistrering till gav %q", r)
				}
			}
			const sammanforda = `select count(*) from loggpost l where l.handelse = 'PERSONNYCKEL_SAMMANFORD'`
			const om = `select count(*) from loggpost l join loggperson p on p.loggpost_id = l.id where l.handelse = 'PERSONNYCKEL_SAMMANFORD'`
			if n, personer := storetest.Rakna(t, p.super, sammanforda), storetest.Rakna(t, p.super, om); n != 1 || personer != 3 {
				t.Errorf("%d loggrader om %d samtycken, ville ha en om 3", n, personer)
			}
			// Learned again, in either direction, it changes nothing.
			fore := p.nyckel(t, numretA)
			lar(t, p.s, numretB, ersatter(p.s, numretA))
			lar(t, p.s, numretA, ersatt(p.s, numretB))
			if n := storetest.Rakna(t, p.super, sammanforda); n != 1 || p.nyckel(t, numretA) != fore || p.nyckel(t, numretB) != fore {
				t.Errorf("det som var känt gav %d loggrader", n)
			}
			p.hel(t)
		})
	}
}

// vantande is the deltagande that each of the two says is the same person's, as the
// list, the search and the deltagande itself tell it.
func (p parad) vantande(t *testing.T, vill map[uuid.UUID]*uuid.UUID) {
	t.Helper()
	visa := func(plats string, d store.DeltagandeMedIdentitet) {
		t.Helper()
		v := vill[d.ID]
		if (v == nil) != (d.SammaPersonSom == nil) || v != nil && *v != *d.SammaPersonSom {
			t.Errorf("%s: deltagandet pekar på %v, ville ha %v", plats, d.SammaPersonSom, v)
		}
	}
	lista, _, err := p.s.Deltaganden(t.Context(), storetest.Som(p.a1), p.i1.ID, store.DeltagandeFilter{}, db.Sida{Limit: 50})
	if err != nil || len(lista) < len(vill) {
		t.Fatalf("listan har %d rader (%v)", len(lista), err)
	}
	baraParade(t, p.s, p.a1, p.i1.ID, lista)
	for _, d := range lista {
		visa("listan", d)
		ett, err := p.s.Deltagande(t.Context(), storetest.Som(p.a1), d.ID)
		if err != nil {
			t.Fatal(err)
		}
		visa("deltagandet", ett)
	}
	hittade, _, err := p.s.SokDeltaganden(t.Context(), storetest.Som(p.a1), p.i1.ID, register.Deltagandesokning{Personnummer: numretA}, db.Sida{Limit: 50})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range hittade {
		visa("sökningen", d)
	}
}

func TestALinkWaitsWhileBothHaveAnOpenDeltagandeInOneInsats(t *testing.T) {
	felaktigt := storetest.Utregistrering(register.NyttDatum(2011, 4, 1))
	felaktigt.Avslutsanledning, felaktigt.Efter = "FELREGISTRERING", nil
	for slutar, f := range map[string]struct {
		sluta  func(*testing.T, parad, register.Deltagande)
		unika  int // who started in 2011, when both are one again
		hittas int // of the two, by the number of the one that ended
	}{
		"an exit": {func(t *testing.T, p parad, d register.Deltagande) {
			storetest.SkrivUt(t, p.s, p.a1, d, storetest.Utregistrering(register.NyttDatum(2011, 4, 1)))
		}, 1, 2},
		"a felregistrering": {func(t *testing.T, p parad, d register.Deltagande) { storetest.SkrivUt(t, p.s, p.a1, d, felaktigt) }, 1, 2},
		"a withdrawal":      {func(t *testing.T, p parad, d register.Deltagande) { storetest.Aterkalla(t, p.s, p.a1, d.SamtyckeID) }, 2, 1},
	} {
		for vem, forst := range map[string]bool{"of the old number": true, "of the new number": false} {
			t.Run(slutar+" "+vem, func(t *testing.T) {
				p := nyParad(t)
				d1 := storetest.Deltagande(t, p.s, p.a1, p.i1, numretA, register.NyttDatum(2011, 1, 10))
				d2 := storetest.Deltagande(t, p.s, p.a1, p.i1, numretB, register.NyttDatum(2011, 2, 10))
				borta := storetest.SkrivUt(t, p.s, p.a2, storetest.Deltagande(t, p.s, p.a2, p.i2, numretA, register.NyttDatum(2010, 1, 10)), storetest.Utregistrering(register.NyttDatum(2010, 4, 1)))
				lar(t, p.s, numretB, ersatter(p.s, numretA))
				lar(t, p.s, numretA, ersatt(p.s, numretB))
				if p.personer(t, d1, d2) != 2 {
					t.Fatal("två öppna deltaganden i en insats har en nyckel")
				}
				p.vantande(t, map[uuid.UUID]*uuid.UUID{d1.ID: &d2.ID, d2.ID: &d1.ID})
				p.hittas(t, p.a1, p.i1, numretA, d1.ID, d2.ID)
				p.hittas(t, p.a1, p.i1, numretB, d1.ID, d2.ID)
				p.hittas(t, p.a2, p.i2, numretB, borta.ID)
				// Elsewhere they are one person already.
				annan := storetest.SkrivIn(t, p.s, p.a2, storetest.Samtycke(t, p.s, p.a2, p.i2, numretB), register.NyttDatum(2011, 3, 10))
				for _, s := range []*store.Store{p.s, store.UtanForkontroll(p.s)} {
					if r := p.skrivInTill(t, s, p.a2, p.i2, numretA); r != "redan-oppen" {
						t.Errorf("med båda numren i en annan insats: %q", r)
					}
					if r := p.skrivInTill(t, s, p.a1, p.i1, numretA); r != "redan-oppen" {
						t.Errorf("en tredje gång i samma insats: %q", r)
					}
				}
				det, andra := d1, d2
				nr := numretA
				if !forst {
					det, andra, nr = d2, d1, numretB
				}
				f.sluta(t, p, det)
				if n := storetest.Rakna(t, p.super, `select count(*) from personlank_vantar`); n != 0 {
					t.Errorf("%d länkar väntar än", n)
				}
				if n := p.personer(t, andra, annan, borta); n != 1 || p.nyckel(t, numretA) != p.nyckel(t, numretB) || p.nyckel(t, numretA) == 0 {
					t.Errorf("%d nycklar efteråt", n)
				}
				if n, _ := p.unika(t, 2011); n != f.unika {
					t.Errorf("%d unika, ville ha %d", n, f.unika)
				}
				if n := len(sok(t, p.s, p.a1, p.i1, nr)); n != f.hittas {
					t.Errorf("sökningen finner %d", n)
				}
				p.vantande(t, map[uuid.UUID]*uuid.UUID{d1.ID: nil, d2.ID: nil})
				p.hel(t)
			})
		}
	}
}

func TestAnAterkallelseLetsGoOfItsOwnNumberOnly(t *testing.T) {
	p := nyParad(t)
	d1 := storetest.Deltagande(t, p.s, p.a1, p.i1, numretA, register.NyttDatum(2010, 1, 10))
	d2 := storetest.Deltagande(t, p.s, p.a2, p.i2, numretB, register.NyttDatum(2010, 2, 10))
	lar(t, p.s, numretB, ersatter(p.s, numretA))
	lar(t, p.s, numretB, ersatt(p.s, numretC)) // nobody is registered as C
	sok(t, p.s, p.a1, p.i1, numretC)
	person := p.nyckel(t, numretB)
	if p.nyckel(t, numretA) != person || p.nyckel(t, numretC) != person {
		t.Fatal("de tre numren har inte en nyckel")
	}
	storetest.Aterkalla(t, p.s, p.a1, d1.SamtyckeID)
	if p.nyckel(t, numretA) != 0 || p.nyckel(t, numretB) != person || p.nyckel(t, numretC) != person || p.personer(t, d2) != 1 {
		t.Error("återkallelsen tog mer eller mindre än sitt eget nummer")
	}
	if n := storetest.Rakna(t, p.super, `select count(*) from loggperson where insats_id = $1`, p.i1.ID); n != 0 {
		t.Errorf("%d personer är kvar i insatsens logg", n)
	}
	p.hittas(t, p.a2, p.i2, numretC, d2.ID)
	p.hittas(t, p.a2, p.i2, numretA)
	if start, _ := p.unika(t, 2010); start != 2 {
		t.Errorf("%d unika", start)
	}
	storetest.Aterkalla(t, p.s, p.a2, d2.SamtyckeID)
	if n := storetest.Rakna(t, p.super, `select count(*) from personnyckel`); n != 0 {
		t.Errorf("%d nycklar är kvar utan samtycke", n)
	}
	p.hel(t)
}

func TestAChainOfNumbersIsOnePersonInWhateverOrderItIsLearned(t *testing.T) {
	framat := func(a, b register.Personnummer) func(*testing.T, parad) {
		return func(t *testing.T, p parad) { lar(t, p.s, a, ersatt(p.s, b)) }
	}
	bakat := func(a, b register.Personnummer) func(*testing.T, parad) {
		return func(t *testing.T, p parad) { lar(t, p.s, b, ersatter(p.s, a)) }
	}
	for ordning, lart := range map[string][]func(*testing.T, parad){
		"from the first": {framat(numretA, numretB), framat(numretB, numretC)},
		"from the last":  {bakat(numretB, numretC), bakat(numretA, numretB)},
		"both ways":      {bakat(numretB, numretC), framat(numretB, numretC), framat(numretA, numretB), bakat(numretA, numretB), framat(numretA, numretB)},
	} {
		t.Run(ordning, func(t *testing.T) {
			p := nyParad(t)
			d1 := storetest.Deltagande(t, p.s, p.a1, p.i1, numretA, register.NyttDatum(2010, 1, 10))
			d3 := storetest.Deltagande(t, p.s, p.a2, p.i2, numretC, register.NyttDatum(2010, 1, 10))
			for _, l := range lart {
				l(t, p)
			}
			if n := p.personer(t, d1, d3); n != 1 || p.nyckel(t, numretB) != p.nyckel(t, numretC) {
				t.Errorf("%d nycklar", n)
			}
			p.hittas(t, p.a1, p.i1, numretC, d1.ID)
			p.hittas(t, p.a2, p.i2, numretB, d3.ID)
			p.hel(t)
		})
	}
}

func TestThreeOpenUnderThreeNumbersBecomeOneAsTheyEnd(t *testing.T) {
	p := nyParad(t)
	var d []register.Deltagande
	for _, nr := range []register.Personnummer{numretA, numretB, numretC} {
		d = append(d, storetest.Deltagande(t, p.s, p.a1, p.i1, nr, register.NyttDatum(2011, 1, 10)))
	}
	lar(t, p.s, numretA, ersatt(p.s, numretB))
	lar(t, p.s, numretC, ersatter(p.s, numretB))
	for n, vill := range []int{3, 2, 1} {
		if antal := p.personer(t, d...); antal != vill {
			t.Errorf("med %d avslutade: %d nycklar, ville ha %d", n, antal, vill)
		}
		par := storetest.Rakna(t, p.super, `select count(*) from personlank_vantar`)
		if par != []int{3, 1, 0}[n] {
			t.Errorf("med %d avslutade väntar %d par", n, par)
		}
		storetest.SkrivUt(t, p.s, p.a1, d[n], storetest.Utregistrering(register.NyttDatum(2011, 4, 1)))
	}
	p.hel(t)
}

func TestNothingIsKeptOfTheNumbersOfStrangers(t *testing.T) {
	p := nyParad(t)
	lar(t, p.s, numretA, ersatt(p.s, numretB))
	c := storetest.Samtycke(t, p.s, p.a1, p.i1, numretA)
	storetest.Aterkalla(t, p.s, p.a1, c.ID)
	lar(t, p.s, numretB, ersatter(p.s, numretA))
	if n := storetest.Rakna(t, p.super, `select (select count(*) from personnyckel) + (select count(*) from loggpost where handelse = 'PERSONNYCKEL_SAMMANFORD')`); n != 0 {
		t.Errorf("%d rader skrevs", n)
	}
}

func TestASamtyckeTeachesWhatTheRegisterSaidOfIt(t *testing.T) {
	p := nyParad(t)
	skapa := func(a register.Aktor, i register.Insats, nr register.Personnummer, post register.Folkbokforingspost) register.Samtycke {
		var c store.SamtyckeMedIdentitet
		if _, err := p.s.SkapaSamtycke(t.Context(), storetest.Som(a), storetest.Samtyckesuppgifter(p.s, i, nr), post, ta(&c)); err != nil {
			t.Fatal(err)
		}
		return c.Samtycke
	}
	c1 := skapa(p.a1, p.i1, numretA, storetest.Post(p.s.Nu()))
	c2 := skapa(p.a2, p.i2, numretB, ersatter(p.s, numretA))
	if o := sokPerson(t, p.s, p.a1, p.i1, numretB).Oanvant; o == nil || o.ID != c1.ID {
		t.Error("samtycket som väntar hittas inte med det nya numret")
	}
	d1 := storetest.SkrivIn(t, p.s, p.a1, c1, register.NyttDatum(2011, 1, 10))
	d2 := storetest.SkrivIn(t, p.s, p.a2, c2, register.NyttDatum(2011, 1, 10))
	if n := p.personer(t, d1, d2); n != 1 {
		t.Errorf("%d nycklar", n)
	}
	// An in-registration learns it too, when it had to ask again.
	c3 := skapa(p.a2, p.i2, numretC, storetest.Post(p.s.Nu()))
	senare := p.Vid(stillaklocka(2011, 5, 20))
	post := ersatter(senare, numretB)
	var d register.Deltagande
	if _, err := senare.SkrivIn(t.Context(), storetest.Som(p.a2), storetest.Inregistrering(c3, register.NyttDatum(2011, 1, 10)), &post, ta(&d)); regel(err) != "redan-oppen" {
		t.Errorf("under det tredje numret: %v", err)
	}
	p.hel(t)
}

func TestAnIdentitetThatWasErasedForProtectionLeavesADeltagandeThatStillIsThePersons(t *testing.T) {
	p := nyParad(t)
	d1 := storetest.Deltagande(t, p.s, p.a1, p.i1, numretA, register.NyttDatum(2011, 1, 10))
	d2 := storetest.Deltagande(t, p.s, p.a1, p.i1, numretB, register.NyttDatum(2011, 1, 10))
	lar(t, p.s, numretB, ersatter(p.s, numretA))
	if _, err := p.super.ExecContext(t.Context(), `delete from identitet where samtycke_id = $1`, d1.SamtyckeID); err != nil {
		t.Fatal(err)
	}
	storetest.SkrivUt(t, p.s, p.a1, d2, storetest.Utregistrering(register.NyttDatum(2011, 4, 1)))
	if n := p.personer(t, d1, d2); n != 1 {
		t.Errorf("%d nycklar", n)
	}
	p.hel(t)
}

func TestTheServerSeesNobodysPersonnyckelAndNoOthersWaitingPairs(t *testing.T) {
	p := nyParad(t)
	a := storetest.Deltagande(t, p.s, p.a1, p.i1, numretA, register.NyttDatum(2011, 1, 10))
	b := storetest.Deltagande(t, p.s, p.a1, p.i1, numretB, register.NyttDatum(2011, 1, 10))
	framling := storetest.Deltagande(t, p.s, p.a1, p.i1, storetest.Person(fodd), register.NyttDatum(2011, 1, 10))
	slutat := storetest.Deltagande(t, p.s, p.a2, p.i2, numretA, register.NyttDatum(2011, 1, 10))
	storetest.SkrivUt(t, p.s, p.a2, slutat, storetest.Utregistrering(register.NyttDatum(2011, 4, 1)))
	oppet := storetest.Deltagande(t, p.s, p.a2, p.i2, numretB, register.NyttDatum(2011, 1, 10))
	lar(t, p.s, numretB, ersatter(p.s, numretA))
	app := p.App(t)
	nyckelA, nyckelB, annans := p.nyckel(t, numretA), p.nyckel(t, numretB), p.nyckel(t, storetest.Person(fodd))
	for namn, f := range map[string]struct {
		personer, fran, till any
		i                    register.Insats
		par                  []uuid.UUID
	}{
		"a stranger's key taken":      {[]int{nyckelA, nyckelB}, []int{annans}, []int{nyckelA}, p.i1, nil},
		"a key given to a stranger":   {[]int{nyckelA, nyckelB}, []int{nyckelA}, []int{annans}, p.i1, nil},
		"a key of nobody asked about": {nil, []int{nyckelA}, []int{nyckelB}, p.i1, nil},
		"a pair with a stranger":      {[]int{nyckelA, nyckelB}, []int{}, []int{}, p.i1, []uuid.UUID{a.ID, framling.ID}},
		"a pair of one that ended":    {[]int{nyckelA, nyckelB}, []int{}, []int{}, p.i2, []uuid.UUID{slutat.ID, oppet.ID}},
		"a pair in another insats":    {[]int{nyckelA, nyckelB}, []int{}, []int{}, p.i2, []uuid.UUID{a.ID, b.ID}},
	} {
		par := f.par
		insatser, ena, andra := []uuid.UUID{}, []uuid.UUID{}, []uuid.UUID{}
		if par != nil {
			slices.SortFunc(par, func(x, y uuid.UUID) int { return bytes.Compare(x[:], y[:]) })
			insatser, ena, andra = append(insatser, f.i.ID), append(ena, par[0]), append(andra, par[1])
		}
		_, err := app.ExecContext(t.Context(), `select sus_sammanfor($1, $2, $3, $4, $5, $6)`, f.personer, f.fran, f.till, insatser, ena, andra)
		if err == nil || !innehaller(err.Error(), "42501") {
			t.Errorf("%s: %v", namn, err)
		}
	}
	for _, sats := range []string{`select from personnyckel`, `insert into personnyckel values ('\x00', 1)`, `update personnyckel set person = 1`, `delete from personnyckel`,
		`delete from personlank_vantar`, `insert into personlank_vantar values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid())`, `select sus_lankade('{1}')`} {
		if _, err := app.ExecContext(t.Context(), sats); err == nil {
			t.Errorf("tjänsten fick köra «%s»", sats)
		}
	}
	egen, annan := p.i1.ID.String(), p.i2.ID.String()
	for insatser, vill := range map[*string]int{nil: 0, &annan: 0, &egen: 1} {
		if n := antal(t, app, insatser, "personlank_vantar"); n != vill {
			t.Errorf("%d väntande par syns, ville ha %d", n, vill)
		}
	}
}

func TestProtectionReachesTheNumberWhoseLinkWaits(t *testing.T) {
	p := nyParad(t)
	storetest.Deltagande(t, p.s, p.a1, p.i1, numretA, register.NyttDatum(2011, 1, 10))
	storetest.Deltagande(t, p.s, p.a1, p.i1, numretB, register.NyttDatum(2011, 1, 10))
	lar(t, p.s, numretB, ersatter(p.s, numretA))
	lar(t, p.s, numretB, register.Folkbokforingspost{Hittad: true, Skydd: register.SkyddSekretessmarkering, Uppslagen: p.s.Nu()})
	if n := storetest.Rakna(t, p.super, `select count(*) from identitet`); n != 0 {
		t.Errorf("%d identiteter är kvar", n)
	}
	p.hel(t)
}
