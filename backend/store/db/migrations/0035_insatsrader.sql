-- +goose Up
-- What an insats is about in time (domain 3 and 8): preciserad inriktning and målgrupper, in
-- rows that begin on the first of a month, so that a change today leaves what was true last
-- year. The earliest row has always held, as an organisation's (0020).
create table insatsrad (
	insats                smallint not null references insats (nr) on delete cascade,
	giltig_fran           date not null constraint insatsrad_manad check (extract(day from giltig_fran) = 1),
	giltig_tom            date,
	preciserad_inriktning text not null,
	malgrupper            text[] not null,
	primary key (insats, giltig_fran),
	constraint insatsrad_period check (giltig_tom >= giltig_fran),
	constraint insatsrad_overlappar exclude using gist (int4range(insats, insats, '[]') with &&, daterange(giltig_fran, giltig_tom, '[]') with &&)
);

insert into insatsrad (insats, giltig_fran, preciserad_inriktning, malgrupper)
select n.nr, '0001-01-01', n.preciserad_inriktning, array(select m.malgrupp from insats_malgrupp m where m.insats_id = n.id order by m.malgrupp collate "C")
from insats n;

drop table insats_malgrupp;
alter table insats drop column preciserad_inriktning,
	add column kontakt_namn text not null default '', add column kontakt_titel text not null default '',
	add column kontakt_telefon text not null default '', add column kontakt_epost text not null default '';

-- The agency that registers for an external actor is one of the register; none is ''.
alter table insats add column inmatningsnummer text generated always as (nullif(inmatningsorganisation, '')) stored
	constraint insats_inmatningsorganisation_finns references myndighet (organisationsnummer);

-- When a transaction ends, the rows of an insats follow upon each other from the beginning
-- without a gap, and none but the earliest begins outside its dates.
-- +goose StatementBegin
create function insatsrad_hela() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
	vilken smallint := case tg_table_name when 'insatsrad' then coalesce(to_jsonb(new) ->> 'insats', to_jsonb(old) ->> 'insats') else to_jsonb(new) ->> 'nr' end;
begin
	if exists (select from insats n where n.nr = vilken and not (
			exists (select from insatsrad r where r.insats = vilken and r.giltig_fran = '0001-01-01')
			and not exists (select from insatsrad r where r.insats = vilken and r.giltig_tom is not null
				and not exists (select from insatsrad f where f.insats = vilken and f.giltig_fran = r.giltig_tom + 1))
			and exists (select from insatsrad r where r.insats = vilken and r.giltig_tom is null)
			and not exists (select from insatsrad r where r.insats = vilken and r.giltig_fran <> '0001-01-01'
				and (r.giltig_fran <= n.startdatum or r.giltig_fran > n.slutdatum)))) then
		raise exception 'insatsrad: a month without a row, or a row outside' using errcode = 'check_violation', constraint = 'insatsrad_hela', table = 'insatsrad';
	end if;
	return null;
end $$;
-- +goose StatementEnd
create constraint trigger insatsrad_hela after insert or update or delete on insatsrad
	deferrable initially deferred for each row execute function insatsrad_hela();
create constraint trigger insatsrad_hela after insert or update of startdatum, slutdatum on insats
	deferrable initially deferred for each row execute function insatsrad_hela();

grant select, insert, delete on insatsrad to sus_app;
revoke execute on function insatsrad_hela() from public;
