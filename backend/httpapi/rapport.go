package httpapi

import (
	"context"
	"encoding/json"
	"net/http"

	"sus/api"
	"sus/backend/export"
)

// HamtaForsorjningsrapport is Deltagarrapport försörjning in the form that the
// middleware chose: format before Accept.
func (s *server) HamtaForsorjningsrapport(ctx context.Context, r api.HamtaForsorjningsrapportRequestObject) (api.HamtaForsorjningsrapportResponseObject, error) {
	b := begaranOf(ctx)
	rapport, err := s.statistik.DeltagarrapportForsorjning(ctx, b.Begaran, fromUrval(r.Params))
	if err != nil {
		return nil, err
	}
	out := response{status: http.StatusOK}
	switch b.format {
	case formatExcelSv:
		out.typ, out.body = export.ContentTypeExcelSv, export.ExcelSv(rapport.Tryckt())
	case formatData:
		out.typ, out.body = export.ContentTypeData, export.DataCSV(rapport.Data())
	case formatJSONStat:
		out.typ = export.ContentTypeJSONStat
		out.body, err = export.JSONStat(rapport.Data())
	default:
		out.typ = jsonType
		out.body, err = json.Marshal(toForsorjningsrapport(rapport))
	}
	return out, err
}
