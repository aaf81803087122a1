package httpapi

import (
	"sus/api"
	"sus/backend/register"
)

func fromAnonyma(in api.NyaAnonyma) register.Anonymregistrering {
	return register.Anonymregistrering{Inregistreringsar: int(in.Inregistreringsar), AntalKvinnor: int(in.AntalKvinnor), AntalMan: int(in.AntalMan)}
}

func toAnonyma(a register.Anonyma) api.Anonyma {
	return api.Anonyma{Id: a.ID, InsatsId: a.InsatsID, Inregistreringsar: int32(a.Inregistreringsar),
		AntalKvinnor: int32(a.AntalKvinnor), AntalMan: int32(a.AntalMan), Registrerat: a.Registrerat.UTC(), Varningar: toVarningar(a.Varningar)}
}
