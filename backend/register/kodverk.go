package register

// Kodverkstyp names a code list (domain 9).
type Kodverkstyp string

// The code lists.
const (
	KodverkForsorjning          Kodverkstyp = "FORSORJNING"
	KodverkUtbildningsniva      Kodverkstyp = "UTBILDNINGSNIVA"
	KodverkAvslutsanledning     Kodverkstyp = "AVSLUTSANLEDNING"
	KodverkPreciseradInriktning Kodverkstyp = "PRECISERAD_INRIKTNING"
	KodverkMalgrupp             Kodverkstyp = "MALGRUPP"
	KodverkVerksamhetsomrade    Kodverkstyp = "VERKSAMHETSOMRADE"
	KodverkStadsdel             Kodverkstyp = "STADSDEL"
	KodverkBlankett             Kodverkstyp = "BLANKETT"
	KodverkSprak                Kodverkstyp = "SPRAK"
	KodverkTidIForsorjning      Kodverkstyp = "TID_I_FORSORJNING"
	KodverkSamverkansform       Kodverkstyp = "SAMVERKANSFORM" // carries sistaRegistreringsdag as GiltigTom
	KodverkArbetstyp            Kodverkstyp = "ARBETSTYP"
)

// Kodrad is one dated row of a code list. Rules hang on the flags, never on labels.
type Kodrad struct {
	Kodverk        Kodverkstyp `gorm:"primaryKey"`
	Kod            string      `gorm:"primaryKey"`
	GiltigFran     Datum       `gorm:"primaryKey"`
	GiltigTom      *Datum
	Etikett        string
	Ordning        int             // form order
	Samverkansform *Samverkansform // nil: all
	Tillhor        string          // parent code: inriktning of a preciserad inriktning, kommun of a stadsdel
	Exklusiv       bool            // excludes every other code (Ingen offentlig försörjning)
	UtanMatning    bool            // avslutsanledning without measurement after
	Utesluts       bool            // Felregistrering: out of all figures
	Bit            *int16          // position in the fact tables' försörjning set, 0–7
	Nr             *int16          // small integer of the fact tables (utbildningsnivå, avslutsanledning)
}

// Kodverk is every row of every list, loaded as one fact for the rules.
type Kodverk struct {
	Rader []Kodrad
}

// Kommun is one of SCB's 290, with its län.
type Kommun struct {
	Kod     string `gorm:"primaryKey"` // four digits
	Namn    string
	Lan     string // two digits
	LanNamn string
}
