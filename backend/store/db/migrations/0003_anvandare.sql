-- Users, their roles and uppdrag, machine clients, log-in, sessions and signing
-- keys (domain 7). Number, name and mobile number of a user are stored encrypted;
-- the CHECKs refuse anything as short as the plaintext.
-- +goose Up

create table anvandare (
  id                uuid primary key default gen_random_uuid(),
  personnummer      bytea not null,
  blindindex        bytea not null,
  fornamn           bytea not null,
  efternamn         bytea not null,
  mobil             bytea not null,
  huvudarbetsgivare text not null,
  huvudlosenord     text not null,
  losenord_bytt     timestamptz not null,
  sparrad           boolean not null default false,
  skapad            timestamptz not null,
  version           integer not null default 1,
  -- counts the user's behörigheter that were ever written: the trigger below
  -- moves it, which makes two writers of one user's roles wait for each other
  behorigheter      integer not null default 0,
  constraint anvandare_personnummer_krypterat check (octet_length(personnummer) = 45),
  constraint anvandare_blindindex_langd check (octet_length(blindindex) = 32),
  constraint anvandare_blindindex_unikt unique (blindindex),
  constraint anvandare_namn_krypterat check (octet_length(fornamn) > 33 and octet_length(efternamn) > 33),
  constraint anvandare_mobil_krypterad check (octet_length(mobil) between 41 and 50),
  constraint anvandare_huvudarbetsgivare_orgnr check (huvudarbetsgivare ~ '^[0-9]{10}$'),
  constraint anvandare_huvudlosenord_argon2id check (huvudlosenord like '$argon2id$v=19$%')
);

create table klient (
  id              uuid primary key default gen_random_uuid(),
  namn            text not null,
  organisation_id uuid not null references samverkansorganisation (id),
  hemlighet       bytea not null,
  scopes          text[] not null,
  sparrad         boolean not null default false,
  skapad          timestamptz not null,
  version         integer not null default 1,
  constraint klient_namn_unikt unique (namn),
  constraint klient_namn_satt check (length(namn) between 1 and 200),
  constraint klient_hemlighet_hash check (octet_length(hemlighet) = 32),
  constraint klient_scopes_kanda check (cardinality(scopes) > 0
    and scopes <@ array['deltagande.skriv', 'deltagande.las', 'rapport.las'])
);
create index klient_organisation on klient (organisation_id);

create table behorighet (
  id           uuid primary key default gen_random_uuid(),
  anvandare_id uuid not null references anvandare (id),
  roll         text not null,
  giltig_fran  date not null,
  giltig_tom   date not null,
  skapad       timestamptz not null,
  constraint behorighet_roll_kand check (roll in
    ('SUSRAPPORT', 'SAMVERKANSADMINISTRATOR', 'INSATSANSVARIG', 'DELTAGARANSVARIG', 'SYSTEMFORVALTARE')),
  constraint behorighet_slut_efter_start check (giltig_tom >= giltig_fran),
  -- both days belong to the period, so two years end the day before
  constraint behorighet_hogst_tva_ar check (giltig_tom < giltig_fran + interval '2 years')
);
create index behorighet_anvandare on behorighet (anvandare_id, giltig_tom);

