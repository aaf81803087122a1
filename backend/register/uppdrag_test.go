package register

import (
	"errors"
	"testing"

	"github.com/google/uuid"
)

func faltAv(err error) (kod Kod, pekare, regel string) {
	var e *Error
	if !errors.As(err, &e) {
		return "", "", ""
	}
	if len(e.Falt) > 0 {
		return e.Kod, e.Falt[0].Pekare, e.Falt[0].Regel.String()
	}
	return e.Kod, "", e.Regel.String()
}

func TestWhoGetsAnUppdragAndWhen(t *testing.T) {
	idag := dag("2026-11-30")
	tom := func(s string) *Datum { return ptr(dag(s)) }
	eva := func() Innehavare {
		return Innehavare{Finns: true, Anstalld: true, Medlem: true, Behorigheter: []Behorighet{
			{Roll: RollDeltagaransvarig, Period: NyPeriod(dag("2026-12-01"), dag("2027-11-30"))},
			{Roll: RollInsatsansvarig, Period: NyPeriod(dag("2025-12-01"), dag("2026-11-30"))},
		}}
	}
	type fall struct {
		in    Uppdragsgivning
		plats Uppdragsplats
		vem   Innehavare
		har   []Period
	}
	bas := func() fall {
		return fall{in: Uppdragsgivning{AnvandareID: uuid.UUID{1}, Roll: RollDeltagaransvarig, Period: Period{Fran: dag("2026-12-01")}},
			plats: Uppdragsplats{OrganisationID: uuid.UUID{2}, InsatsID: uuid.UUID{3}, Organisation: Period{Fran: dag("2005-01-01")}, Insats: Period{Fran: dag("2026-01-01")}},
			vem:   eva()}
	}
	for namn, f := range map[string]struct {
		andra         func(*fall)
		kod           Kod
		pekare, regel string
	}{
		"as it should be":                  {},
		"today, the role from tomorrow on": {andra: func(f *fall) { f.in.Fran = idag }},
		"yesterday":                        {func(f *fall) { f.in.Fran = idag.Plus(-1) }, KodOgiltig, "/franOchMed", "forfluten-dag"},
		"over before the role begins":      {func(f *fall) { f.in.Fran, f.in.Tom = idag, tom("2026-11-30") }, KodOgiltig, "/anvandareId", "mottagaren-saknar-behorighet"},
		"the role ends the day before":     {func(f *fall) { f.in.Roll = RollInsatsansvarig }, KodOgiltig, "/anvandareId", "mottagaren-saknar-behorighet"},
		"the role's last day":              {andra: func(f *fall) { f.in.Roll, f.in.Fran = RollInsatsansvarig, idag }},
		"a role never held":                {func(f *fall) { f.in.Roll = RollSamverkansadministrator }, KodOgiltig, "/anvandareId", "mottagaren-saknar-behorighet"},
		"nobody":                           {func(f *fall) { f.vem = Innehavare{} }, KodOgiltig, "/anvandareId", "okand-kod"},
		"employed by others":               {func(f *fall) { f.vem.Anstalld = false }, KodOgiltig, "/anvandareId", "okand-kod"},
		"the employer is no Medlem":        {func(f *fall) { f.vem.Medlem = false }, KodOgiltig, "/anvandareId", "arbetsgivaren-inte-medlem"},
		"of an insatsansvarig that is no matter": {andra: func(f *fall) {
			f.vem.Medlem, f.in.Roll, f.in.Fran = false, RollInsatsansvarig, idag
		}},
		"the end before the start":            {func(f *fall) { f.in.Tom = tom("2026-11-30") }, KodOgiltig, "/tillOchMed", "slut-fore-start"},
		"the insats is over":                  {func(f *fall) { f.plats.Insats.Tom = tom("2026-11-30") }, KodOgiltig, "/franOchMed", "utanfor-insatsen"},
		"the insats's last day":               {andra: func(f *fall) { f.plats.Insats.Tom = tom("2026-12-01") }},
		"the organisation is over":            {func(f *fall) { f.plats.Organisation.Tom = tom("2026-11-30") }, KodOgiltig, "/franOchMed", "utanfor-organisationen"},
		"given already":                       {func(f *fall) { f.har = []Period{{Fran: dag("2027-01-01")}} }, KodKonflikt, "/anvandareId", "uppdrag-finns"},
		"the one before ended the day before": {andra: func(f *fall) { f.har = []Period{NyPeriod(dag("2026-01-01"), dag("2026-11-30"))} }},
	} {
		t.Run(namn, func(t *testing.T) {
			x := bas()
			if f.andra != nil {
				f.andra(&x)
			}
			err := ProvaUppdrag(x.in, x.plats, x.vem, x.har, idag)
			if kod, pekare, regel := faltAv(err); kod != f.kod || pekare != f.pekare || regel != f.regel {
				t.Errorf("%s %s %s, want %s %s %s", kod, pekare, regel, f.kod, f.pekare, f.regel)
			}
		})
	}
}

