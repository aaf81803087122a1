-- +goose Up
-- Answers to kompletterande frågor as facts (domain 8, report 4): a row for each answer at a
-- measurement, as many as were chosen, and one for each question that was asked at it and
-- not answered. Asked is every question of the organisation that is in force on the
-- measurement's day and stands at that measurement; nothing is asked of an exit utan mätning.
create table fakt_svar (
	ar     int2 not null, -- of startdag (matt 0) or avslutningsdag (matt 1), as manad
	manad  int2 not null,
	org    int2 not null,
	insats int2 not null,
	matt   int2 not null, -- 0 in, 1 ut
	fraga  int4 not null, -- fraga.nr
	svar   int2 not null, -- the alternative's place in the question, from 1; the number; the step; -1 not answered
	kon    int2 not null,
	alder  int2 not null, -- on the measurement's day
	kommun int2 not null,
	omrade int2 not null,
	lan    int2 not null,
	reg    int4 not null,
	primary key (reg, matt, fraga, svar)
);
create index fakt_svar_fraga_manad on fakt_svar (fraga, manad);

-- The questions that an organisation asks on one of the days, which stay so until this
-- transaction is done: whoever makes or changes one waits, and then sees what was
-- registered, or is waited for. Each statement of a volatile function sees what was there
-- when it began.
-- +goose StatementBegin
create function sus_fragor_vid(organisation uuid, dagar date[])
	returns table (nr integer, id uuid, giltig_fran date, giltig_tom date, svarstyp text, koder text[], vid_in boolean, vid_ut boolean)
	language plpgsql volatile set search_path = pg_catalog, public, pg_temp as $$
begin
	perform pg_advisory_xact_lock_shared(x'53555341'::integer, o.nr) from samverkansorganisation o where o.id = organisation;
	return query select f.nr, f.id, f.giltig_fran, f.giltig_tom, f.svarstyp,
			array(select a.alternativ ->> 'kod' from jsonb_array_elements(f.alternativ) with ordinality as a (alternativ, plats) order by a.plats), f.vid_in, f.vid_ut
		from fraga f where f.organisation_id = organisation
			and exists (select from unnest(dagar) d where d between f.giltig_fran and coalesce(f.giltig_tom, 'infinity')) order by f.nr;
end $$;

-- Writes the answers of one deltagande in the place of those it had. Where the organisation
-- stood the database says (sus_plats).
create function sus_skriv_svar(vilken_org smallint, vilken integer, rader jsonb) returns void
	language plpgsql volatile set search_path = pg_catalog, public, pg_temp as $$
begin
	perform pg_advisory_xact_lock_shared(x'53555341'::integer, vilken_org);
	delete from fakt_svar s where s.reg = vilken;
	insert into fakt_svar (ar, manad, org, insats, matt, fraga, svar, kon, alder, kommun, omrade, lan, reg)
		select r.ar, r.manad, vilken_org, r.insats, r.matt, r.fraga, r.svar, r.kon, r.alder, r.kommun, p.omrade, p.lan, vilken
		from jsonb_to_recordset(rader) as r (ar int2, manad int2, insats int2, matt int2, fraga int4, svar int2, kon int2, alder int2, kommun int2)
		cross join lateral sus_plats(vilken_org, r.manad) p;
end $$;

-- Reckons the answers to one question anew, when it has been made or changed: whom it was
-- asked of follows from its days.
create function sus_flytta_svar(vilken integer) returns void language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
	q fraga;
	vilken_org smallint;
begin
	select * into q from fraga f where f.nr = vilken;
	select o.nr into vilken_org from samverkansorganisation o where o.id = q.organisation_id;
	perform pg_advisory_xact_lock(x'53555341'::integer, vilken_org);
	-- In the order in which they are emptied when the facts are rebuilt.
	lock table fakt_in, fakt_ut, fakt_svar in row exclusive mode;
	delete from fakt_svar s where s.fraga = vilken;
	insert into fakt_svar (ar, manad, org, insats, matt, fraga, svar, kon, alder, kommun, omrade, lan, reg)
	with matt as (
		select f.ar, f.manad, f.insats, 0 as matt, d.id as deltagande, d.startdag as dag, f.kon, f.alder, f.kommun, f.omrade, f.lan, f.reg
			from fakt_in f join deltagande d on d.reg = f.reg
			where q.vid_in and f.org = vilken_org and d.startdag between q.giltig_fran and coalesce(q.giltig_tom, 'infinity')
		union all
		select f.ar, f.manad, f.insats, 1, d.id, d.avslutningsdag, f.kon, f.alder, f.kommun, f.omrade, f.lan, f.reg
			from fakt_ut f join deltagande d on d.reg = f.reg
			where q.vid_ut and f.org = vilken_org and f.fa >= 0 and d.avslutningsdag between q.giltig_fran and coalesce(q.giltig_tom, 'infinity')
	)
	select m.ar, m.manad, vilken_org, m.insats, m.matt, vilken, v.svar, m.kon, m.alder, m.kommun, m.omrade, m.lan, m.reg
	from matt m
	cross join lateral (select t.id from mattillfalle t where t.deltagande_id = m.deltagande and t.typ = case m.matt when 0 then 'IN' else 'UT' end order by t.version desc limit 1) t
	left join fragesvar s on s.mattillfalle_id = t.id and s.fraga_id = q.id
	cross join lateral (
		select coalesce(s.tal, -1) as svar where s.koder is null
		union all
		select a.plats from jsonb_array_elements(q.alternativ) with ordinality as a (alternativ, plats) where a.alternativ ->> 'kod' = any (s.koder)
	) v;
