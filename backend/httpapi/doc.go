// Package httpapi serves the contract over HTTP: Echo, the generated strict
// server, and in front of it the middleware that decides who may ask and whether
// what was sent can be read. It holds no rule: a handler turns the wire into the
// domain's input, makes one call, and turns the answer back.
//
// A request passes, in this order: recover and log → security headers and
// traceparent → the route (404, 405) → bearer → Aktor (401) → x-roles and
// x-scopes (403) → parameters and body against the contract (400, 406, 413, 415,
// 422, 428) → the strict handler → error.go.
package httpapi
