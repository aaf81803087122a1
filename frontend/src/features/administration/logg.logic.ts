import type { RouteLocationRaw } from "vue-router";
import type { LocationQuery } from "vue-router";
import type { Handelse, Objekttyp } from "@/shared/api/handelser.gen";
import { ordIdFormat, ordSlutForeStart } from "@/shared/api/regler.gen";
import type { Faltfel, Schema } from "@/shared/api/typer";
import { arDag, dagfel } from "@/shared/datum.logic";
import { arId, ettAv, ettVarde, utanTomma } from "@/shared/fraga.logic";
import { granskaPersonnummer, tolvSiffror } from "@/shared/personnummer.logic";
import { rollnamn } from "@/shared/session/behorighet.logic";
import type { Etiketter } from "@/shared/ui/formular.logic";

/** What each event of the log is called. */
const handelseord: Record<Handelse, string> = {
    DELTAGANDE_INSKRIVET: "Deltagande inregistrerat",
    DELTAGANDE_UTSKRIVET: "Deltagande utregistrerat",
    INREGISTRERING_RATTAD: "Inregistrering rättad",
    UTREGISTRERING_RATTAD: "Utregistrering rättad",
    DELTAGANDE_LAST: "Deltagande läst",
    VERSIONER_LASTA: "Ett deltagandes versioner lästa",
    DELTAGANDEN_LISTADE: "Deltaganden i en insats listade",
    DELTAGANDEN_SOKTA: "Deltaganden i en insats sökta",
    ANONYMA_SKAPADE: "Anonyma deltagare registrerade",
    ANONYMA_RATTADE: "Anonyma deltagare rättade",
    ANONYMA_VERSIONER_LASTA: "Anonyma deltagares versioner lästa",
    ANONYMA_LISTADE: "Anonyma deltagare listade",
    SAMTYCKE_SKAPAT: "Samtycke registrerat",
    SAMTYCKE_LAST: "Samtycke läst",
    SAMTYCKEN_LISTADE: "Samtycken i en insats listade",
    SAMTYCKE_RATTAT: "Samtycke rättat",
    SAMTYCKE_ATERKALLAT: "Samtycke återkallat",
    ATERKALLELSER_BEGARDA: "Återkallelse begärd i en avslutad insats",
    DELTAGARE_SOKT: "Deltagare sökt inför registrering",
    IDENTITET_UPPSLAGEN: "Identitet hämtad ur folkbokföringen",
    FOLKBOKFORING_UPPSLAGEN: "Folkbokföringen tillfrågad",
    UPPSLAG_UTAN_RESULTAT: "Många uppslag utan resultat",
    FOLKBOKFORING_OMFRAGAD: "Folkbokföringen tillfrågad på nytt",
    FOLKBOKFORING_ANDRAD: "Folkbokföringens svar ändrat",
    SAMTYCKE_GALLRAT: "Oanvänt samtycke gallrat",
    FELREGISTRERING_GALLRAD: "Felregistrering gallrad",
    IDENTITET_RADERAD_SKYDD: "Identitet raderad: skyddade personuppgifter",
    IDENTITET_GALLRAD: "Identitet gallrad",
    ANVANDARE_GALLRAD: "Användare gallrad",
    PROVKORD: "Registrering provkörd",
    GALLRING_PROVKORD: "Gallring provkörd",
    PERSONNYCKEL_SAMMANFORD: "Två nummer sammanförda till en person",
    ORGANISATION_SKAPAD: "Samverkansorganisation skapad",
    ORGANISATION_ANDRAD: "Samverkansorganisation ändrad",
    MYNDIGHET_SKAPAD: "Organisation tillagd i registret över myndigheter",
    MYNDIGHET_ANDRAD: "Organisation ändrad i registret över myndigheter",
    KOD_SKAPAD: "Kod tillagd i ett kodverk",
    KOD_ANDRAD: "Kod ändrad eller avslutad",
    INSATS_SKAPAD: "Insats skapad",
    INSATS_ANDRAD: "Insats ändrad",
    FRAGA_SKAPAD: "Kompletterande fråga upplagd",
    FRAGA_ANDRAD: "Kompletterande fråga ändrad",
    FRAGOR_ORDNADE: "Kompletterande frågors ordning ändrad",
    VOLYM_SPARAD: "Volym angiven",
    VOLYMER_LASTA: "Volym läst",
    VOLYMVERSIONER_LASTA: "Volymens versioner lästa",
    INSATSBUDGET_SPARAD: "Insatsbudget angiven",
    INSATSBUDGET_LAST: "Insatsbudget läst",
    INSATSBUDGETVERSIONER_LASTA: "Insatsbudgetens versioner lästa",
    ORGANISATIONSBUDGET_SPARAD: "Organisationens budget angiven",
    ORGANISATIONSBUDGET_LAST: "Organisationens budget läst",
    ORGANISATIONSBUDGETVERSIONER_LASTA:
        "Versioner av organisationens budget lästa",
    BUDGETAR_STANGT: "Budgetår stängt",
    BUDGETAR_OPPNAT: "Budgetår öppnat",
    REGISTRERING: "Registrering i en insats",
    LASNING: "Läsning i en insats",
    OPERATION_NEKAD: "Åtgärd utan behörighet",
    ANVANDARE_SKAPAD: "Användare skapad",
    ANVANDARE_SPARRAD: "Användare spärrad",
    ANVANDARE_SPARR_HAVD: "Användares spärr hävd",
    ANVANDARE_HUVUDLOSENORD_BYTT: "Användares masterlösenord bytt",
    ANVANDARE_MOBIL_BYTT: "Användares mobilnummer bytt",
    ANVANDARE_UPPSLAGEN: "Användare uppslagen",
    UPPDRAG_LISTADE: "Uppdrag listade",
    KLIENTER_LISTADE: "Maskinklienter listade",
    ANVANDARE_LISTADE: "Användare listade",
    BEHORIGHET_GIVEN: "Behörighet given",
    BEHORIGHET_AVSLUTAD: "Behörighet avslutad",
    UPPDRAG_GIVET: "Uppdrag givet",
    UPPDRAG_AVSLUTAT: "Uppdrag avslutat",
    UPPDRAG_ANDRAT: "Uppdrags slut ändrat",
    ORGANISATIONSUPPDRAG_LASTA: "En organisations uppdrag lästa",
    INSATSUPPDRAG_LASTA: "En insats uppdrag lästa",
    UPPDRAGSTAGARE_LISTADE: "Möjliga uppdragstagare listade",
    KLIENT_SKAPAD: "Maskinklient skapad",
    KLIENT_SPARRAD: "Maskinklient spärrad",
    KLIENT_SPARR_HAVD: "Maskinklients spärr hävd",
    KLIENT_HEMLIGHET_BYTT: "Maskinklients hemlighet bytt",
    KLIENT_INLOGGNING: "Maskinklient inloggad",
    SIGNERINGSNYCKEL_BYTT: "Signeringsnyckel bytt",
    INLOGGNING: "Inloggning påbörjad",
    INLOGGNING_KOD: "Inloggning med engångskod",
    INLOGGNING_KOD_SKICKAD: "Engångskod skickad",
    INLOGGNING_LAST: "Inloggning låst för en person",
    INLOGGNING_LAST_ADRESS: "Inloggning låst för en nätadress",
    SESSION_FORNYAD: "Session förnyad",
    FORNYELSE_ATERANVAND: "Förnyelse använd två gånger",
    UTLOGGNING: "Utloggning",
    CSRF_NEKAD: "Begäran från en annan sida nekad",
    FORSOK_NEKADE: "För många försök nekade",
    TOKEN_NEKAD: "Ogiltig åtkomsttoken nekad",
    DEMOSESSION: "Session skapad i en demo",
    LOGG_SOKT: "Loggen genomsökt",
    LOGG_LAST: "Loggen läst",
    LOGG_KONTROLLERAD: "Loggen kontrollerad",
    LOGG_NY_EPOK: "Loggen fortsatt efter en återställning",
    LOGG_GALLRAD: "Loggen gallrad",
    LOGGPERSONER_RADERADE: "Personer raderade ur loggen",
};

