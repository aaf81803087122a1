-- +goose Up
-- People's data. Row-level security is the guard that fails closed: without
-- sus.insatser set in the transaction not a row is seen or written. The owner is
-- not held by it (no FORCE), so serve refuses to run as the owner.

-- +goose StatementBegin
create function sus_insatser() returns uuid[] language sql stable
	set search_path = pg_catalog
	as $$ select string_to_array(nullif(current_setting('sus.insatser', true), ''), ',')::uuid[] $$;
-- +goose StatementEnd

create table samtycke (
	id                    uuid primary key,
	insats_id             uuid not null references insats,
	blankett              text not null,
	datum                 date not null,
	sprak                 text not null,
	satt                  text not null constraint samtycke_satt check (satt in ('SKRIFTLIGT', 'ELEKTRONISKT')),
	mognad_datum          date,
	mognad_vardnadshavare boolean,
	externt_id            text,
	registrerat           timestamptz not null,
	registrerat_av        uuid not null,
	aterkallat            timestamptz,
	version               integer not null check (version > 0),
	unique (id, insats_id),
	constraint samtycke_mognad check ((mognad_datum is null) = (mognad_vardnadshavare is null)),
	constraint samtycke_externt_id unique (registrerat_av, externt_id)
);
create index on samtycke (insats_id);

-- Who gave one samtycke. 45 bytes are Tink's prefix 5, IV 12, the number's 12
-- and the tag 16, so that no plaintext can enter.
create table identitet (
	samtycke_id  uuid primary key,
	insats_id    uuid not null,
	personnummer bytea not null constraint identitet_personnummer_krypterat check (octet_length(personnummer) = 45),
	blindindex   bytea not null constraint identitet_blindindex check (octet_length(blindindex) = 32),
	namn         bytea not null constraint identitet_namn_krypterat check (octet_length(namn) >= 33),
	kommun       text not null,
	skydd        text not null constraint identitet_skydd check (skydd in ('INGET', 'SEKRETESSMARKERING', 'SKYDDAD_FOLKBOKFORING')),
	uppslagen    timestamptz not null,
	foreign key (samtycke_id, insats_id) references samtycke (id, insats_id)
);
create index on identitet (blindindex);

-- The random integer of a person. Whoever holds no identitet any more is let go
-- by sus_slapp_personnyckel.
create table personnyckel (
	blindindex bytea primary key check (octet_length(blindindex) = 32),
	person     integer not null unique
);

-- Every integer ever given out, mapped or not, so that none comes twice.
create table persontal (
	person integer primary key
);

-- +goose StatementBegin
create function personnyckel_persontal() returns trigger language plpgsql as $$
begin
	insert into public.persontal (person) values (new.person);
	return null;
end $$;
-- +goose StatementEnd
create trigger personnyckel_persontal after insert on personnyckel
	for each row execute function personnyckel_persontal();

create table deltagande (
	id             uuid primary key,
	reg            integer generated always as identity unique,
	insats_id      uuid not null references insats,
	samtycke_id    uuid not null constraint deltagande_samtycke_id unique,
	person         integer not null,
	startdag       date not null,
	avslutningsdag date,
	oppen          boolean not null,
	felregistrerad boolean not null,
	externt_id     text,
	skapad         timestamptz not null,
	skapad_av      uuid not null,
	version        integer not null check (version > 0),
	unique (id, insats_id),
	foreign key (samtycke_id, insats_id) references samtycke (id, insats_id),
	constraint deltagande_period check (avslutningsdag is null or avslutningsdag >= startdag),
	constraint deltagande_oppen check (oppen = (avslutningsdag is null)),
	constraint deltagande_felregistrerad check (not (felregistrerad and oppen)),
	constraint deltagande_externt_id unique (skapad_av, externt_id)
);
create unique index deltagande_en_oppen on deltagande (insats_id, person) where oppen;
create index on deltagande (insats_id, startdag, id);
create index on deltagande (insats_id) where felregistrerad; -- the daily erasing looks for the few

