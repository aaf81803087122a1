package httpapi

import (
	"github.com/google/uuid"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/konto"
)

func fromVolym(in api.NyVolym) register.Volymuppgifter {
	return register.Volymuppgifter{AntalKvinnor: int(in.AntalKvinnor), AntalMan: int(in.AntalMan), UppgiftSaknas: int(in.UppgiftSaknas)}
}

func toVolym(v store.Volymlage) api.Volym {
	return api.Volym{Ar: int32(v.Ar), AntalKvinnor: int32(v.AntalKvinnor), AntalMan: int32(v.AntalMan), UppgiftSaknas: int32(v.UppgiftSaknas),
		Stangt: v.Stangt, Version: int32(v.Version)}
}

func toVolymversion(v register.Volym, names map[uuid.UUID]konto.Namn) api.Volymversion {
	return api.Volymversion{Ar: int32(v.Ar), AntalKvinnor: int32(v.AntalKvinnor), AntalMan: int32(v.AntalMan), UppgiftSaknas: int32(v.UppgiftSaknas),
		Version: int32(v.Version), Registrerad: v.Registrerad.UTC(), RegistreradAv: v.RegistreradAv, Registrerare: toAktor(names, v.RegistreradAv)}
}