/** What each kind of object is called. */
const objektord: Record<Objekttyp, string> = {
    deltagande: "Deltagande",
    insats: "Insats",
    anonyma: "Anonyma deltagare",
    samtycke: "Samtycke",
    innehavare: "Användare eller maskinklient",
    folkbokforing: "Folkbokföringen",
    anvandare: "Användare",
    gallring: "Gallring",
    person: "Person",
    samverkansorganisation: "Samverkansorganisation",
    myndighet: "Organisation i registret över myndigheter",
    kod: "Kod i ett kodverk",
    fraga: "Kompletterande fråga",
    operation: "Åtgärd",
    klient: "Maskinklient",
    signeringsnyckel: "Signeringsnyckel",
    adress: "Nätadress",
    session: "Session",
    loggpost: "Loggpost",
};

function ordFor(ord: Record<string, string>, kod: string): string {
    return Object.hasOwn(ord, kod) ? (ord[kod] ?? kod) : kod;
}

/** An event in words; one that is newer than the page, by its name. */
export function handelsen(kod: string): string {
    return ordFor(handelseord, kod);
}

export function objektslag(typ: string): string {
    return ordFor(objektord, typ);
}

/** What was given or asked for: a role or an event in words, anything else as it stands. */
export function detaljen(detalj: string): string {
    return ordFor({ ...rollnamn, ...handelseord }, detalj);
}

