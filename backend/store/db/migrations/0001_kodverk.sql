-- +goose Up
-- Code lists (domain 9): dated rows that an administrator corrects, never constants.
-- What is our assumption is marked [A]; giltig_fran 2004-01-01 is the day lagen
-- (2003:1210) om finansiell samordning came into force [A].
create table kodverk (
	kodverk        text not null constraint kodverk_lista check (kodverk in ('FORSORJNING', 'UTBILDNINGSNIVA', 'AVSLUTSANLEDNING',
		'PRECISERAD_INRIKTNING', 'MALGRUPP', 'VERKSAMHETSOMRADE', 'STADSDEL', 'BLANKETT', 'SPRAK', 'TID_I_FORSORJNING',
		'SAMVERKANSFORM', 'ARBETSTYP')),
	kod            text not null check (kod ~ '^[A-Za-z0-9_]{1,40}$'),
	giltig_fran    date not null,
	giltig_tom     date,
	etikett        text not null check (etikett <> ''),
	ordning        integer not null,
	samverkansform text constraint kodverk_samverkansform check (samverkansform in
		('FINSAM', 'TVAPARTSFINSAM', 'HANDLINGSPLANSSAMVERKAN', 'AF_FK_SAMARBETE')),
	tillhor        text not null default '',
	exklusiv       boolean not null default false,
	utan_matning   boolean not null default false,
	utesluts       boolean not null default false,
	bit            smallint check (bit between 0 and 7),
	nr             smallint check (nr >= 0),
	primary key (kodverk, kod, giltig_fran),
	constraint kodverk_period check (giltig_tom is null or giltig_tom >= giltig_fran)
);

create table kommun (
	kod      text primary key check (kod ~ '^[0-9]{4}$'),
	namn     text not null,
	lan      text not null check (lan = left(kod, 2)),
	lan_namn text not null
);

-- What this database is. No row means an ordinary one; only the migrating role writes it.
create table installation (
	en   boolean primary key default true check (en),
	demo boolean not null,
	idag date,
	fro  bigint not null
);

grant select on kodverk, kommun, installation to sus_app;
grant select on kodverk, kommun to sus_rapport;
grant insert, update on kodverk to sus_app;

-- [S] Exact labels in form order; bit is the place in the fact tables' sets.
insert into kodverk (kodverk, kod, giltig_fran, etikett, ordning, exklusiv, bit) values
	('FORSORJNING', 'SJUKPENNING', '2004-01-01', 'Sjukpenning/Rehabpenning', 1, false, 0),
	('FORSORJNING', 'SA', '2004-01-01', 'SA', 2, false, 1),
	('FORSORJNING', 'A_KASSA', '2004-01-01', 'A-kassa', 3, false, 2),
	('FORSORJNING', 'AKTIVITETSSTOD', '2004-01-01', 'Aktivitetsstöd', 4, false, 3),
	('FORSORJNING', 'FORSORJNINGSSTOD', '2004-01-01', 'Försörjningsstöd', 5, false, 4),
	('FORSORJNING', 'STUDIESTOD', '2004-01-01', 'Studiestöd/Studiemedel', 6, false, 5),
	('FORSORJNING', 'ANNAN', '2004-01-01', 'Annan offentlig försörjning', 7, false, 6),
	('FORSORJNING', 'INGEN', '2004-01-01', 'Ingen offentlig försörjning', 8, true, 7);

-- [A from P]
insert into kodverk (kodverk, kod, giltig_fran, etikett, ordning, nr) values
	('UTBILDNINGSNIVA', 'EJ_GRUNDSKOLA', '2004-01-01', 'Ej slutförd grundskola', 1, 1),
	('UTBILDNINGSNIVA', 'GRUNDSKOLA', '2004-01-01', 'Grundskola', 2, 2),
	('UTBILDNINGSNIVA', 'GYMNASIUM', '2004-01-01', 'Gymnasium', 3, 3),
	('UTBILDNINGSNIVA', 'EFTERGYMNASIAL', '2004-01-01', 'Eftergymnasial utbildning/högskola', 4, 4);

