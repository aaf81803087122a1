package register

// maxAnsvar bounds who runs a command and why, in characters.
const maxAnsvar = 200

// ProvaAnsvar is the rule of what a command says of who runs it and why: both stand in
// sealed rows of the log, which no erasure reaches. Faults point at /av and /varfor.
func ProvaAnsvar(av, varfor string) error {
	var f felsamling
	f.obligatorisk("/av", av, maxAnsvar)
	f.ingetPersonnummer("/av", av)
	f.text("/varfor", varfor, maxAnsvar, false)
	f.ingetPersonnummer("/varfor", varfor)
	return f.err()
}