create table mattillfalle (
	id                       uuid primary key,
	deltagande_id            uuid not null,
	insats_id                uuid not null,
	typ                      text not null constraint mattillfalle_typ check (typ in ('IN', 'UT')),
	version                  integer not null check (version > 0),
	dag                      date not null,
	stadsdel                 text,
	utbildningsniva          text,
	ar_offentlig_forsorjning integer check (ar_offentlig_forsorjning >= 0),
	kon                      text constraint mattillfalle_kon check (kon in ('KVINNA', 'MAN')),
	kommun                   text,
	alder                    integer check (alder >= 0),
	avslutsanledning         text,
	forsorjning              text[],
	arbetssokande            boolean,
	arbetar                  boolean,
	arbetar_procent          integer check (arbetar_procent between 1 and 100),
	arbetstyper              text[] constraint mattillfalle_arbetstyper check (arbetstyper <@
		array['INTE_SUBVENTIONERAT', 'SUBVENTIONERAT', 'EGET_FORETAG']),
	studerar                 boolean,
	studerar_procent         integer check (studerar_procent between 1 and 100),
	skal                     text,
	registrerad              timestamptz not null,
	registrerad_av           uuid not null,
	foreign key (deltagande_id, insats_id) references deltagande (id, insats_id),
	constraint mattillfalle_version unique (deltagande_id, typ, version),
	constraint mattillfalle_in check (typ <> 'IN' or (utbildningsniva is not null and ar_offentlig_forsorjning is not null
		and kon is not null and arbetssokande is not null and avslutsanledning is null)),
	constraint mattillfalle_ut check (typ <> 'UT' or (avslutsanledning is not null and utbildningsniva is null
		and ar_offentlig_forsorjning is null and kon is null and kommun is null and stadsdel is null)),
	-- Measured or not at all.
	constraint mattillfalle_matning check (
		(arbetssokande is null and arbetar is null and studerar is null and forsorjning is null and arbetstyper is null
			and arbetar_procent is null and studerar_procent is null)
		or (arbetssokande is not null and arbetar is not null and studerar is not null
			and cardinality(forsorjning) > 0
			and arbetar = (arbetar_procent is not null) and arbetar = (cardinality(coalesce(arbetstyper, '{}')) > 0)
			and studerar = (studerar_procent is not null)))
);

create table anonyma (
	id                uuid primary key,
	insats_id         uuid not null references insats,
	inregistreringsar integer not null check (inregistreringsar between 1990 and 2200),
	antal_kvinnor     integer not null check (antal_kvinnor >= 0),
	antal_man         integer not null check (antal_man >= 0),
	registrerat       timestamptz not null,
	registrerat_av    uuid not null,
	constraint anonyma_antal check (antal_kvinnor + antal_man > 0)
);
create index on anonyma (insats_id, inregistreringsar, id);

-- No sample of an identity may stay behind in the planner's statistics.
alter table identitet alter column personnummer set statistics 0, alter column blindindex set statistics 0, alter column namn set statistics 0;
alter table personnyckel alter column blindindex set statistics 0;

alter table samtycke enable row level security;
alter table identitet enable row level security;
alter table deltagande enable row level security;
alter table mattillfalle enable row level security;
alter table anonyma enable row level security;
create policy insatser on samtycke to sus_app using (insats_id = any ((select sus_insatser())::uuid[])) with check (insats_id = any ((select sus_insatser())::uuid[]));
create policy insatser on identitet to sus_app using (insats_id = any ((select sus_insatser())::uuid[])) with check (insats_id = any ((select sus_insatser())::uuid[]));
create policy insatser on deltagande to sus_app using (insats_id = any ((select sus_insatser())::uuid[])) with check (insats_id = any ((select sus_insatser())::uuid[]));
create policy insatser on mattillfalle to sus_app using (insats_id = any ((select sus_insatser())::uuid[])) with check (insats_id = any ((select sus_insatser())::uuid[]));
create policy insatser on anonyma to sus_app using (insats_id = any ((select sus_insatser())::uuid[])) with check (insats_id = any ((select sus_insatser())::uuid[]));

-- Lets a person's number go when no identitet has the blind index any more. The
-- row lock orders it against an in-registration that is about to use the number.
-- +goose StatementBegin
create function sus_slapp_personnyckel(slapps bytea) returns void language plpgsql security definer
	set search_path = pg_catalog, pg_temp as $$
begin
	perform 1 from public.personnyckel p where p.blindindex = slapps for update;
	delete from public.personnyckel p where p.blindindex = slapps
		and not exists (select 1 from public.identitet i where i.blindindex = slapps);
end $$;
-- +goose StatementEnd

-- The first and last day registered in an insats, for whoever may change its
-- dates but not see its participants. A year of anonyma asks only that the insats
-- touches the year.
-- +goose StatementBegin
create function sus_registrerat(insats uuid, out forsta date, out sista date, out finns boolean)
	language sql stable security definer set search_path = pg_catalog, pg_temp as $$
	select min(f), max(s), exists (select 1 from public.samtycke c where c.insats_id = insats) or count(*) > 0 from (
		select d.startdag, coalesce(d.avslutningsdag, d.startdag) from public.deltagande d where d.insats_id = insats
		union all
		select make_date(a.inregistreringsar, 12, 31), make_date(a.inregistreringsar, 1, 1) from public.anonyma a where a.insats_id = insats
	) as r (f, s)
$$;
-- +goose StatementEnd
revoke execute on function sus_slapp_personnyckel(bytea), sus_registrerat(uuid) from public;
grant execute on function sus_slapp_personnyckel(bytea), sus_registrerat(uuid), sus_insatser() to sus_app;

grant select, insert, update, delete on samtycke, identitet to sus_app;
grant select, insert, update on deltagande to sus_app;
grant select, insert on mattillfalle, anonyma to sus_app;
grant select, insert, update (blindindex) on personnyckel to sus_app;
grant insert on persontal to sus_app;