func TestAnUppdragEndsAtOnceAndWhatHasBeenStays(t *testing.T) {
	idag := dag("2026-11-30")
	tom := func(s string) *Datum { return ptr(dag(s)) }
	eva := Innehavare{Finns: true, Anstalld: true, Medlem: true, Behorigheter: []Behorighet{{Roll: RollDeltagaransvarig, Period: NyPeriod(dag("2026-01-01"), dag("2027-06-30"))}}}
	plats := Uppdragsplats{InsatsID: uuid.UUID{3}, Organisation: Period{Fran: dag("2005-01-01")}, Insats: Period{Fran: dag("2026-01-01")}}
	slutad := plats
	slutad.Insats.Tom = tom("2026-11-29")
	utan, annanstans := eva, eva
	utan.Behorigheter, annanstans.Medlem = nil, false
	for namn, f := range map[string]struct {
		u             Period
		tom           *Datum
		har           []Period
		vem           Innehavare
		plats         Uppdragsplats
		kod           Kod
		pekare, regel string
	}{
		"later":                          {u: Period{Fran: dag("2026-01-01")}, tom: tom("2026-12-31")},
		"at once":                        {u: Period{Fran: dag("2026-01-01")}, tom: tom("2026-11-29")},
		"at once on its first day":       {u: Period{Fran: idag}, tom: tom("2026-11-29")},
		"the day before yesterday":       {u: Period{Fran: dag("2026-01-01")}, tom: tom("2026-11-28"), kod: KodOgiltig, pekare: "/tillOchMed", regel: "forfluten-dag"},
		"until further notice":           {u: NyPeriod(dag("2026-01-01"), idag)},
		"before it has begun":            {u: Period{Fran: dag("2026-12-24")}, tom: tom("2026-12-23")},
		"two days before it begins":      {u: Period{Fran: dag("2026-12-24")}, tom: tom("2026-12-22"), kod: KodOgiltig, pekare: "/tillOchMed", regel: "slut-fore-start"},
		"what is over stays over":        {u: NyPeriod(dag("2026-01-01"), dag("2026-11-29")), kod: KodKonflikt, regel: "uppdrag-avslutat"},
		"what ended on its first day":    {u: NyPeriod(idag, dag("2026-11-29")), kod: KodKonflikt, regel: "uppdrag-avslutat"},
		"what is never to begin":         {u: NyPeriod(dag("2026-12-24"), dag("2026-12-23")), kod: KodKonflikt, regel: "uppdrag-avslutat"},
		"into the next one's time":       {u: NyPeriod(dag("2026-01-01"), idag), har: []Period{{Fran: dag("2027-01-01")}}, kod: KodKonflikt, pekare: "/tillOchMed", regel: "uppdrag-finns"},
		"up to the next one":             {u: NyPeriod(dag("2026-01-01"), idag), tom: tom("2026-12-31"), har: []Period{{Fran: dag("2027-01-01")}}},
		"shortened beside a duplicate":   {u: Period{Fran: dag("2026-01-01")}, tom: tom("2026-11-29"), har: []Period{{Fran: dag("2026-02-01")}}},
		"shortened without the role":     {u: Period{Fran: dag("2026-01-01")}, tom: tom("2026-11-29"), vem: utan},
		"lengthened without the role":    {u: NyPeriod(dag("2026-01-01"), idag), vem: utan, kod: KodOgiltig, pekare: "/tillOchMed", regel: "mottagaren-saknar-behorighet"},
		"lengthened, the employer is no": {u: NyPeriod(dag("2026-01-01"), idag), vem: annanstans, kod: KodOgiltig, pekare: "/tillOchMed", regel: "arbetsgivaren-inte-medlem"},
		"lengthened in what is over":     {u: NyPeriod(dag("2026-01-01"), idag), plats: slutad, kod: KodOgiltig, pekare: "/tillOchMed", regel: "utanfor-insatsen"},
	} {
		t.Run(namn, func(t *testing.T) {
			if f.vem.Finns == false {
				f.vem = eva
			}
			if f.plats.InsatsID == uuid.Nil {
				f.plats = plats
			}
			err := ProvaUppdragsslut(RollDeltagaransvarig, f.u, f.tom, f.plats, f.vem, f.har, idag)
			if kod, pekare, regel := faltAv(err); kod != f.kod || pekare != f.pekare || regel != f.regel {
				t.Errorf("%s %s %s, want %s %s %s", kod, pekare, regel, f.kod, f.pekare, f.regel)
			}
		})
	}
}

