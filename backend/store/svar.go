package store

// Svar is the answer to a creating request as it went, or would go, over the
// wire. Kropp carries neither name nor number, since it is stored for replays.
type Svar struct {
	Status   int
	Location string
	ETag     string
	Kropp    []byte
	Upprepat bool // a replay of an earlier answer
}

// Idempotens is a caller's Idempotency-Key for one operation, with the keyed hash
// of its request body (Nycklar.KroppHmac).
type Idempotens struct {
	Operation string
	Nyckel    string
	KroppHmac []byte
}