const dagform = new Intl.DateTimeFormat("sv-SE", {
    dateStyle: "short",
    timeZone: "Europe/Stockholm",
});

/** The day in Sweden of an instant. */
export function dagen(tid: string): string {
    return dagform.format(new Date(tid));
}

/** The events to choose from, by their words. */
export const handelseval = Object.entries(handelseord)
    .map(([varde, text]) => ({ varde, text }))
    .sort((a, b) => a.text.localeCompare(b.text, "sv"));

/** By which roles, jobs or commands something was done. */
export function rollerna(roll: string): string {
    return roll
        .split(" ")
        .map((r) => ordFor(rollnamn, r))
        .join(", ");
}

const utanNamn: Record<Schema<"Loggpost">["aktorTyp"], string> = {
    PERSON: "Användare som inte längre finns",
    MASKIN: "Maskinklient som inte längre finns",
    SYSTEM: "SUS",
    ANONYM: "Ingen inloggad",
};

/** Who did it, or what is known of that. */
export function aktorsnamn(p: Schema<"Loggpost">): string {
    return p.aktor?.namn ?? utanNamn[p.aktorTyp];
}

export const utfallsord: Record<Schema<"Loggpost">["utfall"], string> = {
    OK: "Utfört",
    NEKAD: "Nekat",
};

/** Where it was: the pages that a row leads to. */
export function platser(
    p: Schema<"Loggpost">,
): { text: string; insatsId?: string; till: RouteLocationRaw }[] {
    const insatsId =
        p.insatsId ?? (p.objekttyp === "insats" ? p.objektId : undefined);
    const organisationId =
        p.organisationId ??
        (p.objekttyp === "samverkansorganisation" ? p.objektId : undefined);
    return [
        ...(insatsId === undefined
            ? []
            : [
                  {
                      text: "Till insatsen",
                      insatsId,
                      till: { name: "insats", params: { insatsId } },
                  },
              ]),
        ...(organisationId === undefined
            ? []
            : [
                  {
                      text: "Till samverkansorganisationen",
                      till: {
                          name: "samverkansorganisation",
                          params: { organisationId },
                      },
                  },
              ]),
    ];
}

/** The form as it is filled in. */
export interface Loggsvar {
    personnummer: string;
    aktorId: string;
    handelse: string;
    fran: string;
    tom: string;
    objektId: string;
}

