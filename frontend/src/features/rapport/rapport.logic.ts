import type { LocationQuery } from "vue-router";
import type { paths } from "@/shared/api/schema";
import type { Faltfel, Problem, Schema } from "@/shared/api/typer";
import { arId, ettAv, ettVarde, utanTomma } from "@/shared/fraga.logic";
import { antal } from "@/shared/text.logic";
import type { Etiketter } from "@/shared/ui/formular.logic";

export type Rapport = Schema<"Rapport">;
export type Rapportdel = Schema<"Rapportdel">;
export type Katalog = Schema<"Rapportkatalog">;
export type Fraga =
    paths["/rapporter/{grupp}/{rapport}"]["get"]["parameters"]["query"];

/**
 * The choices as an address says them, each a value or several; what is no year or month the server
 * says. Names are the parameters'.
 */
export type Urval = Record<string, string | string[]> & {
    samverkansform: string;
};

export const urvalsetiketter: Etiketter = {
    "/samverkansform": "Finansieringsform",
    "/budgetar": "Budgetår",
    "/fran": "Från månad",
    "/till": "Till månad",
    "/verksamhetsomrade": "Verksamhetsområde",
    "/lan": "Län",
    "/organisationId": "Samverkansorganisation",
    "/insatsId": "Insats",
    "/kon": "Kön",
    "/alder": "Ålder",
    "/kommun": "Bostadskommun",
    "/personlan": "Bostadslän",
    "/indelning": "Dela in efter",
    "/aldersgranser": "Åldersklasser",
};

export const former = [
    "FINSAM",
    "TVAPARTSFINSAM",
    "HANDLINGSPLANSSAMVERKAN",
    "AF_FK_SAMARBETE",
] as const;

const kod = /^[A-Z0-9_]{1,40}$/;
const tvasiffrig = /^\d{2}$/;

/** The choices that may be several, and the form of each value. */
const flervarden: Readonly<Record<string, RegExp>> = {
    verksamhetsomrade: kod,
    lan: tvasiffrig,
    organisationId: arId,
    insatsId: arId,
    kon: /^(KVINNA|MAN)$/,
    alder: /^\d{1,3}-(\d{1,3})?$/,
    kommun: /^\d{4}$/,
    personlan: tvasiffrig,
    indelning: /^[A-Za-z]{1,40}$/,
    aldersgranser: /^\d{1,3}$/,
};

/** The report that an address asks for. What an address cannot mean is left out. */
export function urvalAv(query: LocationQuery, forvaltAr: number): Urval {
    const flera = Object.entries(flervarden).flatMap(([namn, form]) => {
        const v = query[namn];
        const varden = (Array.isArray(v) ? v : [v]).filter(
            (x): x is string => typeof x === "string" && form.test(x),
        );
        return varden.length === 0 ? [] : [[namn, varden] as const];
    });
    const fran = ettVarde(query, "fran");
    const till = ettVarde(query, "till");
    const senaste = ettAv(query, "period", ["senaste"] as const);
    const tid: Record<string, string> =
        senaste !== undefined
            ? { period: senaste }
            : fran === undefined && till === undefined
              ? { budgetar: ettVarde(query, "budgetar") ?? String(forvaltAr) }
              : utanTomma({ fran, till });
    return {
        samverkansform: ettAv(query, "samverkansform", former) ?? "FINSAM",
        ...tid,
        ...Object.fromEntries(flera),
    };
}

/** The address of a report's choices: what has one value as one, as a form has it. */
export function fragaAv(u: Urval): Record<string, string | string[]> {
    return Object.fromEntries(
        Object.entries(u).map(([namn, v]) => [
            namn,
            Array.isArray(v) && v.length === 1 ? (v[0] ?? "") : v,
        ]),
    );
}

/** The choices as the API has them. */
function parametrar(u: Urval): URLSearchParams {
    return new URLSearchParams(
        Object.entries(u).flatMap(([namn, v]) =>
            (Array.isArray(v) ? v : [v]).map((x) => [namn, x]),
        ),
    );
}

const beskrivningar: Readonly<Record<string, string>> = {
    "excel-sv": "Som den tryckta rapporten, med svenska tecken.",
    xlsx: "Alla rader som tal, ett blad för varje del.",
    data: "Koder och alla rader, för egna beräkningar.",
    csvw: "Vad kolumner och koder i filen för program betyder.",
    json: "Hela rapporten, för system.",
    "json-stat": "Dataset för statistikprogram.",
};

/** The order of the files: those for people first. */
const filordning = ["excel-sv", "xlsx", "data", "csvw", "json", "json-stat"];

const andelser: Readonly<Record<string, string>> = {
    "excel-sv": "csv",
    data: "csv",
    xlsx: "xlsx",
};

/** A report's title without the system's name before it. */
export function rapportnamn(titel: string): string {
    return titel.replace(/^SUS - /, "");
}

/** The path of a report, as the API and the page have it. */
export function rapportvag(r: { grupp: string; rapport: string }): string {
    return `/rapporter/${r.grupp}/${r.rapport}`;
}

