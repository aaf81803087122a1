// Package api is generated from openapi.yaml: models, strict Echo server, client and the embedded contract.
package api

//go:generate go tool oapi-codegen -config config.yaml ../openapi.yaml
