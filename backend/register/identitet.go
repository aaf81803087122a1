package register

import "time"

// ArInaktuell is true when the population register has to be asked again before the
// person is registered: its answer is older than farskhet. One that is just as old
// still holds.
func (i Identitet) ArInaktuell(nu time.Time, farskhet time.Duration) bool {
	return nu.Sub(i.Uppslagen) > farskhet
}

// ArSkyddad is true for somebody whose identity may not be stored, and whose stored
// one, written before the protection, may not stay.
func (p Folkbokforingspost) ArSkyddad() bool { return p.Hittad && p.Skydd != SkyddInget }

// MedSvar is the identity after a new answer of the population register. Its name
// and kommun win over ours; someone it no longer finds, has deregistered or protects
// keeps those of the last answer, and someone it no longer finds their protection
// too. sparas is false when the person is protected: the registration is refused,
// and nothing is stored.
func (i Identitet) MedSvar(p Folkbokforingspost) (ny Identitet, sparas bool) {
	i.Uppslagen = p.Uppslagen
	if p.Hittad {
		i.Skydd, i.Avregistrerad = p.Skydd, p.Avregistrerad
		if p.Skydd == SkyddInget && !p.Avregistrerad {
			i.Namn, i.Kommun = p.Namn, p.Kommun
		}
	}
	return i, i.Skydd == SkyddInget
}

// Andrad is true when a new answer says something else of the person than the old
// one: what a reviewer asks for. When it was asked is not among it.
func (i Identitet) Andrad(ny Identitet) bool {
	return i.Namn != ny.Namn || i.Kommun != ny.Kommun || i.Skydd != ny.Skydd || i.Avregistrerad != ny.Avregistrerad
}
