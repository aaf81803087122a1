-- +goose Up
-- The facts' set of försörjning has 31 places instead of eight, and no code of FORSORJNING
-- is without one of its own: it would else be lost in every report, or counted as another.

alter table fakt_in alter column fb type int4;
alter table fakt_ut alter column fb type int4, alter column fa type int4;
alter table kodverk drop constraint kodverk_bit_check;

-- A code that came in without a place, or with one that an earlier code has, gets the next
-- that is free, all its rows the same; what was registered with it is reckoned anew.
-- +goose StatementBegin
do $$
begin
	with kod as (
		select distinct on (kod collate "C") kod, bit, ordning from kodverk where kodverk = 'FORSORJNING' order by kod collate "C", giltig_fran desc
	), behaller as (
		select distinct on (bit) kod, bit from kod where bit between 0 and 30 order by bit, ordning, kod collate "C"
	), utan as (
		select kod, row_number() over (order by ordning, kod collate "C") as n from kod where kod not in (select kod from behaller)
	), ledig as (
		select b, row_number() over (order by b) as n from generate_series(0, 30) b where b not in (select bit from behaller)
	), plats as (
		select kod, bit from behaller union all select u.kod, l.b from utan u join ledig l using (n)
	)
	update kodverk k set bit = p.bit from plats p where k.kodverk = 'FORSORJNING' and k.kod = p.kod and k.bit is distinct from p.bit;
	if found then
		create view mangd as
			select m.deltagande_id, m.typ, bit_or(1 << k.bit) as bitar
			from (select distinct on (deltagande_id, typ) deltagande_id, typ, forsorjning from mattillfalle order by deltagande_id, typ, version desc) m
			join (select distinct kod, bit from kodverk where kodverk = 'FORSORJNING') k on k.kod = any (m.forsorjning)
			group by m.deltagande_id, m.typ;
		update fakt_in f set fb = m.bitar from deltagande d join mangd m on m.deltagande_id = d.id and m.typ = 'IN'
			where f.ar = extract(year from d.startdag)::int2 and f.reg = d.reg and f.fb <> m.bitar;
		update fakt_ut f set fb = m.bitar from deltagande d join mangd m on m.deltagande_id = d.id and m.typ = 'IN'
			where f.ar = extract(year from d.avslutningsdag)::int2 and f.reg = d.reg and f.fb <> m.bitar;
		update fakt_ut f set fa = m.bitar from deltagande d join mangd m on m.deltagande_id = d.id and m.typ = 'UT'
			where f.ar = extract(year from d.avslutningsdag)::int2 and f.reg = d.reg and f.fa <> m.bitar;
		drop view mangd;
	end if;
end $$;
-- +goose StatementEnd

alter table kodverk add constraint kodverk_bit check (bit between 0 and 30),
	add constraint kodverk_forsorjningsplats check (kodverk <> 'FORSORJNING' or bit is not null);

-- Two codes never share a place, and a code's place never moves: the facts hold it. One
-- who writes waits for another, so that two at once cannot take the same.
-- +goose StatementBegin
create function kodverk_egen_plats() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
	perform pg_advisory_xact_lock(x'535553000b'::bigint);
	if exists (select from kodverk k where k.kodverk = 'FORSORJNING' and (k.kod = new.kod and k.bit <> new.bit or k.kod <> new.kod and k.bit = new.bit))
		or tg_op = 'UPDATE' and old.kodverk = 'FORSORJNING' and (old.bit <> new.bit or old.kod <> new.kod) then
		raise exception 'Koden % i kodverket FORSORJNING har ingen egen plats i statistiken', new.kod
			using errcode = 'exclusion_violation', constraint = 'kodverk_forsorjningsplats', table = 'kodverk',
			hint = 'Ge koden en ledig plats (bit 0–30): samma för alla kodens rader, och ingen annan kods.';
	end if;
	return null;
end $$;
-- +goose StatementEnd
create trigger kodverk_egen_plats after insert or update on kodverk
	for each row when (new.kodverk = 'FORSORJNING') execute function kodverk_egen_plats();
revoke execute on function kodverk_egen_plats() from public;

-- One organisationsnummer has one förbund at a time, and one that has ended stands in nobody's
-- way from the day after. Those that shared a number with an older one before the rule came
-- stand outside it, by their nr: a register that was accepted is not refused its migration.
-- +goose StatementBegin
do $$
begin
	execute format($sql$alter table samverkansorganisation add constraint samverkansorganisation_organisationsnummer
		exclude using gist (int8range(organisationsnummer::int8, organisationsnummer::int8, '[]') with &&, daterange(startdatum, slutdatum, '[]') with &&)
		where (samverkansform = 'FINSAM' and nr <> all (%L::int2[]))$sql$,
		array(select distinct b.nr from samverkansorganisation a join samverkansorganisation b on b.organisationsnummer = a.organisationsnummer and b.nr > a.nr
			where a.samverkansform = 'FINSAM' and b.samverkansform = 'FINSAM'
				and daterange(a.startdatum, a.slutdatum, '[]') && daterange(b.startdatum, b.slutdatum, '[]') order by b.nr));
end $$;
-- +goose StatementEnd

-- Af/FK-samarbetet has two organisations on any day, one of each authority: a third waits
-- for whoever makes one at the same time, and then sees it. An older third stands, but comes
-- to lie beside no others than it did.
-- +goose StatementBegin
create function samverkansorganisation_af_fk() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
	perform pg_advisory_xact_lock(x'535553000c'::bigint);
	if exists (
			with sida as (
				select o.nr, daterange(o.startdatum, o.slutdatum, '[]') as tid,
					tg_op = 'UPDATE' and daterange(o.startdatum, o.slutdatum, '[]') && daterange(old.startdatum, old.slutdatum, '[]') as fanns
				from samverkansorganisation o where o.samverkansform = 'AF_FK_SAMARBETE' and o.id <> new.id
					and daterange(o.startdatum, o.slutdatum, '[]') && daterange(new.startdatum, new.slutdatum, '[]')
			)
			select from sida a join sida b on b.nr > a.nr and a.tid && b.tid where not (a.fanns and b.fanns)) then
		raise exception 'Af/FK-samarbetet har redan två samverkansorganisationer'
			using errcode = 'exclusion_violation', constraint = 'samverkansorganisation_af_fk', table = 'samverkansorganisation';
	end if;
	return null;
end $$;
-- +goose StatementEnd
create trigger samverkansorganisation_af_fk after insert or update on samverkansorganisation
	for each row when (new.samverkansform = 'AF_FK_SAMARBETE') execute function samverkansorganisation_af_fk();
revoke execute on function samverkansorganisation_af_fk() from public;
