package register

import "time"

// OmfragaArgs asks for the nightly questions to the population register. It has no
// fields: about whom follows from the clock, and a job's arguments hold nothing about
// people.
type OmfragaArgs struct{}

// Kind names the job in the queue.
func (OmfragaArgs) Kind() string { return "omfraga" }

// Omfragetider is how old the population register's answer may become before it is
// asked again; 0: it is not.
type Omfragetider struct {
	Oppna     time.Duration // of whoever has an open deltagande
	Avslutade time.Duration // of all others
}

// natterna is from one nightly run to the next.
const natterna = 24 * time.Hour

// nyttSamtycke is how long an unused samtycke is asked about as an open deltagande is:
// its own question may have been on its way when a protection began.
const nyttSamtycke = 3 * natterna

// Omfragegranser is which answers are too old: those from before. A zero time is before
// all of them.
type Omfragegranser struct {
	Oppna, Avslutade time.Time
	Nytt             time.Time // an unused samtycke registered after it counts as open
}

// Granser is what to ask in the run of a night: whatever would be too old before the
// next one. What was asked since the night began is not asked again, so a run that is
// cut short goes on where it was.
func (o Omfragetider) Granser(natt time.Time) Omfragegranser {
	grans := func(alder time.Duration) time.Time {
		if alder <= 0 {
			return time.Time{}
		}
		return natt.Add(natterna - max(alder, natterna))
	}
	return Omfragegranser{Oppna: grans(o.Oppna), Avslutade: grans(o.Avslutade), Nytt: natt.Add(-nyttSamtycke)}
}
