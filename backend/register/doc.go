// Package register is the domain of SUS: its words, its rules and its refusals.
//
// Every rule is a pure function: facts and the clock go in, a value or an
// *Error comes out. Nothing here fetches, stores or asks what time it is; the
// package imports the standard library and uuid, and nothing of ours.
//
// The words:
//
//	Samverkansform          form of cooperation, printed «Finansieringsform»
//	Samverkansorganisation  the body followed up: a samordningsförbund, LFC-område or samverkansområde
//	IngaendeOrganisation    a member, financier or consumer of such a body
//	Insats                  an intervention, project or team run within a samverkansorganisation
//	Deltagarregistrering    how an insats registers: with personuppgifter, or only counts
//	Samtycke                the written consent, one for each deltagande
//	Identitet               who gave one samtycke: number, name and kommun; erased by a withdrawal
//	Deltagande              one period of one person in one insats
//	Mattillfalle            one measurement, at in- or out-registration; a correction is a new version
//	Inregistrering          the input of blankett 9448
//	Utregistrering          the input of blankett 9449
//	Felregistrering         a deltagande that should not be: out of all statistics
//	UtanMatning             an exit without measurement after
//	Sysselsattning          försörjning, arbetssökande, arbete and studier, asked before and after
//	Anonyma                 a count of participants without identity, for one year
//	Kodverk                 the dated code lists; rules hang on their flags
//	Personnummer            a valid number that never shows itself
//	Datum                   a calendar day
//	Behorighet              a role held in a period
//	Uppdrag                 what ties a role to an organisation or an insats
//	Aktor                   who asks: a person, a machine client or a job
//	Error                   every refusal
package register