export const loggetiketter: Etiketter = {
    "/personnummer": "Personnummer",
    "/aktorId": "Aktörens id",
    "/handelse": "Händelse",
    "/fran": "Från och med",
    "/tom": "Till och med",
    "/objektId": "Objektets id",
};

export function granskaLoggsokning(svar: Loggsvar): Faltfel[] {
    const fel: Faltfel[] = [];
    const id = (pekare: string, text: string): void => {
        if (text.trim() !== "" && !arId.test(text.trim())) {
            fel.push({ pekare, regel: "id-format", meddelande: ordIdFormat });
        }
    };
    if (svar.personnummer.trim() !== "") {
        fel.push(...granskaPersonnummer(svar.personnummer));
    }
    id("/aktorId", svar.aktorId);
    const dagar = [
        ...(svar.fran === "" ? [] : dagfel("/fran", svar.fran)),
        ...(svar.tom === "" ? [] : dagfel("/tom", svar.tom)),
    ];
    fel.push(...dagar);
    if (
        dagar.length === 0 &&
        svar.fran !== "" &&
        svar.tom !== "" &&
        svar.tom < svar.fran
    ) {
        fel.push({
            pekare: "/tom",
            regel: "slut-fore-start",
            meddelande: ordSlutForeStart,
        });
    }
    id("/objektId", svar.objektId);
    const { objektId, ...annat } = svar;
    if (
        objektId.trim() !== "" &&
        Object.values(annat).some((v) => v.trim() !== "")
    ) {
        fel.push({
            pekare: "/objektId",
            regel: "for-sig",
            meddelande:
                "Ett objekt söks för sig. Töm fältet, eller töm de andra.",
        });
    }
    return fel;
}

/** What is asked of the log. A person stands in it by a mark, whose number only this page's memory knows. */
export interface Loggfraga {
    aktorId?: string;
    handelse?: string;
    fran?: string;
    tom?: string;
    objektId?: string;
    person?: string;
    cursor?: string;
}

/** The question of an address; what it may not say is left out. */
export function fragaAv(query: LocationQuery): Loggfraga {
    const dag = (namn: string): string | undefined => {
        const v = ettVarde(query, namn);
        return v !== undefined && arDag(v) ? v : undefined;
    };
    const uuid = (namn: string): string | undefined => {
        const v = ettVarde(query, namn);
        return v !== undefined && arId.test(v) ? v : undefined;
    };
    return utanTomma({
        aktorId: uuid("aktorId"),
        handelse: ettAv(
            query,
            "handelse",
            handelseval.map((h) => h.varde),
        ),
        fran: dag("fran"),
        tom: dag("tom"),
        objektId: uuid("objektId"),
        person: ettVarde(query, "person"),
        cursor: ettVarde(query, "cursor"),
    });
}

/** The question of a form, without its person. */
export function fragaAvSvar(svar: Loggsvar): Loggfraga {
    return utanTomma({
        aktorId: svar.aktorId.trim(),
        handelse: svar.handelse,
        fran: svar.fran,
        tom: svar.tom,
        objektId: svar.objektId.trim(),
    });
}

export function svarAv(fraga: Loggfraga, personnummer: string): Loggsvar {
    return {
        personnummer,
        aktorId: fraga.aktorId ?? "",
        handelse: fraga.handelse ?? "",
        fran: fraga.fran ?? "",
        tom: fraga.tom ?? "",
        objektId: fraga.objektId ?? "",
    };
}

/** Whether it is a search: all but the list itself, and that of one object. */
export function arSokning(fraga: Loggfraga): boolean {
    return (["aktorId", "handelse", "fran", "tom", "person"] as const).some(
        (k) => fraga[k] !== undefined,
    );
}

/** What is sent, whose number stands in no address. */
export function tillSokning(
    { aktorId, handelse, fran, tom }: Loggfraga,
    personnummer: string | undefined,
): Schema<"LoggpostSokning"> {
    return utanTomma({
        personnummer:
            personnummer === undefined ? undefined : tolvSiffror(personnummer),
        aktorId,
        handelse,
        fran,
        tom,
    });
}
