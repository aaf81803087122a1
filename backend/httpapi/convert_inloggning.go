package httpapi

import (
	"slices"

	"github.com/google/uuid"

	"sus/api"
	"sus/backend/auth"
	"sus/backend/register"
	"sus/backend/store/konto"
)

func toInloggning(u auth.Utmaning) api.Inloggning {
	return api.Inloggning{Id: u.ID, GiltigTill: u.Upphor.UTC()}
}

func toTokens(t auth.Tokens) api.Token {
	return api.Token{AccessToken: t.AccessToken, TokenType: t.TokenType, ExpiresIn: int32(t.ExpiresIn),
		RefreshToken: optional(t.RefreshToken), Scope: optional(t.Scope)}
}

func toJag(p konto.Profil) api.Jag {
	return api.Jag{
		Id: p.ID, Fornamn: optional(p.Fornamn), Efternamn: optional(p.Efternamn), Klient: optional(p.Klient),
		PersonnummerMaskerat: optional(p.PersonnummerMaskerat),
		Behorigheter: convert(p.Behorigheter, func(b register.Behorighet) api.Behorighet {
			return api.Behorighet{Roll: b.Roll, FranOchMed: b.Fran, TillOchMed: *b.Tom}
		}),
		Uppdrag: convert(withoutCovered(p.Uppdrag), func(u konto.Profiluppdrag) api.Uppdrag {
			return api.Uppdrag{Roll: u.Roll, OrganisationId: u.OrganisationID, Organisation: u.Organisation,
				InsatsId: optional(u.InsatsID), Insats: optional(u.Insats)}
		}),
		Scopes: notNil(p.Scopes),
	}
}

// withoutCovered leaves out the insatser that an uppdrag on the whole organisation
// covers already: they come and go as insatser do, the uppdrag does not.
func withoutCovered(all []konto.Profiluppdrag) []konto.Profiluppdrag {
	return slices.DeleteFunc(slices.Clone(all), func(u konto.Profiluppdrag) bool {
		return u.InsatsID != uuid.Nil && slices.ContainsFunc(all, func(v konto.Profiluppdrag) bool {
			return v.InsatsID == uuid.Nil && v.Roll == u.Roll && v.OrganisationID == u.OrganisationID
		})
	})
}
