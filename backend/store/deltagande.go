package store

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
	"sus/backend/store/statistik"
)

// ErrInaktuellt asks the caller of SkrivIn to ask the population register again:
// the stored answer is older than Options.Farskhet. Nothing was stored.
var ErrInaktuellt = errors.New("folkbokföringens svar är för gammalt")

// SkrivIn registers a deltagande on a samtycke. ny is the population register's
// answer, asked again after this returned ErrInaktuellt (IdentitetsUppslag says
// about whom, and FragaOmPersonen has done what the answer demands, whatever comes of this);
// nil when the stored answer is to do.
// Refused by register.SkrivIn (422, 409), and by the constraints with the same
// words when two race; 404 outside the uppdrag or for an unknown samtycke.
func (s *Store) SkrivIn(ctx context.Context, b db.Begaran, in register.Inregistrering, ny *register.Folkbokforingspost,
	svara func(register.Deltagande) (db.Svar, error)) (db.Svar, error) {
	a := db.Arende{Handelse: register.HandelseDeltagandeInskrivet, InsatsID: in.InsatsID, ExterntID: in.ExterntID, Detalj: in.SamtyckeID.String(),
		Hinder: hinder(b.Aktor.FarRegistrera(in.InsatsID))}
	return db.Skapa(ctx, s.DB, b, a, func(tx *db.Tx) (d register.Deltagande, err error) {
		v, err := s.lasInfakta(tx, in)
		if err != nil {
			return d, err
		}
		fakta := register.Registreringsfakta{Organisation: v.Ram.Organisation, Insats: v.Ram.Insats, Samtycke: v.Samtycke, Kodverk: tx.Kodverk,
			Nu: tx.Nu, Av: tx.Aktor.ID, KommunUtanfor: v.Utanfor}
		if !s.utanForkontroll {
			fakta.HarOppen, fakta.SamtyckeAnvant, fakta.Grannar = v.HarOppen, v.Anvant, v.Grannar
		}
		if v.identitet != nil {
			fakta.Identitet = *v.identitet
		}
		if ny == nil && v.identitet != nil && v.identitet.ArInaktuell(tx.Nu, s.farskhet) {
			return d, ErrInaktuellt
		}
		if ny != nil && v.identitet != nil {
			if fakta.Identitet, err = s.uppdateraIdentitet(tx, *v.identitet, *ny); err != nil {
				return d, err
			}
		}
		if fakta.Fragor, err = lasFragorOm(tx, v.Ram.Organisation.ID, in.Svar); err != nil {
			return d, err
		}
		if d, err = register.SkrivIn(in, fakta); err != nil {
			return d, err
		}
		if ny != nil {
			if _, err := s.lanka(tx, fakta.Identitet.Personnummer, *ny); err != nil {
				return d, err
			}
		}
		if err := skrivDeltagande(tx, &d); err != nil {
			return d, err
		}
		tx.Galler(d.ID, d.InsatsID, v.Ram.Organisation.ID)
		tx.Om(db.Loggad{SamtyckeID: d.SamtyckeID, InsatsID: d.InsatsID})
		tx.Beror(d.SamtyckeID)
		if err := uppslagLedde(tx, [][]byte{v.Identitet.Blindindex}); err != nil {
			return d, err
		}
		return d, statistik.Skriv(tx, d, v.Ram.Organisation, v.Ram.Insats)
	}, svara)
}

// infakta is all that the rule of in-registration asks of the database, in one row.
type infakta struct {
	Samtycke  register.Samtycke `gorm:"embedded;embeddedPrefix:s_"`
	Ram       ramar             `gorm:"embedded"`
	Identitet identitetsrad     `gorm:"embedded;embeddedPrefix:i_"`
	Anvant    bool
	HarOppen  bool
	Grannar   db.Jsonlista[register.Grannperiod]
	Utanfor   bool // the person's kommun is none that the organisation had on startdag
	identitet *register.Identitet
}

// grannarJSON is the deltaganden d as register.Grannperiod.
const grannarJSON = `json_agg(json_build_object('ID', d.id, 'Startdag', d.startdag, 'Avslutningsdag', d.avslutningsdag) order by d.startdag, d.id)`

