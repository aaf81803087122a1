import type { Faltfel, Schema } from "@/shared/api/typer";
import { ore, skillnad, summa, tolkaBelopp } from "@/shared/belopp.logic";
import {
    type Grund,
    type Svar,
    type Tabell,
    type Utskriftsrad,
    etiketter,
    franTrad,
    granska,
    heltal,
    inteIfyllt,
    tillTrad,
    tomma,
    utskrift,
} from "@/shared/formular/tabell";
import { enRad, orgnr } from "@/shared/text.logic";
import type { Alternativ } from "@/shared/ui/alternativ";
import { type Etiketter, faltId } from "@/shared/ui/formular.logic";

export type Insatsbudget = Schema<"Insatsbudget">;
export type Organisationsbudget = Schema<"Organisationsbudget">;

export const budgettyper: Record<Schema<"Budgettyp">, string> = {
    INSATSKOSTNAD: "Insatskostnad",
    ESF_INSATSKOSTNAD: "ESF-insatskostnad",
};

export const kostnadstyper: Record<Schema<"Kostnadstyp">, string> = {
    KRING: "Kring",
    PERSONAL: "Personal",
    OVRIG: "Övrig",
};

const medelsslag: Record<Schema<"Medelsslag">, string> = {
    STAT: "Staten",
    REGION: "Regionen",
    KOMMUNER: "Kommunerna",
    FORBUND: "Samordningsförbundet",
    ESF: "ESF",
    OVRIGA: "Övriga",
    EGET_KAPITAL: "Eget kapital",
};

const val = (v: Record<string, string>): Alternativ[] =>
    Object.entries(v).map(([varde, text]) => ({ varde, text }));

/** What a budget's form knows besides its answers. */
export interface Budgetsammanhang extends Grund {
    /** Whom a post may be of: a finansiär of the year, or in tvåpartsfinsam an ingående organisation. */
    organisationer: readonly Alternativ[];
    tvapart: boolean;
}

const maxText = 500;
const text = {
    etikett: "Beskrivning",
    slag: "text",
    max: maxText,
    frivilligt: true,
    rent: enRad,
} as const;
const utfall = {
    etikett: "Utfall",
    slag: "belopp",
    frivilligt: true,
    negativt: () => true,
} as const;

export const posttabell: Tabell<
    Schema<"Insatsbudgetpost">,
    Budgetsammanhang
> = {
    budgettyp: {
        etikett: "Budgettyp",
        slag: "lista",
        val: () => val(budgettyper),
    },
    budget: { etikett: "Budget", slag: "belopp" },
    utfall,
    beskrivning: text,
    organisation: {
        etikett: "Organisation",
        slag: "lista",
        val: (_, c) => c.organisationer,
        tom: "Ingen",
        frivilligt: true,
        nar: (_, c) => c.tvapart,
    },
};

/** A surplus of earlier years is described so, and may be under zero. */
function arEgetKapital(beskrivning: string): boolean {
    return beskrivning.trim().toLowerCase().startsWith("eget kapital");
}

export const finansieringstabell: Tabell<
    Schema<"Finansieringspost">,
    Budgetsammanhang
> = {
    finansiar: {
        etikett: "Finansiär",
        slag: "lista",
        val: (_, c) => c.organisationer,
        tom: "Välj finansiär",
        krav: "Välj en finansiär.",
    },
    belopp: {
        etikett: "Belopp",
        slag: "belopp",
        negativt: (s) => arEgetKapital(s.beskrivning),
    },
    beskrivning: text,
};

export const kostnadstabell: Tabell<
    Schema<"AdministrativKostnad">,
    Budgetsammanhang
> = {
    kostnadstyp: {
        etikett: "Kostnadstyp",
        slag: "lista",
        val: () => val(kostnadstyper),
    },
    budget: { etikett: "Budget", slag: "belopp" },
    utfall,
    beskrivning: text,
};

/** How many posts one budget may hold. */
export const maxPoster = 200;

