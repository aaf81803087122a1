-- +goose Up
-- When the identity was erased since its person is protected: the deltagande goes on
-- without a name, and whoever reads it is told why. Before this, only samtycken that
-- had no deltagande lost theirs so.
alter table samtycke add column skydd_raderad timestamptz;
update samtycke s set skydd_raderad = registrerat where s.aterkallat is null
	and not exists (select from identitet i where i.samtycke_id = s.id) and not exists (select from deltagande d where d.samtycke_id = s.id);
grant update (skydd_raderad) on samtycke to sus_app;

-- What the population register said last, beside name, kommun and protection: else a
-- dead person would be news each night.
alter table identitet add column avregistrerad boolean not null default false;
grant update (avregistrerad) on identitet to sus_app;

-- What a protected person's answer has to reach: the samtycken of the given blind
-- indexes, and of those that are the same person's other numbers, in every insats,
-- past row security. It gives no more than where to erase: no name, no state, no key,
-- and nothing that sus.insatser does not have to open before it can be read.
-- +goose StatementBegin
create function sus_samtycken_av(sokta bytea[], out samtycke_id uuid, out insats_id uuid) returns setof record
	language sql stable security definer set search_path = pg_catalog, pg_temp as $$
	select i.samtycke_id, i.insats_id from public.identitet i where i.blindindex in (
		select unnest(sokta)
		union select b.blindindex from public.personnyckel a join public.personnyckel b on b.person = a.person where a.blindindex = any (sokta))
	order by i.samtycke_id
$$;
-- +goose StatementEnd
revoke execute on function sus_samtycken_av(bytea[]) from public;
grant execute on function sus_samtycken_av(bytea[]) to sus_app;
