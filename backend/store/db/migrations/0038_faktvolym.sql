-- +goose Up
-- Volym as counts a year and insats, for the coverage of the reports (domain 8): what holds
-- of each year, and nothing of its history.
create view fakt_volym with (security_barrier) as
	select v.ar::int2 as ar, o.nr as org, n.nr as insats, v.antal_kvinnor as kvinnor, v.antal_man as man, v.uppgift_saknas as saknas
	from volym v join insats n on n.id = v.insats_id join samverkansorganisation o on o.id = n.organisation_id
	where not exists (select from volym w where w.insats_id = v.insats_id and w.ar = v.ar and w.version > v.version);
create index on volym (ar);
grant select on fakt_volym to sus_rapport;
