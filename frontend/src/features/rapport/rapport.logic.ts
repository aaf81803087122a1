import type { LocationQuery } from "vue-router";
import type { paths } from "@/shared/api/schema";
import type { Faltfel, Problem, Schema } from "@/shared/api/typer";
import { arId, ettAv, ettVarde, utanTomma } from "@/shared/fraga.logic";
import { antal } from "@/shared/text.logic";
import type { Etiketter } from "@/shared/ui/formular.logic";

export type Rapport = Schema<"Forsorjningsrapport">;
export type Fraga =
    paths["/rapporter/deltagarrapport/forsorjning"]["get"]["parameters"]["query"];
/** As an address says it: whether its budgetår is a year that can be asked for, the server says. */
export type Urval = Omit<Fraga, "format" | "budgetar"> & { budgetar: string };

export const urvalsetiketter: Etiketter = {
    "/samverkansform": "Finansieringsform",
    "/budgetar": "Budgetår",
    "/verksamhetsomrade": "Verksamhetsområde",
    "/lan": "Län",
    "/organisationId": "Samverkansorganisation",
    "/insatsId": "Insats",
    "/kon": "Kön",
};

export const former = [
    "FINSAM",
    "TVAPARTSFINSAM",
    "HANDLINGSPLANSSAMVERKAN",
    "AF_FK_SAMARBETE",
] as const;
const konen = ["KVINNA", "MAN"] as const;

/** The report that an address asks for. What an address cannot mean is left out. */
export function urvalAv(query: LocationQuery, forvaltAr: number): Urval {
    const som = (namn: string, form: RegExp): string | undefined => {
        const v = ettVarde(query, namn);
        return v !== undefined && form.test(v) ? v : undefined;
    };
    const kon = ettAv(query, "kon", konen);
    return {
        samverkansform: ettAv(query, "samverkansform", former) ?? "FINSAM",
        budgetar: ettVarde(query, "budgetar") ?? String(forvaltAr),
        ...utanTomma({
            verksamhetsomrade: som("verksamhetsomrade", /^[A-Z0-9_]{1,40}$/),
            lan: som("lan", /^\d{2}$/),
            organisationId: som("organisationId", arId),
            insatsId: som("insatsId", arId),
        }),
        ...(kon === undefined ? {} : { kon }),
    };
}

/** The address of a report's choices. */
export function fragaAv(u: Urval): Record<string, string> {
    return utanTomma({
        samverkansform: u.samverkansform,
        budgetar: u.budgetar,
        verksamhetsomrade: u.verksamhetsomrade,
        lan: u.lan,
        organisationId: u.organisationId,
        insatsId: u.insatsId,
        kon: u.kon,
    });
}

const filformat = [
    {
        format: "excel-sv",
        andelse: "csv",
        namn: "CSV för Excel",
        beskrivning: "Som den tryckta rapporten, med svenska tecken.",
    },
    {
        format: "data",
        andelse: "csv",
        namn: "CSV, data",
        beskrivning: "Koder och alla rader, för egna beräkningar.",
    },
    {
        format: "json",
        andelse: "json",
        namn: "JSON",
        beskrivning: "Hela rapporten, för system.",
    },
    {
        format: "json-stat",
        andelse: "json",
        namn: "JSON-stat 2.0",
        beskrivning: "Dataset för statistikprogram.",
    },
] as const;

export type Filformat = (typeof filformat)[number]["format"];

/** What the file is called in the person's folder. */
function filnamn(u: Urval, format: string, andelse: string): string {
    return `sus-forsorjning-${u.budgetar}-${format}.${andelse}`;
}

export function filadress(u: Urval, format: string): string {
    return `/v1/rapporter/deltagarrapport/forsorjning?${new URLSearchParams({ ...fragaAv(u), format }).toString()}`;
}

/** The report's files with their addresses. */
export function filerAv(u: Urval) {
    return filformat.map((f) => ({
        ...f,
        adress: filadress(u, f.format),
        filnamn: filnamn(u, f.format, f.andelse),
    }));
}

/** The seed's row order, from «Annan» down to «Ingen», is the server's; only rows with a number are printed. */
export interface Tryckrad {
    kod: string;
    etikett: string;
    celler: string[];
}

/** Half away from zero, as the seed prints: 2.5 → 3, −2.5 → −3. */
export function avrunda(n: number): number {
    return Math.sign(n) * Math.round(Math.abs(n));
}

function tal(n: number): string {
    if (n === 0) {
        return "";
    }
    // The seed's minus is a hyphen.
    return n < 0 ? `-${antal(-n)}` : antal(n);
}

/** A share prints blank when its number does. */
function andel(antal: number, namnare: number): string {
    return antal === 0 || namnare === 0
        ? ""
        : `${String(avrunda((antal * 100) / namnare))}%`;
}