end $$;

-- As 0020, and the answers with them.
create or replace function sus_flytta_fakta(vilken smallint) returns void language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
	-- Before the updates look: whoever rebuilds the facts at the same time has then ended.
	lock table fakt_in, fakt_ut, fakt_svar in row exclusive mode;
	update fakt_in f set omrade = p.omrade, lan = p.lan
		from (select m.manad, s.omrade, s.lan from (select distinct i.manad from fakt_in i where i.org = vilken) m, sus_plats(vilken, m.manad) s) p
		where f.org = vilken and f.manad = p.manad and (f.omrade <> p.omrade or f.lan <> p.lan);
	update fakt_ut f set omrade = p.omrade, lan = p.lan
		from (select m.manad, s.omrade, s.lan from (select distinct u.manad from fakt_ut u where u.org = vilken) m, sus_plats(vilken, m.manad) s) p
		where f.org = vilken and f.manad = p.manad and (f.omrade <> p.omrade or f.lan <> p.lan);
	-- A question is one organisation's, and the index is by question.
	update fakt_svar f set omrade = p.omrade, lan = p.lan
		from (select m.fraga, m.manad, s.omrade, s.lan from (select distinct v.fraga, v.manad from fraga q join samverkansorganisation o on o.id = q.organisation_id
			join fakt_svar v on v.fraga = q.nr where o.nr = vilken) m, sus_plats(vilken, m.manad) s) p
		where f.fraga = p.fraga and f.manad = p.manad and (f.omrade <> p.omrade or f.lan <> p.lan);
end $$;
-- +goose StatementEnd

select sus_flytta_svar(nr) from fraga;

grant insert, delete on fakt_svar to sus_app;
grant select (reg) on fakt_svar to sus_app;
grant select on fakt_svar to sus_rapport;
revoke execute on function sus_fragor_vid(uuid, date[]), sus_skriv_svar(smallint, integer, jsonb), sus_flytta_svar(integer) from public;
grant execute on function sus_fragor_vid(uuid, date[]), sus_skriv_svar(smallint, integer, jsonb), sus_flytta_svar(integer) to sus_app;

-- What was asked and what could be answered, which every user reads.
grant select (id, nr, organisation_id, namn, innehall, giltig_fran, giltig_tom, svarstyp, alternativ, minst, hogst, lagst_ord, hogst_ord, vid_in, vid_ut, ordning) on fraga to sus_rapport;

-- Budgets as sums a year, of what holds and nothing of its history, texts or posts (domain 7
-- and 8), in öre: what an organisation is given (post MEDEL), by the type of who gives it, its
-- own costs (KRING, PERSONAL, OVRIG), and those of its insatser (INSATSKOSTNAD,
-- ESF_INSATSKOSTNAD), by the type of whose they are where that is said. utfall is the sum of
-- what is known of it, null when nothing is; utan_utfall how many posts it is not known of.
-- Of what is given there is an amount, budget, and no utfall.
create view fakt_budget with (security_barrier) as
	with poster as (
		select p.organisation_id, null::uuid as insats_id, p.ar, 'MEDEL' as post, p.finansiar as vem, p.belopp as budget, null::numeric as utfall, false as vantar, p.version
			from finansieringspost p
		union all
		select p.organisation_id, null, p.ar, p.kostnadstyp, null, p.budget, p.utfall, p.utfall is null, p.version
			from administrativ_kostnad p
	), galler as (
		select p.* from poster p
			where not exists (select from organisationsbudget b where b.organisation_id = p.organisation_id and b.ar = p.ar and b.version > p.version)
		union all
		select n.organisation_id, n.id, p.ar, p.budgettyp, nullif(p.organisation, ''), p.budget, p.utfall, p.utfall is null, p.version
			from insatsbudgetpost p join insats n on n.id = p.insats_id
			where not exists (select from insatsbudget b where b.insats_id = p.insats_id and b.ar = p.ar and b.version > p.version)
	)
	select g.ar::int2 as ar, o.nr as org, n.nr as insats, g.post, m.typ, (sum(g.budget) * 100)::int8 as budget, (sum(g.utfall) * 100)::int8 as utfall,
		count(*) filter (where g.vantar)::int4 as utan_utfall
	from galler g join samverkansorganisation o on o.id = g.organisation_id left join insats n on n.id = g.insats_id
	left join myndighet m on m.organisationsnummer = g.vem
	group by g.ar, o.nr, n.nr, g.post, m.typ;

-- How many participants an insats planned for a year, where that is said.
create view fakt_planerat with (security_barrier) as
	select b.ar::int2 as ar, o.nr as org, n.nr as insats, b.planerat_antal as antal
	from insatsbudget b join insats n on n.id = b.insats_id join samverkansorganisation o on o.id = n.organisation_id
	where b.planerat_antal is not null
		and not exists (select from insatsbudget c where c.insats_id = b.insats_id and c.ar = b.ar and c.version > b.version);
grant select on fakt_budget, fakt_planerat to sus_rapport;

-- What the list of insatser prints of each, which every user reads.
grant select (beskrivning, inriktning, deltagarregistrering) on insats to sus_rapport;
grant select on insatsrad to sus_rapport;
