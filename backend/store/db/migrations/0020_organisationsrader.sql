-- +goose Up
-- Where an organisation stood in time (domain 2, 8 and 9): verksamhetsområde, kommuner and
-- the län that follows from them, in rows that begin on the first of a month. The earliest
-- row has always held, so that no day lacks one whatever happens to startdatum.
create table organisationsrad (
	org               smallint not null references samverkansorganisation (nr) on delete cascade,
	giltig_fran       date not null constraint organisationsrad_manad check (extract(day from giltig_fran) = 1),
	giltig_tom        date,
	verksamhetsomrade text not null,
	lan               text not null check (lan ~ '^([0-9]{2})?$'),
	kommuner          text[] not null,
	primary key (org, giltig_fran),
	constraint organisationsrad_period check (giltig_tom >= giltig_fran),
	-- The range of one number is the number: no extension is needed for «the same organisation».
	constraint organisationsrad_overlappar exclude using gist (int4range(org, org, '[]') with &&, daterange(giltig_fran, giltig_tom, '[]') with &&)
);

insert into organisationsrad (org, giltig_fran, verksamhetsomrade, lan, kommuner)
select o.nr, '0001-01-01', o.verksamhetsomrade, o.lan,
	array(select k.kommun from samverkansorganisation_kommun k where k.organisation_id = o.id order by k.kommun)
from samverkansorganisation o;

drop table samverkansorganisation_kommun;
alter table samverkansorganisation drop column verksamhetsomrade, drop column lan;

-- When a transaction ends, the rows of an organisation follow upon each other from the
-- beginning without a gap; that they do not overlap the table itself holds.
-- +goose StatementBegin
create function organisationsrad_hela() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
	vilken smallint := case tg_table_name when 'organisationsrad' then coalesce(to_jsonb(new) ->> 'org', to_jsonb(old) ->> 'org') else to_jsonb(new) ->> 'nr' end;
begin
	if exists (select from samverkansorganisation o where o.nr = vilken) and not (
			exists (select from organisationsrad r where r.org = vilken and r.giltig_fran = '0001-01-01')
			and not exists (select from organisationsrad r where r.org = vilken and r.giltig_tom is not null
				and not exists (select from organisationsrad n where n.org = vilken and n.giltig_fran = r.giltig_tom + 1))
			and exists (select from organisationsrad r where r.org = vilken and r.giltig_tom is null)) then
		raise exception 'organisationsrad: a month without a row' using errcode = 'check_violation', constraint = 'organisationsrad_hela', table = 'organisationsrad';
	end if;
	return null;
end $$;
-- +goose StatementEnd
create constraint trigger organisationsrad_hela after insert or update or delete on organisationsrad
	deferrable initially deferred for each row execute function organisationsrad_hela();
create constraint trigger organisationsrad_hela after insert on samverkansorganisation
	deferrable initially deferred for each row execute function organisationsrad_hela();

-- A kommun that was formed after the others holds from its own day; those before 2000,
-- the first year of the facts, are as if they had been there from the start [A].
alter table kommun add column giltig_fran date not null default '1971-01-01', add column giltig_tom date,
	add constraint kommun_period check (giltig_tom >= giltig_fran);
update kommun set giltig_fran = '2003-01-01' where kod = '0330'; -- Knivsta
update kommun set giltig_fran = '2007-01-01' where kod = '0331'; -- Heby, in Västmanlands län until then

-- The facts' numbers for the verksamhetsområden; a code without one is not accepted.
update kodverk k set nr = n.nr from (select kod, dense_rank() over (order by min(ordning), kod) as nr
	from kodverk where kodverk = 'VERKSAMHETSOMRADE' group by kod) n
	where k.kodverk = 'VERKSAMHETSOMRADE' and k.kod = n.kod;
alter table kodverk add constraint kodverk_omradesnr check (kodverk <> 'VERKSAMHETSOMRADE' or nr is not null);

-- Where an organisation stood in a month of the facts, as their numbers. A fact asks in a
-- statement after the one that locked the organisation, and so sees the rows that hold.
-- +goose StatementBegin
create function sus_plats(vilken smallint, vilken_manad smallint) returns table (omrade smallint, lan smallint) language sql stable
begin atomic
	select coalesce((select k.nr from public.kodverk k where k.kodverk = 'VERKSAMHETSOMRADE' and k.kod = r.verksamhetsomrade
			order by k.giltig_fran desc limit 1), -1::smallint),
		coalesce(nullif(r.lan, '')::smallint, -1::smallint)
	from public.organisationsrad r
	where r.org = vilken and r.giltig_fran <= (date '2000-01-01' + make_interval(months => vilken_manad))::date
		and (r.giltig_tom is null or r.giltig_tom >= (date '2000-01-01' + make_interval(months => vilken_manad))::date);
end;
-- +goose StatementEnd

alter table fakt_in add column omrade smallint not null default -1, add column lan smallint not null default -1;
alter table fakt_ut add column omrade smallint not null default -1, add column lan smallint not null default -1;

-- Moves the facts of an organisation to where its rows say that it stood. What is right
-- already is not touched.
-- +goose StatementBegin
create function sus_flytta_fakta(vilken smallint) returns void language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
	-- Before the updates look: whoever rebuilds the facts at the same time has then ended.
	lock table fakt_in, fakt_ut in row exclusive mode;
	update fakt_in f set omrade = p.omrade, lan = p.lan
		from (select m.manad, s.omrade, s.lan from (select distinct i.manad from fakt_in i where i.org = vilken) m, sus_plats(vilken, m.manad) s) p
		where f.org = vilken and f.manad = p.manad and (f.omrade <> p.omrade or f.lan <> p.lan);
	update fakt_ut f set omrade = p.omrade, lan = p.lan
		from (select m.manad, s.omrade, s.lan from (select distinct u.manad from fakt_ut u where u.org = vilken) m, sus_plats(vilken, m.manad) s) p
		where f.org = vilken and f.manad = p.manad and (f.omrade <> p.omrade or f.lan <> p.lan);
end $$;
-- +goose StatementEnd

select sus_flytta_fakta(nr) from samverkansorganisation;
alter table fakt_in alter column omrade drop default, alter column lan drop default;
alter table fakt_ut alter column omrade drop default, alter column lan drop default;

grant select, insert, delete on organisationsrad to sus_app;
grant select on organisationsrad to sus_rapport;
revoke execute on function sus_plats(smallint, smallint), sus_flytta_fakta(smallint), organisationsrad_hela() from public;
grant execute on function sus_plats(smallint, smallint), sus_flytta_fakta(smallint) to sus_app;
