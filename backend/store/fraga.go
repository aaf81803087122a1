package store

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
	"sus/backend/store/statistik"
)

// fragarad is a question as it lies in the database, with the last day it was answered.
type fragarad struct {
	register.Fraga
	Alternativlista db.Jsonlista[register.Svarsalternativ]
	BesvaradTom     *register.Datum
}

func (r fragarad) hel() register.Fraga {
	f := r.Fraga
	f.Alternativ, f.Besvarad = r.Alternativlista, r.BesvaradTom
	return f
}

func hela(rader []fragarad) []register.Fraga {
	svar := make([]register.Fraga, len(rader))
	for i, r := range rader {
		svar[i] = r.hel()
	}
	return svar
}

const fragaColumns = `f.id, f.nr, f.organisation_id, f.namn, f.innehall, f.giltig_fran, f.giltig_tom, f.svarstyp, f.senaste_kod, f.minst, f.hogst,
	f.lagst_ord, f.hogst_ord, f.vid_in, f.vid_ut, f.ordning, f.version, f.alternativ as alternativlista`

const besvaradColumns = fragaColumns + `, sus_fraga_besvarad(f.id) as besvarad_tom`

// FrageFilter chooses questions; a zero field chooses all.
type FrageFilter struct {
	Dag     *register.Datum      // in force that day
	Matning register.Matningstyp // asked at that measurement
}

// Frageordning is the questions of an organisation in their order, and the version of
// them all: whatever changes among them, it is another.
type Frageordning struct {
	Fragor  []uuid.UUID
	Version int
}

var frageordning = db.Ordning{Fast: "f.ordning"}

// Fragor lists an organisation's questions in order, for every user, and says how many
// the filter matches and which version of them all it is. 404 for an organisation that is
// not there.
func (s *Store) Fragor(ctx context.Context, organisationID uuid.UUID, f FrageFilter, sida db.Sida) ([]register.Fraga, int, int, error) {
	// First: an order that is made of what was changed in between is then refused.
	version, err := db.Rad[int](s.Oppet(ctx), `select coalesce((select l.version from fragelista l where l.organisation_id = o.id), 1)
		from samverkansorganisation o where o.id = ?`, organisationID)
	if err != nil {
		return nil, 0, 0, err
	}
	var v db.Villkor
	v.Om(true, "f.organisation_id = ?", organisationID)
	if f.Dag != nil {
		v.Om(true, "f.giltig_fran <= ? and (f.giltig_tom is null or f.giltig_tom >= ?)", *f.Dag, *f.Dag)
	}
	v.Om(f.Matning == register.MatningIn, "f.vid_in")
	v.Om(f.Matning == register.MatningUt, "f.vid_ut")
	rader, antal, err := db.Lista[fragarad](s.Oppet(ctx), db.Urval{Columns: besvaradColumns, Ur: "fraga f", Villkor: v, Ordning: frageordning}, sida)
	return hela(rader), antal, version, err
}

// Fraga reads one question, for every user; 404 when there is none.
func (s *Store) Fraga(ctx context.Context, id uuid.UUID) (register.Fraga, error) {
	r, err := db.Rad[fragarad](s.Oppet(ctx), `select `+besvaradColumns+` from fraga f where f.id = ?`, id)
	return r.hel(), err
}

// fragefakta is what the rules of an organisation's questions ask: it itself, against a
// change of its dates, and the questions it has. Whoever writes one does so alone.
type fragefakta struct {
	organisation register.Samverkansorganisation
	fragor       []register.Fraga
	version      int // of them all
}

func lasFragefakta(tx *db.Tx, organisationID uuid.UUID) (fragefakta, error) {
	o, err := db.Rad[register.Samverkansorganisation](tx, `select id, nr, startdatum, slutdatum from samverkansorganisation where id = ? for key share`, organisationID)
	if err != nil {
		return fragefakta{}, err
	}
	version, err := db.Rad[int](tx, `insert into fragelista as l (organisation_id, version) values (?, 1)
		on conflict (organisation_id) do update set version = l.version returning version`, organisationID)
	if err != nil {
		return fragefakta{}, err
	}
	// An answer under way holds its question: it is waited for, and then seen.
	if _, err := db.Kor(tx, `select from fraga f where f.organisation_id = ? order by f.id for no key update`, organisationID); err != nil {
		return fragefakta{}, err
	}
	rader, err := db.Rader[fragarad](tx, `select `+besvaradColumns+` from fraga f where f.organisation_id = ? order by f.ordning`, organisationID)
	return fragefakta{o, hela(rader), version}, err
}

