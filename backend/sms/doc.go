// Package sms sends text messages through 46elks (POST /a1/sms, HTTP Basic).
// simulator.go answers as 46elks does and serves development and tests; the
// client does not know the difference.
//
// A message never carries a personnummer or an insats.
package sms
