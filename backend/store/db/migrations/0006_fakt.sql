-- +goose Up

-- The read model of reports: one narrow row a deltagande and date basis.
-- fakt_in stands in the year of startdag, fakt_ut in that of avslutningsdag.
-- -1 is «missing» in every column. No row says who: person is the random
-- integer of personnyckel, reg the deltagande's internal integer.
-- p_* are for the sums that come later: month of the same person's previous
-- row in rike, län, organisation, insats; -1 never, -2 not folded.
create table fakt_in (
    ar           int2 not null,
    manad        int2 not null, -- whole months since January 2000
    org          int2 not null,
    insats       int2 not null,
    fb           int2 not null, -- försörjning före: one bit a code, kodverk.bit
    kon          int2 not null, -- 1 KVINNA, 2 MAN
    alder        int2 not null, -- whole years on startdag
    kommun       int2 not null, -- SCB's code as a number
    utb          int2 not null, -- kodverk.nr
    person       int4 not null,
    p_nat        int2 not null default -2,
    p_lan        int2 not null default -2,
    p_org        int2 not null default -2,
    p_ins        int2 not null default -2,
    startman     int2 not null,
    bidragsar    int2 not null, -- whole years with offentlig försörjning
    arbete_fore  int2 not null, -- per cent, 0 is Nej
    studier_fore int2 not null,
    reg          int4 not null,
    primary key (ar, reg)
) partition by list (ar);

create table fakt_ut (
    ar            int2 not null,
    manad         int2 not null,
    org           int2 not null,
    insats        int2 not null,
    fb            int2 not null,
    fa            int2 not null, -- försörjning efter; -1 utan mätning
    kon           int2 not null,
    alder         int2 not null, -- whole years on avslutningsdag
    kommun        int2 not null,
    utb           int2 not null,
    person        int4 not null,
    p_nat         int2 not null default -2,
    p_lan         int2 not null default -2,
    p_org         int2 not null default -2,
    p_ins         int2 not null default -2,
    startman      int2 not null,
    bidragsar     int2 not null,
    arbete_fore   int2 not null,
    arbete_efter  int2 not null,
    studier_fore  int2 not null,
    studier_efter int2 not null,
    orsak         int2 not null, -- avslutsanledning, kodverk.nr
    reg           int4 not null,
    primary key (ar, reg)
) partition by list (ar);

-- The index on person belongs to the folding of the sums and comes with it:
-- until then nothing looks a person up, and each registration would pay for it.
create index fakt_in_org_manad on fakt_in (org, manad);
create index fakt_ut_org_manad on fakt_ut (org, manad);

-- Partitions are granted one by one as well, so that a report may name its
-- year's partition and keep one plan instead of being planned anew each time.
-- +goose StatementBegin
do $$
declare
    tabell text;
begin
    foreach tabell in array array['fakt_in', 'fakt_ut'] loop
        for ar in 2000..2040 loop
            execute format('create table %I partition of %I for values in (%s)', tabell || '_' || ar, tabell, ar);
            execute format('grant select on %I to sus_rapport', tabell || '_' || ar);
        end loop;
        execute format('create table %I partition of %I default', tabell || '_ovriga', tabell);
    end loop;
end
$$;
-- +goose StatementEnd

-- The app role writes and removes a deltagande's own rows and can read nothing
-- but their keys; the figures are read as sus_rapport only.
grant insert, delete on fakt_in, fakt_ut to sus_app;
grant select (ar, reg) on fakt_in, fakt_ut to sus_app;
grant select on fakt_in, fakt_ut to sus_rapport;

-- +goose Down
drop table fakt_ut;
drop table fakt_in;
