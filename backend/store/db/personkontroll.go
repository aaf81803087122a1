package db

// provaPersoner holds the persons of a link's rows against the rows' hashes, which
// are checked already.
func (k *Loggkontroll) provaPersoner(*Tx, loggsigill, []Loggpost) error {
	return nil
}
