package auth

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/sms"
	"sus/backend/store/db"
)

// NyAnvandare is the input of a new user.
type NyAnvandare struct {
	Personnummer       register.Personnummer
	Fornamn, Efternamn string
	Mobil              string // E.164, «+46701740605»
	Huvudarbetsgivare  string // organisationsnummer, ten digits

	// Huvudlosenord is given in a demo only, where it is known to all and sent
	// to nobody; "" draws one and sends it.
	Huvudlosenord string
}

// SkapaAnvandare adds a user without any role and sends the master password,
// once, as flash SMS. Refused: 403 for others than FK, 422, 409
// `anvandare-finns`, 403 `inte-demo` for a given password outside a demo. When
// the SMS fails (503) the user is there: NyttHuvudlosenord sends another.
func (a *Auth) SkapaAnvandare(ctx context.Context, ak register.Aktor, in NyAnvandare) (uuid.UUID, error) {
	losenord, hasha := in.Huvudlosenord, a.hashaKant
	if losenord == "" {
		losenord, hasha = nyttLosenord(), a.hasha
	} else if err := a.kravDemo(ctx); err != nil {
		return uuid.Nil, err
	}
	hash, err := hasha(ctx, losenord)
	if err != nil {
		return uuid.Nil, err
	}
	id, err := a.konto.SkapaAnvandare(ctx, db.Begaran{Aktor: ak}, register.Anvandaruppgifter{
		Personnummer: in.Personnummer, Fornamn: in.Fornamn, Efternamn: in.Efternamn, Mobil: in.Mobil, Huvudarbetsgivare: in.Huvudarbetsgivare,
	}, hash)
	if err != nil || in.Huvudlosenord != "" {
		return id, err
	}
	return id, a.skickaLosenord(ctx, in.Mobil, losenord)
}

// NyttHuvudlosenord draws a new master password, sends it as flash SMS and ends
// the user's sessions.
func (a *Auth) NyttHuvudlosenord(ctx context.Context, ak register.Aktor, anvandareID uuid.UUID) error {
	losenord := nyttLosenord()
	hash, err := a.hasha(ctx, losenord)
	if err != nil {
		return err
	}
	if err := a.konto.BytHuvudlosenord(ctx, db.Begaran{Aktor: ak}, anvandareID, hash); err != nil {
		return err
	}
	mobil, err := a.konto.Mobil(ctx, anvandareID)
	if err != nil {
		return err
	}
	return a.skickaLosenord(ctx, mobil, losenord)
}

func (a *Auth) skickaLosenord(ctx context.Context, mobil, losenord string) error {
	return a.skicka(ctx, sms.Meddelande{Till: mobil, Flash: true,
		Text: "Ditt masterlösenord till SUS är " + losenord + "\nSkriv ner det nu, det visas bara en gång. Lämna det aldrig till någon annan."})
}

// BytMobil replaces the number that codes go to, and tells both the old one and
// the new one. The number is changed also when an SMS fails (503).
func (a *Auth) BytMobil(ctx context.Context, ak register.Aktor, anvandareID uuid.UUID, mobil string) error {
	gammal, err := a.konto.BytMobil(ctx, db.Begaran{Aktor: ak}, anvandareID, mobil)
	if err != nil || gammal == mobil {
		return err
	}
	return errors.Join(
		a.skicka(ctx, sms.Meddelande{Till: gammal, Text: "Engångskoder till SUS skickas från och med nu till ett annat mobilnummer än det här. Har du inte beställt det, kontakta Försäkringskassan genast."}),
		a.skicka(ctx, sms.Meddelande{Till: mobil, Text: "Engångskoder till SUS skickas från och med nu till det här mobilnumret."}))
}
