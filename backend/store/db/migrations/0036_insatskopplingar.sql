-- +goose Up
-- A shared insats across förbund is an insats in each of them (domain 3). Each side says by
-- a row of its own that the other's is the same; both have said it when there are two.
alter table insats add constraint insats_i_organisation unique (id, organisation_id);

create table insatskoppling (
	insats_id             uuid not null,
	organisation_id       uuid not null,
	annan_insats_id       uuid not null,
	annan_organisation_id uuid not null,
	sagd                  timestamptz not null,
	sagd_av               uuid not null,
	primary key (insats_id, annan_insats_id),
	foreign key (insats_id, organisation_id) references insats (id, organisation_id),
	foreign key (annan_insats_id, annan_organisation_id) references insats (id, organisation_id),
	constraint insatskoppling_over_granser check (organisation_id <> annan_organisation_id)
);
create index on insatskoppling (annan_insats_id);

grant select, insert, delete on insatskoppling to sus_app;
