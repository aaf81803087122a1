-- +goose Up
-- One person may have had several numbers, one at a time: a samordningsnummer that
-- became a personnummer, a changed juridiskt kön. Then several blind indexes share
-- one integer. persontal still keeps every integer ever given out.
alter table personnyckel drop constraint personnyckel_person_key;
create index on personnyckel (person);
create index on deltagande (person);

-- Two open deltaganden of one person in one insats, registered before it was known
-- that it is one: they keep their integers apart until one of them is ended.
create table personlank_vantar (
	insats_id uuid not null,
	en        uuid not null,
	annan     uuid not null,
	primary key (en, annan),
	constraint personlank_vantar_ordning check (en < annan),
	foreign key (en, insats_id) references deltagande (id, insats_id),
	foreign key (annan, insats_id) references deltagande (id, insats_id)
);
create index on personlank_vantar (annan);
alter table personlank_vantar enable row level security;
create policy insatser on personlank_vantar to sus_app using (insats_id = any ((select sus_insatser())::uuid[]));
grant select on personlank_vantar to sus_app;

-- The server reads no row of personnyckel. The functions below give the keys of any
-- number that it names, and do what reaches a person's deltaganden in other insatser,
-- which are behind row security.
-- Whoever touches one row of personnyckel locks it, then deltaganden. Whoever touches
-- several takes the lock of sus_lock_lankar first, then the rows by blindindex, then the
-- deltaganden by id: so no two wait for each other.
revoke all on personnyckel from sus_app;

-- «SUS» and 16.
-- +goose StatementBegin
create function sus_lock_lankar() returns void language sql set search_path = pg_catalog, pg_temp
	as $$ select pg_advisory_xact_lock(x'5355530010'::bigint) $$;
-- +goose StatementEnd

-- The keys given and those that wait to become one with them.
-- +goose StatementBegin
create function sus_lankade(personer integer[]) returns integer[] language plpgsql stable
	set search_path = pg_catalog, pg_temp as $$
begin
	if not exists (select from public.personlank_vantar) then
		return personer;
	end if;
	return (with recursive g(person) as (
		select unnest(personer)
		union
		select d2.person from g join public.deltagande d1 on d1.person = g.person
			join public.personlank_vantar v on v.en = d1.id or v.annan = d1.id
			join public.deltagande d2 on d2.id in (v.en, v.annan)
	) select array_agg(g.person order by g.person) from g);
end $$;
-- +goose StatementEnd

-- Every key of the person who has this number: one, or several while a link waits.
-- +goose StatementBegin
create function sus_alla_persontal(sokt bytea) returns integer[] language plpgsql stable security definer
	set search_path = pg_catalog, pg_temp as $$
begin
	return public.sus_lankade(array(select k.person from public.personnyckel k where k.blindindex = sokt));
end $$;
-- +goose StatementEnd

-- Every blind index of the person who has this number, itself among them. Whatever
-- looks somebody up by number asks this.
-- +goose StatementBegin
create function sus_alla_index(sokt bytea) returns bytea[] language plpgsql stable security definer
	set search_path = pg_catalog, pg_temp as $$
begin
	return array(select sokt where sokt is not null
		union select k.blindindex from public.personnyckel k where k.person = any (public.sus_alla_persontal(sokt)));
end $$;
-- +goose StatementEnd

-- The key of the person at an in-registration: nytt when the number has none. Its row
-- is locked by it, which orders this against a withdrawal that would let the key go
-- and against a link. The unique index does not see an open deltagande under another
-- key of the same person: this does, in the same words.
-- +goose StatementBegin
create function sus_tag_personnyckel(insats uuid, sokt bytea, nytt integer) returns integer language plpgsql security definer
	set search_path = pg_catalog, pg_temp as $$
declare
	tal    integer;
	alla   integer[] := public.sus_alla_persontal(sokt);
	lankas boolean := cardinality(alla) > 1;
begin
	if lankas then
		perform public.sus_lock_lankar();
	end if;
	insert into public.personnyckel (blindindex, person) values (sokt, nytt)
		on conflict (blindindex) do update set blindindex = excluded.blindindex returning person into tal;
	alla := public.sus_lankade(array[tal]);
	if cardinality(alla) > 1 then
		if not lankas then
			raise exception 'en länk har tillkommit' using errcode = 'serialization_failure';
		end if;
		if exists (select from public.deltagande d where d.insats_id = insats and d.oppen and d.person = any (alla) and d.person <> tal) then
			raise exception 'personen har ett öppet deltagande' using errcode = 'unique_violation', constraint = 'deltagande_en_oppen';
		end if;
	end if;
	return tal;
end $$;
-- +goose StatementEnd