-- Felregistrering [S], the others [A from P].
insert into kodverk (kodverk, kod, giltig_fran, etikett, ordning, utan_matning, utesluts, nr) values
	('AVSLUTSANLEDNING', 'AVSLUT_ENLIGT_PLAN', '2004-01-01', 'Avslut enligt plan', 1, false, false, 1),
	('AVSLUTSANLEDNING', 'FORTSATT_REHABILITERING', '2004-01-01', 'Fortsatt rehabilitering', 2, false, false, 2),
	('AVSLUTSANLEDNING', 'AVBROTT_PA_EGEN_BEGARAN', '2004-01-01', 'Avbrott på egen begäran', 3, true, false, 3),
	('AVSLUTSANLEDNING', 'SJUKDOM', '2004-01-01', 'Sjukdom', 4, true, false, 4),
	('AVSLUTSANLEDNING', 'FLYTT', '2004-01-01', 'Flytt', 5, true, false, 5),
	('AVSLUTSANLEDNING', 'FORALDRALEDIGHET', '2004-01-01', 'Föräldraledighet', 6, true, false, 6),
	('AVSLUTSANLEDNING', 'ATERKALLAT_SAMTYCKE', '2004-01-01', 'Återkallat samtycke', 7, true, false, 7),
	('AVSLUTSANLEDNING', 'AVLIDEN', '2004-01-01', 'Avliden', 8, true, false, 8),
	('AVSLUTSANLEDNING', 'ANNAN', '2004-01-01', 'Annan', 9, true, false, 9),
	('AVSLUTSANLEDNING', 'FELREGISTRERING', '2004-01-01', 'Felregistrering', 10, false, true, 10);

-- Individinriktad [S], Förebyggande insats [P]; strukturövergripande [A].
insert into kodverk (kodverk, kod, giltig_fran, etikett, ordning, tillhor) values
	('PRECISERAD_INRIKTNING', 'REHABILITERING', '2004-01-01', 'Rehabilitering mot arbete/utbildning', 1, 'INDIVIDINRIKTAD'),
	('PRECISERAD_INRIKTNING', 'FORBEREDANDE', '2004-01-01', 'Förberedande insats', 2, 'INDIVIDINRIKTAD'),
	('PRECISERAD_INRIKTNING', 'KARTLAGGNING_INDIVID', '2004-01-01', 'Kartläggning av individer', 3, 'INDIVIDINRIKTAD'),
	('PRECISERAD_INRIKTNING', 'FOREBYGGANDE', '2004-01-01', 'Förebyggande insats', 4, 'INDIVIDINRIKTAD'),
	('PRECISERAD_INRIKTNING', 'UTBILDNING', '2004-01-01', 'Utbildning', 5, 'STRUKTUROVERGRIPANDE'),
	('PRECISERAD_INRIKTNING', 'KONFERENS', '2004-01-01', 'Konferens/seminarium', 6, 'STRUKTUROVERGRIPANDE'),
	('PRECISERAD_INRIKTNING', 'KARTLAGGNING_BEHOV', '2004-01-01', 'Kartläggning av målgrupp/behov', 7, 'STRUKTUROVERGRIPANDE'),
	('PRECISERAD_INRIKTNING', 'UTVECKLING_AV_SAMVERKAN', '2004-01-01', 'Utveckling av samverkan', 8, 'STRUKTUROVERGRIPANDE'),
	('PRECISERAD_INRIKTNING', 'INFORMATION', '2004-01-01', 'Information', 9, 'STRUKTUROVERGRIPANDE'),
	('PRECISERAD_INRIKTNING', 'OVRIG', '2004-01-01', 'Övrig', 10, 'STRUKTUROVERGRIPANDE');

-- Kvinnor [S], the others [A from P].
insert into kodverk (kodverk, kod, giltig_fran, etikett, ordning) values
	('MALGRUPP', 'KVINNOR', '2004-01-01', 'Kvinnor', 1),
	('MALGRUPP', 'MAN', '2004-01-01', 'Män', 2),
	('MALGRUPP', 'UNGA', '2004-01-01', 'Unga', 3),
	('MALGRUPP', 'LANGTIDSSJUKSKRIVNA', '2004-01-01', 'Långtidssjukskrivna', 4),
	('MALGRUPP', 'UNGA_AKTIVITETSERSATTNING', '2004-01-01', 'Unga med aktivitetsersättning', 5),
	('MALGRUPP', 'UNGA_FUNKTIONSNEDSATTNING', '2004-01-01', 'Unga med funktionsnedsättning', 6),
	('MALGRUPP', 'LANGTIDSARBETSLOSA', '2004-01-01', 'Långtidsarbetslösa', 7),
	('MALGRUPP', 'FORSORJNINGSSTOD', '2004-01-01', 'Personer med försörjningsstöd', 8),
	('MALGRUPP', 'PSYKISK_OHALSA', '2004-01-01', 'Psykisk ohälsa', 9),
	('MALGRUPP', 'UTRIKES_FODDA', '2004-01-01', 'Utrikes födda', 10),
	('MALGRUPP', 'MISSBRUK', '2004-01-01', 'Missbruk', 11);

