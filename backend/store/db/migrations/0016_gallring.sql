-- +goose Up
-- A user who left long ago loses number, name, mobile number and password. The row stays
-- as a shell without a person: behörigheter, registrations and the log have its id.
alter table anvandare
	alter column personnummer drop not null, alter column blindindex drop not null, alter column fornamn drop not null,
	alter column efternamn drop not null, alter column mobil drop not null, alter column huvudlosenord drop not null,
	add column gallrad timestamptz,
	add constraint anvandare_gallrad check (num_nonnulls(personnummer, blindindex, fornamn, efternamn, mobil, huvudlosenord)
		= case when gallrad is null then 6 else 0 end);

-- Makes a user the shell, and says whether it did: whoever was added within a year,
-- or has a behörighet that held within a year, is never erased, whatever the caller's
-- clock and settings say. The
-- server itself may not change a number or a name.
-- +goose StatementBegin
create function sus_gallra_anvandare(vem uuid) returns boolean language plpgsql security definer
	set search_path = pg_catalog, pg_temp as $$
begin
	-- What behorighet_kontroll also locks: a behörighet that is being given waits, or is seen.
	perform 1 from public.anvandare a where a.id = vem for update;
	update public.anvandare a set personnummer = null, blindindex = null, fornamn = null, efternamn = null, mobil = null, huvudlosenord = null,
			sparrad = true, gallrad = clock_timestamp(), version = a.version + 1
		where a.id = vem and a.gallrad is null and a.skapad < current_date - interval '1 year'
			and not exists (select from public.behorighet b where b.anvandare_id = vem and b.giltig_tom >= current_date - interval '1 year');
	return found;
end $$;

-- Nothing is given to a shell: it is refused as somebody who is not there. Named so that
-- it comes after behorighet_kontroll, which has locked the user.
create function anvandare_inte_gallrad() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
	if exists (select from anvandare a where a.id = new.anvandare_id and a.gallrad is not null) then
		raise exception 'anvandare: erased' using errcode = 'foreign_key_violation', constraint = 'anvandare_inte_gallrad', table = tg_table_name;
	end if;
	return new;
end $$;
-- +goose StatementEnd
create trigger behorighet_om_gallrad before insert on behorighet for each row execute function anvandare_inte_gallrad();
create trigger uppdrag_om_gallrad before insert on uppdrag for each row execute function anvandare_inte_gallrad();

revoke execute on function sus_gallra_anvandare(uuid), anvandare_inte_gallrad() from public;
grant execute on function sus_gallra_anvandare(uuid) to sus_app;
