-- +goose Up
-- What a report says of its own coverage (domain 8): how many deltaganden no longer lead to a
-- person, and how many participants are counted anonymously beside them.

-- A deltagande whose key leads to nobody any more: its identity is erased, and it has ended.
-- An open one that has lost its name only keeps the person's key until the exit.
alter table deltagande add column okopplad boolean not null default false;
update deltagande d set okopplad = true where not d.oppen and not exists (select from identitet i where i.samtycke_id = d.samtycke_id);
alter table deltagande add constraint deltagande_okopplad check (not (okopplad and oppen));
grant update (okopplad) on deltagande to sus_app;

alter table fakt_in add column okopplad boolean not null default false;
alter table fakt_ut add column okopplad boolean not null default false;
update fakt_in f set okopplad = true from deltagande d where d.okopplad and f.ar = extract(year from d.startdag)::int2 and f.reg = d.reg;
update fakt_ut f set okopplad = true from deltagande d where d.okopplad and f.ar = extract(year from d.avslutningsdag)::int2 and f.reg = d.reg;

-- Anonyma as counts a year and insats: the role of the reports sees who registered nothing,
-- and nothing of it but the sums. A view holds them exact also when a row is corrected.
create view fakt_anonyma with (security_barrier) as
	select a.inregistreringsar::int2 as ar, o.nr as org, n.nr as insats, sum(a.antal_kvinnor)::int4 as kvinnor, sum(a.antal_man)::int4 as man
	from anonyma a join insats n on n.id = a.insats_id join samverkansorganisation o on o.id = n.organisation_id
	group by a.inregistreringsar, o.nr, n.nr;
create index on anonyma (inregistreringsar);
grant select on fakt_anonyma to sus_rapport;
