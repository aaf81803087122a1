-- +goose Up
-- The audit log (who did what when), its seals, and stored answers.
create table loggpost (
	id              uuid primary key,
	tid             timestamptz not null,
	aktor_id        uuid not null,
	aktor_typ       text not null constraint loggpost_aktor_typ check (aktor_typ in ('PERSON', 'MASKIN', 'SYSTEM')),
	handelse        text not null,
	objekttyp       text not null,
	objekt_id       uuid,
	insats_id       uuid,
	organisation_id uuid,
	utfall          text not null constraint loggpost_utfall check (utfall in ('OK', 'NEKAD')),
	regel           text not null,
	externt_id      text not null,
	detalj          text not null,
	personer_hash   bytea,
	traceparent     text not null
);
create index on loggpost (objekt_id, id) where objekt_id is not null;

-- Whom a log row is about: erased by a withdrawal, and with the salt gone the
-- hash in the sealed row leads to nobody.
create table loggperson (
	loggpost_id uuid not null references loggpost,
	ordning     integer not null,
	samtycke_id uuid,
	blindindex  bytea check (octet_length(blindindex) = 32),
	insats_id   uuid not null references insats,
	salt        bytea not null check (octet_length(salt) = 16),
	primary key (loggpost_id, ordning),
	constraint loggperson_vem check ((samtycke_id is null) <> (blindindex is null))
);
create index on loggperson (samtycke_id) where samtycke_id is not null;
create index on loggperson (blindindex, insats_id) where blindindex is not null;
alter table loggperson alter column blindindex set statistics 0, alter column salt set statistics 0;
alter table loggperson enable row level security;
create policy insatser on loggperson to sus_app using (insats_id = any ((select sus_insatser())::uuid[])) with check (insats_id = any ((select sus_insatser())::uuid[]));

-- The rows that wait for their seal. Each is put here by the database itself, with
-- the row: what is logged in any way is sealed. No number of a transaction orders
-- the log: a dump does not carry those.
create table loggko (
	loggpost_id uuid not null
);
-- +goose StatementBegin
create function sus_koa_loggpost() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
	insert into loggko (loggpost_id) select id from nya;
	return null;
end $$;
-- +goose StatementEnd
revoke execute on function sus_koa_loggpost() from public;
create trigger koa after insert on loggpost referencing new table as nya for each statement execute function sus_koa_loggpost();

-- One link of the chain. Its rows have the numbers fran, fran + 1, … in the order
-- of poster: the log's order is given when it is sealed.
create table loggsigill (
	sekvens bigint primary key check (sekvens > 0),
	fran    bigint not null check (fran > 0),
	antal   integer not null check (antal > 0),
	poster  uuid[] not null,
	forra   bytea not null,
	hash    bytea not null check (octet_length(hash) = 32),
	tid     timestamptz not null,
	constraint loggsigill_antal check (cardinality(poster) = antal)
);

-- The answers of creating requests, kept 24 h. anropare is the user or client.
create table idempotens (
	anropare    uuid not null,
	operation   text not null,
	nyckel      text not null,
	kropp_hmac  bytea,
	status      integer,
	location    text not null default '',
	etag        text not null default '',
	svar        bytea,
	samtycke_id uuid,
	aterkallat  boolean not null default false,
	skapad      timestamptz not null,
	primary key (anropare, operation, nyckel)
);
create index on idempotens (samtycke_id) where samtycke_id is not null;
create index on idempotens (skapad);
alter table idempotens alter column kropp_hmac set statistics 0, alter column svar set statistics 0;

grant select on loggpost to sus_app;
grant insert (id, tid, aktor_id, aktor_typ, handelse, objekttyp, objekt_id, insats_id, organisation_id, utfall, regel, externt_id, detalj, personer_hash, traceparent)
	on loggpost to sus_app;
grant select, insert, delete on loggperson to sus_app;
grant select, delete on loggko to sus_app;
grant select, insert on loggsigill to sus_app;
grant select, insert, update, delete on idempotens to sus_app;