/** What is to be said of the rows of a list, each at its own place. */
function radetiketter<T>(
    tabell: Tabell<T, Budgetsammanhang>,
    under: string,
    namn: string,
    antal: number,
): Etiketter {
    const ut: Etiketter = { [under]: namn };
    for (let n = 0; n < antal; n++) {
        for (const [pekare, etikett] of Object.entries(
            etiketter(tabell, `${under}/${n}`),
        )) {
            ut[pekare] = `${namn} ${n + 1}, ${etikett.toLowerCase()}`;
        }
    }
    return ut;
}

function radfel<T>(
    tabell: Tabell<T, Budgetsammanhang>,
    rader: readonly Svar<T>[],
    c: Budgetsammanhang,
    under: string,
): Faltfel[] {
    return rader.flatMap((r, n) =>
        granska(tabell, r, c).map((f) => ({
            ...f,
            pekare: `${under}/${n}${f.pekare}`,
        })),
    );
}

/** The rows as they are read, each field by its row's name. */
function radutskrift<T>(
    tabell: Tabell<T, Budgetsammanhang>,
    rader: readonly Svar<T>[],
    c: Budgetsammanhang,
    under: string,
    namn: string,
): Utskriftsrad[] {
    return rader.flatMap((r, n) =>
        utskrift(tabell, r, c, `${under}/${n}`).map((u) => ({
            ...u,
            etikett: `${namn} ${n + 1}, ${u.etikett.toLowerCase()}`,
        })),
    );
}

// The insatsbudget.

interface Insatsbudgetsvar {
    planeratAntal: string;
    poster: Svar<Schema<"Insatsbudgetpost">>[];
    /** The version it was begun from. */
    version: number;
    insatsId: string;
    ar: string;
}

export function insatsbudgetsvar(
    b: Insatsbudget,
    insatsId: string,
): Insatsbudgetsvar {
    return {
        planeratAntal: b.planeratAntal?.toString() ?? "",
        poster: b.poster.map((p) => franTrad(posttabell, p)),
        version: b.version,
        insatsId,
        ar: String(b.ar),
    };
}

export const nyPost = (): Svar<Schema<"Insatsbudgetpost">> => ({
    ...tomma(posttabell),
    budgettyp: "INSATSKOSTNAD",
});

export function insatsbudgetetiketter(s: Insatsbudgetsvar): Etiketter {
    return {
        "/planeratAntal": "Planerat antal deltagare",
        ...radetiketter(posttabell, "/poster", "Post", s.poster.length),
    };
}

const maxAntal = 1_000_000;

export function granskaInsatsbudget(
    s: Insatsbudgetsvar,
    c: Budgetsammanhang,
): Faltfel[] {
    const antal = heltal(s.planeratAntal);
    const fel: Faltfel[] =
        s.planeratAntal.trim() !== "" &&
        (antal === undefined || antal > maxAntal)
            ? [
                  {
                      pekare: "/planeratAntal",
                      regel: "utanfor-granser",
                      meddelande:
                          "Antalet ska vara ett heltal från 0 till 1000000.",
                  },
              ]
            : [];
    return [...fel, ...radfel(posttabell, s.poster, c, "/poster")];
}

export function tillInsatsbudget(
    s: Insatsbudgetsvar,
    c: Budgetsammanhang,
): Schema<"NyInsatsbudget"> {
    const antal = heltal(s.planeratAntal);
    return {
        ...(antal === undefined ? {} : { planeratAntal: antal }),
        poster: s.poster.map((p) => tillTrad(posttabell, p, c)),
    };
}

/** As it is read beside what somebody else has saved. */
export function insatsbudgetutskrift(
    s: Insatsbudgetsvar,
    c: Budgetsammanhang,
): Utskriftsrad[] {
    const pekare = "/planeratAntal";
    return [
        {
            etikett: "Planerat antal deltagare",
            text: s.planeratAntal.trim() || inteIfyllt,
            pekare,
            faltId: faltId(pekare),
        },
        ...radutskrift(posttabell, s.poster, c, "/poster", "Post"),
    ];
}

