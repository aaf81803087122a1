-- +goose Up
-- Kompletterande frågor (domain 5): an organisation's own, asked of everybody who is
-- registered with identity in any of its insatser. nr is the question's number in what is counted.
create table fraga (
	id              uuid primary key,
	nr              integer generated always as identity unique,
	organisation_id uuid not null references samverkansorganisation,
	namn            text not null constraint fraga_namn check (btrim(namn) <> ''),
	innehall        text not null constraint fraga_innehall check (btrim(innehall) <> ''),
	giltig_fran     date not null,
	giltig_tom      date,
	svarstyp        text not null constraint fraga_svarstyp check (svarstyp in ('ENVAL', 'FLERVAL', 'JA_NEJ', 'HELTAL', 'SKALA')),
	alternativ      jsonb not null default '[]', -- [{"kod", "etikett"}] in form order
	senaste_kod     integer not null default 0,  -- the last code given: a code never comes back with another label
	minst           integer,
	hogst           integer,
	lagst_ord       text not null default '',
	hogst_ord       text not null default '',
	vid_in          boolean not null,
	vid_ut          boolean not null,
	ordning         integer not null,
	version         integer not null constraint fraga_version check (version > 0),
	constraint fraga_period check (giltig_tom is null or giltig_tom >= giltig_fran),
	constraint fraga_matning check (vid_in or vid_ut),
	constraint fraga_svar check (case svarstyp
		when 'HELTAL' then minst is not null and hogst is not null and minst >= 0 and hogst <= 9999 and minst < hogst and alternativ = '[]'
		when 'SKALA' then minst is not null and hogst is not null and minst = 1 and hogst between 2 and 11 and alternativ = '[]'
		else minst is null and hogst is null and jsonb_array_length(alternativ) >= 2 end),
	constraint fraga_ordning unique (organisation_id, ordning) deferrable initially deferred
);

-- Whoever writes the questions of an organisation does so one at a time: they have an
-- order together, and no two that are asked on one day have one name.
create table fragelista (
	organisation_id uuid primary key references samverkansorganisation,
	version         integer not null constraint fragelista_version check (version > 0)
);

-- What was answered at one measurement; a correction is a new version of it with answers of its own.
create table fragesvar (
	mattillfalle_id uuid not null references mattillfalle,
	insats_id       uuid not null references insats,
	fraga_id        uuid not null references fraga,
	dag             date not null, -- the measurement's: a question is closed no earlier than its last answer
	koder           text[],
	tal             integer,
	primary key (mattillfalle_id, fraga_id),
	constraint fragesvar_ett check (num_nonnulls(koder, tal) = 1 and coalesce(cardinality(koder) > 0, true))
);
create index on fragesvar (fraga_id, dag);
alter table fragesvar enable row level security;
create policy insatser on fragesvar to sus_app using (insats_id = any ((select sus_insatser())::uuid[])) with check (insats_id = any ((select sus_insatser())::uuid[]));

-- The last day a question was answered, null when it never was: for those who make the
-- questions and may not see the answers.
-- +goose StatementBegin
create function sus_fraga_besvarad(fraga uuid) returns date language sql stable security definer
	set search_path = pg_catalog, pg_temp as $$
	select max(s.dag) from public.fragesvar s where s.fraga_id = fraga
$$;

-- A question that is answered stays as it was asked: it can be closed, after its last
-- answer. Whoever answers it holds it until then, and so one of the two is first.
create function fraga_kontroll() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
	besvarad date;
begin
	perform from fragelista l where l.organisation_id = new.organisation_id for update;
	if exists (select from fraga f where f.organisation_id = new.organisation_id and f.id <> new.id and sus_vik(f.namn) = sus_vik(new.namn)
			and f.giltig_fran <= coalesce(new.giltig_tom, 'infinity') and coalesce(f.giltig_tom, 'infinity') >= new.giltig_fran) then
		raise exception 'fraga: the name is taken' using errcode = 'exclusion_violation', constraint = 'fraga_finns', table = 'fraga';
	end if;
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

-- An answer is to a question of the insats's own organisation that is asked at that
-- measurement on its day, and is one of those that the question has.
create function fragesvar_kontroll() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
	f fraga;
	m mattillfalle;
begin
	select * into m from mattillfalle x where x.id = new.mattillfalle_id and x.insats_id = new.insats_id;
	new.dag := m.dag;
	select q.* into f from fraga q join insats i on i.organisation_id = q.organisation_id
		where q.id = new.fraga_id and i.id = m.insats_id for share of q;
	if f.id is null or m.dag < f.giltig_fran or m.dag > coalesce(f.giltig_tom, 'infinity')
			or not (case m.typ when 'IN' then f.vid_in else f.vid_ut end)
			or (case when f.svarstyp in ('HELTAL', 'SKALA') then coalesce(new.tal not between f.minst and f.hogst, true)
				else new.koder is null or not new.koder <@ array(select a ->> 'kod' from jsonb_array_elements(f.alternativ) a)
					or f.svarstyp <> 'FLERVAL' and cardinality(new.koder) <> 1 end) then
		raise exception 'fragesvar: not an answer to the question' using errcode = 'check_violation', constraint = 'fragesvar_passar', table = 'fragesvar';
	end if;
	return new;
end $$;
-- +goose StatementEnd
create trigger fraga_kontroll before insert or update of organisation_id, namn, innehall, giltig_fran, giltig_tom, svarstyp, alternativ, minst, hogst,
	lagst_ord, hogst_ord, vid_in, vid_ut on fraga for each row execute function fraga_kontroll();