-- Locks the keys of the person of a samtycke and says which they are: before its
-- deltagande is locked and the identitet erased.
-- +goose StatementBegin
create function sus_lock_person(samtycke uuid) returns integer[] language plpgsql security definer
	set search_path = pg_catalog, pg_temp as $$
declare
	alla  integer[];
	rader bytea[];
	nu    bytea[];
	ensam boolean := false;
begin
	loop
		alla := public.sus_lankade(array(
			select k.person from public.identitet i join public.personnyckel k on k.blindindex = i.blindindex where i.samtycke_id = samtycke
			union select d.person from public.deltagande d where d.samtycke_id = samtycke));
		rader := array(select k.blindindex from public.personnyckel k where k.person = any (alla) order by 1);
		exit when ensam or (cardinality(rader) < 2 and cardinality(alla) < 2);
		perform public.sus_lock_lankar();
		ensam := true;
	end loop;
	perform from public.personnyckel k where k.blindindex = any (rader) order by k.blindindex for update;
	nu := array(select k.blindindex from public.personnyckel k where k.person = any (alla) order by 1);
	if nu <> rader then
		raise exception 'en länk har tillkommit' using errcode = 'serialization_failure';
	end if;
	return alla;
end $$;
-- +goose StatementEnd

-- Locks the keys of a deltagande that waits for a link and says which they are; none
-- when it does not wait.
-- +goose StatementBegin
create function sus_lock_vantande(deltagande uuid) returns integer[] language plpgsql security definer
	set search_path = pg_catalog, pg_temp as $$
declare
	alla integer[];
begin
	if not exists (select from public.personlank_vantar v where v.en = deltagande or v.annan = deltagande) then
		return '{}';
	end if;
	perform public.sus_lock_lankar();
	alla := public.sus_lankade(array(select d.person from public.deltagande d where d.id = deltagande));
	perform from public.personnyckel k where k.person = any (alla) order by k.blindindex for update;
	return case when cardinality(alla) > 1 then alla else '{}' end;
end $$;
-- +goose StatementEnd

-- What the population register says are numbers of one person: gives each a key,
-- nya where it has none, locks all keys of that person and says which they are. Null
-- when it is known already, or when nobody of that person has an identitet here:
-- nothing is kept of strangers.
-- +goose StatementBegin
create function sus_lanka(nummer bytea[], nya integer[]) returns integer[] language plpgsql security definer
	set search_path = pg_catalog, pg_temp as $$
declare
	alla     bytea[] := array(select distinct n from unnest(nummer) n order by 1);
	personer integer[] := array(select k.person from public.personnyckel k where k.blindindex = any (nummer));
begin
	if cardinality(personer) = 0 and not exists (select from public.identitet i where i.blindindex = any (alla))
		or cardinality(personer) = cardinality(alla) and personer <@ public.sus_lankade(personer[1:1]) then
		return null;
	end if;
	perform public.sus_lock_lankar();
	for n in 1..cardinality(alla) loop
		insert into public.personnyckel (blindindex, person) values (alla[n], nya[n])
			on conflict (blindindex) do update set blindindex = excluded.blindindex;
	end loop;
	personer := public.sus_lankade(array(select k.person from public.personnyckel k where k.blindindex = any (alla)));
	perform from public.personnyckel k where k.person = any (personer) order by k.blindindex for update;
	-- A withdrawal under way, of a samtycke that led to no key, is waited for here.
	perform from public.identitet i join public.personnyckel k on k.blindindex = i.blindindex
		where k.person = any (personer) order by i.samtycke_id for key share of i;
	if not found then
		delete from public.personnyckel k where k.person = any (personer);
		return null;
	end if;
	return personer;
end $$;
-- +goose StatementEnd

-- The keys among personer that are in use, each with its open deltaganden, all its
-- deltaganden being locked: a link is decided on these.
-- +goose StatementBegin
create function sus_lock_oppna(personer integer[]) returns table (person integer, insats_id uuid, deltagande_id uuid) language plpgsql security definer
	set search_path = pg_catalog, pg_temp as $$
begin
	perform from public.deltagande d where d.person = any (personer) order by d.id for update;
	return query select p.tal, d.insats_id, d.id from unnest(personer) as p (tal)
		left join public.deltagande d on d.person = p.tal and d.oppen
		where exists (select from public.personnyckel k where k.person = p.tal) or exists (select from public.deltagande x where x.person = p.tal);
end $$;
-- +goose StatementEnd

-- Puts one key in another's place, in every insats and in the facts, and keeps the
-- pairs that must wait: all other waiting pairs of personer are gone. It touches no key
-- but those, and two wait only while both are open in that insats under two of them.
-- +goose StatementBegin
create function sus_sammanfor(personer integer[], fran integer[], till integer[], insatser uuid[], ena uuid[], andra uuid[]) returns void language plpgsql security definer
	set search_path = pg_catalog, pg_temp as $$
