package store_test

import (
	"testing"

	"sus/backend/store/storetest"
)

// rattigheter is every right that the statement below finds.
const rattigheter = `
	with pa as materialized (select c.oid, c.relname, lower(a.privilege_type) as ratt
		from pg_class c, aclexplode(c.relacl) a
		where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relname !~ '^river_'
		and a.grantee in (0, 'sus_app'::regrole))
	select 'table ' || relname || ' ' || string_agg(distinct ratt, ',' order by ratt) from pa group by relname
	union all select distinct 'columns ' || c.relname || ' ' || lower(a.privilege_type)
		from pg_class c join pg_attribute k on k.attrelid = c.oid, aclexplode(k.attacl) a
		where c.relnamespace = 'public'::regnamespace and c.relname !~ '^river_' and a.grantee in (0, 'sus_app'::regrole)
		and not exists (select from pa where pa.oid = c.oid and pa.ratt = lower(a.privilege_type))
	union all select 'function ' || p.proname from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef and has_function_privilege('sus_app', p.oid, 'execute')
	union all select 'member ' || g.rolname from pg_auth_members m join pg_roles r on r.oid = m.member join pg_roles g on g.oid = m.roleid where r.rolname = 'sus_app'
	order by 1`

func TestEveryRightOfTheServingRoleIsArguedFor(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	rader, err := d.Super(t).Query(rattigheter)
	if err != nil {
		t.Fatal(err)
	}
	defer rader.Close()
	seen := map[string]bool{}
	for rader.Next() {
		var r string
		if err := rader.Scan(&r); err != nil {
			t.Fatal(err)
		}
		seen[r] = true
		if arguments[r] == "" {
			t.Errorf("%q: no reason is given", r)
		}
	}
	if err := rader.Err(); err != nil {
		t.Fatal(err)
	}
	for r := range arguments {
		if !seen[r] {
			t.Errorf("%q is no longer a right: take it out of the list", r)
		}
	}
}

