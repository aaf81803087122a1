-- +goose Up
-- The log cannot be bent by whoever has the database: each link of the chain is
-- signed by a key that only the servers have, the serving role writes no link, and
-- the time of a row is the database's.
alter table loggpost alter column tid set default clock_timestamp();
revoke insert (tid) on loggpost from sus_app;

-- Since when a row waits for its link.
alter table loggko add column sedan timestamptz not null default clock_timestamp();
-- A table of the same name among a session's temporary ones would else come first.
alter function sus_koa_loggpost() set search_path = pg_catalog, public, pg_temp;

-- slag: RADER is a link over log rows. EPOK says from which head the log goes on
-- after a restore, GALLRING which links were cut from the oldest end; what they say
-- is uppgift. OSIGNERAT is a link from before there were signatures: only below the
-- first signed one, which covers them.
alter table loggsigill
	add column slag text not null default 'OSIGNERAT' constraint loggsigill_slag check (slag in ('OSIGNERAT', 'RADER', 'EPOK', 'GALLRING')),
	add column uppgift text not null default '',
	add column signatur bytea,
	drop constraint loggsigill_antal_check,
	add constraint loggsigill_rader check ((antal > 0) = (slag in ('OSIGNERAT', 'RADER')) and antal >= 0),
	add constraint loggsigill_signatur check ((signatur is null) = (slag = 'OSIGNERAT'));
alter table loggsigill alter column slag drop default, alter column uppgift drop default;

-- The link that is being set: it becomes one when its signature comes, in the same
-- transaction.
create table loggsigill_vantar (
	en       boolean primary key default true check (en),
	xact     xid8 not null,
	sekvens  bigint not null,
	fran     bigint not null,
	antal    integer not null,
	poster   uuid[] not null,
	forra    bytea not null,
	hash     bytea not null,
	tid      timestamptz not null,
	slag     text not null,
	uppgift  text not null,
	rader    bytea not null
);

-- A field's bytes in the chain: its length before it (-1 when there is none), so
-- that no two rows have the same. store/db reckons the same bytes (loggfalt).
create function sus_falt(v bytea) returns bytea language sql immutable parallel safe as
	$$ select int4send(coalesce(octet_length(v), -1)) || coalesce(v, '') $$;
create function sus_falt(v text) returns bytea language sql immutable parallel safe as
	$$ select int4send(coalesce(octet_length(v), -1)) || coalesce(convert_to(v, 'UTF8'), '') $$;
create function sus_falt(v uuid) returns bytea language sql immutable parallel safe as
	$$ select case when v is null then int4send(-1) else int4send(16) || uuid_send(v) end $$;
create function sus_falt(v timestamptz) returns bytea language sql immutable parallel safe as
	$$ select case when v is null then int4send(-1) else int4send(8) || timestamptz_send(v) end $$;

-- The columns of a row in the chain. The same list, in the same order, is loggfalt
-- of store/db.
create function sus_loggrad(p loggpost) returns bytea language sql immutable parallel safe as $$ select
	sus_falt(p.id)
	|| sus_falt(p.tid)
	|| sus_falt(p.aktor_id)
	|| sus_falt(p.aktor_typ)
	|| sus_falt(p.handelse)
	|| sus_falt(p.objekttyp)
	|| sus_falt(p.objekt_id)
	|| sus_falt(p.insats_id)
	|| sus_falt(p.organisation_id)
	|| sus_falt(p.utfall)
	|| sus_falt(p.regel)
	|| sus_falt(p.externt_id)
	|| sus_falt(p.detalj)
	|| sus_falt(p.personer_hash)
	|| sus_falt(p.traceparent)
$$;

-- A link's hash: over what it is, the link before, and the hash of its rows.
create function sus_lankhash(slag text, sekvens bigint, fran bigint, antal integer, tid timestamptz, forra bytea, uppgift text, rader bytea)
returns bytea language sql immutable parallel safe as $$ select sha256(
	sus_falt('SUS logg 1'::text) || sus_falt(slag) || int8send(sekvens) || int8send(fran) || int8send(antal::bigint)
	|| sus_falt(tid) || sus_falt(forra) || sus_falt(uppgift) || sus_falt(rader))
$$;

-- +goose StatementBegin
-- The hash of the rows in that order; an error when one of them is not there.
create function sus_raderhash(poster uuid[]) returns bytea language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
declare
	bytes bytea;
	antal bigint;
