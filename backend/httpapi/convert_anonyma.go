package httpapi

import (
	"github.com/google/uuid"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store/konto"
)

func fromAnonyma(in api.NyaAnonyma) register.Anonymregistrering {
	return register.Anonymregistrering{Inregistreringsar: int(in.Inregistreringsar), AntalKvinnor: int(in.AntalKvinnor), AntalMan: int(in.AntalMan)}
}

func toAnonyma(a register.Anonyma) api.Anonyma {
	return api.Anonyma{Id: a.ID, InsatsId: a.InsatsID, Inregistreringsar: int32(a.Inregistreringsar),
		AntalKvinnor: int32(a.AntalKvinnor), AntalMan: int32(a.AntalMan), Registrerat: a.Registrerat.UTC(), Version: int32(a.Version), Varningar: toVarningar(a.Varningar)}
}

func toAnonymaVersion(v register.Anonymaversion, names map[uuid.UUID]konto.Namn) api.AnonymaVersion {
	return api.AnonymaVersion{Version: int32(v.Version), Inregistreringsar: int32(v.Inregistreringsar), AntalKvinnor: int32(v.AntalKvinnor),
		AntalMan: int32(v.AntalMan), Skal: v.Skal, Registrerad: v.Registrerad.UTC(), RegistreradAv: v.RegistreradAv, Registrerare: toAktor(names, v.RegistreradAv)}
}