-- Försäkringskassan's regions: Öster [S], the others [A].
insert into kodverk (kodverk, kod, giltig_fran, etikett, ordning) values
	('VERKSAMHETSOMRADE', 'NORR', '2004-01-01', 'Norr', 1),
	('VERKSAMHETSOMRADE', 'VASTER', '2004-01-01', 'Väster', 2),
	('VERKSAMHETSOMRADE', 'OSTER', '2004-01-01', 'Öster', 3),
	('VERKSAMHETSOMRADE', 'SODER', '2004-01-01', 'Söder', 4);

-- Göteborg and Stockholm only [P]; tillhor is the kommun.
insert into kodverk (kodverk, kod, giltig_fran, etikett, ordning, giltig_tom, tillhor) values
	('STADSDEL', 'S1480_ANGERED', '2011-01-01', 'Angered', 1, '2020-12-31', '1480'),
	('STADSDEL', 'S1480_ASKIM_FROLUNDA_HOGSBO', '2011-01-01', 'Askim-Frölunda-Högsbo', 2, '2020-12-31', '1480'),
	('STADSDEL', 'S1480_CENTRUM', '2011-01-01', 'Centrum', 3, '2020-12-31', '1480'),
	('STADSDEL', 'S1480_LUNDBY', '2011-01-01', 'Lundby', 4, '2020-12-31', '1480'),
	('STADSDEL', 'S1480_MAJORNA_LINNE', '2011-01-01', 'Majorna-Linné', 5, '2020-12-31', '1480'),
	('STADSDEL', 'S1480_NORRA_HISINGEN', '2011-01-01', 'Norra Hisingen', 6, '2020-12-31', '1480'),
	('STADSDEL', 'S1480_VASTRA_GOTEBORG', '2011-01-01', 'Västra Göteborg', 7, '2020-12-31', '1480'),
	('STADSDEL', 'S1480_VASTRA_HISINGEN', '2011-01-01', 'Västra Hisingen', 8, '2020-12-31', '1480'),
	('STADSDEL', 'S1480_ORGRYTE_HARLANDA', '2011-01-01', 'Örgryte-Härlanda', 9, '2020-12-31', '1480'),
	('STADSDEL', 'S1480_OSTRA_GOTEBORG', '2011-01-01', 'Östra Göteborg', 10, '2020-12-31', '1480'),
	('STADSDEL', 'S0180_BROMMA', '2007-01-01', 'Bromma', 11, '2020-12-31', '0180'),
	('STADSDEL', 'S0180_ENSKEDE_ARSTA_VANTOR', '2007-01-01', 'Enskede-Årsta-Vantör', 12, '2020-12-31', '0180'),
	('STADSDEL', 'S0180_FARSTA', '2007-01-01', 'Farsta', 13, '2020-12-31', '0180'),
	('STADSDEL', 'S0180_HAGERSTEN_LILJEHOLMEN', '2007-01-01', 'Hägersten-Liljeholmen', 14, '2020-12-31', '0180'),
	('STADSDEL', 'S0180_HASSELBY_VALLINGBY', '2007-01-01', 'Hässelby-Vällingby', 15, '2020-12-31', '0180'),
	('STADSDEL', 'S0180_KUNGSHOLMEN', '2007-01-01', 'Kungsholmen', 16, '2020-12-31', '0180'),
	('STADSDEL', 'S0180_NORRMALM', '2007-01-01', 'Norrmalm', 17, '2020-12-31', '0180'),
	('STADSDEL', 'S0180_RINKEBY_KISTA', '2007-01-01', 'Rinkeby-Kista', 18, '2020-12-31', '0180'),
	('STADSDEL', 'S0180_SKARPNACK', '2007-01-01', 'Skarpnäck', 19, '2020-12-31', '0180'),
	('STADSDEL', 'S0180_SKARHOLMEN', '2007-01-01', 'Skärholmen', 20, '2020-12-31', '0180'),
	('STADSDEL', 'S0180_SPANGA_TENSTA', '2007-01-01', 'Spånga-Tensta', 21, '2020-12-31', '0180'),
	('STADSDEL', 'S0180_SODERMALM', '2007-01-01', 'Södermalm', 22, '2020-12-31', '0180'),
	('STADSDEL', 'S0180_ALVSJO', '2007-01-01', 'Älvsjö', 23, '2020-12-31', '0180'),
	('STADSDEL', 'S0180_OSTERMALM', '2007-01-01', 'Östermalm', 24, '2020-12-31', '0180');

-- 9443 [S]; the label of 9442 [A].
insert into kodverk (kodverk, kod, giltig_fran, etikett, ordning) values
	('BLANKETT', '9443', '2004-01-01', '9443 Samtyckesblankett', 1),
	('BLANKETT', '9442', '2004-01-01', '9442 Samtyckesblankett, Af/FK-samarbete', 2);

