// Package api is generated from openapi.yaml: models and a strict Echo server
// (api.gen.go), and the whole contract as it is served (spec.gen.go). The server's
// generation leaves out the refusals: overlay.yaml says why. What is the same for every
// operation is written by hand (input.go, server.go) and called from what templates/ makes.
package api

//go:generate go tool oapi-codegen -config config.yaml ../openapi.yaml
//go:generate go tool oapi-codegen -config spec.config.yaml ../openapi.yaml