export function filadress(vag: string, u: Urval, format: string): string {
    const p = parametrar(u);
    p.set("format", format);
    return `/v1${vag}?${p.toString()}`;
}

/** The report's files with their addresses, as the catalogue has the formats. */
export function filerAv(
    vag: string,
    u: Urval,
    format: readonly { namn: string; etikett: string }[],
) {
    return format
        .toSorted(
            (a, b) => filordning.indexOf(a.namn) - filordning.indexOf(b.namn),
        )
        .map((f) => ({
            format: f.namn,
            namn: f.etikett,
            beskrivning: beskrivningar[f.namn] ?? "",
            adress: filadress(vag, u, f.namn),
            filnamn: `sus-${vag.split("/").at(-1) ?? ""}-${tidsnamn(u)}-${f.namn}.${andelser[f.namn] ?? "json"}`,
        }));
}

function tidsnamn(u: Urval): string {
    const { budgetar, fran, till } = u;
    return [budgetar ?? [fran ?? "senaste", till ?? ""]]
        .flat(2)
        .filter((x) => x !== "")
        .join("--");
}

/** The same report asked for by a program. */
export function apianrop(vag: string, u: Urval, varifran: string): string {
    return `curl -H "Authorization: Bearer $TOKEN" "${varifran}/v1${vag}?${parametrar(u).toString()}"`;
}

/** A row as it is printed: its labels and its cells. */
interface Tryckrad {
    kod: string;
    etiketter: string[];
    celler: string[];
}

export interface Trycktabell {
    /** The headings of the labels, then of the cells. */
    etiketter: string[];
    kolumner: string[];
    rader: Tryckrad[];
}

const konen = ["KVINNA", "MAN", "UPPGIFT_SAKNAS"];
const konord: Readonly<Record<string, string>> = {
    KVINNA: "Kvinnor",
    MAN: "Män",
    UPPGIFT_SAKNAS: "Uppgift saknas",
};

/** A part as the server prints it: rows that it does not print are left out; kön side by side. */
export function trycktabell(rapport: Rapport, del: Rapportdel): Trycktabell {
    const rubriker = del.kolumner.map((k) => k.rubrik);
    const n = rapport.indelning.findIndex((i) => i.id === "kon");
    const egna = rapport.indelning.filter((_, i) => i !== n);
    if (n < 0 || rapport.indelning.length === 1) {
        return {
            etiketter: rapport.indelning.map((i) => i.etikett),
            kolumner: rubriker,
            rader: del.rader.flatMap((r) =>
                r.tryckt === undefined
                    ? []
                    : [
                          {
                              kod: Object.values(r.koder).join("|"),
                              etiketter: r.etiketter,
                              celler: r.tryckt,
                          },
                      ],
            ),
        };
    }
    const kon = konen.filter((k) =>
        del.rader.some((r) => r.koder["kon"] === k),
    );
    const rader = new Map<string, Tryckrad & { av: Map<string, string[]> }>();
    for (const r of del.rader) {
        const nyckel = egna.map((i) => r.koder[i.id] ?? "").join("|");
        const rad = rader.get(nyckel) ?? {
            kod: nyckel,
            etiketter: r.etiketter.filter((_, i) => i !== n),
            celler: [],
            av: new Map<string, string[]>(),
        };
        rader.set(nyckel, rad);
        if (r.tryckt !== undefined) {
            rad.av.set(r.koder["kon"] ?? "", r.tryckt);
        }
    }
    return {
        etiketter: egna.map((i) => i.etikett),
        kolumner: kon.flatMap((k) =>
            rubriker.map((r) => `${konord[k] ?? k}: ${r}`),
        ),
        rader: [...rader.values()]
            .filter((r) => r.av.size > 0)
            .map(({ av, kod: k, etiketter }) => ({
                kod: k,
                etiketter,
                celler: kon.flatMap(
                    (en) => av.get(en) ?? rubriker.map(() => ""),
                ),
            })),
    };
}

/** A printed cell as a number to sort by; blank is none. */
function tal(cell: string): number {
    const n = Number(
        cell.replaceAll(/[\s%]/g, "").replace(",", ".").replace("−", "-"),
    );
    return cell === "" || Number.isNaN(n) ? Number.NEGATIVE_INFINITY : n;
}

/** Sorted by a column of cells, the highest first; as it stood when none is chosen. */
export function sorterade(
    rader: readonly Tryckrad[],
    kolumn: number | undefined,
    stigande: boolean,
): readonly Tryckrad[] {
    if (kolumn === undefined) {
        return rader;
    }
    const tecken = stigande ? 1 : -1;
    return rader.toSorted((a, b) => {
        const [x, y] = [
            tal(a.celler[kolumn] ?? ""),
            tal(b.celler[kolumn] ?? ""),
        ];
        return x === y ? 0 : tecken * (x < y ? -1 : 1);
    });
}

/** The table as a spreadsheet takes it: tabs, a row a line. */
export function somTsv(t: Trycktabell, rader: readonly Tryckrad[]): string {
    return [
        [...t.etiketter, ...t.kolumner],
        ...rader.map((r) => [...r.etiketter, ...r.celler]),
    ]
        .map((r) => r.map((c) => c.replaceAll(/[\t\n]/g, " ")).join("\t"))
        .join("\n");
}

