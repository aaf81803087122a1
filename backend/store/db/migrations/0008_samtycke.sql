-- +goose Up
-- A samtycke may be corrected before it is used. Why is somebody's own words about a
-- person: like the reasons of a measurement they are erased with the identity, and
-- here by the database itself, in whatever way the identity goes.
alter table samtycke add column skal text;
alter table samtycke alter column skal set statistics 0;
grant update (blankett, datum, sprak, satt, mognad_datum, mognad_vardnadshavare, externt_id, skal) on samtycke to sus_app;
create index on samtycke (insats_id, registrerat, id);
drop index samtycke_insats_id_idx; -- the one above finds the same

-- The questions to the population register of the last hour, by whom and about whom:
-- what the limits per caller are reckoned by, in every server alike. Rows older than
-- that are erased at the next question, and by the daily job.
create table folkbokforingsuppslag (
	id         uuid primary key,
	aktor_id   uuid not null,
	blindindex bytea constraint folkbokforingsuppslag_blindindex check (octet_length(blindindex) = 32),
	tid        timestamptz not null,
	ledde      boolean not null default false, -- to a samtycke or an in-registration of the person by the same caller
	varnad     boolean not null default false  -- at this one a reviewer was told that too many led to nothing
);
create index on folkbokforingsuppslag (aktor_id, tid);
create index on folkbokforingsuppslag (tid);
create index on folkbokforingsuppslag (blindindex) where blindindex is not null;
alter table folkbokforingsuppslag alter column blindindex set statistics 0;
grant select, insert, delete, update (blindindex, ledde, varnad) on folkbokforingsuppslag to sus_app;

-- An identity that goes takes the reason with it, and the way from the caller's
-- questions to the person. The questions still count.
-- +goose StatementBegin
create function sus_identitet_borta() returns trigger language plpgsql
	set search_path = pg_catalog, public, pg_temp as $$
begin
	update samtycke set skal = null where id = old.samtycke_id and skal is not null;
	update folkbokforingsuppslag set blindindex = null where blindindex = old.blindindex;
	return null;
end $$;
-- +goose StatementEnd
create trigger identitet_borta after delete on identitet for each row execute function sus_identitet_borta();
