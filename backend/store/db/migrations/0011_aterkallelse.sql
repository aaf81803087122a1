-- +goose Up
-- The avslutsanledning that a withdrawal closes an open deltagande with. Nobody
-- chooses it, and the rule finds it by its flag: two may not hold on one day, and it
-- holds for every form, without measurement, within the figures.
alter table kodverk add column endast_aterkallelse boolean not null default false;
update kodverk set endast_aterkallelse = true where kodverk = 'AVSLUTSANLEDNING' and kod = 'ATERKALLAT_SAMTYCKE';
alter table kodverk add constraint kodverk_endast_aterkallelse check (not endast_aterkallelse
	or (kodverk = 'AVSLUTSANLEDNING' and utan_matning and not utesluts and samverkansform is null));
alter table kodverk add constraint kodverk_en_aterkallelse
	exclude using gist (daterange(giltig_fran, giltig_tom, '[]') with &&) where (endast_aterkallelse);

-- What a withdrawal erases beside the identity: the caller's own case id, which may
-- hold a name, the språk and the assessment of maturity.
alter table samtycke alter column sprak drop not null;
grant update (externt_id, sprak, mognad_datum, mognad_vardnadshavare) on samtycke to sus_app;
grant update (externt_id) on deltagande to sus_app;
-- Also of those whose identity was erased before this.
update samtycke s set externt_id = null, sprak = null, mognad_datum = null, mognad_vardnadshavare = null
	where not exists (select from identitet i where i.samtycke_id = s.id);
update deltagande d set externt_id = null
	where d.externt_id is not null and not exists (select from identitet i where i.samtycke_id = d.samtycke_id);

-- The caller's case id of a log row, erased with the identity. The sealed row has
-- its salted hash in externt_id, as «sha256:» and 64 hexadecimal digits, which is
-- longer than any case id; rows from before this have the case id itself, which
-- cannot be taken out of a sealed row.
create table loggexternt (
	loggpost_id uuid primary key references loggpost,
	insats_id   uuid not null references insats,
	samtycke_id uuid not null,
	externt_id  text not null,
	salt        bytea not null check (octet_length(salt) = 16)
);
create index on loggexternt (samtycke_id);
alter table loggexternt alter column externt_id set statistics 0, alter column salt set statistics 0;
alter table samtycke alter column externt_id set statistics 0;
alter table deltagande alter column externt_id set statistics 0;
alter table loggexternt enable row level security;
create policy insatser on loggexternt to sus_app using (insats_id = any ((select sus_insatser())::uuid[])) with check (insats_id = any ((select sus_insatser())::uuid[]));
grant select, insert, delete on loggexternt to sus_app;
