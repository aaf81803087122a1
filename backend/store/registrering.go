package store

import (
	"context"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// mattillfallerad is a measurement as it lies in the database.
type mattillfallerad struct {
	register.Mattillfalle
	Forsorjning db.Textlista
	Arbetstyper db.Textlista
}

// TableName is the table's own name.
func (mattillfallerad) TableName() string { return "mattillfalle" }

func (r mattillfallerad) hel() register.Mattillfalle {
	m := r.Mattillfalle
	m.Forsorjning = r.Forsorjning
	for _, typ := range r.Arbetstyper {
		m.Arbetstyper = append(m.Arbetstyper, register.Arbetstyp(typ))
	}
	m.Registrerad = m.Registrerad.UTC()
	return m
}

// besvaratrad is a measurement with its answers to kompletterande frågor.
type besvaratrad struct {
	Matning   mattillfallerad `gorm:"embedded"`
	Svarlista db.Jsonlista[register.Fragesvar]
}

// besvaratColumns reads it of the measurement m.
var besvaratColumns = `m.*, ` + fragesvarJSON("m") + ` as svarlista`

func (r besvaratrad) hel() register.Mattillfalle {
	m := r.Matning.hel()
	m.Svar = r.Svarlista
	return m
}

const mattillfalleColumns = `id, deltagande_id, insats_id, typ, version, dag, stadsdel, utbildningsniva, ar_offentlig_forsorjning,
	kon, kommun, alder, avslutsanledning, forsorjning, arbetssokande, arbetar, arbetar_procent, arbetstyper, studerar, studerar_procent,
	skal, registrerad, registrerad_av`

const mattillfalleplatser = `?, ?, ?, ?, ?, ?::date, ?, ?, ?, ?, ?, ?, ?, ?::text[], ?, ?, ?, ?::text[], ?, ?, ?, ?, ?`

// nyttMattillfalle gives m its id and returns its values in the columns' order.
func nyttMattillfalle(m *register.Mattillfalle, d register.Deltagande) ([]any, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return nil, err
	}
	m.ID, m.DeltagandeID, m.InsatsID = id, d.ID, d.InsatsID
	var typer db.Textlista
	for _, typ := range m.Arbetstyper {
		typer = append(typer, string(typ))
	}
	return []any{m.ID, m.DeltagandeID, m.InsatsID, m.Typ, m.Version, m.Dag, m.Stadsdel, m.Utbildningsniva, m.ArOffentligForsorjning,
		m.Kon, m.Kommun, m.Alder, m.Avslutsanledning, db.Textlista(m.Forsorjning), m.Arbetssokande, m.Arbetar, m.ArbetarProcent, typer,
		m.Studerar, m.StuderarProcent, m.Skal, m.Registrerad, m.RegistreradAv}, nil
}

// Of the insats n and the organisation o what the rules of registration ask.
var (
	registreringColumns = db.Columns("n", "n_", "id", "nr", "organisation_id", "startdatum", "slutdatum", "deltagarregistrering") + ", " +
		db.Columns("o", "o_", "id", "nr", "samverkansform", "startdatum", "slutdatum")
	samtyckeColumns  = db.Columns("s", "s_", "id", "insats_id", "datum", "aterkallat", "skydd_raderad", "mognad_datum", "version")
	identitetColumns = db.Columns("i", "i_", "samtycke_id", "insats_id", "personnummer", "blindindex", "namn", "kommun", "skydd", "uppslagen", "avregistrerad")
)

// ramar is an insats and its organisation, as far as the rules of registration
// ask, both locked against a change of their dates.
type ramar struct {
	Insats       register.Insats                 `gorm:"embedded;embeddedPrefix:n_"`
	Organisation register.Samverkansorganisation `gorm:"embedded;embeddedPrefix:o_"`
}

func lasRamar(tx *db.Tx, insatsID uuid.UUID) (ramar, error) {
	return db.Rad[ramar](tx, `select `+registreringColumns+` from `+insatsUr+` where n.id = ? for key share of n, o`, insatsID)
}

// FarRegistrera is 404 unless the Aktor may write people of the insats: asked
// before the population register is, so that nobody looks up strangers.
func (s *Store) FarRegistrera(ctx context.Context, b db.Begaran, insatsID uuid.UUID) error {
	if b.Aktor.FarRegistrera(insatsID) {
		return nil
	}
	return s.Neka(ctx, b, db.Arende{Handelse: register.HandelseRegistrering, ObjektID: insatsID}, register.Saknas())
}

// FarSePersonuppgifter is FarRegistrera for reading.
func (s *Store) FarSePersonuppgifter(ctx context.Context, b db.Begaran, insatsID uuid.UUID) error {
	if b.Aktor.FarSePersonuppgifter(insatsID) {
		return nil
	}
	return s.Neka(ctx, b, db.Arende{Handelse: register.HandelseLasning, ObjektID: insatsID}, register.Saknas())
}
