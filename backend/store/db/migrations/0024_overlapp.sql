-- +goose Up
-- Two periods of one person in one insats share the day of change at most. It is
-- decided on what is read under the lock of the person's keys, and is no exclusion
-- constraint: periods under two numbers that turn out to be one person's stand as they
-- were registered, and one that is open may have started before another.
--
-- Those that a link brought to light, or that were registered before this: they are
-- shown, and whoever ends or corrects one of them is not refused because of the other. A pair goes when it no longer overlaps,
-- when one is felregistrerad, and when the key of one leads to nobody any more.
create table deltagande_overlapp (
	insats_id uuid not null,
	en        uuid not null,
	annan     uuid not null,
	primary key (en, annan),
	constraint deltagande_overlapp_ordning check (en < annan),
	foreign key (en, insats_id) references deltagande (id, insats_id),
	foreign key (annan, insats_id) references deltagande (id, insats_id)
);
create index on deltagande_overlapp (annan);
alter table deltagande_overlapp enable row level security;
create policy insatser on deltagande_overlapp to sus_app using (insats_id = any ((select sus_insatser())::uuid[]));
grant select on deltagande_overlapp to sus_app;

-- One without an exit runs on.
create function sus_overlappar(start1 date, slut1 date, start2 date, slut2 date) returns boolean language sql immutable parallel safe
	return start1 < coalesce(slut2, 'infinity') and start2 < coalesce(slut1, 'infinity');

-- What was registered before this stands too. How far one of the same key that is open
-- runs is not known: only one that starts within another overlaps it.
insert into deltagande_overlapp (insats_id, en, annan)
	select a.insats_id, a.id, b.id from deltagande a join deltagande b on b.person = a.person and b.insats_id = a.insats_id and a.id < b.id
	where not a.felregistrerad and not b.felregistrerad
		and sus_overlappar(a.startdag, coalesce(a.avslutningsdag, a.startdag + 1), b.startdag, coalesce(b.avslutningsdag, b.startdag + 1))
	union select v.insats_id, v.en, v.annan from personlank_vantar v;

-- +goose StatementBegin
create function sus_overlapp_slutar() returns trigger language plpgsql security definer
	set search_path = pg_catalog, pg_temp as $$
begin
	delete from public.deltagande_overlapp o using public.deltagande x
		where new.id in (o.en, o.annan) and x.id in (o.en, o.annan) and x.id <> new.id
			and (new.felregistrerad or not public.sus_overlappar(new.startdag, new.avslutningsdag, x.startdag, x.avslutningsdag)
				or new.okopplad);
	return null;
end $$;
-- +goose StatementEnd
create trigger deltagande_overlapp_slutar after update on deltagande for each row
	when (old.okopplad <> new.okopplad or old.startdag <> new.startdag or old.avslutningsdag is distinct from new.avslutningsdag
		or old.felregistrerad <> new.felregistrerad) execute function sus_overlapp_slutar();

-- As before, and asked again under the lock: whoever ended or corrected another
-- deltagande of the person meanwhile may have moved it over the startdag.
drop function sus_tag_personnyckel(uuid, bytea, integer);
-- +goose StatementBegin
create function sus_tag_personnyckel(insats uuid, sokt bytea, nytt integer, dag date) returns integer language plpgsql security definer
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
	if exists (select from public.deltagande d where d.insats_id = insats and d.person = any (alla) and not d.felregistrerad
			and d.startdag <= dag and dag < d.avslutningsdag) then
		raise exception 'perioden överlappar en annan' using errcode = 'exclusion_violation', constraint = 'deltagande_overlappar';
	end if;
	return tal;
end $$;
-- +goose StatementEnd

-- Locks the keys of the person of a deltagande that is to be ended or corrected and
-- says which they are. One without a key of a number left (who was protected) is
-- ordered by its own.
-- +goose StatementBegin
create function sus_lock_perioder(samtycke uuid) returns integer[] language plpgsql security definer
	set search_path = pg_catalog, pg_temp as $$
declare
	alla integer[] := public.sus_lock_person(samtycke);
begin
	if not exists (select from public.personnyckel k where k.person = any (alla)) then
		perform pg_advisory_xact_lock(x'53555322'::integer, p) from unnest(alla) p order by p;
	end if;
	return alla;
end $$;
-- +goose StatementEnd

-- As before, and what overlaps under two keys of one person is kept as known.
-- +goose StatementBegin
create or replace function sus_sammanfor(personer integer[], fran integer[], till integer[], insatser uuid[], ena uuid[], andra uuid[]) returns void language plpgsql security definer
	set search_path = pg_catalog, pg_temp as $$
begin
	if (fran || till <@ personer) is not true then
		raise exception 'personnyckel: another person''s key' using errcode = 'insufficient_privilege';
	end if;
	insert into public.deltagande_overlapp (insats_id, en, annan)
		select a.insats_id, a.id, b.id from public.deltagande a join public.deltagande b on b.insats_id = a.insats_id and a.id < b.id and a.person <> b.person
		where a.person = any (personer) and b.person = any (personer) and not a.felregistrerad and not b.felregistrerad
			and public.sus_overlappar(a.startdag, a.avslutningsdag, b.startdag, b.avslutningsdag)
		on conflict do nothing;
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

revoke execute on function sus_overlappar(date, date, date, date), sus_overlapp_slutar(), sus_tag_personnyckel(uuid, bytea, integer, date), sus_lock_perioder(uuid) from public;
grant execute on function sus_tag_personnyckel(uuid, bytea, integer, date), sus_lock_perioder(uuid) to sus_app;