// lasInfakta locks the samtycke, and insats and organisation against a change of
// dates. When it had to wait for the lock, what it says of the identity and of
// other deltaganden is what stood before: skrivDeltagande and the constraints are
// the guard.
func (s *Store) lasInfakta(tx *db.Tx, in register.Inregistrering) (infakta, error) {
	v, err := db.Rad[infakta](tx, `select `+samtyckeColumns+`, `+registreringColumns+`, `+identitetColumns+`,
		exists (select from deltagande d where d.samtycke_id = s.id) as anvant,
		exists (select from unnest(sus_alla_persontal(i.blindindex)) as p (person) join deltagande d on d.person = p.person
			where d.insats_id = s.insats_id and d.oppen) as har_oppen,
		(select `+grannarJSON+` from unnest(sus_alla_persontal(i.blindindex)) as p (person) join deltagande d on d.person = p.person
			where d.insats_id = s.insats_id and not d.felregistrerad) as grannar,
		coalesce(i.kommun <> '' and not exists (select from organisationsrad r where r.org = o.nr and i.kommun = any(r.kommuner)
			and r.giltig_fran <= ? and coalesce(r.giltig_tom >= ?, true)), false) as utanfor
		from samtycke s join insats n on n.id = s.insats_id join samverkansorganisation o on o.id = n.organisation_id
		left join identitet i on i.samtycke_id = s.id
		where s.id = ? and s.insats_id = ? for update of s for key share of n, o`, in.Startdag, in.Startdag, in.SamtyckeID, in.InsatsID)
	if err != nil {
		return v, err
	}
	v.identitet, err = dekrypteraIdentitet(s.Nycklar(), v.Identitet)
	return v, err
}

// uppdateraIdentitet keeps what the population register says now, as
// register.Identitet.MedSvar decides.
func (s *Store) uppdateraIdentitet(tx *db.Tx, i register.Identitet, post register.Folkbokforingspost) (register.Identitet, error) {
	i, sparas := i.MedSvar(post)
	if !sparas {
		return i, nil // refused: nothing is stored
	}
	rad, err := krypteraIdentitet(s.Nycklar(), i)
	if err != nil {
		return i, err
	}
	_, err = db.Kor(tx, `update identitet set namn = ?, kommun = ?, skydd = ?, uppslagen = ?, avregistrerad = ? where samtycke_id = ?`,
		rad.Namn, rad.Kommun, rad.Skydd, rad.Uppslagen, rad.Avregistrerad, rad.SamtyckeID)
	return i, err
}

// skrivDeltagande inserts d with its in-registration and gives it the key of the
// person, all in one statement: the key's row is locked by it, which orders this
// against a withdrawal that would let the key go. The key is that of the identitet
// as it stands now: one that was erased while we waited for the samtycke is 409
// identitet-borta, and no key is made for it.
func skrivDeltagande(tx *db.Tx, d *register.Deltagande) error {
	var err error
	if d.ID, err = uuid.NewV7(); err != nil {
		return err
	}
	matning, err := nyttMattillfalle(&d.In, *d)
	if err != nil {
		return err
	}
	varden := append([]any{nyttPersontal(), d.Startdag, d.SamtyckeID, d.ID, d.InsatsID, d.SamtyckeID, d.Startdag, d.ExterntID, d.Skapad, d.SkapadAv, d.Version}, matning...)
	svar, finns, err := db.RadOm[nyckelpar](tx, `with p as materialized (select sus_tag_personnyckel(i.insats_id, i.blindindex, ?, ?) as person from identitet i where i.samtycke_id = ?),
		d as (insert into deltagande (id, insats_id, samtycke_id, person, startdag, oppen, felregistrerad, externt_id, skapad, skapad_av, version)
			select ?, ?, ?, p.person, ?, true, false, ?, ?, ?, ? from p returning reg, person),
		m as (insert into mattillfalle (`+mattillfalleColumns+`) select `+mattillfalleplatser+` from d)
		select reg, person from d`, varden...)
	if err == nil && !finns {
		return register.IdentitetBorta()
	}
	d.Reg, d.Person = svar.reg, svar.person
	if err != nil {
		return err
	}
	return skrivFragesvar(tx, d.In)
}

// nyckelpar is the numbers that the database gave a deltagande.
type nyckelpar struct{ reg, person int32 }

// Skanna reads the two.
func (n *nyckelpar) Skanna(rad db.Row) error { return rad.Scan(&n.reg, &n.person) }

