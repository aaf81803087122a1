-- +goose Up
-- The server may change what it does change and nothing beside it. Editing of the
-- code lists comes with the administration and brings its own right.
revoke insert, update on kodverk from sus_app;
revoke update on samtycke, identitet, deltagande from sus_app;
grant update (aterkallat, version) on samtycke to sus_app;
grant update (namn, kommun, skydd, uppslagen) on identitet to sus_app;
grant update (person, startdag, avslutningsdag, oppen, felregistrerad, version) on deltagande to sus_app;

-- Why a measurement was corrected is somebody's own words about a person: they are
-- erased with the identity.
grant update (skal) on mattillfalle to sus_app;