// The organisation's budget.

interface Organisationsbudgetsvar {
    finansiering: Svar<Schema<"Finansieringspost">>[];
    administrativaKostnader: Svar<Schema<"AdministrativKostnad">>[];
    version: number;
    organisationId: string;
    ar: string;
}

export function organisationsbudgetsvar(
    b: Organisationsbudget,
    organisationId: string,
): Organisationsbudgetsvar {
    return {
        finansiering: b.finansiering.map((p) =>
            franTrad(finansieringstabell, p),
        ),
        administrativaKostnader: b.administrativaKostnader.map((p) =>
            franTrad(kostnadstabell, p),
        ),
        version: b.version,
        organisationId,
        ar: String(b.ar),
    };
}

export const nyFinansiering = (): Svar<Schema<"Finansieringspost">> =>
    tomma(finansieringstabell);

export const nyKostnad = (): Svar<Schema<"AdministrativKostnad">> => ({
    ...tomma(kostnadstabell),
    kostnadstyp: "KRING",
});

export function organisationsbudgetetiketter(
    s: Organisationsbudgetsvar,
): Etiketter {
    return {
        ...radetiketter(
            finansieringstabell,
            "/finansiering",
            "Finansiering",
            s.finansiering.length,
        ),
        ...radetiketter(
            kostnadstabell,
            "/administrativaKostnader",
            "Kostnad",
            s.administrativaKostnader.length,
        ),
    };
}

export function granskaOrganisationsbudget(
    s: Organisationsbudgetsvar,
    c: Budgetsammanhang,
): Faltfel[] {
    return [
        ...radfel(finansieringstabell, s.finansiering, c, "/finansiering"),
        ...radfel(
            kostnadstabell,
            s.administrativaKostnader,
            c,
            "/administrativaKostnader",
        ),
    ];
}

export function tillOrganisationsbudget(
    s: Organisationsbudgetsvar,
    c: Budgetsammanhang,
): Schema<"NyOrganisationsbudget"> {
    return {
        finansiering: s.finansiering.map((p) =>
            tillTrad(finansieringstabell, p, c),
        ),
        administrativaKostnader: s.administrativaKostnader.map((p) =>
            tillTrad(kostnadstabell, p, c),
        ),
    };
}

export function organisationsbudgetutskrift(
    s: Organisationsbudgetsvar,
    c: Budgetsammanhang,
): Utskriftsrad[] {
    return [
        ...radutskrift(
            finansieringstabell,
            s.finansiering,
            c,
            "/finansiering",
            "Finansiering",
        ),
        ...radutskrift(
            kostnadstabell,
            s.administrativaKostnader,
            c,
            "/administrativaKostnader",
            "Kostnad",
        ),
    ];
}

/**
 * Last year's posts as a beginning: those of whoever may still be finansiär, and the costs as they were
 * budgeted; what came of them, and what was left then, is of that year.
 */
export function kopieraForra(
    forra: Organisationsbudget,
    finansiarer: readonly Schema<"Finansiar">[],
): Pick<Organisationsbudgetsvar, "finansiering" | "administrativaKostnader"> {
    const far = new Set(finansiarer.map((f) => f.organisationsnummer));
    return {
        finansiering: forra.finansiering
            .filter(
                (p) =>
                    far.has(p.finansiar) && !arEgetKapital(p.beskrivning ?? ""),
            )
            .map((p) => franTrad(finansieringstabell, p)),
        administrativaKostnader: forra.administrativaKostnader.map((p) =>
            franTrad(kostnadstabell, { ...p, utfall: undefined }),
        ),
    };
}

/** What has been typed, added up as it stands; what is no amount yet is nothing. */
export function skrivenSumma(belopp: readonly string[]): string {
    return summa(...belopp.map(tolkaBelopp));
}

interface Summarad {
    namn: string;
    budget: string;
    utfall?: string;
    forra: string;
    skillnad: string;
    summa?: boolean;
}

