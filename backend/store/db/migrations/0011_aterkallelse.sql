-- +goose Up
-- The avslutsanledning that a withdrawal closes an open deltagande with. Nobody
-- chooses it, and the rule finds it by its flag: two may not hold on one day, and it
-- holds for every form, without measurement, within the figures.
alter table kodverk add column endast_aterkallelse boolean not null default false;
update kodverk set endast_aterkallelse = true where kodverk = 'AVSLUTSANLEDNING' and kod = 'ATERKALLAT_SAMTYCKE';
alter table kodverk add constraint kodverk_endast_aterkallelse check (not endast_aterkallelse
	or (kodverk = 'AVSLUTSANLEDNING' and utan_matning and not utesluts and samverkansform is null));
alter table kodverk add constraint kodverk_en_aterkallelse
	exclude using gist (daterange(giltig_fran, giltig_tom, '[]') with &&) where (endast_aterkallelse);
