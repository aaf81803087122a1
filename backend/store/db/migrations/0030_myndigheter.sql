-- +goose Up
-- The one register of agencies (domain 2): whoever is or can be an ingående organisation,
-- employs a user or owns a client. The organisationsnummer is who it is, and never changes.
create table myndighet (
	id                  uuid primary key default gen_random_uuid(),
	organisationsnummer text not null constraint myndighet_unik unique constraint myndighet_organisationsnummer check (organisationsnummer ~ '^[0-9]{10}$'),
	namn                text not null check (namn <> ''),
	typ                 text not null constraint myndighet_typ check (typ in
		('FORSAKRINGSKASSAN', 'ARBETSFORMEDLINGEN', 'REGION', 'KOMMUN', 'SAMORDNINGSFORBUND', 'ESF', 'OVRIG')),
	version             integer not null default 1 check (version > 0)
);

-- What stands is moved into it, as the oldest organisation has it; then the bodies that
-- are followed up, and employers that nobody has named.
insert into myndighet (organisationsnummer, namn, typ)
select distinct on (i.organisationsnummer) i.organisationsnummer, i.namn, i.typ
from ingaende_organisation i join samverkansorganisation o on o.id = i.organisation_id
order by i.organisationsnummer, o.nr, i.ordning;
insert into myndighet (organisationsnummer, namn, typ)
select distinct on (o.organisationsnummer) o.organisationsnummer, o.namn, case o.samverkansform when 'FINSAM' then 'SAMORDNINGSFORBUND' else 'OVRIG' end
from samverkansorganisation o order by o.organisationsnummer, o.nr
on conflict (organisationsnummer) do nothing;
insert into myndighet (organisationsnummer, namn, typ) values
	('2021005521', 'Försäkringskassan', 'FORSAKRINGSKASSAN'),
	('2021002114', 'Arbetsförmedlingen', 'ARBETSFORMEDLINGEN'),
	('2021005208', 'Svenska ESF-rådet', 'ESF')
on conflict (organisationsnummer) do nothing;
insert into myndighet (organisationsnummer, namn, typ)
select distinct nummer, 'Organisation ' || nummer, 'OVRIG' from (
	select a.huvudarbetsgivare as nummer from anvandare a
	union select n.inmatningsorganisation from insats n where n.inmatningsorganisation <> '') u
on conflict (organisationsnummer) do nothing;

-- Ingående organisationer are dated: from the organisation's start when giltig_fran is
-- not given, until further notice when giltig_tom is not.
alter table ingaende_organisation drop column namn, drop column typ,
	add column giltig_fran date, add column giltig_tom date,
	add constraint ingaende_organisation_period check (giltig_tom >= giltig_fran),
	add constraint ingaende_organisation_myndighet foreign key (organisationsnummer) references myndighet (organisationsnummer);

-- Two rows of one agency have no day in common. Whoever writes them holds the
-- organisation's lock, so that what is looked at here is all there is.
-- +goose StatementBegin
create function ingaende_kontroll() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
	if exists (select from ingaende_organisation i where i.organisation_id = new.organisation_id and i.organisationsnummer = new.organisationsnummer
			and i.ordning <> new.ordning and daterange(i.giltig_fran, i.giltig_tom, '[]') && daterange(new.giltig_fran, new.giltig_tom, '[]')) then
		raise exception 'ingaende_organisation: two rows on one day' using errcode = 'exclusion_violation',
			constraint = 'ingaende_overlappar', table = 'ingaende_organisation';
	end if;
	return null;
end $$;
-- +goose StatementEnd
create trigger ingaende_kontroll after insert or update on ingaende_organisation
	for each row execute function ingaende_kontroll();

alter table anvandare add constraint anvandare_huvudarbetsgivare_finns foreign key (huvudarbetsgivare) references myndighet (organisationsnummer);

-- A client is owned by an agency; those there are by the body whose insatser they act in.
alter table klient add column agare text;
update klient k set agare = o.organisationsnummer from samverkansorganisation o where o.id = k.organisation_id;
alter table klient alter column agare set not null,
	add constraint klient_agare_finns foreign key (agare) references myndighet (organisationsnummer);

grant select, insert on myndighet to sus_app;
grant update (namn, typ, version) on myndighet to sus_app;
revoke execute on function ingaende_kontroll() from public;
