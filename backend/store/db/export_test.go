package db

import "time"

// ForgetAge makes the code lists that are kept look old.
func ForgetAge(d *DB) {
	k := *d.kodverk.senaste.Load()
	k.hamtat = time.Now().Add(-2 * kodverkGaller)
	d.kodverk.senaste.Store(&k)
}

// ChainColumns is what is read of the tables of the chain.
var ChainColumns = map[string]string{"loggpost": loggColumns, "loggsigill": sigillColumns}