// uppdateraDeltagande writes d over forr, with a new version of each measurement
// that has one.
func uppdateraDeltagande(tx *db.Tx, d *register.Deltagande, forr register.Deltagande) error {
	var ny *register.Mattillfalle
	var matning []any
	var err error
	switch {
	case d.Ut != nil && (forr.Ut == nil || d.Ut.Version != forr.Ut.Version):
		ny = d.Ut
	case d.In.Version != forr.In.Version:
		ny = &d.In
	}
	if ny != nil {
		matning, err = nyttMattillfalle(ny, *d)
	}
	if err != nil {
		return err
	}
	const andra = `update deltagande set person = ?, okopplad = ?, startdag = ?, avslutningsdag = ?, oppen = ?, felregistrerad = ?, version = ? where id = ?`
	varden := []any{d.Person, d.Okopplad, d.Startdag, d.Avslutningsdag, d.Oppen, d.Felregistrerad, d.Version, d.ID}
	if matning == nil {
		_, err = db.Kor(tx, andra, varden...)
		return err
	}
	_, err = db.Kor(tx, `with m as (insert into mattillfalle (`+mattillfalleColumns+`) values (`+mattillfalleplatser+`)) `+andra,
		append(matning, varden...)...)
	if err != nil {
		return err
	}
	return skrivFragesvar(tx, *ny)
}

// deltagandevy is a locked deltagande with all that its rules ask.
type deltagandevy struct {
	Deltagande register.Deltagande `gorm:"embedded;embeddedPrefix:d_"`
	Samtycke   register.Samtycke   `gorm:"embedded;embeddedPrefix:s_"`
	Ram        ramar               `gorm:"embedded"`
	Vantar     bool                // for another one of the same person: see sammaperson.go
	Personer   db.Jsonlista[int32] // the person's keys, locked
}

var deltagandeColumns = db.Columns("d", "d_", "id", "reg", "insats_id", "samtycke_id", "person", "okopplad", "startdag", "avslutningsdag", "oppen",
	"felregistrerad", "externt_id", "skapad", "skapad_av", "version")

// lasForAndring locks the samtycke, the person's keys and the deltagande, in the order of
// lasSamtycke, and then reads the measurements, the identity and the person's other periods
// in statements of their own, since whoever held the lock may have changed them.
func (s *Store) lasForAndring(tx *db.Tx, id uuid.UUID) (deltagandevy, register.Registreringsfakta, error) {
	egna := tx.Aktor.InsatserMedPersonuppgifter()
	if _, err := db.Kor(tx, `select from samtycke s join deltagande d on d.samtycke_id = s.id where d.id = ? and d.insats_id = any(?) for update of s`, id, egna); err != nil {
		return deltagandevy{}, register.Registreringsfakta{}, err
	}
	v, err := db.Rad[deltagandevy](tx, `with v as materialized (select sus_lock_perioder(x.samtycke_id) as personer from deltagande x where x.id = ? and x.insats_id = any(?))
		select `+deltagandeColumns+`, `+samtyckeColumns+`, `+registreringColumns+`, to_json(v.personer) as personer,
			exists (select from personlank_vantar w where w.en = d.id or w.annan = d.id) as vantar from v cross join deltagande d
		join samtycke s on s.id = d.samtycke_id join insats n on n.id = d.insats_id join samverkansorganisation o on o.id = n.organisation_id
		where d.id = ? and d.insats_id = any(?) for update of d for key share of n, o`, id, egna, id, egna)
	if err == nil && !tx.Aktor.FarRegistrera(v.Deltagande.InsatsID) {
		err = register.Saknas()
	}
	fakta := register.Registreringsfakta{Organisation: v.Ram.Organisation, Insats: v.Ram.Insats, Samtycke: v.Samtycke, Kodverk: tx.Kodverk,
		Nu: tx.Nu, Av: tx.Aktor.ID, AngerDagar: s.angerDagar}
	if err != nil {
		return v, fakta, err
	}
	if err := lasMattillfallen(tx, &v.Deltagande); err != nil {
		return v, fakta, err
	}
	if fakta.Grannar, err = lasGrannar(tx, v.Deltagande, v.Personer); err != nil {
		return v, fakta, err
	}
	r, _, err := db.RadOm[identitetsrad](tx, `select * from identitet where samtycke_id = ?`, v.Samtycke.ID)
	if err != nil {
		return v, fakta, err
	}
	identitet, err := dekrypteraIdentitet(s.Nycklar(), r)
	if identitet != nil {
		fakta.Identitet = *identitet
	}
	return v, fakta, err
}

