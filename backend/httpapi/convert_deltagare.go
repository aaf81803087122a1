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
	return &api.Deltagare{Personnummer: i.Personnummer.Siffror(), Namn: i.Namn, Kommun: optional(i.Kommun)}
}

// toDeltagareSvar shows what the population register and the insats know. Of a
// protected person nothing follows but that: kön and ålder are left out too, so
// that the answer is the same for all of them.
func toDeltagareSvar(post register.Folkbokforingspost, p register.Personnummer, state store.Personlage, idag register.Datum) api.DeltagareSvar {
	if post.Skydd != register.SkyddInget {
		return api.DeltagareSvar{Hittad: true, Skyddad: true, Deltaganden: []api.DeltagandeKort{}}
	}
	out := api.DeltagareSvar{Hittad: post.Hittad, Avregistrerad: post.Avregistrerad, Deltaganden: convert(state.Deltaganden, toDeltagandeKort)}
	if c := state.Oanvant; c != nil {
		out.OanvantSamtycke = &api.SamtyckeKort{Id: c.ID, Datum: c.Datum}
	}
	if post.NyttNummer != "" {
		changed := true
		out.Bytt = &changed
	}
	if !post.Hittad {
		return out
	}
	kon := p.Kon()
	out.Namn, out.Kommun, out.Kon = optional(post.Namn), optional(post.Kommun), &kon
	if ar := p.Alder(idag); ar != nil {
		alder := int32(*ar)
		out.Alder = &alder
	}
	return out
}
