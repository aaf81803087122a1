package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/konto"
)

// Roller is every behörighet a demo can act as, MASKIN last.
var Roller = []register.Roll{
	register.RollDeltagaransvarig, register.RollInsatsansvarig, register.RollSamverkansadministrator,
	register.RollSusrapport, register.RollSystemforvaltare, register.RollMaskin,
}

// demon is a filled demo, to find its log-ins in.
type demon struct {
	st       *store.Store
	forbund  []forbund
	konton   []anvandarkonto
	klienter []konto.KlientRad
}

// InteDemo is the refusal outside a demo.
func InteDemo() *register.Error {
	return register.InteDemo().Med("Det här går bara i en demo, och databasen är ingen.")
}

// oppna refuses a database that does not say it is a demo.
func oppna(ctx context.Context, st *store.Store) (*demon, error) {
	i, err := st.Installation(ctx)
	if err != nil {
		return nil, err
	}
	if !i.Demo {
		return nil, InteDemo()
	}
	d := &demon{st: st, forbund: forbunden(nutidFran(st.Idag()))}
	d.konton = konton(d.forbund, st.Idag())
	d.klienter, err = konto.New(st.DB).Klienter(ctx, db.Begaran{Aktor: systemet()})
	return d, err
}

// Fylld is false for a demo whose filling did not come to its end.
func Fylld(ctx context.Context, st *store.Store) (bool, error) {
	d, err := oppna(ctx, st)
	if err != nil {
		return false, err
	}
	alla, err := konto.New(st.DB).Anvandare(ctx, db.Begaran{Aktor: systemet()})
	if err != nil {
		return false, err
	}
	id, err := konto.New(st.DB).AnvandareID(ctx, db.Begaran{Aktor: systemet()}, d.konton[len(d.konton)-1].nr)
	if err != nil {
		return false, ingenOm(err)
	}
	return slices.ContainsFunc(alla, func(u konto.AnvandareRad) bool { return u.ID == id && u.Sparrad }), nil
}

// ingenOm takes «there is none» as no error.
func ingenOm(err error) error {
	if e, ok := err.(*register.Error); ok && e.Kod == register.KodSaknas {
		return nil
	}
	return err
}

// plats is whom to act as: places in forbunden, ingen where the role has none.
type plats struct {
	roll            register.Roll
	forbund, insats int
}

// hitta finds the place that a role, a förbund and an insats name; "" is the
// first. A name may be given in part, when only one has it.
func (d *demon) hitta(roll register.Roll, forbund, insats string) (plats, error) {
	if !slices.Contains(Roller, roll) {
		return plats{}, fmt.Errorf("behörigheten finns inte; välj en av %v", Roller)
	}
	p := plats{roll: roll, forbund: ingen, insats: ingen}
	if roll == register.RollSystemforvaltare {
		return p, nil
	}
	namn := make([]string, len(d.forbund))
	for i, f := range d.forbund {
		namn[i] = f.uppgifter.Namn
	}
	var err error
	if p.forbund, err = utpekad("förbundet", namn, forbund); err != nil {
		return p, err
	}
	if roll != register.RollDeltagaransvarig && roll != register.RollInsatsansvarig {
		return p, nil
	}
	namn = nil
	for _, i := range d.forbund[p.forbund].insatser {
		namn = append(namn, i.uppgifter.Namn)
	}
	p.insats, err = utpekad("insatsen", namn, insats)
	return p, err
}

func utpekad(vad string, namn []string, sokt string) (int, error) {
	if sokt == "" {
		return 0, nil
	}
	if i := slices.Index(namn, sokt); i >= 0 {
		return i, nil
	}
	traff := ingen
	for i, n := range namn {
		if !strings.Contains(strings.ToLower(n), strings.ToLower(sokt)) {
			continue
		}
		if traff != ingen {
			return 0, fmt.Errorf("%s är inte entydigt; demon har %s", vad, strings.Join(namn, ", "))
		}
		traff = i
	}
	if traff == ingen {
		return 0, fmt.Errorf("%s finns inte i demon, som har %s", vad, strings.Join(namn, ", "))
	}
	return traff, nil
}

// kontoFor is where in konton the one at a place stands, −1 when there is none.
func kontoFor(alla []anvandarkonto, p plats) int {
	return slices.IndexFunc(alla, func(k anvandarkonto) bool {
		if k.roll != p.roll || k.forbund != p.forbund || k.slut != nil || k.sparrad {
			return false
		}
		return k.insats == p.insats || k.ovriga && p.insats > 1
	})
}

// konto finds the demo's user at a place.
func (d *demon) konto(p plats) (anvandarkonto, error) {
	n := kontoFor(d.konton, p)
	if n < 0 {
		return anvandarkonto{}, fmt.Errorf("demon har ingen %s för den insatsen", p.roll)
	}
	return d.konton[n], nil
}

// innehavare is the id of the user or of the client at a place; the other is uuid.Nil.
func (d *demon) innehavare(ctx context.Context, p plats) (anvandare, klient uuid.UUID, err error) {
	if p.roll == register.RollMaskin {
		k, err := d.klient(p.forbund)
		return uuid.Nil, k.ID, err
	}
	k, err := d.konto(p)
	if err != nil {
		return uuid.Nil, uuid.Nil, err
	}
	anvandare, err = konto.New(d.st.DB).AnvandareID(ctx, db.Begaran{Aktor: systemet()}, k.nr)
	return anvandare, uuid.Nil, err
}

func (d *demon) klient(forbund int) (konto.KlientRad, error) {
	namn := klientnamn(d.forbund[forbund])
	n := slices.IndexFunc(d.klienter, func(k konto.KlientRad) bool { return k.Namn == namn })
	if n < 0 {
		return konto.KlientRad{}, fmt.Errorf("demon saknar maskinklienten «%s»", namn)
	}
	return d.klienter[n], nil
}

// Inloggning is one log-in of the demo, for people to use.
type Inloggning struct {
	Roll            register.Roll
	Forbund, Insats string
	Anvandare       string // personnummer, 12 digits; the client's id for MASKIN
	Losenord        string
	Mobil           string // "" for MASKIN
}

// Inloggningar lists the log-ins that work, by behörighet. 403 inte-demo
// outside a demo.
func Inloggningar(ctx context.Context, st *store.Store) ([]Inloggning, error) {
	d, err := oppna(ctx, st)
	if err != nil {
		return nil, err
	}
	var svar []Inloggning
	for _, roll := range Roller[:len(Roller)-1] {
		for _, k := range d.konton {
			if k.roll != roll || k.sparrad || k.slut != nil {
				continue
			}
			in := Inloggning{Roll: roll, Anvandare: k.nr.Siffror(), Losenord: Huvudlosenord, Mobil: k.mobil}
			if k.forbund != ingen {
				fb := d.forbund[k.forbund]
				in.Forbund = fb.uppgifter.Namn
				switch {
				case k.ovriga:
					in.Insats = "övriga insatser"
				case k.insats != ingen:
					in.Insats = fb.insatser[k.insats].uppgifter.Namn
				}
			}
			svar = append(svar, in)
		}
	}
	for n, fb := range d.forbund {
		k, err := d.klient(n)
		if err != nil {
			return nil, err
		}
		svar = append(svar, Inloggning{Roll: register.RollMaskin, Forbund: fb.uppgifter.Namn, Anvandare: k.ID.String(), Losenord: Klienthemlighet})
	}
	return svar, nil
}