// lasGrannar is the person's other periods in the insats of d, under any of her keys.
func lasGrannar(tx *db.Tx, d register.Deltagande, personer []int32) ([]register.Grannperiod, error) {
	return db.Rader[register.Grannperiod](tx, `select x.id, x.startdag, x.avslutningsdag,
			exists (select from deltagande_overlapp o where o.en = least(x.id, d.id) and o.annan = greatest(x.id, d.id)) as kand
		from deltagande x, (select ?::uuid as id) d where x.insats_id = ? and x.person = any(?) and x.id <> d.id and not x.felregistrerad
		order by x.startdag, x.id`, d.ID, d.InsatsID, ejNil(personer))
}

// lasMattillfallen fills d with the latest version of each measurement.
func lasMattillfallen(tx *db.Tx, d *register.Deltagande) error {
	rader, err := db.Rader[besvaratrad](tx, `select distinct on (m.typ) `+besvaratColumns+` from mattillfalle m where m.deltagande_id = ? order by m.typ, m.version desc`, d.ID)
	for _, r := range rader {
		m := r.hel()
		if m.Typ == register.MatningIn {
			d.In = m
		} else {
			d.Ut = &m
		}
	}
	return err
}

// lasDeltagandeAv locks and reads the deltagande of a samtycke, nil when there is none.
func lasDeltagandeAv(tx *db.Tx, samtyckeID uuid.UUID) (*register.Deltagande, error) {
	d, finns, err := db.RadOm[register.Deltagande](tx, `select * from deltagande where samtycke_id = ? for update`, samtyckeID)
	if err != nil || !finns {
		return nil, err
	}
	return &d, lasMattillfallen(tx, &d)
}

// SkrivUt registers the exit of an open deltagande. Refused by register.SkrivUt
// (422; 409 aterkallat, redan-avslutat); 404 outside the uppdrag.
func (s *Store) SkrivUt(ctx context.Context, b db.Begaran, id uuid.UUID, ut register.Utregistrering,
	svara func(register.Deltagande) (db.Svar, error)) (db.Svar, error) {
	a := db.Arende{Handelse: register.HandelseDeltagandeUtskrivet, ObjektID: id, Upprepas: func(tx *db.Tx) error {
		_, err := db.Rad[uuid.UUID](tx, `select id from deltagande where id = ? and insats_id = any(?)`, id, tx.Aktor.InsatserMedPersonuppgifter())
		return err
	}}
	return db.Skapa(ctx, s.DB, b, a, func(tx *db.Tx) (register.Deltagande, error) {
		return s.andra(tx, id, ut.Svar, func(d register.Deltagande, fakta register.Registreringsfakta) (register.Deltagande, error) {
			return register.SkrivUt(d, ut, fakta)
		})
	}, svara)
}

// RattaIn corrects an in-registration: a new version with the reason. Refused by
// register.RattaIn, 412 foraldrad when the Begaran's version is not the present
// one, 404 outside the uppdrag.
func (s *Store) RattaIn(ctx context.Context, b db.Begaran, id uuid.UUID, in register.Inregistrering, skal string) (register.Deltagande, error) {
	return s.ratta(ctx, b, db.Arende{Handelse: register.HandelseInregistreringRattad, ObjektID: id}, in.Svar,
		func(d register.Deltagande, fakta register.Registreringsfakta) (register.Deltagande, error) {
			return register.RattaIn(d, in, skal, fakta)
		})
}

// RattaUt corrects an out-registration; as RattaIn.
func (s *Store) RattaUt(ctx context.Context, b db.Begaran, id uuid.UUID, ut register.Utregistrering, skal string) (register.Deltagande, error) {
	return s.ratta(ctx, b, db.Arende{Handelse: register.HandelseUtregistreringRattad, ObjektID: id}, ut.Svar,
		func(d register.Deltagande, fakta register.Registreringsfakta) (register.Deltagande, error) {
			return register.RattaUt(d, ut, skal, fakta)
		})
}

type andring func(register.Deltagande, register.Registreringsfakta) (register.Deltagande, error)

func (s *Store) ratta(ctx context.Context, b db.Begaran, a db.Arende, svar []register.Fragesvar, regel andring) (register.Deltagande, error) {
	return db.Andra(ctx, s.DB, b, a, func(tx *db.Tx) (register.Deltagande, error) {
		return s.andra(tx, a.ObjektID, svar, func(d register.Deltagande, fakta register.Registreringsfakta) (register.Deltagande, error) {
			if err := tx.ProvaVersion(d.Version); err != nil {
				return d, err
			}
			return regel(d, fakta)
		})
	})
}

