-- +goose Up
-- Who is protected goes from the log in every insats, also where only somebody's questions
-- name her: a question of one insats and the erasure in another stand side by side in the
-- log, and would tell where she takes part.
alter table loggradering add column overallt boolean not null default false;

-- Erases the searches, in whatever insats, for the person whose identitet the samtycke
-- still has. It comes first in an erasure of that samtycke, as sus_radera_loggpersoner
-- does for the rest; a protection's row alone may tell of it.
-- +goose StatementBegin
create function sus_radera_sokningar(rad uuid, samtycke uuid) returns bytea
	language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
	insats  uuid;
	indexen bytea[];
begin
	select i.insats_id, public.sus_alla_index(i.blindindex) into insats, indexen from public.identitet i where i.samtycke_id = samtycke;
	if insats is null or not insats = any (coalesce(public.sus_insatser(), '{}')) then
		raise exception 'loggradering: the insats is not open' using errcode = 'insufficient_privilege';
	end if;
	insert into public.loggradering (id, insats_id, samtycke_id, overallt) values (rad, insats, samtycke, true) on conflict do nothing;
	if exists (select from public.loggpost p where p.id = rad)
			or not exists (select from public.loggradering r where r.id = rad and r.samtycke_id = samtycke and r.overallt) then
		raise exception 'loggradering: the row is written already' using errcode = 'insufficient_privilege';
	end if;
	with borta as (delete from public.loggperson l where l.blindindex = any (indexen) returning l.*)
	insert into public.loggraderad (loggpost_id, ordning, hash, radering)
	select b.loggpost_id, b.ordning, case octet_length(p.personer_hash)
		when 32 then sha256(b.salt || uuid_send('00000000-0000-0000-0000-000000000000') || b.blindindex)
		else sha256('\x02'::bytea || b.salt || uuid_send('00000000-0000-0000-0000-000000000000') || b.blindindex || uuid_send(b.insats_id)) end, rad
	from borta b join public.loggpost p on p.id = b.loggpost_id;
	return public.sus_raderingshash(rad);
end $$;
-- +goose StatementEnd
revoke execute on function sus_radera_sokningar(uuid, uuid) from public;
grant execute on function sus_radera_sokningar(uuid, uuid) to sus_app;

-- As before, and what is erased everywhere is a protected person's.
-- +goose StatementBegin
create or replace function sus_prova_radering() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
	p public.loggpost;
begin
	select * into p from public.loggpost x where x.id = new.id;
	if (p.utfall = 'OK' and p.insats_id = new.insats_id and p.radering_hash = public.sus_raderingshash(new.id)) is not true then
		raise exception 'loggradering: no row of the log tells of it'
			using errcode = 'check_violation', constraint = 'loggradering_loggad', table = 'loggradering';
	end if;
	if new.overallt and p.handelse <> 'IDENTITET_RADERAD_SKYDD' or exists (select from public.identitet i where i.samtycke_id = new.samtycke_id) or (case p.handelse
			when 'SAMTYCKE_ATERKALLAT' then p.objekt_id = new.samtycke_id
				and exists (select from public.samtycke s where s.id = new.samtycke_id and s.aterkallat is not null)
			when 'SAMTYCKE_GALLRAT' then p.objekt_id = new.samtycke_id
				and not exists (select from public.samtycke s where s.id = new.samtycke_id)
			when 'IDENTITET_RADERAD_SKYDD' then p.objekt_id = new.samtycke_id
				and exists (select from public.samtycke s where s.id = new.samtycke_id and s.skydd_raderad is not null)
			when 'FELREGISTRERING_GALLRAD' then
				exists (select from public.deltagande d where d.id = p.objekt_id and d.samtycke_id = new.samtycke_id and d.felregistrerad)
			when 'IDENTITET_GALLRAD' then
				exists (select from public.deltagande d where d.id = p.objekt_id and d.samtycke_id = new.samtycke_id and not d.oppen)
			when 'LOGGPERSONER_RADERADE' then p.objekt_id = new.samtycke_id
				and not exists (select from public.samtycke s where s.id = new.samtycke_id and s.aterkallat is null)
			end) is not true then
		raise exception 'loggradering: what the row says is erased still stands'
			using errcode = 'check_violation', constraint = 'loggradering_raderad', table = 'loggradering';
	end if;
	return null;
end $$;
-- +goose StatementEnd
