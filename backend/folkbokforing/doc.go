// Package folkbokforing asks the population register about one person: Navet's
// personpost at Skatteverket, SOAP 1.1 over mutual TLS. simulator.go answers as
// Navet does and serves development and tests; the client does not know the
// difference.
//
// A personnummer stands in the body of the question and nowhere else: not in a
// URL, a header, a log or an error.
package folkbokforing
