-- +goose Up
-- Samverkansorganisationer and insatser (domain 2 and 3). Readable by every
-- logged-in user; kontaktperson is blanked by store for strangers.
create table samverkansorganisation (
	id                  uuid primary key,
	nr                  smallint generated always as identity unique,
	namn                text not null check (namn <> ''),
	organisationsnummer text not null check (organisationsnummer ~ '^[0-9]{10}$'),
	samverkansform      text not null constraint samverkansorganisation_samverkansform check (samverkansform in
		('FINSAM', 'TVAPARTSFINSAM', 'HANDLINGSPLANSSAMVERKAN', 'AF_FK_SAMARBETE')),
	beskrivning         text not null,
	startdatum          date not null,
	slutdatum           date,
	verksamhetsomrade   text not null,
	lan                 text not null check (lan ~ '^([0-9]{2})?$'),
	adress_gata         text not null,
	adress_postnummer   text not null,
	adress_ort          text not null,
	adress_telefon      text not null,
	adress_epost        text not null,
	kontakt_namn        text not null,
	kontakt_titel       text not null,
	kontakt_telefon     text not null,
	kontakt_epost       text not null,
	version             integer not null check (version > 0),
	constraint samverkansorganisation_period check (slutdatum is null or slutdatum >= startdatum)
);
create index on samverkansorganisation (namn, id);

create table samverkansorganisation_kommun (
	organisation_id uuid not null references samverkansorganisation on delete cascade,
	kommun          text not null references kommun,
	primary key (organisation_id, kommun)
);
create index on samverkansorganisation_kommun (kommun);

create table samverkansorganisation_stadsdel (
	organisation_id uuid not null references samverkansorganisation on delete cascade,
	stadsdel        text not null,
	primary key (organisation_id, stadsdel)
);

create table ingaende_organisation (
	organisation_id     uuid not null references samverkansorganisation on delete cascade,
	ordning             smallint not null,
	namn                text not null check (namn <> ''),
	organisationsnummer text not null check (organisationsnummer ~ '^[0-9]{10}$'),
	typ                 text not null constraint ingaende_organisation_typ check (typ in
		('FORSAKRINGSKASSAN', 'ARBETSFORMEDLINGEN', 'REGION', 'KOMMUN', 'SAMORDNINGSFORBUND')),
	medlem              boolean not null,
	finansiar           boolean not null,
	konsument           boolean not null,
	primary key (organisation_id, ordning)
);
create index on ingaende_organisation (organisationsnummer);

create table insats (
	id                     uuid primary key,
	nr                     smallint generated always as identity unique,
	organisation_id        uuid not null references samverkansorganisation,
	namn                   text not null check (namn <> ''),
	startdatum             date not null,
	slutdatum              date,
	beskrivning            text not null,
	inriktning             text not null constraint insats_inriktning check (inriktning in ('INDIVIDINRIKTAD', 'STRUKTUROVERGRIPANDE')),
	preciserad_inriktning  text not null,
	deltagarregistrering   text not null constraint insats_deltagarregistrering check (deltagarregistrering in
		('MED_PERSONUPPGIFT_ELLER_ANONYM', 'ENDAST_ANTAL')),
	insatsanordnare        text not null,
	inmatningsorganisation text not null check (inmatningsorganisation ~ '^([0-9]{10})?$'),
	version                integer not null check (version > 0),
	constraint insats_period check (slutdatum is null or slutdatum >= startdatum)
);
create index on insats (organisation_id);
create index on insats (namn, id);

create table insats_malgrupp (
	insats_id uuid not null references insats on delete cascade,
	malgrupp  text not null,
	primary key (insats_id, malgrupp)
);

grant select, insert, update on samverkansorganisation, insats to sus_app;
grant select, insert, delete on samverkansorganisation_kommun, samverkansorganisation_stadsdel, ingaende_organisation, insats_malgrupp to sus_app;
grant select (id, nr, namn, samverkansform, verksamhetsomrade, lan, startdatum, slutdatum) on samverkansorganisation to sus_rapport;
grant select (id, nr, organisation_id, namn, startdatum, slutdatum) on insats to sus_rapport;
