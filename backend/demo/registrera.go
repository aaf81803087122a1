package demo

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
)

// registrera does what the plan says in one insats, as its DELTAGARANSVARIG and
// each thing under the clock of its day.
func (f *fyllare) registrera(ctx context.Context, forbund, insats int, pl plan) error {
	if len(pl.deltaganden)+len(pl.anonyma) == 0 {
		return nil
	}
	r := registrerare{
		st:     f.st,
		aktor:  f.vem(register.RollDeltagaransvarig, forbund, insats),
		insats: f.insatsID[forbund][insats],
		fragor: f.fragor[forbund],
		slump:  slumpning(f.fro, uint64(10000+100*(forbund+1)+insats)),
	}
	for n, d := range pl.deltaganden {
		if err := r.deltagande(ctx, n, d); err != nil {
			return err
		}
	}
	for n, a := range pl.anonyma {
		if err := r.anonyma(ctx, a.in, klockan(a.dag, 11, n)); err != nil {
			return err
		}
	}
	for n, s := range pl.skyddade {
		if err := r.skyddad(ctx, s, klockan(s.dag, 12, n)); err != nil {
			return err
		}
	}
	for n, s := range pl.samtycken {
		if _, err := r.samtycke(ctx, s.person, s.samtycke, klockan(s.registrerad, 13, n)); err != nil {
			return err
		}
	}
	return nil
}

type registrerare struct {
	st     *store.Store
	aktor  register.Aktor
	insats uuid.UUID
	fragor []register.Fraga
	slump  *rand.Rand
}

// deltagande takes one from the samtycke to the end of what the plan knows.
func (r registrerare) deltagande(ctx context.Context, n int, d planerat) error {
	t := klockan(d.registrerad, 8, n)
	samtycke, err := r.samtycke(ctx, d.person, d.samtycke, t)
	if err != nil {
		return err
	}
	in := d.in
	in.InsatsID, in.SamtyckeID = r.insats, samtycke
	in.Svar = r.svar(register.MatningIn, in.Startdag)
	var nu register.Deltagande // as it stands
	minns := func(d register.Deltagande) (db.Svar, error) {
		nu = d
		return db.Svar{}, nil
	}
	if _, err := r.vid(t.Add(4*time.Minute)).SkrivIn(ctx, db.Begaran{Aktor: r.aktor}, in, nil, minns); err != nil {
		return err
	}
	if d.rattadIn != nil {
		if nu, err = r.vid(klockan(d.rattadInD, 9, n)).RattaIn(ctx, db.Begaran{Aktor: r.aktor, Version: nu.Version}, nu.ID, *d.rattadIn, "Fel uppgift från början."); err != nil {
			return err
		}
	}
	if d.ut != nil {
		ut := *d.ut
		if ut.Efter != nil {
			ut.Svar = r.svar(register.MatningUt, ut.Avslutningsdag)
		}
		if _, err := r.vid(klockan(d.utRegistrerad, 10, n)).SkrivUt(ctx, db.Begaran{Aktor: r.aktor}, nu.ID, ut, minns); err != nil {
			return err
		}
	}
	if d.rattadUt != nil {
		if nu, err = r.vid(klockan(d.rattadUtD, 11, n)).RattaUt(ctx, db.Begaran{Aktor: r.aktor, Version: nu.Version}, nu.ID, *d.rattadUt, "Nya uppgifter från deltagaren."); err != nil {
			return err
		}
	}
	if d.aterkallat != nil {
		if _, err := r.vid(klockan(*d.aterkallat, 12, n)).Aterkalla(ctx, db.Begaran{Aktor: r.aktor}, samtycke, tyst); err != nil {
			return err
		}
	}
	return nil
}

func (r registrerare) vid(t time.Time) *store.Store { return r.st.Vid(fast(t)) }

func (r registrerare) samtycke(ctx context.Context, p person, in register.NyttSamtycke, t time.Time) (uuid.UUID, error) {
	in.InsatsID = r.insats
	var id uuid.UUID
	_, err := r.vid(t).SkapaSamtycke(ctx, db.Begaran{Aktor: r.aktor}, in, p.vid(t), func(s store.SamtyckeMedIdentitet) (db.Svar, error) {
		id = s.ID
		return db.Svar{}, nil
	})
	return id, err
}

func (r registrerare) anonyma(ctx context.Context, in register.Anonymregistrering, t time.Time) error {
	_, err := r.vid(t).SkapaAnonyma(ctx, db.Begaran{Aktor: r.aktor}, r.insats, in, func(register.Anonyma) (db.Svar, error) { return db.Svar{}, nil })
	return err
}

// skyddad tries to register somebody with protected personuppgifter, is refused
// as everybody is, and registers an anonym deltagare instead.
func (r registrerare) skyddad(ctx context.Context, s planeradSkyddad, t time.Time) error {
	_, err := r.samtycke(ctx, s.person, s.samtycke, t)
	var nej *register.Error
	if !errors.As(err, &nej) || nej.Regel != register.SkyddadePersonuppgifter().Regel {
		return errors.Join(errors.New("en person med skyddade personuppgifter nekades inte"), err)
	}
	in := register.Anonymregistrering{Inregistreringsar: s.dag.Ar()}
	if s.person.nr.Kon() == register.KonKvinna {
		in.AntalKvinnor = 1
	} else {
		in.AntalMan = 1
	}
	return r.anonyma(ctx, in, t.Add(time.Minute))
}

func tyst(store.Aterkallad) (db.Svar, error) { return db.Svar{}, nil }
