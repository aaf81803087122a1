-- +goose Up
-- How many are open in an insats, for whoever ends it but does not see its participants.
-- +goose StatementBegin
create function sus_oppna(insats uuid) returns integer language sql stable security definer set search_path = pg_catalog, pg_temp as $$
	select count(*)::integer from public.deltagande d where d.insats_id = insats and d.oppen
$$;
-- +goose StatementEnd
revoke execute on function sus_oppna(uuid) from public;
grant execute on function sus_oppna(uuid) to sus_app;