-- ISO 639-1 [A].
insert into kodverk (kodverk, kod, giltig_fran, etikett, ordning) values
	('SPRAK', 'sv', '2004-01-01', 'Svenska', 1),
	('SPRAK', 'en', '2004-01-01', 'Engelska', 2),
	('SPRAK', 'ar', '2004-01-01', 'Arabiska', 3),
	('SPRAK', 'fa', '2004-01-01', 'Persiska', 4),
	('SPRAK', 'so', '2004-01-01', 'Somaliska', 5),
	('SPRAK', 'ti', '2004-01-01', 'Tigrinja', 6),
	('SPRAK', 'ku', '2004-01-01', 'Kurdiska', 7),
	('SPRAK', 'uk', '2004-01-01', 'Ukrainska', 8),
	('SPRAK', 'ru', '2004-01-01', 'Ryska', 9),
	('SPRAK', 'pl', '2004-01-01', 'Polska', 10),
	('SPRAK', 'tr', '2004-01-01', 'Turkiska', 11),
	('SPRAK', 'es', '2004-01-01', 'Spanska', 12),
	('SPRAK', 'bs', '2004-01-01', 'Bosniska', 13),
	('SPRAK', 'fi', '2004-01-01', 'Finska', 14),
	('SPRAK', 'th', '2004-01-01', 'Thailändska', 15);

-- Whole years are stored and shown in these classes [A].
insert into kodverk (kodverk, kod, giltig_fran, etikett, ordning) values
	('TID_I_FORSORJNING', 'AR_0', '2004-01-01', '0', 1),
	('TID_I_FORSORJNING', 'AR_1_2', '2004-01-01', '1–2', 2),
	('TID_I_FORSORJNING', 'AR_3_5', '2004-01-01', '3–5', 3),
	('TID_I_FORSORJNING', 'AR_6_9', '2004-01-01', '6–9', 4),
	('TID_I_FORSORJNING', 'AR_10', '2004-01-01', '≥10', 5);

-- [P]
insert into kodverk (kodverk, kod, giltig_fran, etikett, ordning) values
	('ARBETSTYP', 'INTE_SUBVENTIONERAT', '2004-01-01', 'Inte subventionerat arbete', 1),
	('ARBETSTYP', 'SUBVENTIONERAT', '2004-01-01', 'Subventionerat arbete', 2),
	('ARBETSTYP', 'EGET_FORETAG', '2004-01-01', 'Eget företag', 3);

-- giltig_tom is the form's sistaRegistreringsdag, compared with startdag
-- (2015-12-31 «till och med» [S], 2013-01-31 «fram till 1 februari 2013» [S, A]).
insert into kodverk (kodverk, kod, giltig_fran, etikett, ordning, giltig_tom) values
	('SAMVERKANSFORM', 'FINSAM', '2004-01-01', 'FINSAM', 1, null),
	('SAMVERKANSFORM', 'TVAPARTSFINSAM', '2004-01-01', 'Tvåpartsfinsam', 2, '2015-12-31'),
	('SAMVERKANSFORM', 'HANDLINGSPLANSSAMVERKAN', '2004-01-01', 'Handlingsplanssamverkan', 3, '2013-01-31'),
	('SAMVERKANSFORM', 'AF_FK_SAMARBETE', '2004-01-01', 'Af/FK-samarbete', 4, null);