create trigger fragesvar_kontroll before insert or update on fragesvar for each row execute function fragesvar_kontroll();

revoke execute on function sus_fraga_besvarad(uuid), fraga_kontroll(), fragesvar_kontroll() from public;
grant execute on function sus_fraga_besvarad(uuid) to sus_app;
grant select, insert on fraga, fragelista, fragesvar to sus_app;
grant update (namn, innehall, giltig_fran, giltig_tom, svarstyp, alternativ, senaste_kod, minst, hogst, lagst_ord, hogst_ord, vid_in, vid_ut, ordning, version) on fraga to sus_app;
grant update (version) on fragelista to sus_app;

-- Words that a question should hardly hold (etikett; * before it: also within a word),
-- and what they tell of (tillhor) [A].
alter table kodverk drop constraint kodverk_lista;
alter table kodverk add constraint kodverk_lista check (kodverk in ('FORSORJNING', 'UTBILDNINGSNIVA', 'AVSLUTSANLEDNING',
	'PRECISERAD_INRIKTNING', 'MALGRUPP', 'VERKSAMHETSOMRADE', 'STADSDEL', 'BLANKETT', 'SPRAK', 'TID_I_FORSORJNING',
	'SAMVERKANSFORM', 'ARBETSTYP', 'FRAGEORD'));
insert into kodverk (kodverk, kod, giltig_fran, etikett, ordning, tillhor) values
	('FRAGEORD', 'PERSONNUMMER', '2004-01-01', '*personnummer', 1, 'NUMMER'),
	('FRAGEORD', 'SAMORDNINGSNUMMER', '2004-01-01', '*samordningsnummer', 2, 'NUMMER'),
	('FRAGEORD', 'FODELSEDATUM', '2004-01-01', 'födelsed', 3, 'NUMMER'),
	('FRAGEORD', 'TELEFON', '2004-01-01', '*telefon', 4, 'NUMMER'),
	('FRAGEORD', 'MOBIL', '2004-01-01', 'mobilnummer', 5, 'NUMMER'),
	('FRAGEORD', 'KONTONUMMER', '2004-01-01', '*kontonummer', 6, 'NUMMER'),
	('FRAGEORD', 'ARENDENUMMER', '2004-01-01', 'ärendenummer', 7, 'NUMMER'),
	('FRAGEORD', 'DIARIENUMMER', '2004-01-01', 'diarienummer', 8, 'NUMMER'),
	('FRAGEORD', 'POSTNUMMER', '2004-01-01', 'postnummer', 9, 'NUMMER'),
	('FRAGEORD', 'ADRESS', '2004-01-01', '*adress', 10, 'NUMMER'),
	('FRAGEORD', 'DIAGNOS', '2004-01-01', '*diagnos', 11, 'DIAGNOS'),
	('FRAGEORD', 'SJUKDOM', '2004-01-01', '*sjukdom', 12, 'DIAGNOS'),
	('FRAGEORD', 'LAKEMEDEL', '2004-01-01', 'läkemed', 13, 'DIAGNOS'),
	('FRAGEORD', 'MEDICIN', '2004-01-01', 'medicin', 14, 'DIAGNOS'),
	('FRAGEORD', 'DEPRESSION', '2004-01-01', 'depress', 15, 'DIAGNOS'),
	('FRAGEORD', 'ANGEST', '2004-01-01', 'ångest', 16, 'DIAGNOS'),
	('FRAGEORD', 'ADHD', '2004-01-01', 'adhd', 17, 'DIAGNOS'),
	('FRAGEORD', 'AUTISM', '2004-01-01', 'autis', 18, 'DIAGNOS'),
	('FRAGEORD', 'MISSBRUK', '2004-01-01', '*missbruk', 19, 'DIAGNOS'),
	('FRAGEORD', 'BEROENDE', '2004-01-01', 'beroende', 20, 'DIAGNOS'),
	('FRAGEORD', 'FUNKTIONSNEDSATTNING', '2004-01-01', 'funktionsned', 21, 'DIAGNOS'),
	('FRAGEORD', 'HALSA', '2004-01-01', '*hälsa', 22, 'KANSLIGT'),
	('FRAGEORD', 'HALSO', '2004-01-01', 'hälso', 23, 'KANSLIGT'),
	('FRAGEORD', 'RELIGION', '2004-01-01', 'religi', 24, 'KANSLIGT'),
	('FRAGEORD', 'TROSUPPFATTNING', '2004-01-01', 'trosu', 25, 'KANSLIGT'),
	('FRAGEORD', 'POLITIK', '2004-01-01', 'politi', 26, 'KANSLIGT'),
	('FRAGEORD', 'FACKLIG', '2004-01-01', 'fackli', 27, 'KANSLIGT'),
	('FRAGEORD', 'FACKFORBUND', '2004-01-01', 'fackför', 28, 'KANSLIGT'),
	('FRAGEORD', 'ETNISK', '2004-01-01', 'etni', 29, 'KANSLIGT'),
	('FRAGEORD', 'HARKOMST', '2004-01-01', 'härkomst', 30, 'KANSLIGT'),
	('FRAGEORD', 'SEXUELL', '2004-01-01', '*sexu', 31, 'KANSLIGT'),
	('FRAGEORD', 'BROTT', '2004-01-01', 'brott', 32, 'KANSLIGT'),
	('FRAGEORD', 'DOMD', '2004-01-01', 'dömd', 33, 'KANSLIGT'),
	('FRAGEORD', 'VALD', '2004-01-01', 'våld', 34, 'KANSLIGT');
