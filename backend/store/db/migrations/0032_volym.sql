-- +goose Up
-- Volym and insatsbudget of each insats and year (domain 3 and 5). Every change is a new
-- version and nothing is ever changed or taken away: the highest version holds.
--
-- A budgetar is the year of an organisation: who writes anything of it locks its row, and so
-- does who closes it, so that nothing gets in after.
create table budgetar (
	organisation_id uuid not null references samverkansorganisation,
	ar              integer not null constraint budgetar_ar check (ar between 2000 and 2100),
	stangt          boolean not null default false,
	primary key (organisation_id, ar)
);

create table volym (
	insats_id      uuid not null references insats,
	ar             integer not null constraint volym_ar check (ar between 2000 and 2100),
	version        integer not null constraint volym_version check (version > 0),
	antal_kvinnor  integer not null constraint volym_kvinnor check (antal_kvinnor between 0 and 1000000),
	antal_man      integer not null constraint volym_man check (antal_man between 0 and 1000000),
	uppgift_saknas integer not null constraint volym_saknas check (uppgift_saknas between 0 and 1000000),
	registrerad    timestamptz not null,
	registrerad_av uuid not null,
	primary key (insats_id, ar, version)
);

create table insatsbudget (
	insats_id      uuid not null references insats,
	ar             integer not null constraint insatsbudget_ar check (ar between 2000 and 2100),
	version        integer not null constraint insatsbudget_version check (version > 0),
	planerat_antal integer constraint insatsbudget_planerat check (planerat_antal between 0 and 1000000),
	registrerad    timestamptz not null,
	registrerad_av uuid not null,
	primary key (insats_id, ar, version)
);

create table insatsbudgetpost (
	insats_id    uuid not null,
	ar           integer not null,
	version      integer not null,
	ordning      smallint not null,
	budgettyp    text not null constraint insatsbudgetpost_budgettyp check (budgettyp in ('INSATSKOSTNAD', 'ESF_INSATSKOSTNAD')),
	budget       numeric(14, 2) not null constraint insatsbudgetpost_budget check (budget between 0 and 10000000000),
	utfall       numeric(14, 2) constraint insatsbudgetpost_utfall check (utfall between -10000000000 and 10000000000),
	beskrivning  text not null,
	organisation text not null constraint insatsbudgetpost_organisation check (organisation ~ '^([0-9]{10})?$'),
	primary key (insats_id, ar, version, ordning),
	foreign key (insats_id, ar, version) references insatsbudget
);

grant select, insert on budgetar, volym, insatsbudget, insatsbudgetpost to sus_app;
grant update (stangt) on budgetar to sus_app;

-- A client may enter volym and insatsbudget.
alter table klient drop constraint klient_scopes_kanda;
alter table klient add constraint klient_scopes_kanda check (cardinality(scopes) > 0
	and scopes <@ array['deltagande.skriv', 'deltagande.las', 'rapport.las', 'insats.skriv']);

-- As before, and volym is something registered: it holds the insats's method and dates. One
-- that was corrected to nobody stands in nobody's way.
-- +goose StatementBegin
create or replace function sus_registrerat(insats uuid, out forsta date, out sista date, out finns boolean)
	language sql stable security definer set search_path = pg_catalog, pg_temp as $$
	select min(f), max(s), exists (select 1 from public.samtycke c where c.insats_id = insats) or count(*) > 0 from (
		select d.startdag, coalesce(d.avslutningsdag, d.startdag) from public.deltagande d where d.insats_id = insats
		union all
		select make_date(a.inregistreringsar, 12, 31), make_date(a.inregistreringsar, 1, 1) from public.anonyma a
			where a.insats_id = insats and a.antal_kvinnor + a.antal_man > 0
		union all
		select make_date(v.ar, 12, 31), make_date(v.ar, 1, 1) from public.volym v
			where v.insats_id = insats and v.antal_kvinnor + v.antal_man + v.uppgift_saknas > 0
			and not exists (select from public.volym w where w.insats_id = v.insats_id and w.ar = v.ar and w.version > v.version)
	) as r (f, s)
$$;
-- +goose StatementEnd