-- The rules that look at several rows. The update of the parent makes a second
-- writer of the same user wait, and under REPEATABLE READ fail with 40001, so
-- that both never judge by a state without the other.
-- +goose StatementBegin
create function behorighet_kontroll() returns trigger language plpgsql
set search_path = pg_catalog, public as $$
begin
  update anvandare set behorigheter = behorigheter + 1 where id = new.anvandare_id;

  if exists (select from behorighet b
             where b.anvandare_id = new.anvandare_id and b.id <> new.id and b.roll = new.roll
               and b.giltig_fran <= new.giltig_tom and b.giltig_tom >= new.giltig_fran) then
    raise exception 'behorighet: periods of one role overlap'
      using errcode = 'exclusion_violation', constraint = 'behorighet_overlappar', table = 'behorighet';
  end if;

  if new.roll in ('SAMVERKANSADMINISTRATOR', 'DELTAGARANSVARIG') and exists (
       select from behorighet b
       where b.anvandare_id = new.anvandare_id and b.id <> new.id
         and b.roll in ('SAMVERKANSADMINISTRATOR', 'DELTAGARANSVARIG') and b.roll <> new.roll
         and b.giltig_fran <= new.giltig_tom and b.giltig_tom >= new.giltig_fran) then
    raise exception 'behorighet: the two roles exclude each other'
      using errcode = 'exclusion_violation', constraint = 'behorighet_utesluter', table = 'behorighet';
  end if;

  -- The number of roles can only rise on a day when a period begins: look at
  -- the first day of the new period and at every start within it.
  if exists (
       select from (
         select new.giltig_fran as dag
         union
         select b.giltig_fran from behorighet b
         where b.anvandare_id = new.anvandare_id and b.id <> new.id
           and b.giltig_fran between new.giltig_fran and new.giltig_tom) d
       where (select count(distinct b.roll) from behorighet b
              where b.anvandare_id = new.anvandare_id and b.id <> new.id and b.roll <> new.roll
                and d.dag between b.giltig_fran and b.giltig_tom) >= 2) then
    raise exception 'behorighet: more than two roles on one day'
      using errcode = 'exclusion_violation', constraint = 'behorighet_hogst_tva', table = 'behorighet';
  end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger behorighet_kontroll before insert or update on behorighet
  for each row execute function behorighet_kontroll();

-- What ties a role of a user, or a client, to an organisation or to one insats.
-- Exactly one of the two is set: the organisation of an insats is read from it.
create table uppdrag (
  id              uuid primary key default gen_random_uuid(),
  anvandare_id    uuid references anvandare (id),
  klient_id       uuid references klient (id),
  roll            text not null,
  organisation_id uuid references samverkansorganisation (id),
  insats_id       uuid references insats (id),
  giltig_fran     date not null,
  giltig_tom      date,
  skapad          timestamptz not null,
  constraint uppdrag_en_innehavare check (num_nonnulls(anvandare_id, klient_id) = 1),
  constraint uppdrag_ett_mal check (num_nonnulls(organisation_id, insats_id) = 1),
  constraint uppdrag_roll_kand check (case when klient_id is not null then roll = 'MASKIN'
    else roll in ('SAMVERKANSADMINISTRATOR', 'INSATSANSVARIG', 'DELTAGARANSVARIG') end),
  constraint uppdrag_administrator_organisation check (roll <> 'SAMVERKANSADMINISTRATOR' or organisation_id is not null),
  constraint uppdrag_slut_efter_start check (giltig_tom is null or giltig_tom >= giltig_fran)
);
-- every request looks up its caller's uppdrag: one index for users and clients
create index uppdrag_innehavare on uppdrag (coalesce(anvandare_id, klient_id));
create index uppdrag_organisation on uppdrag (organisation_id) where organisation_id is not null;
create index uppdrag_insats on uppdrag (insats_id) where insats_id is not null;

-- A client acts within its own organisation only.
-- +goose StatementBegin
create function uppdrag_kontroll() returns trigger language plpgsql
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
  return new;
end $$;
-- +goose StatementEnd
create trigger uppdrag_kontroll before insert or update on uppdrag
  for each row execute function uppdrag_kontroll();

