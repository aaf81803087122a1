package httpapi

import (
	"context"
	"time"

	"github.com/google/uuid"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store"
)

// ListaDeltaganden lists the deltaganden of an own insats, with people.
func (s *server) ListaDeltaganden(ctx context.Context, r api.ListaDeltagandenRequestObject) (api.ListaDeltagandenResponseObject, error) {
	b, p := ur(ctx), r.Params
	sida := sida(p.Limit, p.Offset, string(fran(p.Sort)))
	rader, totalt, err := s.store.Deltaganden(ctx, b.aktor, r.InsatsId, store.DeltagandeFilter{
		Status: store.Deltagandestatus(fran(p.Status)), StartdagFran: p.StartdagFran, StartdagTill: p.StartdagTill,
	}, sida)
	if err != nil {
		return nil, err
	}
	meta, lankar := lista(b, totalt, len(rader), sida)
	data := konvertera(rader, func(d store.DeltagandeMedIdentitet) api.Deltagande { return toDeltagande(d.Deltagande, d.Identitet) })
	return api.ListaDeltaganden200JSONResponse{Data: data, UnderscoreMeta: meta, UnderscoreLinks: lankar}, nil
}

// SkapaDeltagande is the in-registration. The population register is asked
// before the transaction when what it said at the consent is too old.
func (s *server) SkapaDeltagande(ctx context.Context, r api.SkapaDeltagandeRequestObject) (api.SkapaDeltagandeResponseObject, error) {
	b := ur(ctx)
	idem := s.idem(b)
	ny, tidigare, err := s.farskPost(ctx, b, r.InsatsId, r.Body.SamtyckeId, idem)
	if tidigare != nil || err != nil {
		return svarEller(tidigare, err)
	}
	ut, err := s.store.SkrivIn(ctx, b.aktor, fromNyttDeltagande(r.InsatsId, *r.Body), ny, idem, func(d register.Deltagande) (store.Svar, error) {
		return nyttSvar(plats("deltaganden", d.ID), d.Version, toDeltagande(d, nil))
	})
	if err != nil {
		return nil, err
	}
	return skapat(ut), nil
}

// farskPost asks the population register again when the stored answer is older
// than the setting allows; a replay of an answered request never asks.
func (s *server) farskPost(ctx context.Context, b *begaran, insatsID, samtyckeID uuid.UUID, idem *store.Idempotens) (*register.Folkbokforingspost, *store.Svar, error) {
	uppslag, err := s.store.IdentitetsUppslag(ctx, b.aktor, insatsID, samtyckeID)
	if err == nil && s.nu().Sub(uppslag.Uppslagen) <= s.farskhet {
		return nil, nil, nil
	}
	// After a withdrawal there is no identity to look up, but a replay has its own answer (410).
	if tidigare, fel := s.store.Upprepning(ctx, b.aktor, idem); tidigare != nil || fel != nil {
		return nil, tidigare, fel
	}
	if err != nil {
		return nil, nil, err
	}
	post, err := s.folkbokforing.Sok(ctx, uppslag.Personnummer)
	if err != nil {
		return nil, nil, err
	}
	return &post, nil, nil
}

// standardFarskhet is how old the population register's answer may be.
const standardFarskhet = 24 * time.Hour

// HamtaDeltagande reads one deltagande, with the person while the consent holds.
func (s *server) HamtaDeltagande(ctx context.Context, r api.HamtaDeltagandeRequestObject) (api.HamtaDeltagandeResponseObject, error) {
	d, err := s.store.Deltagande(ctx, ur(ctx).aktor, r.DeltagandeId)
	if err != nil {
		return nil, err
	}
	return api.HamtaDeltagande200JSONResponse{Body: toDeltagande(d.Deltagande, d.Identitet),
		Headers: api.HamtaDeltagande200ResponseHeaders{ETag: etagPekare(d.Version)}}, nil
}

// SkapaUtregistrering ends a deltagande.
func (s *server) SkapaUtregistrering(ctx context.Context, r api.SkapaUtregistreringRequestObject) (api.SkapaUtregistreringResponseObject, error) {
	b := ur(ctx)
	ut, err := s.store.SkrivUt(ctx, b.aktor, r.DeltagandeId, fromUtregistrering(*r.Body), s.idem(b), func(d register.Deltagande) (store.Svar, error) {
		return nyttSvar(plats("deltaganden", d.ID), d.Version, toDeltagande(d, nil))
	})
	if err != nil {
		return nil, err
	}
	return skapat(ut), nil
}

// RattaInregistrering corrects an in-registration.
func (s *server) RattaInregistrering(ctx context.Context, r api.RattaInregistreringRequestObject) (api.RattaInregistreringResponseObject, error) {
	b := ur(ctx)
	d, err := s.store.RattaIn(ctx, b.aktor, r.DeltagandeId, b.version, fromRattadIn(*r.Body), r.Body.Skal)
	if err != nil {
		return nil, err
	}
	return api.RattaInregistrering200JSONResponse{Body: toDeltagande(d, nil),
		Headers: api.RattaInregistrering200ResponseHeaders{ETag: etagPekare(d.Version)}}, nil
}

// RattaUtregistrering corrects an out-registration.
func (s *server) RattaUtregistrering(ctx context.Context, r api.RattaUtregistreringRequestObject) (api.RattaUtregistreringResponseObject, error) {
	b := ur(ctx)
	d, err := s.store.RattaUt(ctx, b.aktor, r.DeltagandeId, b.version, fromRattadUt(*r.Body), r.Body.Skal)
	if err != nil {
		return nil, err
	}
	return api.RattaUtregistrering200JSONResponse{Body: toDeltagande(d, nil),
		Headers: api.RattaUtregistrering200ResponseHeaders{ETag: etagPekare(d.Version)}}, nil
}

// ListaVersioner lists every version of both measurements, oldest first. They
// are few: a page is cut out of them here.
func (s *server) ListaVersioner(ctx context.Context, r api.ListaVersionerRequestObject) (api.ListaVersionerResponseObject, error) {
	b := ur(ctx)
	sida := sida(r.Params.Limit, r.Params.Offset, "")
	alla, err := s.store.Versioner(ctx, b.aktor, r.DeltagandeId)
	if err != nil {
		return nil, err
	}
	borjan := min(sida.Offset, len(alla))
	rader := alla[borjan:min(borjan+sida.Limit, len(alla))]
	meta, lankar := lista(b, len(alla), len(rader), sida)
	return api.ListaVersioner200JSONResponse{Data: konvertera(rader, toVersion), UnderscoreMeta: meta, UnderscoreLinks: lankar}, nil
}