func TestWhoMayGiveAndEndWhichUppdrag(t *testing.T) {
	org, annan, insats, grannen := uuid.UUID{1}, uuid.UUID{2}, uuid.UUID{3}, uuid.UUID{4}
	fk := Aktor{Roller: []Roll{RollSystemforvaltare}}
	adm := Aktor{Roller: []Roll{RollSamverkansadministrator}, Uppdrag: []Uppdrag{{Roll: RollSamverkansadministrator, OrganisationID: org}}}
	ans := Aktor{Roller: []Roll{RollInsatsansvarig}, Uppdrag: []Uppdrag{{Roll: RollInsatsansvarig, OrganisationID: org, InsatsID: insats}}}
	hela := Aktor{Roller: []Roll{RollInsatsansvarig}, Uppdrag: []Uppdrag{{Roll: RollInsatsansvarig, OrganisationID: org}}}
	reg := Aktor{Roller: []Roll{RollDeltagaransvarig}, Uppdrag: []Uppdrag{{Roll: RollDeltagaransvarig, OrganisationID: org, InsatsID: insats}}}
	utan := Aktor{Roller: []Roll{RollSamverkansadministrator}}
	for _, f := range []struct {
		vem         string
		a           Aktor
		roll        Roll
		org, insats uuid.UUID
		ge, andra   bool
	}{
		{"FK", fk, RollSamverkansadministrator, org, uuid.Nil, true, true},
		{"FK", fk, RollInsatsansvarig, org, insats, false, true},
		{"FK", fk, RollDeltagaransvarig, org, insats, false, true},
		{"FK", fk, RollMaskin, org, insats, false, false},
		{"administrator", adm, RollSamverkansadministrator, org, uuid.Nil, true, true},
		{"administrator", adm, RollSamverkansadministrator, org, insats, false, false},
		{"administrator", adm, RollInsatsansvarig, org, uuid.Nil, true, true},
		{"administrator", adm, RollInsatsansvarig, org, insats, true, true},
		{"administrator", adm, RollDeltagaransvarig, org, insats, true, true},
		{"administrator", adm, RollDeltagaransvarig, annan, insats, false, false},
		{"administrator", adm, RollMaskin, org, insats, false, false},
		{"without uppdrag", utan, RollDeltagaransvarig, org, insats, false, false},
		{"insatsansvarig", ans, RollDeltagaransvarig, org, insats, true, true},
		{"insatsansvarig", ans, RollDeltagaransvarig, org, grannen, false, false},
		{"insatsansvarig", ans, RollDeltagaransvarig, org, uuid.Nil, false, false},
		{"insatsansvarig", ans, RollInsatsansvarig, org, insats, false, false},
		{"of all insatser", hela, RollDeltagaransvarig, org, grannen, true, true},
		{"of all insatser", hela, RollDeltagaransvarig, org, uuid.Nil, false, false},
		{"deltagaransvarig", reg, RollDeltagaransvarig, org, insats, false, false},
	} {
		if ge, andra := f.a.FarGeUppdrag(f.roll, f.org, f.insats), f.a.FarAndraUppdrag(f.roll, f.org, f.insats); ge != f.ge || andra != f.andra {
			t.Errorf("%s, %s: give %v, end %v", f.vem, f.roll, ge, andra)
		}
	}
}

func TestWhatAnUppdragGivesToday(t *testing.T) {
	idag := dag("2026-11-30")
	har := []Behorighet{{Roll: RollDeltagaransvarig, Period: Dygn(idag)}}
	alltid := Period{Fran: dag("2026-01-01")}
	for namn, f := range map[string]struct {
		roll Roll
		p    Period
		i    Innehavare
		vill Uppdragslage
	}{
		"in force":         {RollDeltagaransvarig, alltid, Innehavare{Finns: true, Medlem: true, Behorigheter: har}, UppdragGaller},
		"later":            {RollDeltagaransvarig, Period{Fran: dag("2026-12-01")}, Innehavare{Finns: true, Medlem: true, Behorigheter: har}, UppdragKommande},
		"over":             {RollDeltagaransvarig, NyPeriod(dag("2026-01-01"), dag("2026-11-29")), Innehavare{}, UppdragSlut},
		"ended at once":    {RollDeltagaransvarig, NyPeriod(idag, dag("2026-11-29")), Innehavare{Finns: true, Medlem: true, Behorigheter: har}, UppdragSlut},
		"blocked":          {RollDeltagaransvarig, alltid, Innehavare{Medlem: true, Behorigheter: har}, UppdragSparrad},
		"no role":          {RollInsatsansvarig, alltid, Innehavare{Finns: true, Medlem: true, Behorigheter: har}, UppdragUtanBehorighet},
		"no Medlem":        {RollDeltagaransvarig, alltid, Innehavare{Finns: true, Behorigheter: har}, UppdragUtanMedlemskap},
		"a client":         {RollMaskin, alltid, Innehavare{Finns: true}, UppdragGaller},
		"a blocked client": {RollMaskin, alltid, Innehavare{}, UppdragSparrad},
	} {
		if lage := LageAv(f.roll, f.p, f.i, idag); lage != f.vill {
			t.Errorf("%s: %s, want %s", namn, lage, f.vill)
		}
	}
}