const noll = { budget: "0.00", utfall: "0.00" };
const ingenting: Schema<"Budgetsummor"> = {
    finansiering: "0.00",
    medel: [],
    administrativaKostnader: noll,
    insatskostnader: noll,
    esfInsatskostnader: noll,
    kvar: noll,
};

/** Something has come of what was budgeted; before that nothing is said of what is left of it. */
function harUtfall(s: Schema<"Budgetsummor">): boolean {
    return [
        s.administrativaKostnader,
        s.insatskostnader,
        s.esfInsatskostnader,
    ].some((k) => ore(k.utfall) !== 0);
}

/** The year's sums beside those of the year before; without one all is new. */
export function summarader(
    nu: Schema<"Budgetsummor">,
    forra: Schema<"Budgetsummor"> = ingenting,
): Summarad[] {
    const rad = (
        namn: string,
        a: string,
        b: string,
        mer: Pick<Summarad, "utfall" | "summa"> = {},
    ): Summarad => ({
        namn,
        budget: a,
        forra: b,
        skillnad: skillnad(b, a),
        ...mer,
    });
    const med = (
        namn: string,
        falt:
            | "insatskostnader"
            | "esfInsatskostnader"
            | "administrativaKostnader"
            | "kvar",
        mer: Pick<Summarad, "summa"> = {},
    ): Summarad =>
        rad(namn, nu[falt].budget, forra[falt].budget, {
            utfall: nu[falt].utfall,
            ...mer,
        });
    return [
        ...nu.medel.flatMap((m) => {
            const fore =
                forra.medel.find((f) => f.slag === m.slag)?.belopp ?? "0.00";
            return ore(m.belopp) === 0 && ore(fore) === 0
                ? []
                : [rad(medelsslag[m.slag], m.belopp, fore)];
        }),
        rad("Finansiering", nu.finansiering, forra.finansiering, {
            summa: true,
        }),
        med("Administrativa kostnader", "administrativaKostnader"),
        med("Insatskostnader", "insatskostnader"),
        med("ESF-insatskostnader", "esfInsatskostnader"),
        harUtfall(nu)
            ? med("Kvar", "kvar", { summa: true })
            : rad("Kvar", nu.kvar.budget, forra.kvar.budget, { summa: true }),
    ];
}

/** The years that can be budgeted: those of the organisation, or of the insats, to the next; the latest first. */
export function budgetaren(
    tid: { startdatum: string; slutdatum?: string | undefined },
    idag: string,
    framat = 1,
): string[] {
    const start = Math.max(2000, Number(tid.startdatum.slice(0, 4)));
    const slut = Math.min(
        Number((tid.slutdatum ?? "2100").slice(0, 4)),
        Number(idag.slice(0, 4)) + framat,
    );
    return Array.from({ length: Math.max(0, slut - start + 1) }, (_, n) =>
        String(slut - n),
    );
}

/** The year that is asked for, else this year, else the last there is. */
export function valtAr(
    fraga: unknown,
    ar: readonly string[],
    idag: string,
): string {
    const onskat = [fraga, idag.slice(0, 4)].find(
        (a): a is string => typeof a === "string" && ar.includes(a),
    );
    return onskat ?? ar[0] ?? "";
}

/** Those that are ingående organisationer on some day of the year. */
export function ingarUnder(
    ingaende: readonly Schema<"IngaendeOrganisation">[],
    ar: string,
): Schema<"IngaendeOrganisation">[] {
    return ingaende.filter(
        (i) =>
            i.giltigFran <= `${ar}-12-31` &&
            (i.giltigTom === undefined || i.giltigTom >= `${ar}-01-01`),
    );
}

/** «Försäkringskassan (202100-5521)»; one that comes again in another time is one. */
export function organisationsval(
    organisationer: readonly { organisationsnummer: string; namn: string }[],
): Alternativ[] {
    const unika = new Map(
        organisationer.map((o) => [o.organisationsnummer, o]),
    );
    return [...unika.values()].map((o) => ({
        varde: o.organisationsnummer,
        text: `${o.namn} (${orgnr(o.organisationsnummer)})`,
    }));
}
