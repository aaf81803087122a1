-- +goose Up
-- The facts say what more the reports ask (domain 8): who is open on a day and how long one
-- was, arbetssökande and kind of work before and after, and what the insats was about in the
-- row's month. -1 is «missing», as in every column of theirs.

-- The lists that are counted as a set have a place for each code, as försörjning has, and
-- preciserad inriktning a number. A code that came without gets the next in form order.
update kodverk k set bit = b.bit from (select kodverk, kod, dense_rank() over (partition by kodverk order by min(ordning), kod collate "C") - 1 as bit from kodverk
		where kodverk in ('ARBETSTYP', 'MALGRUPP') group by kodverk, kod) b
	where k.kodverk = b.kodverk and k.kod = b.kod;
update kodverk k set nr = n.nr from (select kod, dense_rank() over (order by min(ordning), kod collate "C") as nr from kodverk
		where kodverk = 'PRECISERAD_INRIKTNING' group by kod) n
	where k.kodverk = 'PRECISERAD_INRIKTNING' and k.kod = n.kod;
alter table kodverk add constraint kodverk_mangdplats check (kodverk not in ('ARBETSTYP', 'MALGRUPP') or bit is not null),
	add constraint kodverk_inriktningsnr check (kodverk <> 'PRECISERAD_INRIKTNING' or nr is not null);

-- As kodverk_egen_plats (0027), of these lists.
-- +goose StatementBegin
create function kodverk_egen_mangdplats() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
	perform pg_advisory_xact_lock(x'535553000b'::bigint);
	if exists (select from kodverk k where k.kodverk = new.kodverk and (k.kod = new.kod and k.bit <> new.bit or k.kod <> new.kod and k.bit = new.bit))
		or tg_op = 'UPDATE' and old.kodverk = new.kodverk and (old.bit <> new.bit or old.kod <> new.kod) then
		raise exception 'Koden % i kodverket % har ingen egen plats i statistiken', new.kod, new.kodverk
			using errcode = 'exclusion_violation', constraint = 'kodverk_mangdplats', table = 'kodverk',
			hint = 'Ge koden en ledig plats (bit 0–30): samma för alla kodens rader, och ingen annan kods.';
	end if;
	return null;
end $$;
-- +goose StatementEnd
create trigger kodverk_egen_mangdplats after insert or update on kodverk
	for each row when (new.kodverk in ('ARBETSTYP', 'MALGRUPP')) execute function kodverk_egen_mangdplats();
revoke execute on function kodverk_egen_mangdplats() from public;

-- What an insats was about in a month of the facts, as their numbers: its inriktning
-- (1 individinriktad, 2 strukturövergripande), kodverk.nr of the preciserade, and the
-- målgrupper as a set of kodverk.bit, 0 for none. A fact asks as it asks sus_plats (0020).
-- +goose StatementBegin
create function sus_insats_om(vilken smallint, vilken_manad smallint) returns table (inriktning smallint, preciserad smallint, malgrupp integer) language sql stable
begin atomic
	select (case n.inriktning when 'INDIVIDINRIKTAD' then 1 when 'STRUKTUROVERGRIPANDE' then 2 else -1 end)::smallint,
		coalesce((select k.nr from public.kodverk k where k.kodverk = 'PRECISERAD_INRIKTNING' and k.kod = r.preciserad_inriktning
			order by k.giltig_fran desc limit 1), -1::smallint),
		coalesce((select bit_or(1 << k.bit) from public.kodverk k where k.kodverk = 'MALGRUPP' and k.kod = any (r.malgrupper)), 0)
	from public.insats n join public.insatsrad r on r.insats = n.nr
	where n.nr = vilken and r.giltig_fran <= (date '2000-01-01' + make_interval(months => vilken_manad))::date
		and (r.giltig_tom is null or r.giltig_tom >= (date '2000-01-01' + make_interval(months => vilken_manad))::date);
end;
-- +goose StatementEnd

alter table fakt_in
	add column slutman            int2 not null default 32767, -- month of avslutningsdag as startman is counted; 32767 while open
	add column arbetssokande_fore int2 not null default -1,    -- 1 Ja, 0 Nej
	add column arbetstyp_fore     int4 not null default -1,    -- kind of work: one bit a code, kodverk.bit; 0 none
	add column inriktning         int2 not null default -1,
	add column preciserad         int2 not null default -1,
	add column malgrupp           int4 not null default -1;
alter table fakt_ut
	add column dagar               int4 not null default -1,   -- avslutningsdag - startdag + 1
	add column arbetssokande_fore  int2 not null default -1,
	add column arbetssokande_efter int2 not null default -1,
	add column arbetstyp_fore      int4 not null default -1,
	add column arbetstyp_efter     int4 not null default -1,   -- -1 also utan mätning
	add column inriktning          int2 not null default -1,
	add column preciserad          int2 not null default -1,
	add column malgrupp            int4 not null default -1;

