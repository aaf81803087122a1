-- +goose Up
-- The code lists are edited by Försäkringskassan (domain 9). A code is one whatever its
-- dated rows say: they share its id, which its name alone decides, and its version.
alter table kodverk
	add column id uuid not null generated always as (md5(kodverk || '.' || kod)::uuid) stored,
	add column version integer not null default 1 constraint kodverk_version check (version > 0);

-- Each change of the lists is another edition. Whoever decides something by the lists is
-- told at the end of the transaction when they are others than those it was decided by,
-- and decides anew: a server that keeps them for a while never writes by what no longer
-- holds. Those who change the lists wait for each other and for what is under way.
create table kodverksutgava (
	en     boolean primary key default true check (en),
	nummer bigint not null
);
insert into kodverksutgava (nummer) values (1);

-- +goose StatementBegin
create function kodverk_ny_utgava() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
begin
	perform pg_advisory_xact_lock(x'535553000b'::bigint);
	update public.kodverksutgava set nummer = nummer + 1;
	return null;
end $$;

-- The lists are those of the edition, and stay so until this transaction is done. Each
-- statement of a volatile function sees what was there when it began, and so the number
-- that was waited for.
create function sus_vakta_kodverk(utgava bigint) returns void language plpgsql volatile
set search_path = pg_catalog, public, pg_temp as $$
begin
	perform pg_advisory_xact_lock_shared(x'535553000b'::bigint);
	if (select u.nummer from kodverksutgava u) <> utgava then
		raise exception 'kodverk: another edition' using errcode = 'serialization_failure', constraint = 'kodverk_utgava', table = 'kodverk';
	end if;
end $$;

-- How often a code is registered, over every insats: for whoever is to change it, and
-- may see none of those. Numbers and days, nobody. fran is its last row's first day,
-- efter the last day that is wanted.
create function sus_kodanvandning(lista text, vilken text, fran date, efter date)
	returns table (slag text, antal bigint, pa_raden bigint, efter_dagen bigint, forsta date, sista date)
	language sql stable security definer set search_path = pg_catalog, pg_temp as $$
	select u.slag, count(distinct u.vad), count(distinct u.vad) filter (where coalesce(u.s >= fran, true)), count(distinct u.vad) filter (where u.f > efter),
		min(u.f), max(u.f)
	from (
		select 'MATNING', m.deltagande_id::text || m.typ, m.dag, m.dag from public.mattillfalle m where case lista
			when 'FORSORJNING' then m.forsorjning @> array[vilken]
			when 'UTBILDNINGSNIVA' then m.utbildningsniva = vilken
			when 'AVSLUTSANLEDNING' then m.avslutsanledning = vilken
			when 'STADSDEL' then m.stadsdel = vilken
			when 'ARBETSTYP' then m.arbetstyper @> array[vilken] end
		union all
		select 'SAMTYCKE', c.id::text, c.datum, c.datum from public.samtycke c where case lista
			when 'BLANKETT' then c.blankett = vilken
			when 'SPRAK' then c.sprak = vilken end
		union all
		select 'INSATS', i.id::text, greatest(r.giltig_fran, i.startdatum), least(r.giltig_tom, i.slutdatum)
			from public.insats i join public.insatsrad r on r.insats = i.nr where case lista
			when 'PRECISERAD_INRIKTNING' then r.preciserad_inriktning = vilken
			when 'MALGRUPP' then vilken = any(r.malgrupper) end
		union all
		select 'ORGANISATION', o.id::text, greatest(r.giltig_fran, o.startdatum), least(r.giltig_tom, o.slutdatum)
			from public.samverkansorganisation o join public.organisationsrad r on r.org = o.nr
			where lista = 'VERKSAMHETSOMRADE' and r.verksamhetsomrade = vilken
		union all
		select 'ORGANISATION', o.id::text, o.startdatum, o.slutdatum from public.samverkansorganisation o where case lista
			when 'SAMVERKANSFORM' then o.samverkansform = vilken
			when 'STADSDEL' then exists (select from public.samverkansorganisation_stadsdel s where s.organisation_id = o.id and s.stadsdel = vilken) end
	) as u (slag, vad, f, s)
	group by u.slag
$$;
-- +goose StatementEnd
create trigger kodverk_ny_utgava before insert or update or delete on kodverk for each statement execute function kodverk_ny_utgava();
revoke execute on function kodverk_ny_utgava(), sus_vakta_kodverk(bigint), sus_kodanvandning(text, text, date, date) from public;
grant execute on function sus_vakta_kodverk(bigint), sus_kodanvandning(text, text, date, date) to sus_app;
grant select on kodverksutgava to sus_app;
-- A row is never taken away, and never becomes another code's.
grant insert on kodverk to sus_app;
grant update (giltig_tom, etikett, ordning, exklusiv, utan_matning, utesluts, version) on kodverk to sus_app;
