package httpapi

import (
	"sus/api"
	"sus/backend/register"
)

// fromDeltagandesokning refuses a search for nothing; the day tells which numbers there may be.
func fromDeltagandesokning(in api.DeltagandeSokning, idag register.Datum) (register.Deltagandesokning, error) {
	var p register.Personnummer
	if in.Personnummer != nil {
		var err error
		if p, err = register.ParsePersonnummer(*in.Personnummer, idag); err != nil {
			return register.Deltagandesokning{}, err
		}
	}
	return register.NyDeltagandesokning(value(in.Namn), p, value(in.Status))
}
