-- +goose Up
-- The log is erased from its oldest end, by whole links, and a signed link says so. The
-- database itself demands that what goes is older than a year, whatever it is asked.

-- Up to which link the log may be cut: no row and no link of it, nor of any before, is
-- younger than grans or than the floor, and no row that stays was cleared of persons by
-- a row that would go. sekvens is null when nothing may. hogst bounds the rows, but one
-- link may always go.
-- +goose StatementBegin
create function sus_logg_gallringsbar(grans timestamptz, hogst bigint, out sekvens bigint, out hash bytea, out poster bigint, out rader bigint, out aldsta timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
	golv timestamptz := least(grans, clock_timestamp() - interval '1 year');
	forst loggsigill;
	forbi bigint;
	kvar bigint;
begin
	select * into forst from loggsigill l order by l.sekvens limit 1;
	-- The first link that must stay: of its time, or of a row's.
	select min(l.sekvens) into forbi from loggsigill l where l.tid >= golv;
	select min(l.sekvens) into kvar from loggsigill l where (forbi is null or l.sekvens < forbi)
		and exists (select from unnest(l.poster) x (id) join loggpost p on p.id = x.id where p.tid >= golv);
	forbi := least(forbi, kvar);
	select max(l.sekvens) into sekvens from loggsigill l where (forbi is null or l.sekvens < forbi)
		and (l.fran + l.antal - forst.fran <= hogst or l.sekvens = forst.sekvens);
	while sekvens is not null loop
		-- An erasing row stays as long as one that it cleared.
		select min(l.sekvens) into kvar from loggsigill l, unnest(l.poster) x (id)
			where l.sekvens <= sus_logg_gallringsbar.sekvens
				and exists (select from loggraderad r where r.radering = x.id
					and exists (select from loggpost p where p.id = r.loggpost_id)
					and not exists (select from loggsigill b where b.sekvens <= sus_logg_gallringsbar.sekvens and r.loggpost_id = any (b.poster)));
		exit when kvar is null;
		select max(l.sekvens) into sekvens from loggsigill l where l.sekvens < kvar;
	end loop;
	if sekvens is null then
		return;
	end if;
	select l.hash, l.fran + l.antal - 1, l.fran + l.antal - forst.fran into hash, poster, rader from loggsigill l where l.sekvens = sus_logg_gallringsbar.sekvens;
	select min(p.tid) into aldsta from unnest(forst.poster) x (id) join loggpost p on p.id = x.id;
	aldsta := coalesce(aldsta, forst.tid);
end $$;

-- The link that says that the log is cut, reckoned; sus_logg_lanka cuts when it appends
-- it. None when nothing is old enough.
create function sus_logg_gallra(grans timestamptz, hogst bigint, skal text) returns setof loggsigill_vantar
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
	g record;
begin
	perform pg_advisory_xact_lock(357913788417);
	select * into g from sus_logg_gallringsbar(grans, hogst);
	if g.sekvens is not null then
		return query select * from sus_logg_bered('GALLRING', json_build_object('sekvens', g.sekvens, 'hash', encode(g.hash, 'base64'),
			'poster', g.poster, 'skal', skal)::text, '{}');
	end if;
end $$;

-- What a link that is appended says is cut goes with it.
create function sus_logg_klipp() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
	till bigint := (new.uppgift::json ->> 'sekvens')::bigint;
	ids uuid[] := array(select x.id from loggsigill l, unnest(l.poster) x (id) where l.sekvens <= till);
begin
	delete from loggperson where loggpost_id = any (ids);
	delete from loggexternt where loggpost_id = any (ids);
	delete from loggraderad where radering = any (ids);
	delete from loggradering where id = any (ids);
	delete from loggpost where id = any (ids);
	delete from loggsigill where sekvens <= till;
	return null;
end $$;
-- +goose StatementEnd
create trigger klipp after insert on loggsigill for each row when (new.slag = 'GALLRING') execute function sus_logg_klipp();

-- +goose StatementBegin
-- A link without rows: of a restore alone. That links were cut, sus_logg_gallra says.
create or replace function sus_logg_marke(slag text, uppgift text) returns setof loggsigill_vantar
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
	if slag is distinct from 'EPOK' then
		raise exception 'loggen: % är inget märke', slag;
	end if;
	perform pg_advisory_xact_lock(357913788417);
	return query select * from sus_logg_bered(slag, uppgift, '{}');
end $$;
-- +goose StatementEnd

revoke execute on function sus_logg_gallringsbar(timestamptz, bigint), sus_logg_gallra(timestamptz, bigint, text), sus_logg_klipp() from public;
grant execute on function sus_logg_gallringsbar(timestamptz, bigint), sus_logg_gallra(timestamptz, bigint, text) to sus_app;
