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
	b := ur(ctx)
	rapport, err := s.statistik.DeltagarrapportForsorjning(ctx, b.Aktor, fromUrval(r.Params))
	if err != nil {
		return nil, err
	}
	ut := svar{status: http.StatusOK}
	switch b.format {
	case formatExcelSv:
		ut.typ, ut.kropp = export.ContentTypeExcelSv, export.ExcelSv(rapport.Tryckt())
	case formatData:
		ut.typ, ut.kropp = export.ContentTypeData, export.DataCSV(rapport.Data())
	case formatJSONStat:
		ut.typ = export.ContentTypeJSONStat
		ut.kropp, err = export.JSONStat(rapport.Data())
	default:
		ut.typ = jsontyp
		ut.kropp, err = json.Marshal(toForsorjningsrapport(rapport))
	}
	return ut, err
}
