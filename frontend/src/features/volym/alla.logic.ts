import { ProblemFel } from "@/shared/api/problem";
import type { Faltfel, Schema } from "@/shared/api/typer";
import { ore, tolkaBelopp } from "@/shared/belopp.logic";
import {
    type Grund,
    type Svar,
    type Tabell,
    type Utskriftsrad,
    etiketter,
    franTrad,
    granska,
    heltal,
    tillTrad,
    utskrift,
} from "@/shared/formular/tabell";
import { iMening } from "@/shared/text.logic";
import type { Etiketter } from "@/shared/ui/formular.logic";
import { type Skillnad, skillnaderna } from "@/shared/utkast/sparat.logic";

type Organisationsbudget = Schema<"Organisationsbudget">;
type Budgetinsats = Schema<"Budgetinsats">;
type Post = Schema<"Insatsbudgetpost">;

/** What is said of a year in one row: the volym, and the insatsbudget with one amount of each kind. */
interface Arsrad {
    antalKvinnor?: number;
    antalMan?: number;
    uppgiftSaknas?: number;
    planeratAntal?: number;
    budget?: string;
    utfall?: string;
    esfBudget?: string;
    esfUtfall?: string;
}
export type Falt = keyof Arsrad;

/** What of a row is saved by itself, by its own version. */
export type Del = "volym" | "insatsbudget";

const delar: Readonly<Record<Del, readonly Falt[]>> = {
    volym: ["antalKvinnor", "antalMan", "uppgiftSaknas"],
    insatsbudget: [
        "planeratAntal",
        "budget",
        "utfall",
        "esfBudget",
        "esfUtfall",
    ],
};
const delarna: readonly Del[] = ["volym", "insatsbudget"];

/** What is known of the row besides: which parts of it may be filled in. */
interface Radgrund extends Grund {
    volym: boolean;
    insatsbudget: boolean;
}

/** What every column is: nothing of it has to be said. */
const tal = {
    slag: "heltal",
    min: 0,
    max: 1_000_000,
    vad: "Antalet",
    frivilligt: true,
} as const;
const volymtal = { ...tal, nar: (_: unknown, c: Radgrund) => c.volym };
const belopp = {
    slag: "belopp",
    frivilligt: true,
    nar: (_: unknown, c: Radgrund) => c.insatsbudget,
} as const;

/** What came of an amount stands beside it. */
function utfallAv(budget: "budget" | "esfBudget") {
    return {
        ...belopp,
        negativt: () => true,
        fel: (s: Svar<Arsrad>) =>
            s[budget].trim() === ""
                ? {
                      regel: "obligatoriskt",
                      meddelande: "Fyll i budgeten också. Den kan vara 0.",
                  }
                : undefined,
    };
}

/** The columns: a table of fields, as a form is. */
export const radtabell: Tabell<Arsrad, Radgrund> = {
    antalKvinnor: { ...volymtal, etikett: "Kvinnor" },
    antalMan: { ...volymtal, etikett: "Män" },
    uppgiftSaknas: { ...volymtal, etikett: "Uppgift saknas" },
    planeratAntal: { ...tal, etikett: "Planerat antal", nar: belopp.nar },
    budget: { ...belopp, etikett: "Budget" },
    utfall: { ...utfallAv("budget"), etikett: "Utfall" },
    esfBudget: { ...belopp, etikett: "ESF-budget" },
    esfUtfall: { ...utfallAv("esfBudget"), etikett: "ESF-utfall" },
};

export const kolumner = Object.entries(etiketter(radtabell)).map(
    ([pekare, etikett]) => ({ namn: pekare.slice(1) as Falt, etikett }),
);

interface Radsvar extends Svar<Arsrad> {
    /** As it stood when the row was begun, and the version that each part had then; 0: nothing was said. */
    fran: Svar<Arsrad>;
    version: Record<Del, number>;
}

export interface Allasvar {
    organisationId: string;
    ar: string;
    rader: Record<string, Radsvar>;
}

/** An amount that nothing was said of, or that came to nothing, is not written out. */
function arskostnad(s: Schema<"Budgetsumma">): {
    budget?: string;
    utfall?: string;
} {
    const utfall = ore(s.utfall) === 0 ? {} : { utfall: s.utfall };
    return ore(s.budget) === 0 && ore(s.utfall) === 0
        ? {}
        : { budget: s.budget, ...utfall };
}

/** What is saved of an insats. */
function radsvar(i: Budgetinsats): Radsvar {
    const { budget: esfBudget, utfall: esfUtfall } = arskostnad(
        i.esfInsatskostnader,
    );
    const fran = franTrad(radtabell, {
        ...(i.volym && i.volym.version > 0 ? i.volym : {}),
        planeratAntal: i.planeratAntal,
        ...arskostnad(i.insatskostnader),
        esfBudget,
        esfUtfall,
    });
    return {
        ...fran,
        fran: { ...fran },
        version: {
            volym: i.volym?.version ?? 0,
            insatsbudget: i.budgetversion,
        },
    };
}

