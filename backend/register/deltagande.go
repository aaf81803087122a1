package register

import (
	"time"

	"github.com/google/uuid"
)

// Kon follows from the number.
type Kon string

// The two values of kön.
const (
	KonKvinna Kon = "KVINNA"
	KonMan    Kon = "MAN"
)

// Arbetstyp is what kind of work was done.
type Arbetstyp string

// The kinds of work, several may hold at once.
const (
	ArbeteInteSubventionerat Arbetstyp = "INTE_SUBVENTIONERAT"
	ArbeteSubventionerat     Arbetstyp = "SUBVENTIONERAT"
	ArbeteEgetForetag        Arbetstyp = "EGET_FORETAG"
)

// Matningstyp is which of the two measurements a Mattillfalle is.
type Matningstyp string

// In- and out-registration.
const (
	MatningIn Matningstyp = "IN"
	MatningUt Matningstyp = "UT"
)

// Sysselsattning is what in- and out-registration both ask: försörjning,
// arbetssökande, arbete and studier. Percentages are 1–100, nil when not asked.
type Sysselsattning struct {
	Forsorjning     []string // codes in kodverk FORSORJNING, in form order
	Arbetssokande   bool
	Arbetar         bool
	ArbetarProcent  *int
	Arbetstyper     []Arbetstyp
	Studerar        bool
	StuderarProcent *int
}

// Inregistrering is the input of blankett 9448.
type Inregistrering struct {
	InsatsID               uuid.UUID
	SamtyckeID             uuid.UUID
	Startdag               Datum
	Stadsdel               string // code in kodverk STADSDEL, Stockholm and Göteborg only
	Utbildningsniva        string // code in kodverk UTBILDNINGSNIVA
	ArOffentligForsorjning int    // whole years, 0 also when under a year
	Fore                   Sysselsattning
	ExterntID              string
}

// Utregistrering is the input of blankett 9449. Efter is nil when the anledning
// is utan mätning or Felregistrering.
type Utregistrering struct {
	Avslutningsdag   Datum
	Avslutsanledning string // code in kodverk AVSLUTSANLEDNING
	Efter            *Sysselsattning
}

// Deltagande is one period of a person in one insats, with its present state.
type Deltagande struct {
	ID             uuid.UUID `gorm:"primaryKey"`
	Reg            int32     `gorm:"->"` // internal integer of the fact tables, never on the wire
	InsatsID       uuid.UUID
	SamtyckeID     uuid.UUID
	Person         int32 // personnyckel's random integer
	Startdag       Datum
	Avslutningsdag *Datum
	Oppen          bool
	Felregistrerad bool
	ExterntID      *string
	Skapad         time.Time
	SkapadAv       uuid.UUID
	Version        int

	In Mattillfalle  `gorm:"-"` // latest version
	Ut *Mattillfalle `gorm:"-"` // latest version, nil when open
}

// Mattillfalle is one version of a measurement; a correction is a new row.
type Mattillfalle struct {
	ID           uuid.UUID `gorm:"primaryKey"`
	DeltagandeID uuid.UUID
	InsatsID     uuid.UUID
	Typ          Matningstyp
	Version      int
	Dag          Datum // startdag or avslutningsdag

	// IN only
	Stadsdel               *string
	Utbildningsniva        *string
	ArOffentligForsorjning *int
	Kon                    *Kon // as follows from the number, kept for the facts
	Kommun                 *string

	Alder *int // whole years on Dag, both typer, as follows from the number

	// UT only
	Avslutsanledning *string

	// nil Arbetssokande = utan mätning
	Forsorjning     []string `gorm:"-"`
	Arbetssokande   *bool
	Arbetar         *bool
	ArbetarProcent  *int
	Arbetstyper     []Arbetstyp `gorm:"-"`
	Studerar        *bool
	StuderarProcent *int

	Skal          *string // why it was corrected
	Registrerad   time.Time
	RegistreradAv uuid.UUID
}

// Anonyma is a count of participants without identity, for one year only.
type Anonyma struct {
	ID                uuid.UUID `gorm:"primaryKey"`
	InsatsID          uuid.UUID
	Inregistreringsar int
	AntalKvinnor      int
	AntalMan          int
	Registrerat       time.Time
	RegistreratAv     uuid.UUID
}
