package httpapi

import (
	"sus/api"
	"sus/backend/register"
)

func toKodrad(r register.Kodrad) api.Kodrad {
	return api.Kodrad{
		Kodverk: r.Kodverk, Kod: r.Kod, Etikett: r.Etikett, Ordning: int32(r.Ordning),
		GiltigFran: r.Fran, GiltigTom: r.Tom, Samverkansform: r.Samverkansform, Tillhor: optional(r.Tillhor),
		Exklusiv: r.Exklusiv, UtanMatning: r.UtanMatning, Utesluts: r.Utesluts, EndastAterkallelse: r.EndastAterkallelse,
	}
}

func toKommun(k register.Kommun) api.Kommun {
	return api.Kommun{Kod: k.Kod, Namn: k.Namn, Lan: k.Lan, LanNamn: k.LanNamn}
}