// nyFrageversion makes another version of an organisation's questions.
func nyFrageversion(tx *db.Tx, organisationID uuid.UUID) (int, error) {
	return db.Rad[int](tx, `update fragelista set version = version + 1 where organisation_id = ? returning version`, organisationID)
}

// SkapaFraga makes a question of one of the Aktor's own organisationer; another one, or
// none, is 404. Refused by register.SkapaFraga.
func (s *Store) SkapaFraga(ctx context.Context, b db.Begaran, organisationID uuid.UUID, in register.Frageuppgifter,
	svara func(register.Fraga) (db.Svar, error)) (db.Svar, error) {
	a := db.Arende{Handelse: register.HandelseFragaSkapad, OrganisationID: organisationID, Hinder: hinder(b.Aktor.FarAndraFragor(organisationID))}
	return db.Skapa(ctx, s.DB, b, a, func(tx *db.Tx) (register.Fraga, error) {
		fakta, err := lasFragefakta(tx, organisationID)
		if err != nil {
			return register.Fraga{}, err
		}
		f, err := register.SkapaFraga(in, fakta.organisation, fakta.fragor, tx.Kodverk, tx.Idag())
		if err != nil {
			return f, err
		}
		if f.ID, err = uuid.NewV7(); err != nil {
			return f, err
		}
		tx.Galler(f.ID, uuid.Nil, organisationID)
		varden, err := fragevarden(f)
		if err != nil {
			return f, err
		}
		f.Nr, err = db.Rad[int32](tx, `insert into fraga (namn, innehall, giltig_fran, giltig_tom, svarstyp, alternativ, senaste_kod, minst, hogst,
				lagst_ord, hogst_ord, vid_in, vid_ut, version, id, organisation_id, ordning)
			values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning nr`, append(varden, f.ID, f.OrganisationID, f.Ordning)...)
		if err == nil {
			_, err = nyFrageversion(tx, organisationID)
		}
		if err == nil {
			err = statistik.FlyttaSvar(tx, f)
		}
		return f, err
	}, svara)
}

// fragevarden is what a change of a question writes.
func fragevarden(f register.Fraga) ([]any, error) {
	alternativ, err := json.Marshal(append([]register.Svarsalternativ{}, f.Alternativ...))
	return []any{f.Namn, f.Innehall, f.Fran, f.Tom, f.Svarstyp, string(alternativ), f.SenasteKod, f.Minst, f.Hogst, f.LagstOrd, f.HogstOrd, f.VidIn, f.VidUt, f.Version}, err
}

// AndraFraga changes a question whose version is the Begaran's: 412 foraldrad otherwise,
// 404 when it is not the Aktor's to change. Refused by register.AndraFraga.
func (s *Store) AndraFraga(ctx context.Context, b db.Begaran, id uuid.UUID, in register.Frageuppgifter) (register.Fraga, error) {
	a := db.Arende{Handelse: register.HandelseFragaAndrad, ObjektID: id}
	return db.Andra(ctx, s.DB, b, a, func(tx *db.Tx) (register.Fraga, error) {
		organisationID, err := db.Rad[uuid.UUID](tx, `select organisation_id from fraga where id = ?`, id)
		if err == nil && !tx.Aktor.FarAndraFragor(organisationID) {
			err = register.Saknas()
		}
		if err != nil {
			return register.Fraga{}, err
		}
		tx.Galler(id, uuid.Nil, organisationID)
		fakta, err := lasFragefakta(tx, organisationID)
		if err != nil {
			return register.Fraga{}, err
		}
		forr := fakta.fragor[slices.IndexFunc(fakta.fragor, func(f register.Fraga) bool { return f.ID == id })]
		if err := tx.ProvaVersion(forr.Version); err != nil {
			return forr, err
		}
		ny, err := register.AndraFraga(forr, in, fakta.organisation, fakta.fragor, tx.Kodverk, tx.Idag())
		if err != nil {
			return forr, err
		}
		if ny.Version == forr.Version {
			tx.IngetGjort()
			return ny, nil
		}
		varden, err := fragevarden(ny)
		if err != nil {
			return ny, err
		}
		_, err = db.Kor(tx, `update fraga set namn = ?, innehall = ?, giltig_fran = ?, giltig_tom = ?, svarstyp = ?, alternativ = ?::jsonb, senaste_kod = ?,
			minst = ?, hogst = ?, lagst_ord = ?, hogst_ord = ?, vid_in = ?, vid_ut = ?, version = ? where id = ?`, append(varden, id)...)
		if err == nil {
			_, err = nyFrageversion(tx, organisationID)
		}
		if err == nil {
			err = statistik.FlyttaSvar(tx, ny)
		}
		return ny, err
	})
}

