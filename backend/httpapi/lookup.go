package httpapi

import (
	"context"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// lookUp is the one way by which a caller's request asks the population register
// about somebody: outside every transaction, with a log row before each question, and
// what the answers demand done after it, whatever the request then comes to. A number
// that was replaced leads on to the person's others: see store.FragaOmPersonen.
func (s *server) lookUp(ctx context.Context, b db.Begaran, insatsID uuid.UUID, p register.Personnummer) (register.Folkbokforingspost, error) {
	return s.store.FragaOmPersonen(ctx, p, func(ctx context.Context, nr register.Personnummer) (register.Folkbokforingspost, error) {
		if err := s.store.BorjaUppslag(ctx, b, insatsID, nr); err != nil {
			return register.Folkbokforingspost{}, err
		}
		return s.folkbokforing.Sok(ctx, nr)
	})
}