function forandringProcent(forandring: number, procent: number | null): string {
    return forandring === 0 || procent === null
        ? ""
        : `${tal(avrunda(procent)) || "0"}%`;
}

export function startrader(del: Rapport["start"]): Tryckrad[] {
    return del.rader
        .filter((r) => r.antal !== 0)
        .map((r) => ({
            kod: r.kod,
            etikett: r.etikett,
            celler: [tal(r.antal), andel(r.antal, r.namnare)],
        }));
}

/** The printed end part, or the same among those who ended with measurement. */
export const slutkolumner = [
    "Försörjning",
    "Antal deltagare före insats",
    "Andel före",
    "Antal deltagare efter insats",
    "Andel efter",
    "Förändring",
    "Förändring i %",
] as const;
export const mattakolumner = [
    ...slutkolumner,
    "Lämnat",
    "Tillkommit",
    "Kvar",
] as const;

type Slutrad = Rapport["slut"]["rader"][number];

function antalFore(r: Slutrad, matta: boolean): number {
    return matta ? r.antalForeMatta : r.antalFore;
}

/** The rows that are printed: those with a number. */
function medTal(del: Rapport["slut"], matta: boolean): Slutrad[] {
    return del.rader.filter(
        (r) => antalFore(r, matta) !== 0 || r.antalEfter !== 0,
    );
}

export function slutrader(del: Rapport["slut"], matta = false): Tryckrad[] {
    return medTal(del, matta).map((r) => {
        const namnare = matta ? r.namnareMatta : r.namnare;
        const forandring = matta ? r.forandringMatta : r.forandring;
        const procent = matta ? r.forandringProcentMatta : r.forandringProcent;
        return {
            kod: r.kod,
            etikett: r.etikett,
            celler: [
                tal(antalFore(r, matta)),
                andel(antalFore(r, matta), namnare),
                tal(r.antalEfter),
                andel(r.antalEfter, namnare),
                tal(forandring),
                forandringProcent(forandring, procent),
                ...(matta
                    ? [tal(r.lamnat), tal(r.tillkommit), tal(r.kvar)]
                    : []),
            ],
        };
    });
}

/** «2011-03-16 kl. 15.42.45», in Sweden's time. */
export function korningstid(tid: string): string {
    const d = new Intl.DateTimeFormat("sv-SE", {
        timeZone: "Europe/Stockholm",
        dateStyle: "short",
        timeStyle: "medium",
    }).format(new Date(tid));
    const [dag, klocka] = d.split(" ");
    return `${dag ?? ""} kl. ${(klocka ?? "").replaceAll(":", ".")}`;
}

/** The law on finansiell samordning came into force then. */
const forstaAr = 2004;

/** The years to choose from, newest first; also the one an address chose. */
export function budgetar(idag: string, valt: string): string[] {
    const i = Number(idag.slice(0, 4));
    const ar = new Set(
        Array.from({ length: Math.max(1, i - forstaAr + 1) }, (_, n) =>
            String(i - n),
        ),
    );
    ar.add(valt);
    return [...ar].sort((a, b) => Number(b) - Number(a));
}

/** What is said of the choices, which are fields here and parameters there. */
export function urvalsfelI(problem: Problem, u: Urval): Faltfel[] {
    if (problem.status === 404) {
        const [falt, vad] =
            u.insatsId === undefined
                ? ["organisationId", "Samverkansorganisationen"]
                : u.organisationId === undefined
                  ? ["insatsId", "Insatsen"]
                  : [
                        "organisationId",
                        "Samverkansorganisationen eller insatsen",
                    ];
        return [
            {
                pekare: `/${falt}`,
                regel: problem.regel,
                meddelande: `${vad} finns inte.`,
            },
        ];
    }
    return problem.fel.map((f) => ({ ...f, pekare: `/${f.pekare}` }));
}

/** A report in a sentence, for who does not see that it came. */
export function rapportbesked({ urval, start, slut }: Rapport): string {
    const vilken = `Rapporten för ${String(urval.budgetar)}`;
    return start.antal === 0 && slut.antal === 0
        ? `${vilken} är tom: ingen har startat eller slutat med det här urvalet.`
        : `${vilken} visas: ${antal(start.antal)} startade, ${antal(slut.antal)} avslutade.`;
}

export interface Diagramdata {
    etiketter: string[];
    fore: number[];
    efter: number[];
}

/** Room for the name of every category, which may take three lines. */
export function diagramhojd(antalKategorier: number): string {
    return `${String(Math.max(26, 4 + 3 * antalKategorier))}rem`;
}

/** Bars from the top in the table's order. */
export function diagramdata(del: Rapport["slut"], matta = false): Diagramdata {
    const rader = medTal(del, matta);
    return {
        etiketter: rader.map((r) => r.etikett),
        fore: rader.map((r) => antalFore(r, matta)),
        efter: rader.map((r) => r.antalEfter),
    };
}
