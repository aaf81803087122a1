package httpapi

import (
	"context"
	"errors"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
)

// ListaDeltaganden lists the deltaganden of an own insats, with people.
func (s *server) ListaDeltaganden(ctx context.Context, r api.ListaDeltagandenRequestObject) (api.ListaDeltagandenResponseObject, error) {
	b, p := ur(ctx), r.Params
	sida := sida(p.Limit, p.Offset, string(fran(p.Sort)))
	rader, totalt, err := s.store.Deltaganden(ctx, b.Begaran, r.InsatsId, store.DeltagandeFilter{
		Status: fran(p.Status), StartdagFran: p.StartdagFran, StartdagTill: p.StartdagTill,
	}, sida)
	if err != nil {
		return nil, err
	}
	meta, lankar := lista(b, totalt, len(rader), sida)
	return api.ListaDeltaganden200JSONResponse{Data: konvertera(rader, toDeltagandeMedIdentitet), UnderscoreMeta: meta, UnderscoreLinks: lankar}, nil
}

// SokDeltaganden searches among the people that an own insats has registered. The
// population register is not asked.
func (s *server) SokDeltaganden(ctx context.Context, r api.SokDeltagandenRequestObject) (api.SokDeltagandenResponseObject, error) {
	b := ur(ctx)
	sokning, err := fromDeltagandesokning(*r.Body, s.idag())
	if err != nil {
		return nil, err
	}
	sida := sida(r.Params.Limit, r.Params.Offset, "")
	rader, totalt, err := s.store.SokDeltaganden(ctx, b.Begaran, r.InsatsId, sokning, sida)
	if err != nil {
		return nil, err
	}
	meta, lankar := lista(b, totalt, len(rader), sida)
	return api.SokDeltaganden200JSONResponse{Data: konvertera(rader, toDeltagandeMedIdentitet), UnderscoreMeta: meta, UnderscoreLinks: lankar}, nil
}

// SkapaDeltagande is the in-registration. The population register is asked only
// when the store finds what it said at the consent too old, and then outside the
// transaction.
func (s *server) SkapaDeltagande(ctx context.Context, r api.SkapaDeltagandeRequestObject) (api.SkapaDeltagandeResponseObject, error) {
	b := ur(ctx)
	in := fromNyttDeltagande(r.InsatsId, *r.Body)
	svara := func(d register.Deltagande) (db.Svar, error) {
		return nyttSvar(plats("deltaganden", d.ID), d.Version, toDeltagande(d, nil))
	}
	ut, err := s.store.SkrivIn(ctx, b.Begaran, in, nil, svara)
	if errors.Is(err, store.ErrInaktuellt) {
		uppslag, fel := s.store.IdentitetsUppslag(ctx, b.Begaran, in.InsatsID, in.SamtyckeID)
		if fel != nil {
			return nil, fel
		}
		post, fel := s.folkbokforing.Sok(ctx, uppslag.Personnummer)
		if fel != nil {
			return nil, fel
		}
		ut, err = s.store.SkrivIn(ctx, b.Begaran, in, &post, svara)
	}
	if err != nil {
		return nil, err
	}
	return skapat(ut), nil
}

// HamtaDeltagande reads one deltagande, with the person while the consent holds.
func (s *server) HamtaDeltagande(ctx context.Context, r api.HamtaDeltagandeRequestObject) (api.HamtaDeltagandeResponseObject, error) {
	d, err := s.store.Deltagande(ctx, ur(ctx).Begaran, r.DeltagandeId)
	if err != nil {
		return nil, err
	}
	return api.HamtaDeltagande200JSONResponse{Body: toDeltagande(d.Deltagande, d.Identitet),
		Headers: api.HamtaDeltagande200ResponseHeaders{ETag: etagPekare(d.Version)}}, nil
}

// SkapaUtregistrering ends a deltagande.
func (s *server) SkapaUtregistrering(ctx context.Context, r api.SkapaUtregistreringRequestObject) (api.SkapaUtregistreringResponseObject, error) {
	b := ur(ctx)
	ut, err := s.store.SkrivUt(ctx, b.Begaran, r.DeltagandeId, fromUtregistrering(*r.Body), func(d register.Deltagande) (db.Svar, error) {
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
	d, err := s.store.RattaIn(ctx, b.Begaran, r.DeltagandeId, fromRattadIn(*r.Body), r.Body.Skal)
	if err != nil {
		return nil, err
	}
	return api.RattaInregistrering200JSONResponse{Body: toDeltagande(d, nil),
		Headers: api.RattaInregistrering200ResponseHeaders{ETag: etagPekare(d.Version)}}, nil
}

// RattaUtregistrering corrects an out-registration.
func (s *server) RattaUtregistrering(ctx context.Context, r api.RattaUtregistreringRequestObject) (api.RattaUtregistreringResponseObject, error) {
	b := ur(ctx)
	d, err := s.store.RattaUt(ctx, b.Begaran, r.DeltagandeId, fromRattadUt(*r.Body), r.Body.Skal)
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
	alla, err := s.store.Versioner(ctx, b.Begaran, r.DeltagandeId)
	if err != nil {
		return nil, err
	}
	borjan := min(sida.Offset, len(alla))
	rader := alla[borjan:min(borjan+sida.Limit, len(alla))]
	meta, lankar := lista(b, len(alla), len(rader), sida)
	return api.ListaVersioner200JSONResponse{Data: konvertera(rader, toVersion), UnderscoreMeta: meta, UnderscoreLinks: lankar}, nil
}