-- Moves the facts of an insats to what its rows say that it was about. What is right
-- already is not touched.
-- +goose StatementBegin
create function sus_flytta_insatsfakta(vilken smallint) returns void language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
	-- Before the updates look: whoever rebuilds the facts at the same time has then ended.
	lock table fakt_in, fakt_ut in row exclusive mode;
	update fakt_in f set inriktning = p.inriktning, preciserad = p.preciserad, malgrupp = p.malgrupp
		from (select m.manad, s.* from (select distinct i.manad from fakt_in i where i.org = (select o.nr from insats n join samverkansorganisation o on o.id = n.organisation_id where n.nr = vilken)
			and i.insats = vilken) m, sus_insats_om(vilken, m.manad) s) p
		where f.org = (select o.nr from insats n join samverkansorganisation o on o.id = n.organisation_id where n.nr = vilken) and f.insats = vilken
			and f.manad = p.manad and (f.inriktning, f.preciserad, f.malgrupp) <> (p.inriktning, p.preciserad, p.malgrupp);
	update fakt_ut f set inriktning = p.inriktning, preciserad = p.preciserad, malgrupp = p.malgrupp
		from (select m.manad, s.* from (select distinct u.manad from fakt_ut u where u.org = (select o.nr from insats n join samverkansorganisation o on o.id = n.organisation_id where n.nr = vilken)
			and u.insats = vilken) m, sus_insats_om(vilken, m.manad) s) p
		where f.org = (select o.nr from insats n join samverkansorganisation o on o.id = n.organisation_id where n.nr = vilken) and f.insats = vilken
			and f.manad = p.manad and (f.inriktning, f.preciserad, f.malgrupp) <> (p.inriktning, p.preciserad, p.malgrupp);
end $$;
-- +goose StatementEnd

-- What has been registered is reckoned from the latest measurements; each list of kinds of
-- work, and each insats's month, once.
-- +goose StatementBegin
do $$
begin
	create temporary table matt on commit drop as
		select distinct on (m.deltagande_id, m.typ) m.deltagande_id, m.typ,
			(case when m.arbetssokande then 1 when not m.arbetssokande then 0 else -1 end)::int2 as arbetssokande,
			(case when m.arbetssokande is null then -1 else coalesce(l.bitar, 0) end)::int4 as arbetstyp
		from mattillfalle m left join (select x.arbetstyper, bit_or(1 << k.bit) as bitar from (select distinct arbetstyper from mattillfalle) x
			join kodverk k on k.kodverk = 'ARBETSTYP' and k.kod = any (x.arbetstyper) group by x.arbetstyper) l on l.arbetstyper = m.arbetstyper
		order by m.deltagande_id, m.typ, m.version desc;
	analyze matt;
	create temporary table om on commit drop as
		select x.insats, x.manad, s.inriktning, s.preciserad, s.malgrupp
		from (select insats, manad from fakt_in union select insats, manad from fakt_ut) x, sus_insats_om(x.insats, x.manad) s;
	analyze om;
	update fakt_in f set inriktning = om.inriktning, preciserad = om.preciserad, malgrupp = om.malgrupp,
			arbetssokande_fore = m.arbetssokande, arbetstyp_fore = m.arbetstyp,
			slutman = case when d.avslutningsdag is null then 32767 else (extract(year from d.avslutningsdag) - 2000) * 12 + extract(month from d.avslutningsdag) - 1 end
		from deltagande d join matt m on m.deltagande_id = d.id and m.typ = 'IN', om
		where f.reg = d.reg and om.insats = f.insats and om.manad = f.manad;
	update fakt_ut f set inriktning = om.inriktning, preciserad = om.preciserad, malgrupp = om.malgrupp,
			arbetssokande_fore = m.arbetssokande, arbetstyp_fore = m.arbetstyp, arbetssokande_efter = e.arbetssokande, arbetstyp_efter = e.arbetstyp,
			dagar = d.avslutningsdag - d.startdag + 1
		from deltagande d join matt m on m.deltagande_id = d.id and m.typ = 'IN' join matt e on e.deltagande_id = d.id and e.typ = 'UT', om
		where f.reg = d.reg and om.insats = f.insats and om.manad = f.manad;
end $$;
-- +goose StatementEnd

alter table fakt_in alter column slutman drop default, alter column arbetssokande_fore drop default, alter column arbetstyp_fore drop default,
	alter column inriktning drop default, alter column preciserad drop default, alter column malgrupp drop default;
alter table fakt_ut alter column dagar drop default, alter column arbetssokande_fore drop default, alter column arbetssokande_efter drop default,
	alter column arbetstyp_fore drop default, alter column arbetstyp_efter drop default,
	alter column inriktning drop default, alter column preciserad drop default, alter column malgrupp drop default;

revoke execute on function sus_insats_om(smallint, smallint), sus_flytta_insatsfakta(smallint) from public;
grant execute on function sus_insats_om(smallint, smallint), sus_flytta_insatsfakta(smallint) to sus_app;
