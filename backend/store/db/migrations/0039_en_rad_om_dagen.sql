-- +goose Up
-- Two rows of one code, and two questions of one name in one organisation, have no day in
-- common: by a constraint, not only by who waits for whom. The range of one text is the
-- text, compared byte by byte: no extension is needed.
create type textspann as range (subtype = text, collation = "C");

-- Rows that came in before the lists were edited may overlap. The later one is what was
-- said last, and so holds from its first day; for as long as either said, so that the code
-- loses no day. Rows that say different things of where the code belongs are no correction of
-- one another: they are left, and the constraint refuses them by name.
with avsedd as (
	select kodverk, kod, giltig_fran, least(
		max(coalesce(giltig_tom, 'infinity')) over (w rows unbounded preceding), lead(giltig_fran) over w - 1) as tom
	from kodverk window w as (partition by kodverk, kod, samverkansform, tillhor order by giltig_fran)
)
update kodverk k set giltig_tom = nullif(a.tom, 'infinity')
	from avsedd a where (k.kodverk, k.kod, k.giltig_fran) = (a.kodverk, a.kod, a.giltig_fran) and coalesce(k.giltig_tom, 'infinity') <> a.tom;

alter table kodverk add constraint kodverk_overlappar
	exclude using gist (textspann(kodverk || '.' || kod, kodverk || '.' || kod, '[]') with &&, daterange(giltig_fran, giltig_tom, '[]') with &&);

-- As before, and the name is the table's own to hold: also for whoever has no fragelista to
-- wait at.
alter table fraga add constraint fraga_finns
	exclude using gist (textspann(organisation_id::text || sus_vik(namn), organisation_id::text || sus_vik(namn), '[]') with &&,
		daterange(giltig_fran, giltig_tom, '[]') with &&);
-- +goose StatementBegin
create or replace function fraga_kontroll() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
	besvarad date;
begin
	perform from fragelista l where l.organisation_id = new.organisation_id for update; -- two of one name do not wait for each other
	if tg_op = 'UPDATE' then
		besvarad := sus_fraga_besvarad(new.id);
		if coalesce(new.giltig_tom, 'infinity') < besvarad or besvarad is not null
				and (new.organisation_id, new.namn, new.innehall, new.giltig_fran, new.svarstyp, new.alternativ, new.minst, new.hogst, new.lagst_ord, new.hogst_ord, new.vid_in, new.vid_ut)
				is distinct from (old.organisation_id, old.namn, old.innehall, old.giltig_fran, old.svarstyp, old.alternativ, old.minst, old.hogst, old.lagst_ord, old.hogst_ord, old.vid_in, old.vid_ut) then
			raise exception 'fraga: answered' using errcode = 'check_violation', constraint = 'fraga_besvarad', table = 'fraga';
		end if;
	end if;
	return new;
end $$;
-- +goose StatementEnd