begin
	if (fran || till <@ personer) is not true then
		raise exception 'personnyckel: another person''s key' using errcode = 'insufficient_privilege';
	end if;
	delete from public.personlank_vantar v using public.deltagande d where d.id in (v.en, v.annan) and d.person = any (personer);
	for n in 1..cardinality(fran) loop
		update public.fakt_in f set person = till[n] from public.deltagande d
			where d.person = fran[n] and f.ar = extract(year from d.startdag)::int2 and f.reg = d.reg;
		update public.fakt_ut f set person = till[n] from public.deltagande d
			where d.person = fran[n] and f.ar = extract(year from d.avslutningsdag)::int2 and f.reg = d.reg;
		update public.deltagande d set person = till[n] where d.person = fran[n];
		update public.personnyckel k set person = till[n] where k.person = fran[n];
	end loop;
	if exists (select from unnest(insatser, ena, andra) v (insats, en, annan) where 2 <> (select count(distinct d.person)
			from public.deltagande d where d.id in (v.en, v.annan) and d.insats_id = v.insats and d.oppen and d.person = any (personer))) then
		raise exception 'personlank_vantar: not two open deltaganden of the person' using errcode = 'insufficient_privilege';
	end if;
	insert into public.personlank_vantar (insats_id, en, annan) select * from unnest(insatser, ena, andra);
end $$;
-- +goose StatementEnd

-- Lets a number go when no identitet has it any more; the others of the same person
-- keep their key, and go with the person's last identitet. The row lock orders it
-- against an in-registration that is about to use the key.
-- +goose StatementBegin
create or replace function sus_slapp_personnyckel(slapps bytea) returns void language plpgsql security definer
	set search_path = pg_catalog, pg_temp as $$
declare
	tal integer;
begin
	select k.person into tal from public.personnyckel k where k.blindindex = slapps for update;
	if not found then
		return;
	end if;
	if exists (select from public.personnyckel k where k.person = tal and k.blindindex <> slapps) then
		perform public.sus_lock_lankar();
	end if;
	if exists (select from public.identitet i where i.blindindex = slapps) then
		return;
	end if;
	delete from public.personnyckel k where k.blindindex = slapps;
	if not exists (select from public.personnyckel k join public.identitet i on i.blindindex = k.blindindex where k.person = tal) then
		delete from public.personnyckel k where k.person = tal;
	end if;
end $$;
-- +goose StatementEnd

-- In which insatser a link changes something: row security is opened for them, so
-- that the log row can say whom it was about.
-- +goose StatementBegin
create function sus_personens_insatser(nummer bytea[]) returns uuid[] language sql stable security definer
	set search_path = pg_catalog, pg_temp as $$
	select array(select distinct i.insats_id from public.identitet i where i.blindindex in (
		select unnest(public.sus_alla_index(n)) from unnest(nummer) n) order by 1)
$$;
-- +goose StatementEnd

-- Nobody ends a deltagande and leaves its link waiting: whoever did not see it come
-- tries again.
-- +goose StatementBegin
create function sus_vantande_slutat() returns trigger language plpgsql security definer
	set search_path = pg_catalog, pg_temp as $$
begin
	if exists (select from public.personlank_vantar v where v.en = new.id or v.annan = new.id) then
		raise exception 'en länk väntar på deltagandet' using errcode = 'serialization_failure';
	end if;
	return null;
end $$;
-- +goose StatementEnd
create constraint trigger deltagande_vantar after update on deltagande deferrable initially deferred
	for each row when (old.oppen and not new.oppen) execute function sus_vantande_slutat();

revoke execute on function sus_lock_lankar(), sus_lankade(integer[]), sus_alla_persontal(bytea), sus_alla_index(bytea), sus_tag_personnyckel(uuid, bytea, integer),
	sus_lock_person(uuid), sus_lock_vantande(uuid), sus_lanka(bytea[], integer[]), sus_lock_oppna(integer[]),
	sus_sammanfor(integer[], integer[], integer[], uuid[], uuid[], uuid[]), sus_personens_insatser(bytea[]), sus_vantande_slutat() from public;
grant execute on function sus_alla_persontal(bytea), sus_alla_index(bytea), sus_tag_personnyckel(uuid, bytea, integer),
	sus_lock_person(uuid), sus_lock_vantande(uuid), sus_lanka(bytea[], integer[]), sus_lock_oppna(integer[]),
	sus_sammanfor(integer[], integer[], integer[], uuid[], uuid[], uuid[]), sus_personens_insatser(bytea[]) to sus_app;
