package register

import (
	"time"

	"github.com/google/uuid"
)

// Skydd is what the population register says about protection.
type Skydd string

// The kinds of protection.
const (
	SkyddInget                Skydd = "INGET"
	SkyddSekretessmarkering   Skydd = "SEKRETESSMARKERING"
	SkyddSkyddadFolkbokforing Skydd = "SKYDDAD_FOLKBOKFORING"
)

// Samtyckessatt is how the consent was given.
type Samtyckessatt string

// The two ways.
const (
	SattSkriftligt   Samtyckessatt = "SKRIFTLIGT"
	SattElektroniskt Samtyckessatt = "ELEKTRONISKT"
)

// Folkbokforingspost is the population register's one answer about a number.
type Folkbokforingspost struct {
	Hittad        bool
	Avregistrerad bool
	Namn          string // empty when protected
	Kommun        string // SCB code, empty when protected
	Skydd         Skydd
	NyttNummer    string // 12 digits when the number was replaced, else ""
	Uppslagen     time.Time
}

// Identitet is who gave one samtycke. Number and name are stored encrypted by
// store's kryptering.go; this struct never reaches GORM, a log or the wire.
type Identitet struct {
	SamtyckeID   uuid.UUID
	InsatsID     uuid.UUID
	Personnummer Personnummer
	Namn         string
	Kommun       string
	Skydd        Skydd
	Uppslagen    time.Time
}

// NyttSamtycke is the input of registering a consent.
type NyttSamtycke struct {
	InsatsID         uuid.UUID
	Personnummer     Personnummer
	Blankett         string // code in kodverk BLANKETT
	Datum            Datum
	Sprak            string // code in kodverk SPRAK (ISO 639-1)
	Satt             Samtyckessatt
	Mognadsbedomning *Mognadsbedomning
	ExterntID        string
}

// Mognadsbedomning is the assessment recorded when the person is under 15.
// Who made it is the one who registers.
type Mognadsbedomning struct {
	Datum          Datum
	Vardnadshavare bool // a vårdnadshavare signed as well
}

// Samtycke is the written consent to one deltagande (domain 4).
type Samtycke struct {
	ID                   uuid.UUID `gorm:"primaryKey"`
	InsatsID             uuid.UUID
	Blankett             string
	Datum                Datum
	Sprak                string
	Satt                 Samtyckessatt
	MognadDatum          *Datum
	MognadVardnadshavare *bool
	ExterntID            *string
	Registrerat          time.Time
	RegistreratAv        uuid.UUID
	Aterkallat           *time.Time
	Version              int
}
