package httpapi

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
)

// ListaDeltaganden lists the deltaganden of an own insats, with people.
func (s *server) ListaDeltaganden(ctx context.Context, r api.ListaDeltagandenRequestObject) (api.ListaDeltagandenResponseObject, error) {
	b, p := begaranOf(ctx), r.Params
	page := pageOf(p.Limit, p.Offset, string(value(p.Sort)))
	rows, total, err := s.store.Deltaganden(ctx, b.Begaran, r.InsatsId, store.DeltagandeFilter{
		Status: value(p.Status), StartdagFran: p.StartdagFran, StartdagTom: p.StartdagTill,
		SammaPerson: value(p.SammaPerson),
	}, page)
	if err != nil {
		return nil, err
	}
	meta, links := paging(b, total, len(rows), page)
	return api.ListaDeltaganden200JSONResponse{Data: convert(rows, toDeltagandeMedIdentitet), UnderscoreMeta: meta, UnderscoreLinks: links}, nil
}

// SokDeltaganden searches among the people that an own insats has registered. The
// population register is not asked.
func (s *server) SokDeltaganden(ctx context.Context, r api.SokDeltagandenRequestObject) (api.SokDeltagandenResponseObject, error) {
	b := begaranOf(ctx)
	search, err := fromDeltagandesokning(*r.Body, s.idag())
	if err != nil {
		return nil, err
	}
	page := pageOf(r.Params.Limit, r.Params.Offset, "")
	rows, total, err := s.store.SokDeltaganden(ctx, b.Begaran, r.InsatsId, search, page)
	if err != nil {
		return nil, err
	}
	meta, links := paging(b, total, len(rows), page)
	return api.SokDeltaganden200JSONResponse{Data: convert(rows, toDeltagandeMedIdentitet), UnderscoreMeta: meta, UnderscoreLinks: links}, nil
}

// SkapaDeltagande is the in-registration. The population register is asked only
// when the store finds what it said at the consent too old, and then outside the
// transaction.
func (s *server) SkapaDeltagande(ctx context.Context, r api.SkapaDeltagandeRequestObject) (api.SkapaDeltagandeResponseObject, error) {
	b := begaranOf(ctx)
	in := fromNyttDeltagande(r.InsatsId, *r.Body)
	respond := func(d register.Deltagande) (db.Svar, error) {
		if b.Provkor {
			return dryRun(d.Varningar)
		}
		return newResponse(place("deltaganden", d.ID), d.Version, toDeltagande(d, nil))
	}
	out, err := s.store.SkrivIn(ctx, b.Begaran, in, nil, respond)
	if errors.Is(err, store.ErrInaktuellt) {
		lookup, lookupErr := s.store.IdentitetsUppslag(ctx, b.Begaran, in.InsatsID, in.SamtyckeID)
		if lookupErr != nil {
			return nil, lookupErr
		}
		post, lookupErr := s.lookUp(ctx, b.Begaran, in.InsatsID, lookup.Personnummer)
		if lookupErr != nil {
			return nil, lookupErr
		}
		out, err = s.store.SkrivIn(ctx, b.Begaran, in, &post, respond)
	}
	if err != nil {
		return nil, err
	}
	return created(out), nil
}

// HamtaDeltagande reads one deltagande, with the person while the consent holds.
func (s *server) HamtaDeltagande(ctx context.Context, r api.HamtaDeltagandeRequestObject) (api.HamtaDeltagandeResponseObject, error) {
	d, err := s.store.Deltagande(ctx, begaranOf(ctx).Begaran, r.DeltagandeId)
	if err != nil {
		return nil, err
	}
	return api.HamtaDeltagande200JSONResponse{Body: toDeltagandeMedIdentitet(d),
		Headers: api.HamtaDeltagande200ResponseHeaders{ETag: etagPointer(d.Version)}}, nil
}

// SkapaUtregistrering ends a deltagande.
func (s *server) SkapaUtregistrering(ctx context.Context, r api.SkapaUtregistreringRequestObject) (api.SkapaUtregistreringResponseObject, error) {
	b := begaranOf(ctx)
	out, err := s.store.SkrivUt(ctx, b.Begaran, r.DeltagandeId, fromUtregistrering(*r.Body), func(d register.Deltagande) (db.Svar, error) {
		if b.Provkor {
			return dryRun(d.Varningar)
		}
		return newResponse(place("deltaganden", d.ID), d.Version, toDeltagande(d, nil))
	})
	if err != nil {
		return nil, err
	}
	return created(out), nil
}

// RattaInregistrering corrects an in-registration.
func (s *server) RattaInregistrering(ctx context.Context, r api.RattaInregistreringRequestObject) (api.RattaInregistreringResponseObject, error) {
	b := begaranOf(ctx)
	d, err := s.store.RattaIn(ctx, b.Begaran, r.DeltagandeId, fromRattadIn(*r.Body), r.Body.Skal)
	if err != nil {
		return nil, err
	}
	return api.RattaInregistrering200JSONResponse{Body: toDeltagande(d, nil),
		Headers: api.RattaInregistrering200ResponseHeaders{ETag: etagPointer(d.Version)}}, nil
}

// RattaUtregistrering corrects an out-registration.
func (s *server) RattaUtregistrering(ctx context.Context, r api.RattaUtregistreringRequestObject) (api.RattaUtregistreringResponseObject, error) {
	b := begaranOf(ctx)
	d, err := s.store.RattaUt(ctx, b.Begaran, r.DeltagandeId, fromRattadUt(*r.Body), r.Body.Skal)
	if err != nil {
		return nil, err
	}
	return api.RattaUtregistrering200JSONResponse{Body: toDeltagande(d, nil),
		Headers: api.RattaUtregistrering200ResponseHeaders{ETag: etagPointer(d.Version)}}, nil
}

// ListaVersioner lists every version of both measurements, oldest first. They
// are few: a page is cut out of them here.
func (s *server) ListaVersioner(ctx context.Context, r api.ListaVersionerRequestObject) (api.ListaVersionerResponseObject, error) {
	b := begaranOf(ctx)
	page := pageOf(r.Params.Limit, r.Params.Offset, "")
	all, err := s.store.Versioner(ctx, b.Begaran, r.DeltagandeId)
	if err != nil {
		return nil, err
	}
	rows := db.Av(page, all)
	names, err := s.konto.Namn(ctx, convert(rows, func(m register.Mattillfalle) uuid.UUID { return m.RegistreradAv })...)
	if err != nil {
		return nil, err
	}
	meta, links := paging(b, len(all), len(rows), page)
	return api.ListaVersioner200JSONResponse{Data: convert(rows, func(m register.Mattillfalle) api.Version { return toVersion(m, names) }), UnderscoreMeta: meta, UnderscoreLinks: links}, nil
}
