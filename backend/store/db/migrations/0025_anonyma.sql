-- +goose Up
-- Anonyma are corrected by a new version with a reason: anonyma has what holds now,
-- which the sums are of, and anonymaversion all that has held. What should not have been
-- registered at all is corrected to nobody.
alter table anonyma add column version integer not null default 1 constraint anonyma_version check (version > 0);
alter table anonyma alter column version drop default;
alter table anonyma drop constraint anonyma_antal;
alter table anonyma add constraint anonyma_antal check (antal_kvinnor + antal_man > 0 or version > 1);
alter table anonyma add constraint anonyma_id_insats unique (id, insats_id);

create table anonymaversion (
	anonyma_id        uuid not null,
	insats_id         uuid not null,
	version           integer not null check (version > 0),
	inregistreringsar integer not null,
	antal_kvinnor     integer not null,
	antal_man         integer not null,
	skal              text,
	registrerad       timestamptz not null,
	registrerad_av    uuid not null,
	primary key (anonyma_id, version),
	foreign key (anonyma_id, insats_id) references anonyma (id, insats_id),
	constraint anonymaversion_skal check ((skal is null) = (version = 1))
);
insert into anonymaversion (anonyma_id, insats_id, version, inregistreringsar, antal_kvinnor, antal_man, registrerad, registrerad_av)
	select id, insats_id, 1, inregistreringsar, antal_kvinnor, antal_man, registrerat, registrerat_av from anonyma;
alter table anonymaversion enable row level security;
create policy insatser on anonymaversion to sus_app using (insats_id = any ((select sus_insatser())::uuid[])) with check (insats_id = any ((select sus_insatser())::uuid[]));
grant select, insert on anonymaversion to sus_app;
grant update (inregistreringsar, antal_kvinnor, antal_man, version) on anonyma to sus_app;

-- As before, and anonyma corrected to nobody are nothing registered: they stand in
-- nobody's way when an insats or organisation gets another end.
-- +goose StatementBegin
create or replace function sus_registrerat(insats uuid, out forsta date, out sista date, out finns boolean)
	language sql stable security definer set search_path = pg_catalog, pg_temp as $$
	select min(f), max(s), exists (select 1 from public.samtycke c where c.insats_id = insats) or count(*) > 0 from (
		select d.startdag, coalesce(d.avslutningsdag, d.startdag) from public.deltagande d where d.insats_id = insats
		union all
		select make_date(a.inregistreringsar, 12, 31), make_date(a.inregistreringsar, 1, 1) from public.anonyma a
			where a.insats_id = insats and a.antal_kvinnor + a.antal_man > 0
	) as r (f, s)
$$;
-- +goose StatementEnd