-- A log-in of a person or a client. vila_upphor moves at every refresh (access
-- tokens live minutes, so an active caller refreshes), upphor never.
create table session (
  id           uuid primary key,
  anvandare_id uuid references anvandare (id),
  klient_id    uuid references klient (id),
  scopes       text[] not null default '{}',
  skapad       timestamptz not null,
  vila_upphor   timestamptz not null,
  upphor  timestamptz not null,
  avslutad     timestamptz,
  avslut       text,
  constraint session_en_innehavare check (num_nonnulls(anvandare_id, klient_id) = 1),
  constraint session_vila_inom_giltighet check (vila_upphor <= upphor),
  constraint session_avslut_med_orsak check ((avslutad is null) = (avslut is null)
    and avslut in ('UTLOGGAD', 'ATERANVAND', 'SPARRAD', 'HEMLIGHET_BYTT'))
);
create index session_anvandare on session (anvandare_id) where anvandare_id is not null and avslutad is null;
create index session_klient on session (klient_id) where klient_id is not null and avslutad is null;
create index session_upphor on session (upphor);

-- Refresh tokens, by their hash. A used one stays until its session is erased:
-- that is how a second use is known.
create table fornyelse (
  hash       bytea primary key,
  session_id uuid not null references session (id) on delete cascade,
  skapad     timestamptz not null,
  anvand     timestamptz,
  constraint fornyelse_hash_langd check (octet_length(hash) = 32)
);
create index fornyelse_session on fornyelse (session_id);

-- The challenge between the two steps of a log-in. Written only after a right
-- master password; the code stands as a keyed hash bound to the row's id.
create table inloggning (
  id           uuid primary key,
  anvandare_id uuid not null references anvandare (id),
  kod_hash     bytea not null,
  skapad       timestamptz not null,
  upphor  timestamptz not null,
  forsok       smallint not null default 0,
  anvand       timestamptz,
  constraint inloggning_kod_hash_langd check (octet_length(kod_hash) = 32),
  constraint inloggning_hogst_tio_minuter check (upphor <= skapad + interval '10 minutes'),
  constraint inloggning_hogst_fem_forsok check (forsok between 0 and 5)
);
create index inloggning_anvandare on inloggning (anvandare_id);
create index inloggning_upphor on inloggning (upphor);

-- Tries within a window, per keyed hash of a number (known to us or not), of a
-- client address or of a client id. Holds no number and no address.
create table inloggningsforsok (
  nyckel bytea primary key,
  antal  integer not null,
  borjan timestamptz not null,
  constraint inloggningsforsok_nyckel_langd check (octet_length(nyckel) = 32)
);
create index inloggningsforsok_borjan on inloggningsforsok (borjan);

-- ES256 keys. At most one is active; a retired one verifies until every token
-- it signed has expired, then its row goes.
create table signeringsnyckel (
  kid             text primary key,
  publik          bytea not null,
  privat          bytea not null,
  skapad          timestamptz not null,
  pensionerad     timestamptz,
  verifierar_till timestamptz,
  constraint signeringsnyckel_kid_form check (kid ~ '^[A-Za-z0-9_-]{8,64}$'),
  constraint signeringsnyckel_privat_krypterad check (octet_length(privat) > 100),
  constraint signeringsnyckel_slut check ((pensionerad is null) = (verifierar_till is null))
);
create unique index signeringsnyckel_en_aktiv on signeringsnyckel ((pensionerad is null)) where pensionerad is null;

-- What the server may: no DELETE on users, roles, uppdrag and clients; ids,
-- numbers, owners and organisations of existing rows cannot be changed.
grant select, insert on anvandare, klient, behorighet, uppdrag, session, fornyelse, inloggning, inloggningsforsok, signeringsnyckel to sus_app;
grant update (mobil, huvudarbetsgivare, huvudlosenord, losenord_bytt, sparrad, version, behorigheter) on anvandare to sus_app;
grant update (hemlighet, sparrad, version) on klient to sus_app;
grant update (giltig_tom) on behorighet, uppdrag to sus_app;
grant update (vila_upphor, avslutad, avslut), delete on session to sus_app;
grant update (anvand), delete on fornyelse to sus_app;
grant update (forsok, anvand), delete on inloggning to sus_app;
grant update (antal, borjan), delete on inloggningsforsok to sus_app;
grant update (pensionerad, verifierar_till), delete on signeringsnyckel to sus_app;
