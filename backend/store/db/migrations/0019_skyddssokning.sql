-- +goose Up
-- Where the log tells of searches for the person of the blind indexes, in whatever
-- insats: who is protected is erased from them too. It gives no more than where to erase.
-- +goose StatementBegin
create function sus_insatser_sokta(sokta bytea[]) returns setof uuid language sql stable security definer
	set search_path = pg_catalog, pg_temp as $$
	select distinct l.insats_id from public.loggperson l where l.blindindex = any (sokta) order by 1
$$;
-- +goose StatementEnd
revoke execute on function sus_insatser_sokta(bytea[]) from public;
grant execute on function sus_insatser_sokta(bytea[]) to sus_app;
