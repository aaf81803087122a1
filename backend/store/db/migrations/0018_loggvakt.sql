-- +goose Up
-- The log's persons are erased with the identity and in no other way: whoever serves
-- could else write a row that says that somebody was erased who is still there.

-- Of whom the row is: null of those from before this.
alter table loggradering add column samtycke_id uuid;

-- What an erasing row says must be so when its transaction is over, of every event that
-- erases (Handelse.Raderar of the catalogue): a row of another event erases nobody.
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
	if exists (select from public.identitet i where i.samtycke_id = new.samtycke_id) or (case p.handelse
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

-- Erases the log's persons of a samtycke, and the searches for the person whose identitet
-- it still has, in one insats that row security shows. rad is the id that the log row of it
-- will have: one row erases of one samtycke. It gives the hash that this row must carry.
drop function sus_radera_loggpersoner(uuid, uuid, bytea[], uuid);
-- +goose StatementBegin
create function sus_radera_loggpersoner(rad uuid, samtycke uuid, insats uuid) returns bytea
	language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
	indexen bytea[];
begin
	if samtycke is null or insats is null or not insats = any (coalesce(public.sus_insatser(), '{}')) then
		raise exception 'loggradering: the insats is not open' using errcode = 'insufficient_privilege';
	end if;
	insert into public.loggradering (id, insats_id, samtycke_id) values (rad, insats, samtycke) on conflict do nothing;
	-- Asked after the insert, which waits for whoever uses the same id: of a row that is
	-- there already nobody would ask again whether it covers this too.
	if exists (select from public.loggpost p where p.id = rad)
			or not exists (select from public.loggradering r where r.id = rad and r.samtycke_id = samtycke and r.insats_id = insats) then
		raise exception 'loggradering: the row is written already' using errcode = 'insufficient_privilege';
	end if;
	-- Nobody says whose searches they are but the identitet itself.
	select public.sus_alla_index(i.blindindex) into indexen from public.identitet i where i.samtycke_id = samtycke and i.insats_id = insats;
	with borta as (
		delete from public.loggperson l where l.insats_id = insats and (l.samtycke_id = samtycke or l.blindindex = any (indexen))
		returning l.*)
	insert into public.loggraderad (loggpost_id, ordning, hash, radering)
	select b.loggpost_id, b.ordning, case octet_length(p.personer_hash)
		when 32 then sha256(b.salt || uuid_send(coalesce(b.samtycke_id, '00000000-0000-0000-0000-000000000000')) || coalesce(b.blindindex, ''))
		else sha256('\x02'::bytea || b.salt || uuid_send(coalesce(b.samtycke_id, '00000000-0000-0000-0000-000000000000')) || coalesce(b.blindindex, '') || uuid_send(b.insats_id)) end, rad
	from borta b join public.loggpost p on p.id = b.loggpost_id;
	return public.sus_raderingshash(rad);
end $$;
-- +goose StatementEnd
revoke execute on function sus_radera_loggpersoner(uuid, uuid, uuid) from public;
grant execute on function sus_radera_loggpersoner(uuid, uuid, uuid) to sus_app;

-- The caller's key is free text of theirs: its keyed hash is kept, as that of the body.
-- The answers of the last 24 hours go; no row of them may be left in the file.
truncate idempotens;
alter table idempotens drop column nyckel;
alter table idempotens add column nyckel_hmac bytea not null check (octet_length(nyckel_hmac) = 32), add primary key (anropare, operation, nyckel_hmac);
alter table idempotens alter column nyckel_hmac set statistics 0;
