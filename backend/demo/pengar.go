package demo

import (
	"context"
	"fmt"

	"sus/backend/register"
	"sus/backend/store/db"
)

// pengar says each förbund's budget and the insatsbudget and volym of its insatser, for
// last year, which is closed, and for this one. The figures are made up.
func (f *fyllare) pengar(ctx context.Context) error {
	for n := range f.forbund {
		for ar := f.idag.Ar() - 1; ar <= f.idag.Ar(); ar++ {
			if err := f.budgetar(ctx, n, ar); err != nil {
				return fmt.Errorf("%s, budget %d: %w", f.forbund[n].kort, ar, err)
			}
		}
	}
	return nil
}

const kronor register.Belopp = 100

// budgetar says one year of one förbund: as budgeted in its first weeks, and, when it is
// over, what it came to.
func (f *fyllare) budgetar(ctx context.Context, n, ar int) error {
	fb := f.forbund[n]
	aret := register.NyPeriod(register.NyttDatum(ar, 1, 1), register.NyttDatum(ar, 12, 31))
	if fb.uppgifter.Startdatum.Efter(*aret.Tom) {
		return nil // it began later
	}
	over := ar < f.idag.Ar()
	st := f.st.Vid(fast(klockan(f.idag.Plus(-1), 9, ar%100)))
	b := db.Begaran{Aktor: f.vem(register.RollSamverkansadministrator, n, ingen)}

	ram := (4_000_000 + 800_000*register.Belopp(len(fb.insatser))) * kronor
	utfall := func(budget register.Belopp) *register.Belopp {
		if !over {
			return nil
		}
		u := budget - budget/25 - 37
		return &u
	}
	in := register.Organisationsbudgetuppgifter{Finansiering: finansiering(fb, ram, ar)}
	for _, k := range []struct {
		typ         register.Kostnadstyp
		delar       register.Belopp // hundredths of the money
		beskrivning string
	}{
		{register.KostnadKring, 3, "Lokal, telefoni och kontorsmaterial"},
		{register.KostnadPersonal, 17, "Förbundschef, arvoden och revision"},
		{register.KostnadOvrig, 2, "Informationsmaterial"},
	} {
		budget := ram * k.delar / 100
		in.Administration = append(in.Administration, register.AdministrativKostnad{Kostnadstyp: k.typ, Budget: budget, Utfall: utfall(budget), Beskrivning: k.beskrivning})
	}
	if _, err := st.SparaOrganisationsbudget(ctx, b, f.orgID[n], ar, in); err != nil {
		return err
	}
	for i, ins := range fb.insatser {
		if !ins.pagar(aret) {
			continue
		}
		planerat := 20 + ins.andel/3
		budget := ram * 70 / 100 / register.Belopp(len(fb.insatser))
		bu := register.Insatsbudgetuppgifter{PlaneratAntal: &planerat, Poster: []register.Insatsbudgetpost{
			{Budgettyp: register.BudgetInsatskostnad, Budget: budget, Utfall: utfall(budget), Beskrivning: "Personal och lokal"}}}
		if i == 1 {
			bu.Poster = append(bu.Poster, register.Insatsbudgetpost{Budgettyp: register.BudgetEsfInsatskostnad, Budget: 450_000 * kronor,
				Utfall: utfall(450_000 * kronor), Beskrivning: "Medfinansiering av ESF"})
		}
		id := f.insatsID[n][i]
		if _, err := st.SparaInsatsbudget(ctx, b, id, ar, bu); err != nil {
			return err
		}
		if ins.uppgifter.Deltagarregistrering == register.EndastAntal {
			r := slumpning(f.fro, uint64(20000+1000*(n+1)+ar%100))
			v := register.Volymuppgifter{AntalKvinnor: 40 + r.IntN(60), AntalMan: 20 + r.IntN(40), UppgiftSaknas: r.IntN(6)}
			if _, err := st.SparaVolym(ctx, b, id, ar, v); err != nil {
				return err
			}
		}
	}
	if !over {
		return nil
	}
	_, err := st.StangBudgetar(ctx, b, f.orgID[n], ar, func(register.Budgetarshandelse) (db.Svar, error) { return db.Svar{}, nil })
	return err
}

// finansiering is half of the money from the state, a quarter from the region and the last
// quarter from the kommuner in equal parts, to the öre, beside what is left of earlier years.
// Göteborg's region gives less than its quarter: its page warns of it.
func finansiering(fb forbund, ram register.Belopp, ar int) []register.Finansieringspost {
	var kommuner int
	for _, i := range fb.uppgifter.Ingaende {
		if i.Typ == register.TypKommun {
			kommuner++
		}
	}
	kvar := ram / 4
	var poster []register.Finansieringspost
	for _, i := range fb.uppgifter.Ingaende {
		p := register.Finansieringspost{Finansiar: i.Organisationsnummer}
		switch i.Typ {
		case register.TypForsakringskassan:
			p.Belopp, p.Beskrivning = ram/2, "Statens del"
		case register.TypRegion:
			p.Belopp = ram / 4
			if fb.kort == "goteborg" {
				p.Belopp -= 300_000 * kronor
			}
		case register.TypKommun:
			p.Belopp = kvar / register.Belopp(kommuner)
			kvar, kommuner = kvar-p.Belopp, kommuner-1
		case register.TypSamordningsforbund:
			p.Belopp, p.Beskrivning = 275_000*kronor, fmt.Sprintf("%s från %d", register.OrdEgetKapital, ar-1)
		default:
			continue
		}
		poster = append(poster, p)
	}
	return poster
}

// pagar is true when the insats goes on some day of the year.
func (i insats) pagar(aret register.Period) bool {
	tid := register.Period{Fran: i.uppgifter.Startdatum, Tom: i.uppgifter.Slutdatum}
	return tid.Overlappar(aret)
}