// andra loads, lets regel decide, and saves: the deltagande, the new version of a
// measurement and the read model's rows. What waited for its end is then done.
func (s *Store) andra(tx *db.Tx, id uuid.UUID, svar []register.Fragesvar, regel andring) (register.Deltagande, error) {
	v, fakta, err := s.lasForAndring(tx, id)
	forr := v.Deltagande
	if err != nil {
		return forr, err
	}
	if fakta.Fragor, err = lasFragorOm(tx, fakta.Organisation.ID, svar, forr.In.Svar, utsvar(forr)); err != nil {
		return forr, err
	}
	tx.Galler(id, forr.InsatsID, fakta.Organisation.ID)
	ny, err := regel(forr, fakta)
	if err != nil {
		return forr, err
	}
	var personer []db.Loggad
	if fakta.Identitet.Personnummer.Angett() {
		personer = []db.Loggad{{SamtyckeID: forr.SamtyckeID, InsatsID: forr.InsatsID}}
	}
	if ny.Version == forr.Version { // a correction that says what stood
		tx.Visat(register.HandelseDeltagandeLast, personer...)
		return forr, nil
	}
	var lankas []int32
	if v.Vantar && !ny.Oppen {
		if lankas, err = vantandeNycklar(tx, id); err != nil {
			return ny, err
		}
	}
	if forr.Oppen && !ny.Oppen && fakta.Samtycke.SkyddRaderad != nil {
		// The exit is the end of the key that a protected person's open deltagande kept.
		if err := kopplaLoss(tx, &ny); err != nil {
			return ny, err
		}
	}
	if err := statistik.Radera(tx, forr); err != nil {
		return ny, err
	}
	if err := uppdateraDeltagande(tx, &ny, forr); err != nil {
		return ny, err
	}
	tx.Om(personer...)
	tx.Beror(ny.SamtyckeID)
	if err := statistik.Skriv(tx, ny, fakta.Organisation, fakta.Insats); err != nil || len(lankas) == 0 {
		return ny, err
	}
	return ny, sammanfor(tx, lankas)
}

func utsvar(d register.Deltagande) []register.Fragesvar {
	if d.Ut == nil {
		return nil
	}
	return d.Ut.Svar
}

// DeltagandeMedIdentitet is a deltagande and whose it is. Identitet is nil when it is
// erased, and Raderad says why.
type DeltagandeMedIdentitet struct {
	register.Deltagande
	Identitet *register.Identitet
	Raderad   register.Raderingsskal
	// SammaPersonSom is another open deltagande of the insats that turned out to be of
	// the same person, under another number: nil but while that waits to be mended.
	SammaPersonSom *uuid.UUID
	// OverlapparMed is deltaganden of the insats whose periods overlap this one's since two
	// numbers turned out to be one person's: it stands until somebody mends it.
	OverlapparMed []uuid.UUID
}

// Deltagande reads one deltagande with identity; logged. 404 outside the uppdrag.
func (s *Store) Deltagande(ctx context.Context, b db.Begaran, id uuid.UUID) (DeltagandeMedIdentitet, error) {
	a := db.Arende{Handelse: register.HandelseDeltagandeLast, ObjektID: id}
	return db.Las(ctx, s.DB, b, a, func(tx *db.Tx) (DeltagandeMedIdentitet, error) {
		rad, err := db.Rad[deltaganderad](tx, `select `+lasDeltagandeColumns+` from deltagande d`+lasDeltagandeJoin+
			` where d.id = ? and d.insats_id = any(?)`, id, b.Aktor.InsatserMedPersonuppgifter())
		if err != nil {
			return DeltagandeMedIdentitet{}, err
		}
		tx.Galler(id, rad.InsatsID, uuid.Nil)
		return s.visad(tx, rad)
	})
}

// visad opens the identity of a deltagande that is shown, which is logged.
func (s *Store) visad(tx *db.Tx, rad deltaganderad) (DeltagandeMedIdentitet, error) {
	identitet, err := dekrypteraIdentitet(s.Nycklar(), rad.identitet)
	tx.Om(loggade(rad.SamtyckeID, rad.InsatsID, identitet)...)
	return DeltagandeMedIdentitet{Deltagande: rad.Deltagande, Identitet: identitet, SammaPersonSom: rad.sammaPersonSom, OverlapparMed: rad.overlapparMed,
		Raderad: register.Raderat(identitet, rad.aterkallat, rad.skyddRaderad)}, err
}

