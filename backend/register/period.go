package register

// Period is the days from Fran to and including Tom. Tom nil has no end: until
// further notice. Every span of days in SUS follows its rules, whatever its two
// fields are called where it is kept (startdatum and slutdatum are the handbook's).
type Period struct {
	Fran Datum  `gorm:"column:giltig_fran"`
	Tom  *Datum `gorm:"column:giltig_tom"`
}

// NyPeriod is the days from fran to and including tom.
func NyPeriod(fran, tom Datum) Period { return Period{fran, &tom} }

// Dygn is the one day.
func Dygn(d Datum) Period { return NyPeriod(d, d) }

// IOrdning is false when the last day is before the first.
func (p Period) IOrdning() bool { return p.Tom == nil || !p.Tom.Fore(p.Fran) }

// Omfattar is true for a day within the period, its first and its last too.
func (p Period) Omfattar(d Datum) bool { return !d.Fore(p.Fran) && !p.slutarFore(d) }

// slutarFore is true when the last day is an earlier one than d.
func (p Period) slutarFore(d Datum) bool { return p.Tom != nil && p.Tom.Fore(d) }

// Overlappar is true when some day is within both.
func (p Period) Overlappar(q Period) bool { return !p.slutarFore(q.Fran) && !q.slutarFore(p.Fran) }

// Narmast is the day of the period that is nearest to d: d itself when it is within.
func (p Period) Narmast(d Datum) Datum {
	if p.slutarFore(d) {
		return *p.Tom
	}
	return senast(d, p.Fran)
}

// Forlanger is true when another last day, nil for none, is a later one than the period has.
func (p Period) Forlanger(tom *Datum) bool { return p.Tom != nil && (tom == nil || p.slutarFore(*tom)) }

// OverAr is true when the period is longer than n years: its last day is the nth
// anniversary of its first, or later. One without end is.
func (p Period) OverAr(n int) bool { return !p.slutarFore(p.Fran.PlusAr(n)) }

// String is the days as a person reads them.
func (p Period) String() string {
	if p.Tom == nil {
		return p.Fran.String() + "–"
	}
	return p.Fran.String() + "–" + p.Tom.String()
}

// Tid is the days of the insats.
func (i Insats) Tid() Period { return Period{i.Startdatum, i.Slutdatum} }

func (in Insatsuppgifter) tid() Period { return Period{in.Startdatum, in.Slutdatum} }

// Tid is the days of the organisation.
func (o Samverkansorganisation) Tid() Period { return Period{o.Startdatum, o.Slutdatum} }

func (in Organisationsuppgifter) tid() Period { return Period{in.Startdatum, in.Slutdatum} }
