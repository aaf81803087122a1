-- +goose Up
-- Text as Swedes write and sort it, by the database itself: what a collation says differs
-- between machines and versions, and some have none of Swedish.

-- A text as it is compared: case-blind, å, ä and ö letters of their own after z, other
-- letters without their accents. {, | and } are those three; the text's own become ( / ).
-- +goose StatementBegin
create function sus_vik(t text) returns text language sql immutable parallel safe as $$ select case
	when octet_length(t) = char_length(t) then translate(t, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ{|}', 'abcdefghijklmnopqrstuvwxyz(/)')
	else translate(regexp_replace(normalize(translate(normalize(t, nfc),
			'{|}ÅåÄäÆæÖöØøŐőÜüŰűÐðĐđŁłÞþßŒœ', '(/){{||||}}}}}}yyyyddddllttsoo'), nfkd), '[\u0300-\u036f]', '', 'g'),
		'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') end $$;

-- What a text that people read is sorted by, byte by byte. Texts that compare alike are
-- told apart by themselves, so that the order is whole.
create function sus_ordning(t text) returns bytea language sql immutable parallel safe as $$ select
	replace(public.sus_vik(t) || chr(1) || t, E'\\', E'\\\\')::bytea $$;

-- Stored text becomes what new text is: NFC. Not the log, whose chain covers it byte by
-- byte, nor ids that others chose and ask by.
do $$
declare k record;
begin
	for k in select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
		where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
			and a.atttypid = 'text'::regtype and a.attgenerated = '' and a.attname <> 'externt_id'
			and c.relname in ('kodverk', 'kommun', 'samverkansorganisation', 'ingaende_organisation', 'insats', 'anvandare', 'klient',
				'samtycke', 'deltagande', 'mattillfalle', 'anonyma')
	loop
		execute format('update %I set %2$I = normalize(%2$I, nfc) where %2$I is not nfc normalized', k.relname, k.attname);
	end loop;
end $$;
-- +goose StatementEnd

create index kommun_ordning on kommun (sus_ordning(namn), kod collate "C");
create index samverkansorganisation_ordning on samverkansorganisation (sus_ordning(namn), id);
create index insats_ordning on insats (sus_ordning(namn), id);