// arguments is why the serving role has each of its rights.
var arguments = map[string]string{
	"function sus_gallra_anvandare":                              "users who left long ago are erased",
	"function sus_logg_gallra":                                   "whole links go from the oldest end",
	"function sus_logg_gallringsbar":                             "which of them are old enough",
	"function sus_samtycken_av":                                  "whom the population register protects is found in every insats, to be erased",
	"table loggexternt delete,insert,select":                     "the callers' case ids at log rows; a withdrawal erases them",
	"columns anvandare update":                                   "the command blocks users and changes mobile number, employer and password",
	"columns behorighet update":                                  "a role ends earlier",
	"columns deltagande update":                                  "exits, corrections, withdrawals",
	"columns fakt_in select":                                     "its keys, to remove a deltagande's own row",
	"columns fakt_ut select":                                     "as fakt_in",
	"columns fakt_svar select":                                   "likewise",
	"columns folkbokforingsuppslag update":                       "look-ups of a caller are counted",
	"columns fornyelse update":                                   "a refresh token is used once",
	"columns identitet update":                                   "what the population register says now",
	"columns inloggning update":                                  "tries at a code are counted",
	"columns inloggningsforsok update":                           "tries are counted",
	"columns budgetar update":                                    "a year is closed and opened, and locked by who writes of it",
	"table budgetar insert,select":                               "the first who writes of a year makes its row",
	"table volym insert,select":                                  "each change is a new version",
	"table insatsbudget insert,select":                           "likewise",
	"table insatsbudgetpost insert,select":                       "likewise",
	"table organisationsbudget insert,select":                    "likewise",
	"table finansieringspost insert,select":                      "likewise",
	"table administrativ_kostnad insert,select":                  "likewise",
	"table budgetarshandelse insert,select":                      "who closed a year, and who opened it and why",
	"columns klient update":                                      "a client's secret is changed, a client blocked",
	"columns loggpost insert":                                    "every use case writes its row; not its time",
	"columns mattillfalle update":                                "the reason of a correction is erased",
	"columns samtycke update":                                    "a withdrawal, a correction",
	"columns session update":                                     "a session is used and ends",
	"columns signeringsnyckel update":                            "a key retires",
	"columns fraga update":                                       "a question is rewritten, closed and moved",
	"columns fragelista update":                                  "the questions of an organisation get another version",
	"function sus_fraga_besvarad":                                "whoever makes the questions is told whether one is answered, and when last",
	"table fraga insert,select":                                  "an organisation's questions",
	"table fragelista insert,select":                             "likewise",
	"table fragesvar insert,select":                              "what was answered at a measurement; never changed",
	"columns uppdrag update":                                     "an uppdrag ends",
	"function sus_alla_index":                                    "a person is found by each of her numbers",
	"function sus_alla_persontal":                                "likewise her keys",
	"function sus_lanka":                                         "two numbers of one person are linked",
	"function sus_lock_oppna":                                    "the link waits for open deltaganden",
	"function sus_lock_person":                                   "orders writers of one person",
	"function sus_lock_perioder":                                 "orders what ends or moves a person's periods",
	"function sus_lock_vantande":                                 "orders writers of waiting links",
	"function sus_logg_lanka":                                    "appends the link that the database reckoned",
	"function sus_logg_marke":                                    "an epoch is marked",
	"function sus_logg_nasta":                                    "the next link is reckoned",
	"function sus_loggposter_om":                                 "the log by person; the question is logged before",
	"function sus_oppna":                                         "whoever ends an insats is told how many are open",
	"function sus_personens_insatser":                            "a link reaches all insatser of the person",
	"function sus_flytta_fakta":                                  "a move takes the organisation's facts with it, and nothing of theirs but the place",
	"function sus_flytta_insatsfakta":                            "likewise a change of what an insats is about, in its own transaction",
	"function sus_flytta_svar":                                   "whoever makes or changes a question, in its own transaction, and may see no answers",
	"function sus_radera_loggpersoner":                           "the only way to erase the log's persons; asks for a row that covers it",
	"function sus_radera_sokningar":                              "likewise the searches for who is protected, in every insats",
	"function sus_registrerat":                                   "the days registered in an insats",
	"function sus_sammanfor":                                     "a person's facts get one key",
	"function sus_slapp_personnyckel":                            "a key nobody needs is let go",
	"function sus_tag_personnyckel":                              "an in-registration takes the key of its samtycke's person",
	"member sus_rapport":                                         "SET ROLE for reports: facts without persons; SECURITY.md",
	"columns anonyma update":                                     "anonyma are corrected",
	"table anonymaversion insert,select":                         "each version of them",
	"table anonyma insert,select":                                "anonyma are registered",
	"table anvandare insert,select":                              "the command adds users; log-in reads them",
	"table behorighet insert,select":                             "the command gives roles",
	"table deltagande_overlapp select":                           "overlaps that a link brought to light are shown",
	"table deltagande insert,select":                             "in-registration",
	"table fakt_in delete,insert":                                "facts are written with the registration",
	"table fakt_ut delete,insert":                                "as fakt_in",
	"table fakt_svar delete,insert":                              "likewise",
	"table folkbokforingsuppslag delete,insert,select":           "the limit of look-ups",
	"table fornyelse delete,insert,select":                       "log-in; SECURITY.md",
	"table goose_db_version select":                              "the schema is checked at start",
	"table idempotens delete,insert,select,update":               "answers are kept and erased",
	"table identitet delete,insert,select":                       "consents and withdrawals",
	"table ingaende_organisation delete,insert,select":           "an organisation's PUT replaces them",
	"table inloggning delete,insert,select":                      "the challenge of a log-in",
	"table inloggningsforsok delete,insert,select":               "tries are counted",
	"table insats insert,select,update":                          "an insats's POST and PUT",
	"table insatskoppling delete,insert,select":                  "each side links its insats to another's, and takes it back",
	"table insatsrad delete,insert,select":                       "an insats's PUT replaces them",
	"table installation select":                                  "is it a demo",
	"table klient insert,select":                                 "the command adds clients",
	"table kodverk insert,select":                                "code lists, and Försäkringskassan's changes of them; never taken away",
	"columns kodverk update":                                     "a row ends, or is put right while nothing is registered with it",
	"table kodverksutgava select":                                "whoever writes by the lists is told when they are older than the database's",
	"function sus_kodanvandning":                                 "whoever changes a code is told how much is registered with it, and nobody's registration",
	"table kommun select":                                        "code lists",
	"table loggko select":                                        "how long rows have waited for their seal",
	"table loggperson insert,select":                             "whom a row is about; erased by the function alone",
	"table loggpost select":                                      "the log is read and checked",
	"table loggraderad select":                                   "the log is checked",
	"table loggradering select":                                  "the log is checked",
	"table loggsigill select":                                    "the log is checked",
	"table mattillfalle insert,select":                           "measurements",
	"table migrationssumma select":                               "the schema is checked at start",
	"table personlank_vantar select":                             "an insats sees its waiting links",
	"columns myndighet update":                                   "Försäkringskassan changes an agency's name and type",
	"table myndighet insert,select":                              "the register of agencies grows",
	"table organisationsrad delete,insert,select":                "an organisation's PUT replaces them",
	"table persontal insert":                                     "a key that leads to nobody, at a withdrawal",
	"table samtycke delete,insert,select":                        "consents; an unused one is erased whole",
	"table samverkansorganisation insert,select,update":          "an organisation's POST and PUT",
	"table samverkansorganisation_stadsdel delete,insert,select": "an organisation's PUT replaces them",
	"table session delete,insert,select":                         "log-in; SECURITY.md",
	"table signeringsnyckel delete,insert,select":                "keys of tokens are rotated",
	"table uppdrag insert,select":                                "uppdrag are given",
}