begin
	select string_agg(sus_loggrad(p), ''::bytea order by l.plats), count(*) into bytes, antal
		from unnest(poster) with ordinality l (id, plats) join loggpost p on p.id = l.id;
	if antal <> cardinality(poster) then
		raise exception 'loggen: % av de % rader som väntar på sigill finns inte', cardinality(poster) - antal, cardinality(poster);
	end if;
	return sha256(coalesce(bytes, ''));
end $$;
-- +goose StatementEnd

-- +goose StatementBegin
-- Links from before the signatures get the hashes that this version reckons. Asked
-- again by a migration that changes the columns of a row.
create function sus_logg_rakna_om() returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
	l loggsigill;
	f bytea := '';
	h bytea;
begin
	for l in select * from loggsigill where slag = 'OSIGNERAT' order by sekvens loop
		h := sus_lankhash(l.slag, l.sekvens, l.fran, l.antal, l.tid, f, l.uppgift, sus_raderhash(l.poster));
		update loggsigill set forra = f, hash = h where sekvens = l.sekvens;
		f := h;
	end loop;
end $$;
-- +goose StatementEnd
-- The hash that they had stays in uppgift, so that a head noted then is still found.
update loggsigill set uppgift = encode(hash, 'hex');
select sus_logg_rakna_om();

-- +goose StatementBegin
create function sus_logg_bered(slag text, uppgift text, poster uuid[]) returns setof loggsigill_vantar
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
	f loggsigill;
	v loggsigill_vantar;
begin
	select * into f from loggsigill order by sekvens desc limit 1;
	v.en := true;
	v.xact := pg_current_xact_id();
	v.slag := sus_logg_bered.slag;
	v.uppgift := sus_logg_bered.uppgift;
	v.poster := sus_logg_bered.poster;
	v.antal := cardinality(v.poster);
	v.sekvens := coalesce(f.sekvens, 0) + 1;
	v.fran := coalesce(f.fran + f.antal, 1);
	v.forra := coalesce(f.hash, '');
	v.tid := clock_timestamp();
	v.rader := sus_raderhash(v.poster);
	v.hash := sus_lankhash(v.slag, v.sekvens, v.fran, v.antal, v.tid, v.forra, v.uppgift, v.rader);
	delete from loggsigill_vantar;
	insert into loggsigill_vantar select v.*;
	return next v;
end $$;

-- The next link over rows that wait, hogst of them; none when none wait, or while
-- another worker is at it. The first signed link takes all: what waits from before
-- has times of another clock. What a transaction that still runs has logged is not
-- seen, and waits for the next link.
create function sus_logg_nasta(hogst integer) returns setof loggsigill_vantar
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
	ids uuid[];
begin
	if not pg_try_advisory_xact_lock(357913788417) then
		return;
	end if;
	select array_agg(distinct k.loggpost_id) into ids from (select loggpost_id from loggko
		limit case when exists (select from loggsigill where signatur is not null) then hogst end) k;
	if ids is not null then
		return query select * from sus_logg_bered('RADER', '', ids);
	end if;
end $$;

-- A link without rows.
create function sus_logg_marke(slag text, uppgift text) returns setof loggsigill_vantar
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
	if slag is null or slag not in ('EPOK', 'GALLRING') then
		raise exception 'loggen: % är inget märke', slag;
	end if;
	perform pg_advisory_xact_lock(357913788417);
	return query select * from sus_logg_bered(slag, uppgift, '{}');
end $$;

-- Appends the link that this transaction has reckoned, with its signature.
create function sus_logg_lanka(signatur bytea) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
	v loggsigill_vantar;
	tagna bigint;
begin
	delete from loggsigill_vantar where xact = pg_current_xact_id() returning * into v;
	if v.sekvens is null then
		raise exception 'loggen: inget sigill väntar på sin signatur';
	end if;
	delete from loggko where loggpost_id = any (v.poster);
	get diagnostics tagna = row_count;
	if tagna < v.antal then
		raise exception 'loggen: rader som fick sigill väntade inte på något';
	end if;
	insert into loggsigill (sekvens, fran, antal, poster, forra, hash, tid, slag, uppgift, signatur)
		values (v.sekvens, v.fran, v.antal, v.poster, v.forra, v.hash, v.tid, v.slag, v.uppgift, sus_logg_lanka.signatur);
end $$;
-- +goose StatementEnd

revoke execute on function sus_logg_rakna_om(), sus_raderhash(uuid[]), sus_logg_bered(text, text, uuid[]), sus_logg_nasta(integer),
	sus_logg_marke(text, text), sus_logg_lanka(bytea) from public;
grant execute on function sus_logg_nasta(integer), sus_logg_marke(text, text), sus_logg_lanka(bytea) to sus_app;
revoke insert on loggsigill from sus_app;
revoke delete on loggko from sus_app;
