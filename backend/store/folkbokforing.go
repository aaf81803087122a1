package store

import (
	"context"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// BorjaUppslag is what stands before a question to the population register for a
// caller.
func (s *Store) BorjaUppslag(ctx context.Context, b db.Begaran, insatsID uuid.UUID, p register.Personnummer) error {
	return nil
}

// TaEmotSvar does at once what an answer of the population register about p demands
// of what is stored, in every insats, whoever asked.
func (s *Store) TaEmotSvar(ctx context.Context, p register.Personnummer, post register.Folkbokforingspost) error {
	return s.sammaPerson(ctx, p, post)
}