/** The year as it is saved, an insats a row. */
export function allasvar(
    b: Organisationsbudget,
    organisationId: string,
): Allasvar {
    return {
        organisationId,
        ar: String(b.ar),
        rader: Object.fromEntries(
            b.insatser.map((i) => [i.insatsId, radsvar(i)]),
        ),
    };
}

/** Something of the part has been typed. */
function rord(r: Radsvar, del: Del): boolean {
    return delar[del].some((f) => r[f].trim() !== r.fran[f].trim());
}

export function nagotRort(svar: Allasvar): boolean {
    return Object.values(svar.rader).some((r) =>
        delarna.some((del) => rord(r, del)),
    );
}

/** A part takes what is saved now; what was typed in it is gone. */
function taIn(r: Radsvar, nu: Radsvar, del: Del): void {
    for (const f of delar[del]) {
        r[f] = nu[f];
        r.fran[f] = nu[f];
    }
    r.version[del] = nu.version[del];
}

/** What is saved has been read anew: it comes in where nothing has been typed, and nothing that has is lost. */
export function folj(svar: Allasvar, b: Organisationsbudget): void {
    for (const i of b.insatser) {
        const nu = radsvar(i);
        const r = (svar.rader[i.insatsId] ??= nu);
        for (const del of delarna) {
            if (!rord(r, del)) {
                taIn(r, nu, del);
            }
        }
    }
}

/** A row of the table. */
export interface Rad {
    id: string;
    namn: string;
    /** Its place, as a JSON pointer. */
    under: string;
    svar: Radsvar;
    /** What is saved now. */
    nu: Radsvar;
    /** What of it may be filled in; the rest is read. */
    grund: Radgrund;
}

/** The rows: volym of who only counts and of no year to come, both of who may. */
export function raderna(
    b: Organisationsbudget,
    svar: Allasvar,
    idag: string,
    far: (insatsId: string) => boolean,
): Rad[] {
    return b.insatser.map((i, n) => {
        const nu = radsvar(i);
        const skrivs = !b.stangt && far(i.insatsId);
        return {
            id: i.insatsId,
            namn: i.namn,
            under: `/rader/${n}`,
            svar: svar.rader[i.insatsId] ?? nu,
            nu,
            grund: {
                idag,
                volym:
                    skrivs &&
                    i.volym !== undefined &&
                    String(b.ar) <= idag.slice(0, 4),
                insatsbudget: skrivs,
            },
        };
    });
}

export const fyllsI = (r: Rad): boolean => delarna.some((del) => r.grund[del]);

export function delAv(falt: Falt): Del {
    return delar.volym.includes(falt) ? "volym" : "insatsbudget";
}

function pekareTill(r: Pick<Rad, "under">, falt: string): string {
    return `${r.under}/${falt}`;
}

/** «Konferensen, män». */
export function cellnamn(r: Pick<Rad, "namn">, etikett: string): string {
    return `${r.namn}, ${iMening(etikett)}`;
}

export function radetiketter(
    rader: readonly Pick<Rad, "namn" | "under">[],
): Etiketter {
    return Object.fromEntries(
        rader.flatMap((r) =>
            Object.entries(etiketter(radtabell, r.under)).map(
                ([pekare, etikett]) => [pekare, cellnamn(r, etikett)],
            ),
        ),
    );
}

/** What is wrong in what has been typed. */
export function granskaRader(rader: readonly Rad[]): Faltfel[] {
    return rader
        .filter((r) => delarna.some((del) => rord(r.svar, del)))
        .flatMap((r) => granska(radtabell, r.svar, r.grund, r.under));
}

/** A part of a row that has been filled in. */
export interface Andrad {
    rad: Rad;
    del: Del;
}

export function andrade(rader: readonly Rad[]): Andrad[] {
    return rader.flatMap((rad) =>
        delarna
            .filter((del) => rad.grund[del] && rord(rad.svar, del))
            .map((del) => ({ rad, del })),
    );
}

/** It is saved, and begun from what is. */
export function somSparat({ rad, del }: Andrad): void {
    taIn(rad.svar, rad.nu, del);
}

function iOrd({ rad, del }: Andrad, r: Radsvar): Utskriftsrad[] {
    const egna = delar[del].map((f) => pekareTill(rad, f));
    return utskrift(radtabell, r, rad.grund, rad.under)
        .filter((u) => egna.includes(u.pekare))
        .map((u) => ({ ...u, etikett: cellnamn(rad, u.etikett) }));
}

/** What it says that is not saved. */
export function skillnaderI(a: Andrad): Skillnad[] {
    return skillnaderna(iOrd(a, a.rad.svar), iOrd(a, a.rad.nu));
}

