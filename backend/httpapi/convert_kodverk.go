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

func fromNyKod(typ register.Kodverkstyp, in api.NyKod) register.Koduppgifter {
	return register.Koduppgifter{
		Kodverk: typ, Kod: in.Kod, Period: register.Period{Fran: in.GiltigFran, Tom: in.GiltigTom},
		Kodvarden:      register.Kodvarden{Etikett: in.Etikett, Ordning: int(in.Ordning), Exklusiv: value(in.Exklusiv), UtanMatning: value(in.UtanMatning), Utesluts: value(in.Utesluts)},
		Samverkansform: in.Samverkansform, Tillhor: value(in.Tillhor),
	}
}

func fromKodandring(in api.Kodandring) register.Kodandring {
	return register.Kodandring{
		Kodvarden:  register.Kodvarden{Etikett: in.Etikett, Ordning: int(in.Ordning), Exklusiv: value(in.Exklusiv), UtanMatning: value(in.UtanMatning), Utesluts: value(in.Utesluts)},
		GallerFran: in.GallerFran, Tom: in.GiltigTom,
	}
}

func toDateradKod(k register.DateradKod) api.DateradKod {
	return api.DateradKod{Id: k.ID, Kodverk: k.Kodverk, Kod: k.Kod, Rader: convert(k.Rader, toKodrad), Version: int32(k.Version)}
}

func toKodanvandning(b register.Kodanvandning) api.Kodanvandning {
	return api.Kodanvandning{Slag: b.Slag, Antal: int32(b.Antal), PaRaden: int32(b.PaRaden), EfterDagen: int32(b.EfterDagen), Forsta: b.Forsta, Sista: b.Sista}
}
