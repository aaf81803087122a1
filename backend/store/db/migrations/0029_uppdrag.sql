-- +goose Up
-- Uppdrag are given and ended by those who run an organisation or an insats. One that
-- began today ends at once by a last day before its first: it then has no day at all.
alter table uppdrag add column version integer not null default 1 constraint uppdrag_version check (version > 0);
alter table uppdrag drop constraint uppdrag_slut_efter_start;
alter table uppdrag add constraint uppdrag_slut_efter_start check (giltig_tom is null or giltig_tom >= giltig_fran - 1);
grant update (giltig_tom, version) on uppdrag to sus_app;

-- As before, and a user has a role at one place once at a time: two who give it at once
-- wait for each other at the user. What the command gave before is left as it is.
-- +goose StatementBegin
create or replace function uppdrag_kontroll() returns trigger language plpgsql
set search_path = pg_catalog, public as $$
begin
  if new.klient_id is not null and not exists (
       select from klient k
       where k.id = new.klient_id
         and k.organisation_id = coalesce(new.organisation_id,
           (select i.organisation_id from insats i where i.id = new.insats_id))) then
    raise exception 'uppdrag: outside the client''s organisation'
      using errcode = 'check_violation', constraint = 'uppdrag_klientens_organisation', table = 'uppdrag';
  end if;
  if tg_op = 'UPDATE' and coalesce(new.giltig_tom, 'infinity') <= coalesce(old.giltig_tom, 'infinity') then
    return new; -- a shorter time meets nothing new
  end if;
  if new.anvandare_id is not null then
    update anvandare set behorigheter = behorigheter + 1 where id = new.anvandare_id;
    if exists (select from uppdrag u
               where u.anvandare_id = new.anvandare_id and u.id <> new.id and u.roll = new.roll
                 and coalesce(u.organisation_id, u.insats_id) = coalesce(new.organisation_id, new.insats_id)
                 and u.giltig_fran <= coalesce(new.giltig_tom, 'infinity') and coalesce(u.giltig_tom, 'infinity') >= new.giltig_fran
                 and coalesce(u.giltig_tom, 'infinity') >= u.giltig_fran) then
      raise exception 'uppdrag: given already'
        using errcode = 'exclusion_violation', constraint = 'uppdrag_finns', table = 'uppdrag';
    end if;
  end if;
  return new;
end $$;
-- +goose StatementEnd
