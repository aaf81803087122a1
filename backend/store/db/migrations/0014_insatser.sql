-- +goose Up
-- Every statement on people's data asks for the insatser. The names are now bound when
-- the function is made, so that it needs no search path of its own: PostgreSQL puts
-- it into the statement instead of planning it anew each time.
create or replace function sus_insatser() returns uuid[] language sql stable
	return string_to_array(nullif(current_setting('sus.insatser', true), ''), ',')::uuid[];

-- +goose Down
-- +goose StatementBegin
create or replace function sus_insatser() returns uuid[] language sql stable
	set search_path = pg_catalog
	as $$ select string_to_array(nullif(current_setting('sus.insatser', true), ''), ',')::uuid[] $$;
-- +goose StatementEnd
