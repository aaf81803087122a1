-- +goose Up
-- The budget of each organisation and year (domain 2). As in 0032 every change is a new
-- version, and the highest holds.
create table organisationsbudget (
	organisation_id uuid not null references samverkansorganisation,
	ar              integer not null constraint organisationsbudget_ar check (ar between 2000 and 2100),
	version         integer not null constraint organisationsbudget_version check (version > 0),
	registrerad     timestamptz not null,
	registrerad_av  uuid not null,
	primary key (organisation_id, ar, version)
);

create table finansieringspost (
	organisation_id uuid not null,
	ar              integer not null,
	version         integer not null,
	ordning         smallint not null,
	finansiar       text not null constraint finansieringspost_finansiar check (finansiar ~ '^[0-9]{10}$'),
	belopp          numeric(14, 2) not null constraint finansieringspost_belopp check (belopp between -10000000000 and 10000000000),
	beskrivning     text not null,
	primary key (organisation_id, ar, version, ordning),
	foreign key (organisation_id, ar, version) references organisationsbudget
);

create table administrativ_kostnad (
	organisation_id uuid not null,
	ar              integer not null,
	version         integer not null,
	ordning         smallint not null,
	kostnadstyp     text not null constraint administrativ_kostnad_typ check (kostnadstyp in ('KRING', 'PERSONAL', 'OVRIG')),
	budget          numeric(14, 2) not null constraint administrativ_kostnad_budget check (budget between 0 and 10000000000),
	utfall          numeric(14, 2) constraint administrativ_kostnad_utfall check (utfall between -10000000000 and 10000000000),
	beskrivning     text not null,
	primary key (organisation_id, ar, version, ordning),
	foreign key (organisation_id, ar, version) references organisationsbudget
);

-- When a year was closed, and opened again with a reason.
create table budgetarshandelse (
	id              uuid primary key,
	organisation_id uuid not null,
	ar              integer not null,
	nr              integer not null constraint budgetarshandelse_nr check (nr > 0),
	stangt          boolean not null,
	skal            text,
	registrerad     timestamptz not null,
	registrerad_av  uuid not null,
	unique (organisation_id, ar, nr),
	foreign key (organisation_id, ar) references budgetar,
	constraint budgetarshandelse_skal check ((skal is null) = stangt)
);

grant select, insert on organisationsbudget, finansieringspost, administrativ_kostnad, budgetarshandelse to sus_app;
