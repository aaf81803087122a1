-- +goose Up
-- The columns of a row in the chain, with those that have come since 0012: the same
-- list, in the same order, as loggfalt of store/db.
create or replace function sus_loggrad(p loggpost) returns bytea language sql immutable parallel safe as $$ select
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
	|| sus_falt(p.adress)
	|| sus_falt(p.roll)
	|| sus_falt(p.av)
	|| sus_falt(p.varfor)
	|| sus_falt(p.radering_hash)
$$;
select sus_logg_rakna_om();
