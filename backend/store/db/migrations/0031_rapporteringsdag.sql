-- +goose Up
-- The day of the month by which an organisation's registrations are complete (domain 7).
alter table samverkansorganisation add column rapporteringsdag smallint not null default 15
	constraint samverkansorganisation_rapporteringsdag check (rapporteringsdag between 1 and 28);
