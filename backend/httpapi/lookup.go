package httpapi

import (
	"context"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// lookUp is the one way by which a caller's request asks the population register
// about somebody: outside every transaction, with its log row before the question
// and what the answer demands done after it, whatever the request then comes to.
func (s *server) lookUp(ctx context.Context, b db.Begaran, insatsID uuid.UUID, p register.Personnummer) (register.Folkbokforingspost, error) {
	if err := s.store.BorjaUppslag(ctx, b, insatsID, p); err != nil {
		return register.Folkbokforingspost{}, err
	}
	post, err := s.folkbokforing.Sok(ctx, p)
	if err != nil {
		return register.Folkbokforingspost{}, err
	}
	return post, s.store.TaEmotSvar(ctx, p, post)
}
