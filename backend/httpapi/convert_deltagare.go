package httpapi

import (
	"sus/api"
	"sus/backend/register"
	"sus/backend/store"
)

// toDeltagare shows who it is, to the few who may see it; nil when erased.
func toDeltagare(i *register.Identitet) *api.Deltagare {
	if i == nil {
		return nil
	}
	return &api.Deltagare{Personnummer: i.Personnummer.Siffror(), Namn: i.Namn, Kommun: till(i.Kommun)}
}

// toDeltagareSvar shows what the population register and the insats know. Of a
// protected person nothing follows but that: kön and ålder are left out too, so
// that the answer is the same for all of them.
func toDeltagareSvar(post register.Folkbokforingspost, p register.Personnummer, lage store.Personlage, idag register.Datum) api.DeltagareSvar {
	if post.Skydd != register.SkyddInget {
		return api.DeltagareSvar{Hittad: true, Skyddad: true, Deltaganden: []api.DeltagandeKort{}}
	}
	ut := api.DeltagareSvar{Hittad: post.Hittad, Avregistrerad: post.Avregistrerad, Deltaganden: konvertera(lage.Deltaganden, toDeltagandeKort)}
	if c := lage.Oanvant; c != nil {
		ut.OanvantSamtycke = &api.SamtyckeKort{Id: c.ID, Datum: c.Datum}
	}
	if post.NyttNummer != "" {
		bytt := true
		ut.Bytt = &bytt
	}
	if !post.Hittad {
		return ut
	}
	kon, alder := p.Kon(), int32(p.Alder(idag))
	ut.Namn, ut.Kommun, ut.Kon, ut.Alder = till(post.Namn), till(post.Kommun), &kon, &alder
	return ut
}