func (s *Store) visade(tx *db.Tx, rader []deltaganderad) ([]DeltagandeMedIdentitet, error) {
	svar := make([]DeltagandeMedIdentitet, len(rader))
	var err error
	for i, rad := range rader {
		if svar[i], err = s.visad(tx, rad); err != nil {
			return nil, err
		}
	}
	return svar, nil
}

// DeltagandeFilter chooses deltaganden of an insats; a zero field chooses all.
type DeltagandeFilter struct {
	Status                    register.Deltagandestatus
	StartdagFran, StartdagTom *register.Datum
	SammaPerson               bool // only those that point at another one: SammaPersonSom, OverlapparMed
}

// medStatus chooses deltaganden d in one state; "" chooses all.
func medStatus(v *db.Villkor, status register.Deltagandestatus) {
	v.Om(status == register.StatusPagaende, "d.oppen")
	v.Om(status == register.StatusAvslutad, "not d.oppen and not d.felregistrerad")
	v.Om(status == register.StatusFelregistrerad, "d.felregistrerad")
}

// parade chooses deltaganden d that are shown with another one beside: those that
// overlap, and so those that wait, which are both open.
const parade = `d.id in (select unnest(array[o.en, o.annan]) from deltagande_overlapp o)`

var deltagandeordning = db.Ordning{Falt: map[string]string{"startdag": "d.startdag", "avslutningsdag": "d.avslutningsdag"},
	Standard: "startdag", Fast: "d.id"}

// Deltaganden lists an insats's deltaganden with identity, and says how many the
// filter matches. One log row, with as many persons as were shown. 404 outside
// the uppdrag.
func (s *Store) Deltaganden(ctx context.Context, b db.Begaran, insatsID uuid.UUID, f DeltagandeFilter, sida db.Sida) ([]DeltagandeMedIdentitet, int, error) {
	var antal int
	a := db.Arende{Handelse: register.HandelseDeltagandenListade, ObjektID: insatsID, InsatsID: insatsID, Hinder: hinder(b.Aktor.FarSePersonuppgifter(insatsID))}
	svar, err := db.Las(ctx, s.DB, b, a, func(tx *db.Tx) ([]DeltagandeMedIdentitet, error) {
		var v db.Villkor
		v.Om(true, "d.insats_id = ?", insatsID)
		medStatus(&v, f.Status)
		v.Om(f.StartdagFran != nil, "d.startdag >= ?", f.StartdagFran)
		v.Om(f.StartdagTom != nil, "d.startdag <= ?", f.StartdagTom)
		v.Om(f.SammaPerson, parade)
		rader, n, err := db.Lista[deltaganderad](tx, db.Urval{Columns: lasDeltagandeColumns, Ur: "deltagande d", Join: lasDeltagandeJoin,
			Villkor: v, Ordning: deltagandeordning}, sida)
		if err != nil {
			return nil, err
		}
		antal = n
		return s.visade(tx, rader)
	})
	return svar, antal, err
}

// Versioner lists every version of a deltagande's measurements, in-registrations
// first, oldest first; logged. 404 outside the uppdrag.
func (s *Store) Versioner(ctx context.Context, b db.Begaran, id uuid.UUID) ([]register.Mattillfalle, error) {
	a := db.Arende{Handelse: register.HandelseVersionerLasta, ObjektID: id}
	return db.Las(ctx, s.DB, b, a, func(tx *db.Tx) ([]register.Mattillfalle, error) {
		rader, err := db.Rader[besvaratrad](tx, `select `+besvaratColumns+` from mattillfalle m where m.deltagande_id = ? and m.insats_id = any(?) order by m.typ, m.version`,
			id, b.Aktor.InsatserMedPersonuppgifter())
		if err != nil {
			return nil, err
		}
		if len(rader) == 0 {
			return nil, register.Saknas()
		}
		svar := make([]register.Mattillfalle, len(rader))
		for i, r := range rader {
			svar[i] = r.hel()
		}
		samtycken, err := db.Rader[uuid.UUID](tx, `select i.samtycke_id from deltagande d join identitet i on i.samtycke_id = d.samtycke_id where d.id = ?`, id)
		for _, samtycke := range samtycken {
			tx.Om(db.Loggad{SamtyckeID: samtycke, InsatsID: svar[0].InsatsID})
		}
		tx.Galler(id, svar[0].InsatsID, uuid.Nil)
		return svar, err
	})
}
