package demo

import (
	"context"

	"sus/backend/register"
	"sus/backend/store/db"
)

// fragorna is the two kompletterande frågor that every förbund of the demo asks of who
// starts or ends in the living present.
func fragorna(fran register.Datum) []register.Frageuppgifter {
	steg := 5
	return []register.Frageuppgifter{
		{
			Namn: "Samlad planering", Innehall: "Har du en planering som alla myndigheter du möter är överens om?",
			Period: register.Period{Fran: fran}, Svarstyp: register.SvarJaNej, VidIn: true, VidUt: true,
		},
		{
			Namn: "Samordnat stöd", Innehall: "Hur väl har stödet från myndigheterna hängt ihop under insatsen?",
			Period: register.Period{Fran: fran}, Svarstyp: register.SvarSkala, Steg: &steg, LagstOrd: "Inte alls", HogstOrd: "Helt och hållet", VidUt: true,
		},
	}
}

// stallFragor asks them, as each förbund's administrator.
func (f *fyllare) stallFragor(ctx context.Context) error {
	fran := nutidFran(f.idag)
	for n := range f.forbund {
		f.fragor = append(f.fragor, nil)
		admin := f.vem(register.RollSamverkansadministrator, n, ingen)
		for i, in := range fragorna(fran) {
			_, err := f.st.Vid(fast(klockan(fran, 9, i))).SkapaFraga(ctx, db.Begaran{Aktor: admin}, f.orgID[n], in, func(q register.Fraga) (db.Svar, error) {
				f.fragor[n] = append(f.fragor[n], q)
				return db.Svar{}, nil
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// svar is what somebody answers on the day: each question is left unanswered by one in six.
func (r registrerare) svar(typ register.Matningstyp, dag register.Datum) []register.Fragesvar {
	var alla []register.Fragesvar
	for _, q := range register.FragorAttStalla(r.fragor, typ, dag) {
		if r.slump.IntN(6) == 0 {
			continue
		}
		s := register.Fragesvar{FragaID: q.ID}
		if q.Svarstyp.MedTal() {
			tal := *q.Minst + r.slump.IntN(*q.Hogst-*q.Minst+1)
			s.Tal = &tal
		} else {
			s.Koder = []string{q.Alternativ[r.slump.IntN(len(q.Alternativ))].Kod}
		}
		alla = append(alla, s)
	}
	return alla
}