// OrdnaFragor puts all the questions of an organisation in an order, when they are as they
// were in the Begaran's version of them all: 412 foraldrad when anything has changed among
// them since, so that nobody's new question falls out. 404 when it is not the Aktor's.
func (s *Store) OrdnaFragor(ctx context.Context, b db.Begaran, organisationID uuid.UUID, ordning []uuid.UUID) (Frageordning, error) {
	a := db.Arende{Handelse: register.HandelseFragorOrdnade, ObjektID: organisationID, OrganisationID: organisationID,
		Hinder: hinder(b.Aktor.FarAndraFragor(organisationID))}
	return db.Andra(ctx, s.DB, b, a, func(tx *db.Tx) (Frageordning, error) {
		fakta, err := lasFragefakta(tx, organisationID)
		if err != nil {
			return Frageordning{}, err
		}
		if err := tx.ProvaVersion(fakta.version); err != nil {
			return Frageordning{}, err
		}
		if err := register.ProvaFrageordning(ordning, fakta.fragor); err != nil {
			return Frageordning{}, err
		}
		_, err = db.Kor(tx, `update fraga f set ordning = o.plats from unnest(?::uuid[]) with ordinality as o (id, plats) where f.id = o.id`, ejNil(ordning))
		if err != nil {
			return Frageordning{}, err
		}
		version, err := nyFrageversion(tx, organisationID)
		return Frageordning{ordning, version}, err
	})
}

// lasFragorOm reads, and holds against a change, the questions of the organisation that
// are answered: what is asked of them then stands until the answers do. None are read
// where nothing is answered.
func lasFragorOm(tx *db.Tx, organisationID uuid.UUID, svar ...[]register.Fragesvar) ([]register.Fraga, error) {
	var ids []uuid.UUID
	for _, s := range slices.Concat(svar...) {
		ids = append(ids, s.FragaID)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	rader, err := db.Rader[fragarad](tx, `select `+fragaColumns+` from fraga f where f.organisation_id = ? and f.id = any(?) order by f.id for share of f`, organisationID, ids)
	return hela(rader), err
}

// fragesvarJSON is the answers of a measurement m as register.Fragesvar, in the questions' own order.
func fragesvarJSON(m string) string {
	return `(select json_agg(json_build_object('FragaID', s.fraga_id, 'Koder', s.koder, 'Tal', s.tal) order by f.nr)
		from fragesvar s join fraga f on f.id = s.fraga_id where s.mattillfalle_id = ` + m + `.id)`
}

// skrivFragesvar writes the answers of a new version of a measurement.
func skrivFragesvar(tx *db.Tx, m register.Mattillfalle) error {
	for _, s := range m.Svar {
		if _, err := db.Kor(tx, `insert into fragesvar (mattillfalle_id, insats_id, fraga_id, koder, tal) values (?, ?, ?, ?, ?)`,
			m.ID, m.InsatsID, s.FragaID, db.Textlista(s.Koder), s.Tal); err != nil {
			return err
		}
	}
	return nil
}