/** The cells that say something else than what is saved, in words. */
export function cellerIOrd(andringar: readonly Andrad[]): Utskriftsrad[] {
    return andringar.flatMap((a) => {
        const skilda = new Set(skillnaderI(a).map((s) => s.pekare));
        return iOrd(a, a.rad.svar).filter((u) => skilda.has(u.pekare));
    });
}

/** It was begun from another version than what is saved now. */
export function arForaldrad({ rad, del }: Andrad): boolean {
    return rad.svar.version[del] !== rad.nu.version[del];
}

/** What is left empty in a row that says something is nobody. */
export function tillVolym(r: Svar<Arsrad>): Schema<"NyVolym"> {
    return {
        antalKvinnor: heltal(r.antalKvinnor) ?? 0,
        antalMan: heltal(r.antalMan) ?? 0,
        uppgiftSaknas: heltal(r.uppgiftSaknas) ?? 0,
    };
}

/** Where each kind of post has its amounts. */
const slagen: readonly [Schema<"Budgettyp">, budget: Falt, utfall: Falt][] = [
    ["INSATSKOSTNAD", "budget", "utfall"],
    ["ESF_INSATSKOSTNAD", "esfBudget", "esfUtfall"],
];

const skild = (r: Rad, f: Falt): boolean =>
    tolkaBelopp(r.svar[f]) !== tolkaBelopp(r.nu[f]);

/** Where one amount is to stand, and several posts do: which of them it is of is said on the insats's own page. */
export function fleraPoster(r: Rad, poster: readonly Post[]): Faltfel[] {
    return slagen.flatMap(([typ, ...falt]) => {
        const cell = falt.find((f) => skild(r, f));
        return cell && poster.filter((p) => p.budgettyp === typ).length > 1
            ? [
                  {
                      pekare: pekareTill(r, cell),
                      regel: "flera-poster",
                      meddelande:
                          "Budgeten har flera poster av slaget. Ändra den på insatsens sida.",
                  },
              ]
            : [];
    });
}

/** The insatsbudget with what was typed: a post keeps what the table does not show. */
export function tillInsatsbudget(
    r: Rad,
    poster: readonly Post[],
): Schema<"NyInsatsbudget"> {
    const { planeratAntal } = tillTrad(radtabell, r.svar, r.grund);
    const nya = slagen.reduce((alla: readonly Post[], [typ, b, u]) => {
        if (!skild(r, b) && !skild(r, u)) {
            return alla;
        }
        const budget = tolkaBelopp(r.svar[b]);
        if (budget === undefined) {
            return alla.filter((p) => p.budgettyp !== typ);
        }
        const star = alla.find((p) => p.budgettyp === typ);
        const utfall = skild(r, u) ? tolkaBelopp(r.svar[u]) : star?.utfall;
        const ny: Post = { ...star, budgettyp: typ, budget };
        delete ny.utfall;
        if (utfall !== undefined) {
            ny.utfall = utfall;
        }
        return star ? alla.map((p) => (p === star ? ny : p)) : [...alla, ny];
    }, poster);
    return {
        ...(planeratAntal === undefined ? {} : { planeratAntal }),
        poster: [...nya],
    };
}

/** What the server says of a part, at the cell that holds it; what is of none at what was typed first. */
export function vidCellen(
    a: Andrad,
    fel: readonly Faltfel[],
    sanda: readonly Pick<Post, "budgettyp">[] = [],
): Faltfel[] {
    return fel.map((f) => {
        const [, rot = "", n = "", falt] = f.pekare.split("/");
        const slag = slagen.find(
            ([typ]) => typ === sanda[Number(n)]?.budgettyp,
        );
        const cell =
            rot === "poster" && slag
                ? slag[falt === "utfall" ? 2 : 1]
                : delar[a.del].find((d) => d === rot);
        return { ...f, pekare: cell ? pekareTill(a.rad, cell) : forsta(a) };
    });
}

function forsta(a: Andrad): string {
    return (
        skillnaderI(a)[0]?.pekare ?? pekareTill(a.rad, delar[a.del][0] ?? "")
    );
}

/** A part that was refused, and the posts that were sent. */
export interface Nekad {
    andrad: Andrad;
    fel: ProblemFel;
    poster: readonly Post[];
}

/** Refusals of parts as one: each at its own place, and in the box what is the same of all. */
export function nekandet(nekade: readonly Nekad[]): ProblemFel | undefined {
    const [en] = nekade;
    if (!en) {
        return undefined;
    }
    const samma = nekade.every((n) => n.fel.regel === en.fel.regel);
    const fel = nekade.flatMap(({ andrad, fel: f, poster }) =>
        f.problem.fel.length > 0
            ? vidCellen(andrad, f.problem.fel, poster)
            : [
                  {
                      pekare: forsta(andrad),
                      regel: f.regel,
                      meddelande: f.problem.detail,
                  },
              ],
    );
    return new ProblemFel(
        { ...en.fel.problem, fel, ...(samma ? {} : { status: 422 }) },
        en.fel.vanta,
        en.fel.plats,
    );
}
