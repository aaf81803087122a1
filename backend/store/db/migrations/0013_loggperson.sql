-- +goose Up
-- Whom a log row is about is held against its hash where it stands; where it no
-- longer stands, a sealed row must say that it was erased.
--
-- loggperson is erased by sus_radera_loggpersoner alone. Of each person it leaves the
-- salted hash, which without its salt leads to nobody, so that the rest of the row's
-- persons can still be held against the row, and it asks for a log row of the same
-- transaction and insats whose radering_hash covers all that was erased.

-- From which address a row comes, with which roles, and, of a command, who ran it and why.
alter table loggpost
	add column adress        text not null default '',
	add column roll          text not null default '',
	add column av            text not null default '',
	add column varfor        text not null default '',
	add column radering_hash bytea constraint loggpost_radering_hash check (octet_length(radering_hash) = 32);
create index on loggpost (aktor_id, id);
create index on loggpost (handelse, id);
create index on loggpost (tid);

-- The log rows that erase persons: each is written later in the transaction.
create table loggradering (
	id        uuid primary key references loggpost deferrable initially deferred,
	insats_id uuid not null
);

-- What is left of an erased person. The log row that it stood at may be gone before
-- the one that erased it.
create table loggraderad (
	loggpost_id uuid not null,
	ordning     integer not null,
	hash        bytea not null check (octet_length(hash) = 32),
	radering    uuid not null references loggradering,
	primary key (loggpost_id, ordning)
);
create index on loggraderad (radering, loggpost_id, ordning);

-- The hash of all that a row erases.
-- +goose StatementBegin
create function sus_raderingshash(rad uuid) returns bytea language sql stable set search_path = pg_catalog, pg_temp as $$
	select sha256('\x01'::bytea || coalesce(string_agg(uuid_send(r.loggpost_id) || int4send(r.ordning) || r.hash, ''::bytea order by r.loggpost_id, r.ordning), ''::bytea))
	from public.loggraderad r where r.radering = rad
$$;
-- +goose StatementEnd

-- +goose StatementBegin
create function sus_prova_radering() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
	if not exists (select from public.loggpost p where p.id = new.id and p.utfall = 'OK' and p.insats_id = new.insats_id
			and p.radering_hash = public.sus_raderingshash(new.id)) then
		raise exception 'loggradering: no row of the log tells of it'
			using errcode = 'check_violation', constraint = 'loggradering_loggad', table = 'loggradering';
	end if;
	return null;
end $$;
-- +goose StatementEnd
create constraint trigger prova after insert on loggradering deferrable initially deferred
	for each row execute function sus_prova_radering();

-- Erases the log's persons of a samtycke, and the searches for the person of the
-- blind indexes, in one insats that row security shows; radering is the id that the
-- log row of it will have. It gives the hash that this row must carry.
-- +goose StatementBegin
create function sus_radera_loggpersoner(rad uuid, samtycke uuid, blindindexen bytea[], insats uuid) returns bytea
	language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
	if insats is null or not insats = any (coalesce(public.sus_insatser(), '{}')) then
		raise exception 'loggradering: the insats is not open' using errcode = 'insufficient_privilege';
	end if;
	insert into public.loggradering (id, insats_id) values (rad, insats) on conflict do nothing;
	-- Asked after the insert, which waits for whoever uses the same id: of a row that is
	-- there already nobody would ask again whether it covers this too.
	if exists (select from public.loggpost p where p.id = rad) then
		raise exception 'loggradering: the row is written already' using errcode = 'insufficient_privilege';
	end if;
	with borta as (
		delete from public.loggperson l where l.insats_id = insats and (l.samtycke_id = samtycke or l.blindindex = any (blindindexen))
		returning l.*)
	insert into public.loggraderad (loggpost_id, ordning, hash, radering)
	select b.loggpost_id, b.ordning, case octet_length(p.personer_hash)
		when 32 then sha256(b.salt || uuid_send(coalesce(b.samtycke_id, '00000000-0000-0000-0000-000000000000')) || coalesce(b.blindindex, ''))
		else sha256('\x02'::bytea || b.salt || uuid_send(coalesce(b.samtycke_id, '00000000-0000-0000-0000-000000000000')) || coalesce(b.blindindex, '') || uuid_send(b.insats_id)) end, rad
	from borta b join public.loggpost p on p.id = b.loggpost_id;
	return public.sus_raderingshash(rad);
end $$;
-- +goose StatementEnd

revoke execute on function sus_raderingshash(uuid), sus_prova_radering(), sus_radera_loggpersoner(uuid, uuid, bytea[], uuid) from public;
grant execute on function sus_radera_loggpersoner(uuid, uuid, bytea[], uuid) to sus_app;
revoke delete on loggperson from sus_app;
grant select on loggradering, loggraderad to sus_app;
grant insert (adress, roll, av, varfor, radering_hash) on loggpost to sus_app;

-- The log rows about the person of the blind indexes, in whatever insats. It asks that
-- the question is already logged, this minute, as a row about that person, in a
-- transaction that is over: one that has written nothing yet sees no row of its own. Of
-- blindindexen only those are asked about whose person that row is about.
-- +goose StatementBegin
create function sus_loggposter_om(fraga uuid, blindindexen bytea[]) returns setof uuid
	language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
	fragade bytea[];
begin
	if pg_current_xact_id_if_assigned() is not null or not exists (
			select from public.loggpost p where p.id = fraga and p.handelse = 'LOGG_SOKT' and p.utfall = 'OK'
				and p.tid > clock_timestamp() - interval '1 minute') then
		raise exception 'loggperson: the question is not logged' using errcode = 'insufficient_privilege';
	end if;
	fragade := array(select x from public.loggperson l, unnest(public.sus_alla_index(l.blindindex)) x
		where l.loggpost_id = fraga and x = any (blindindexen));
	return query
		select l.loggpost_id from public.loggperson l where l.blindindex = any (fragade)
		union
		select l.loggpost_id from public.identitet i join public.loggperson l on l.samtycke_id = i.samtycke_id
		where i.blindindex = any (fragade);
end $$;
-- +goose StatementEnd
revoke execute on function sus_loggposter_om(uuid, bytea[]) from public;
grant execute on function sus_loggposter_om(uuid, bytea[]) to sus_app;