-- SCB's kommuner and län.
insert into kommun (kod, namn, lan, lan_namn) values
	('0114', 'Upplands Väsby', '01', 'Stockholms län'), ('0115', 'Vallentuna', '01', 'Stockholms län'), ('0117', 'Österåker', '01', 'Stockholms län'),
	('0120', 'Värmdö', '01', 'Stockholms län'), ('0123', 'Järfälla', '01', 'Stockholms län'), ('0125', 'Ekerö', '01', 'Stockholms län'),
	('0126', 'Huddinge', '01', 'Stockholms län'), ('0127', 'Botkyrka', '01', 'Stockholms län'), ('0128', 'Salem', '01', 'Stockholms län'),
	('0136', 'Haninge', '01', 'Stockholms län'), ('0138', 'Tyresö', '01', 'Stockholms län'), ('0139', 'Upplands-Bro', '01', 'Stockholms län'),
	('0140', 'Nykvarn', '01', 'Stockholms län'), ('0160', 'Täby', '01', 'Stockholms län'), ('0162', 'Danderyd', '01', 'Stockholms län'),
	('0163', 'Sollentuna', '01', 'Stockholms län'), ('0180', 'Stockholm', '01', 'Stockholms län'), ('0181', 'Södertälje', '01', 'Stockholms län'),
	('0182', 'Nacka', '01', 'Stockholms län'), ('0183', 'Sundbyberg', '01', 'Stockholms län'), ('0184', 'Solna', '01', 'Stockholms län'),
	('0186', 'Lidingö', '01', 'Stockholms län'), ('0187', 'Vaxholm', '01', 'Stockholms län'), ('0188', 'Norrtälje', '01', 'Stockholms län'),
	('0191', 'Sigtuna', '01', 'Stockholms län'), ('0192', 'Nynäshamn', '01', 'Stockholms län'), ('0305', 'Håbo', '03', 'Uppsala län'),
	('0319', 'Älvkarleby', '03', 'Uppsala län'), ('0330', 'Knivsta', '03', 'Uppsala län'), ('0331', 'Heby', '03', 'Uppsala län'),
	('0360', 'Tierp', '03', 'Uppsala län'), ('0380', 'Uppsala', '03', 'Uppsala län'), ('0381', 'Enköping', '03', 'Uppsala län'),
	('0382', 'Östhammar', '03', 'Uppsala län'), ('0428', 'Vingåker', '04', 'Södermanlands län'), ('0461', 'Gnesta', '04', 'Södermanlands län'),
	('0480', 'Nyköping', '04', 'Södermanlands län'), ('0481', 'Oxelösund', '04', 'Södermanlands län'), ('0482', 'Flen', '04', 'Södermanlands län'),
	('0483', 'Katrineholm', '04', 'Södermanlands län'), ('0484', 'Eskilstuna', '04', 'Södermanlands län'), ('0486', 'Strängnäs', '04', 'Södermanlands län'),
	('0488', 'Trosa', '04', 'Södermanlands län'), ('0509', 'Ödeshög', '05', 'Östergötlands län'), ('0512', 'Ydre', '05', 'Östergötlands län'),
	('0513', 'Kinda', '05', 'Östergötlands län'), ('0560', 'Boxholm', '05', 'Östergötlands län'), ('0561', 'Åtvidaberg', '05', 'Östergötlands län'),
	('0562', 'Finspång', '05', 'Östergötlands län'), ('0563', 'Valdemarsvik', '05', 'Östergötlands län'), ('0580', 'Linköping', '05', 'Östergötlands län'),
	('0581', 'Norrköping', '05', 'Östergötlands län'), ('0582', 'Söderköping', '05', 'Östergötlands län'), ('0583', 'Motala', '05', 'Östergötlands län'),
	('0584', 'Vadstena', '05', 'Östergötlands län'), ('0586', 'Mjölby', '05', 'Östergötlands län'), ('0604', 'Aneby', '06', 'Jönköpings län'),
	('0617', 'Gnosjö', '06', 'Jönköpings län'), ('0642', 'Mullsjö', '06', 'Jönköpings län'), ('0643', 'Habo', '06', 'Jönköpings län'),
	('0662', 'Gislaved', '06', 'Jönköpings län'), ('0665', 'Vaggeryd', '06', 'Jönköpings län'), ('0680', 'Jönköping', '06', 'Jönköpings län'),
	('0682', 'Nässjö', '06', 'Jönköpings län'), ('0683', 'Värnamo', '06', 'Jönköpings län'), ('0684', 'Sävsjö', '06', 'Jönköpings län'),
	('0685', 'Vetlanda', '06', 'Jönköpings län'), ('0686', 'Eksjö', '06', 'Jönköpings län'), ('0687', 'Tranås', '06', 'Jönköpings län'),
	('0760', 'Uppvidinge', '07', 'Kronobergs län'), ('0761', 'Lessebo', '07', 'Kronobergs län'), ('0763', 'Tingsryd', '07', 'Kronobergs län'),
	('0764', 'Alvesta', '07', 'Kronobergs län'), ('0765', 'Älmhult', '07', 'Kronobergs län'), ('0767', 'Markaryd', '07', 'Kronobergs län'),
	('0780', 'Växjö', '07', 'Kronobergs län'), ('0781', 'Ljungby', '07', 'Kronobergs län'), ('0821', 'Högsby', '08', 'Kalmar län'),
	('0834', 'Torsås', '08', 'Kalmar län'), ('0840', 'Mörbylånga', '08', 'Kalmar län'), ('0860', 'Hultsfred', '08', 'Kalmar län'),
	('0861', 'Mönsterås', '08', 'Kalmar län'), ('0862', 'Emmaboda', '08', 'Kalmar län'), ('0880', 'Kalmar', '08', 'Kalmar län'),
	('0881', 'Nybro', '08', 'Kalmar län'), ('0882', 'Oskarshamn', '08', 'Kalmar län'), ('0883', 'Västervik', '08', 'Kalmar län'),
	('0884', 'Vimmerby', '08', 'Kalmar län'), ('0885', 'Borgholm', '08', 'Kalmar län'), ('0980', 'Gotland', '09', 'Gotlands län'),
	('1060', 'Olofström', '10', 'Blekinge län'), ('1080', 'Karlskrona', '10', 'Blekinge län'), ('1081', 'Ronneby', '10', 'Blekinge län'),
	('1082', 'Karlshamn', '10', 'Blekinge län'), ('1083', 'Sölvesborg', '10', 'Blekinge län'), ('1214', 'Svalöv', '12', 'Skåne län'),
	('1230', 'Staffanstorp', '12', 'Skåne län'), ('1231', 'Burlöv', '12', 'Skåne län'), ('1233', 'Vellinge', '12', 'Skåne län'),
	('1256', 'Östra Göinge', '12', 'Skåne län'), ('1257', 'Örkelljunga', '12', 'Skåne län'), ('1260', 'Bjuv', '12', 'Skåne län'),
	('1261', 'Kävlinge', '12', 'Skåne län'), ('1262', 'Lomma', '12', 'Skåne län'), ('1263', 'Svedala', '12', 'Skåne län'),
	('1264', 'Skurup', '12', 'Skåne län'), ('1265', 'Sjöbo', '12', 'Skåne län'), ('1266', 'Hörby', '12', 'Skåne län'),
	('1267', 'Höör', '12', 'Skåne län'), ('1270', 'Tomelilla', '12', 'Skåne län'), ('1272', 'Bromölla', '12', 'Skåne län'),
	('1273', 'Osby', '12', 'Skåne län'), ('1275', 'Perstorp', '12', 'Skåne län'), ('1276', 'Klippan', '12', 'Skåne län'),
	('1277', 'Åstorp', '12', 'Skåne län'), ('1278', 'Båstad', '12', 'Skåne län'), ('1280', 'Malmö', '12', 'Skåne län'),
	('1281', 'Lund', '12', 'Skåne län'), ('1282', 'Landskrona', '12', 'Skåne län'), ('1283', 'Helsingborg', '12', 'Skåne län'),
	('1284', 'Höganäs', '12', 'Skåne län'), ('1285', 'Eslöv', '12', 'Skåne län'), ('1286', 'Ystad', '12', 'Skåne län'),
	('1287', 'Trelleborg', '12', 'Skåne län'), ('1290', 'Kristianstad', '12', 'Skåne län'), ('1291', 'Simrishamn', '12', 'Skåne län'),
	('1292', 'Ängelholm', '12', 'Skåne län'), ('1293', 'Hässleholm', '12', 'Skåne län'), ('1315', 'Hylte', '13', 'Hallands län'),
	('1380', 'Halmstad', '13', 'Hallands län'), ('1381', 'Laholm', '13', 'Hallands län'), ('1382', 'Falkenberg', '13', 'Hallands län'),
	('1383', 'Varberg', '13', 'Hallands län'), ('1384', 'Kungsbacka', '13', 'Hallands län'), ('1401', 'Härryda', '14', 'Västra Götalands län'),
	('1402', 'Partille', '14', 'Västra Götalands län'), ('1407', 'Öckerö', '14', 'Västra Götalands län'), ('1415', 'Stenungsund', '14', 'Västra Götalands län'),
	('1419', 'Tjörn', '14', 'Västra Götalands län'), ('1421', 'Orust', '14', 'Västra Götalands län'), ('1427', 'Sotenäs', '14', 'Västra Götalands län'),
	('1430', 'Munkedal', '14', 'Västra Götalands län'), ('1435', 'Tanum', '14', 'Västra Götalands län'), ('1438', 'Dals-Ed', '14', 'Västra Götalands län'),
	('1439', 'Färgelanda', '14', 'Västra Götalands län'), ('1440', 'Ale', '14', 'Västra Götalands län'), ('1441', 'Lerum', '14', 'Västra Götalands län'),
	('1442', 'Vårgårda', '14', 'Västra Götalands län'), ('1443', 'Bollebygd', '14', 'Västra Götalands län'), ('1444', 'Grästorp', '14', 'Västra Götalands län'),
	('1445', 'Essunga', '14', 'Västra Götalands län'), ('1446', 'Karlsborg', '14', 'Västra Götalands län'), ('1447', 'Gullspång', '14', 'Västra Götalands län'),
	('1452', 'Tranemo', '14', 'Västra Götalands län'), ('1460', 'Bengtsfors', '14', 'Västra Götalands län'), ('1461', 'Mellerud', '14', 'Västra Götalands län'),
	('1462', 'Lilla Edet', '14', 'Västra Götalands län'), ('1463', 'Mark', '14', 'Västra Götalands län'), ('1465', 'Svenljunga', '14', 'Västra Götalands län'),
	('1466', 'Herrljunga', '14', 'Västra Götalands län'), ('1470', 'Vara', '14', 'Västra Götalands län'), ('1471', 'Götene', '14', 'Västra Götalands län'),
	('1472', 'Tibro', '14', 'Västra Götalands län'), ('1473', 'Töreboda', '14', 'Västra Götalands län'), ('1480', 'Göteborg', '14', 'Västra Götalands län'),
	('1481', 'Mölndal', '14', 'Västra Götalands län'), ('1482', 'Kungälv', '14', 'Västra Götalands län'), ('1484', 'Lysekil', '14', 'Västra Götalands län'),
	('1485', 'Uddevalla', '14', 'Västra Götalands län'), ('1486', 'Strömstad', '14', 'Västra Götalands län'), ('1487', 'Vänersborg', '14', 'Västra Götalands län'),
	('1488', 'Trollhättan', '14', 'Västra Götalands län'), ('1489', 'Alingsås', '14', 'Västra Götalands län'), ('1490', 'Borås', '14', 'Västra Götalands län'),
	('1491', 'Ulricehamn', '14', 'Västra Götalands län'), ('1492', 'Åmål', '14', 'Västra Götalands län'), ('1493', 'Mariestad', '14', 'Västra Götalands län'),
	('1494', 'Lidköping', '14', 'Västra Götalands län'), ('1495', 'Skara', '14', 'Västra Götalands län'), ('1496', 'Skövde', '14', 'Västra Götalands län'),
	('1497', 'Hjo', '14', 'Västra Götalands län'), ('1498', 'Tidaholm', '14', 'Västra Götalands län'), ('1499', 'Falköping', '14', 'Västra Götalands län'),
	('1715', 'Kil', '17', 'Värmlands län'), ('1730', 'Eda', '17', 'Värmlands län'), ('1737', 'Torsby', '17', 'Värmlands län'),
	('1760', 'Storfors', '17', 'Värmlands län'), ('1761', 'Hammarö', '17', 'Värmlands län'), ('1762', 'Munkfors', '17', 'Värmlands län'),
	('1763', 'Forshaga', '17', 'Värmlands län'), ('1764', 'Grums', '17', 'Värmlands län'), ('1765', 'Årjäng', '17', 'Värmlands län'),
	('1766', 'Sunne', '17', 'Värmlands län'), ('1780', 'Karlstad', '17', 'Värmlands län'), ('1781', 'Kristinehamn', '17', 'Värmlands län'),
	('1782', 'Filipstad', '17', 'Värmlands län'), ('1783', 'Hagfors', '17', 'Värmlands län'), ('1784', 'Arvika', '17', 'Värmlands län'),
	('1785', 'Säffle', '17', 'Värmlands län'), ('1814', 'Lekeberg', '18', 'Örebro län'), ('1860', 'Laxå', '18', 'Örebro län'),
	('1861', 'Hallsberg', '18', 'Örebro län'), ('1862', 'Degerfors', '18', 'Örebro län'), ('1863', 'Hällefors', '18', 'Örebro län'),
	('1864', 'Ljusnarsberg', '18', 'Örebro län'), ('1880', 'Örebro', '18', 'Örebro län'), ('1881', 'Kumla', '18', 'Örebro län'),
	('1882', 'Askersund', '18', 'Örebro län'), ('1883', 'Karlskoga', '18', 'Örebro län'), ('1884', 'Nora', '18', 'Örebro län'),
	('1885', 'Lindesberg', '18', 'Örebro län'), ('1904', 'Skinnskatteberg', '19', 'Västmanlands län'), ('1907', 'Surahammar', '19', 'Västmanlands län'),
	('1960', 'Kungsör', '19', 'Västmanlands län'), ('1961', 'Hallstahammar', '19', 'Västmanlands län'), ('1962', 'Norberg', '19', 'Västmanlands län'),
	('1980', 'Västerås', '19', 'Västmanlands län'), ('1981', 'Sala', '19', 'Västmanlands län'), ('1982', 'Fagersta', '19', 'Västmanlands län'),
	('1983', 'Köping', '19', 'Västmanlands län'), ('1984', 'Arboga', '19', 'Västmanlands län'), ('2021', 'Vansbro', '20', 'Dalarnas län'),
	('2023', 'Malung-Sälen', '20', 'Dalarnas län'), ('2026', 'Gagnef', '20', 'Dalarnas län'), ('2029', 'Leksand', '20', 'Dalarnas län'),
	('2031', 'Rättvik', '20', 'Dalarnas län'), ('2034', 'Orsa', '20', 'Dalarnas län'), ('2039', 'Älvdalen', '20', 'Dalarnas län'),
	('2061', 'Smedjebacken', '20', 'Dalarnas län'), ('2062', 'Mora', '20', 'Dalarnas län'), ('2080', 'Falun', '20', 'Dalarnas län'),
	('2081', 'Borlänge', '20', 'Dalarnas län'), ('2082', 'Säter', '20', 'Dalarnas län'), ('2083', 'Hedemora', '20', 'Dalarnas län'),
	('2084', 'Avesta', '20', 'Dalarnas län'), ('2085', 'Ludvika', '20', 'Dalarnas län'), ('2101', 'Ockelbo', '21', 'Gävleborgs län'),
	('2104', 'Hofors', '21', 'Gävleborgs län'), ('2121', 'Ovanåker', '21', 'Gävleborgs län'), ('2132', 'Nordanstig', '21', 'Gävleborgs län'),
	('2161', 'Ljusdal', '21', 'Gävleborgs län'), ('2180', 'Gävle', '21', 'Gävleborgs län'), ('2181', 'Sandviken', '21', 'Gävleborgs län'),
	('2182', 'Söderhamn', '21', 'Gävleborgs län'), ('2183', 'Bollnäs', '21', 'Gävleborgs län'), ('2184', 'Hudiksvall', '21', 'Gävleborgs län'),
	('2260', 'Ånge', '22', 'Västernorrlands län'), ('2262', 'Timrå', '22', 'Västernorrlands län'), ('2280', 'Härnösand', '22', 'Västernorrlands län'),
	('2281', 'Sundsvall', '22', 'Västernorrlands län'), ('2282', 'Kramfors', '22', 'Västernorrlands län'), ('2283', 'Sollefteå', '22', 'Västernorrlands län'),
	('2284', 'Örnsköldsvik', '22', 'Västernorrlands län'), ('2303', 'Ragunda', '23', 'Jämtlands län'), ('2305', 'Bräcke', '23', 'Jämtlands län'),
	('2309', 'Krokom', '23', 'Jämtlands län'), ('2313', 'Strömsund', '23', 'Jämtlands län'), ('2321', 'Åre', '23', 'Jämtlands län'),
	('2326', 'Berg', '23', 'Jämtlands län'), ('2361', 'Härjedalen', '23', 'Jämtlands län'), ('2380', 'Östersund', '23', 'Jämtlands län'),
	('2401', 'Nordmaling', '24', 'Västerbottens län'), ('2403', 'Bjurholm', '24', 'Västerbottens län'), ('2404', 'Vindeln', '24', 'Västerbottens län'),
	('2409', 'Robertsfors', '24', 'Västerbottens län'), ('2417', 'Norsjö', '24', 'Västerbottens län'), ('2418', 'Malå', '24', 'Västerbottens län'),
	('2421', 'Storuman', '24', 'Västerbottens län'), ('2422', 'Sorsele', '24', 'Västerbottens län'), ('2425', 'Dorotea', '24', 'Västerbottens län'),
	('2460', 'Vännäs', '24', 'Västerbottens län'), ('2462', 'Vilhelmina', '24', 'Västerbottens län'), ('2463', 'Åsele', '24', 'Västerbottens län'),
	('2480', 'Umeå', '24', 'Västerbottens län'), ('2481', 'Lycksele', '24', 'Västerbottens län'), ('2482', 'Skellefteå', '24', 'Västerbottens län'),
	('2505', 'Arvidsjaur', '25', 'Norrbottens län'), ('2506', 'Arjeplog', '25', 'Norrbottens län'), ('2510', 'Jokkmokk', '25', 'Norrbottens län'),
	('2513', 'Överkalix', '25', 'Norrbottens län'), ('2514', 'Kalix', '25', 'Norrbottens län'), ('2518', 'Övertorneå', '25', 'Norrbottens län'),
	('2521', 'Pajala', '25', 'Norrbottens län'), ('2523', 'Gällivare', '25', 'Norrbottens län'), ('2560', 'Älvsbyn', '25', 'Norrbottens län'),
	('2580', 'Luleå', '25', 'Norrbottens län'), ('2581', 'Piteå', '25', 'Norrbottens län'), ('2582', 'Boden', '25', 'Norrbottens län'),
	('2583', 'Haparanda', '25', 'Norrbottens län'), ('2584', 'Kiruna', '25', 'Norrbottens län');
