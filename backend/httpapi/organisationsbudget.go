package httpapi

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store/db"
	"sus/backend/store/konto"
)

// HamtaOrganisationsbudget reads one year of an organisation.
func (s *server) HamtaOrganisationsbudget(ctx context.Context, r api.HamtaOrganisationsbudgetRequestObject) (api.HamtaOrganisationsbudgetResponseObject, error) {
	l, err := s.store.Organisationsbudget(ctx, begaranOf(ctx).Begaran, r.OrganisationId, int(r.Ar))
	if err != nil {
		return nil, err
	}
	if begaranOf(ctx).asFile() {
		return budgetfile.write(ctx, s, convert(l.Insatser, toBudgetinsats))
	}
	names, err := s.closers(ctx, l.Handelser)
	return api.HamtaOrganisationsbudget200JSONResponse{Body: toOrganisationsbudget(l, names), Headers: api.HamtaOrganisationsbudget200ResponseHeaders{ETag: etagPointer(l.Version)}}, err
}

// SparaOrganisationsbudget says one year anew.
func (s *server) SparaOrganisationsbudget(ctx context.Context, r api.SparaOrganisationsbudgetRequestObject) (api.SparaOrganisationsbudgetResponseObject, error) {
	b := begaranOf(ctx)
	l, err := s.store.SparaOrganisationsbudget(ctx, b.Begaran, r.OrganisationId, int(r.Ar), fromOrganisationsbudget(*r.Body))
	if err != nil {
		return nil, b.first(err)
	}
	names, err := s.closers(ctx, l.Handelser)
	return api.SparaOrganisationsbudget200JSONResponse{Body: toOrganisationsbudget(l, names), Headers: api.SparaOrganisationsbudget200ResponseHeaders{ETag: etagPointer(l.Version)}}, err
}

// closers is the names of who closed and opened the year.
func (s *server) closers(ctx context.Context, all []register.Budgetarshandelse) (map[uuid.UUID]konto.Namn, error) {
	return s.konto.Namn(ctx, convert(all, func(h register.Budgetarshandelse) uuid.UUID { return h.RegistreradAv })...)
}

// ListaOrganisationsbudgetversioner lists what a year has said, oldest first.
func (s *server) ListaOrganisationsbudgetversioner(ctx context.Context, r api.ListaOrganisationsbudgetversionerRequestObject) (api.ListaOrganisationsbudgetversionerResponseObject, error) {
	b := begaranOf(ctx)
	page := pageOf(r.Params.Limit, r.Params.Offset, "")
	all, err := s.store.Organisationsbudgetversioner(ctx, b.Begaran, r.OrganisationId, int(r.Ar))
	if err != nil {
		return nil, err
	}
	rows := db.Av(page, all)
	names, err := s.konto.Namn(ctx, convert(rows, func(v register.Organisationsbudget) uuid.UUID { return v.RegistreradAv })...)
	if err != nil {
		return nil, err
	}
	meta, links := paging(b, len(all), len(rows), page)
	return api.ListaOrganisationsbudgetversioner200JSONResponse{Data: convert(rows, func(v register.Organisationsbudget) api.Organisationsbudgetversion {
		return toOrganisationsbudgetversion(v, names)
	}), UnderscoreMeta: meta, UnderscoreLinks: links}, nil
}

// StangBudgetar closes a year.
func (s *server) StangBudgetar(ctx context.Context, r api.StangBudgetarRequestObject) (api.StangBudgetarResponseObject, error) {
	out, err := s.store.StangBudgetar(ctx, begaranOf(ctx).Begaran, r.OrganisationId, int(r.Ar), yearDone)
	if err != nil {
		return nil, err
	}
	return created(out), nil
}

// OppnaBudgetar opens a closed year again.
func (s *server) OppnaBudgetar(ctx context.Context, r api.OppnaBudgetarRequestObject) (api.OppnaBudgetarResponseObject, error) {
	out, err := s.store.OppnaBudgetar(ctx, begaranOf(ctx).Begaran, r.OrganisationId, int(r.Ar), r.Body.Skal, yearDone)
	if err != nil {
		return nil, err
	}
	return created(out), nil
}

// yearDone answers with the budget that the year is of; what is kept for a repeated call
// names nobody.
func yearDone(h register.Budgetarshandelse) (db.Svar, error) {
	return newResponse(place("samverkansorganisationer", h.OrganisationID)+"/budgetar/"+strconv.Itoa(h.Ar), 0, toBudgetarshandelse(h, nil))
}
