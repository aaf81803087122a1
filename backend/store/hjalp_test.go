package store_test

import (
	"context"
	"errors"
	"strings"
	"time"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
)

// regel is the rule id of a refusal, "" for none.
func regel(err error) string {
	var e *register.Error
	if errors.As(err, &e) {
		return e.Regel.String()
	}
	return ""
}

// ta is an answer that keeps what it was given.
func ta[T any](till *T) func(T) (db.Svar, error) {
	return func(v T) (db.Svar, error) {
		*till = v
		return db.Svar{Status: 201, Location: "/v1/prov", ETag: `"1"`, Body: []byte(`{"id":"prov"}`)}, nil
	}
}

// stillaklocka is a clock that stands still at noon of a day.
func stillaklocka(ar, manad, dag int) func() time.Time {
	return func() time.Time { return time.Date(ar, time.Month(manad), dag, 12, 0, 0, 0, time.UTC) }
}

func innehaller(s string, delar ...string) bool {
	for _, d := range delar {
		if !strings.Contains(s, d) {
			return false
		}
	}
	return true
}

// taEmotSvar lets the population register say post about p, and nothing about others.
func taEmotSvar(ctx context.Context, s *store.Store, p register.Personnummer, post register.Folkbokforingspost) error {
	_, err := s.FragaOmPersonen(ctx, p, func(_ context.Context, nr register.Personnummer) (register.Folkbokforingspost, error) {
		if nr == p {
			return post, nil
		}
		return register.Folkbokforingspost{}, nil
	})
	return err
}