/** The count lines above a table: those of the whole part; without measurement only when there are any. */
export function antalsrader(del: Rapportdel): string[] {
    return del.tal
        .filter(
            (t) =>
                t.koder === undefined &&
                (t.id !== "utanMatning" || t.varde > 0),
        )
        .map((t) => `${t.etikett}: ${antal(t.varde)}`);
}

/** A count of a whole part. */
export function taletI(del: Rapportdel, id: string): number | undefined {
    return del.tal.find((t) => t.id === id && t.koder === undefined)?.varde;
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
    if (valt !== "") {
        ar.add(valt);
    }
    return [...ar].sort((a, b) => Number(b) - Number(a));
}

const manadsord = [
    "Januari",
    "Februari",
    "Mars",
    "April",
    "Maj",
    "Juni",
    "Juli",
    "Augusti",
    "September",
    "Oktober",
    "November",
    "December",
];

/** The months of a year as choices. */
export function manader(ar: string): { varde: string; text: string }[] {
    return manadsord.map((text, i) => ({
        varde: `${ar}-${String(i + 1).padStart(2, "0")}`,
        text,
    }));
}

/** What is said of the choices, which are fields here and parameters there. */
export function urvalsfelI(problem: Problem, u: Urval): Faltfel[] {
    if (problem.status === 404) {
        if (u["insatsId"] === undefined && u["organisationId"] === undefined) {
            return [];
        }
        const [falt, vad] =
            u["insatsId"] === undefined
                ? ["organisationId", "Samverkansorganisationen"]
                : u["organisationId"] === undefined
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
    return problem.fel.map((f) => ({
        ...f,
        pekare: f.pekare.startsWith("/") ? f.pekare : `/${f.pekare}`,
    }));
}

/** The period of a report, in the fewest words. */
function periodord(urval: Rapport["urval"]): string {
    return urval.budgetar === undefined
        ? `${urval.fran}–${urval.till}`
        : String(urval.budgetar);
}

/** A report in a sentence, for who does not see that it came. */
export function rapportbesked({ urval, delar }: Rapport): string {
    const vilken = `Rapporten för ${periodord(urval)}`;
    const finns = (id: RegExp): number | undefined => {
        const del = delar.find((d) => id.test(d.id));
        return del === undefined ? undefined : taletI(del, "antal");
    };
    const startade = finns(/^(START|NYA)$/);
    const slutade = finns(/^(SLUT|AVSLUTADE|OVERGANGAR|STEG)$/);
    if ((startade ?? 0) === 0 && (slutade ?? 0) === 0) {
        return `${vilken} är tom: ingen har startat eller slutat med det här urvalet.`;
    }
    const ord = [
        ...(startade === undefined ? [] : [`${antal(startade)} startade`]),
        ...(slutade === undefined ? [] : [`${antal(slutade)} avslutade`]),
    ];
    return `${vilken} visas: ${ord.join(", ")}.`;
}

export interface Diagramdata {
    etiketter: string[];
    serier: { namn: string; varden: number[] }[];
}

/** Room for the name of every category, which may take three lines. */
export function diagramhojd(antalKategorier: number): string {
    return `${String(Math.max(26, 4 + 3 * antalKategorier))}rem`;
}

const serienamn: Readonly<Record<string, string>> = {
    antalFore: "Före insats",
    antalForeMatta: "Före insats",
    antalEfter: "Efter insats",
    antalEfterMatta: "Efter insats",
};

/** Bars from the top in the table's order: före beside efter, where a part has both; else none. */
export function diagramdata(
    rapport: Rapport,
    del: Rapportdel,
): Diagramdata | undefined {
    const serier = del.kolumner.flatMap((k, i) =>
        serienamn[k.id] === undefined
            ? []
            : [{ namn: serienamn[k.id] ?? "", i }],
    );
    const rader = del.rader.filter((r) => r.tryckt !== undefined);
    if (
        rapport.bild !== "STAPLAR" ||
        rapport.indelning.length > 1 ||
        serier.length !== 2 ||
        rader.length === 0
    ) {
        return undefined;
    }
    return {
        etiketter: rader.map((r) => r.etikett),
        serier: serier.map(({ namn, i }) => ({
            namn,
            varden: rader.map((r) => r.celler[i] ?? 0),
        })),
    };
}

/** The parts that are shown: each printed one, and in its place, where it is asked for, that among those measured. */
interface Visad {
    /** Whose heading, counts and warning stand. */
    del: Rapportdel;
    /** Whose table stands under them. */
    tabell: Rapportdel;
    /** That there is another table to choose. */
    bredvid?: Rapportdel;
}

export function visade(rapport: Rapport, blandMatta: boolean): Visad[] {
    return rapport.delar.flatMap((del, i) => {
        if (del.bredvid) {
            return [];
        }
        const nasta = rapport.delar[i + 1];
        if (nasta?.bredvid !== true) {
            return [{ del, tabell: del }];
        }
        return [{ del, tabell: blandMatta ? nasta : del, bredvid: nasta }];
    });
}
