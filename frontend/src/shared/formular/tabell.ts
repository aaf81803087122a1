import type { Faltfel } from "@/shared/api/typer";
import { beloppstext, ore, tolkaBelopp } from "@/shared/belopp.logic";
import { dagfel } from "@/shared/datum.logic";
import { antal, iMening } from "@/shared/text.logic";
import type { Alternativ } from "@/shared/ui/alternativ";
import { type Etiketter, faltId } from "@/shared/ui/formular.logic";

/**
 * A form is a table: one entry for each field of what the contract takes, in the order they stand, with all
 * there is to say of it. From the table come the empty answers, the answers from the wire and to it, the
 * labels, the faults, the drawing (Falten.vue) and the answers in words. A field that the contract has and
 * the table lacks, or the other way round, does not compile.
 */
export type Tabell<T, C extends Grund> = {
    readonly [K in keyof T]-?: Falt<NonNullable<T[K]>, Svar<T>, C>;
};

/** What every form knows besides its answers. */
export interface Grund {
    idag: string;
}

type JaNej = "" | "ja" | "nej";

/** How a form holds what the contract says: texts, and "" for what is not answered. */
export type Svar<T> = { [K in keyof T]-?: Svaret<NonNullable<T[K]>> };
type Svaret<V> = [V] extends [boolean]
    ? JaNej
    : [V] extends [string | number]
      ? string
      : [V] extends [readonly unknown[]]
        ? string[]
        : Svar<V>;

export interface Felord {
    regel: string;
    meddelande: string;
}

/** S: the answers beside each other in one table; C: what the form knows besides. */
interface Gemensamt<S, C> {
    /** The question as it stands at the field. */
    etikett: string;
    /** Its name where the answer is read or is wrong, when the question is long. */
    kort?: string;
    hjalp?: string | ((c: C) => string | undefined);
    /** May be left out. */
    frivilligt?: boolean;
    /** What is said when it is left out. */
    krav?: string;
    /** It is asked; what is not is neither drawn, checked nor sent. */
    nar?(svar: S, c: C): boolean;
    /** Why it cannot be changed: it stands as text, and goes along as it is. "": that is told elsewhere on the page. */
    last?(svar: S, c: C): string | undefined;
    /** What else can be wrong with an answer. */
    fel?(svar: S, c: C): Felord | undefined;
    /** What follows when it is answered by hand; a draft that comes or goes does not. */
    foljd?(svar: S, fore: S, c: C): void;
    /** Follows upon the answer above, and stands under it. */
    under?: boolean;
}

interface Textslag {
    slag: "text" | "textyta";
    max?: number;
    rader?: number;
    /** As it is sent. */
    rent?(text: string): string;
}
interface Dagslag {
    slag: "dag";
    /** May be a day that has not been. */
    framat?: boolean;
}
interface Talslag {
    slag: "heltal";
    min: number;
    max: number;
    /** «Omfattningen»: what is said to be out of bounds. */
    vad: string;
    /** After the number, where it is read. */
    enhet?: string;
}
/** Kronor, read as people write them and sent with two decimals. */
interface Beloppslag<S, C> {
    slag: "belopp";
    /** May be under zero. */
    negativt?(svar: S, c: C): boolean;
}
interface Valslag<S, C> {
    slag: "val" | "lista";
    val(svar: S, c: C): readonly Alternativ[];
    /** The text of no choice. */
    tom?: string;
    /** As it is sent. */
    rent?(text: string): string;
}
interface JaNejslag {
    slag: "jaNej";
}
interface Flervalsslag<S, C> {
    slag: "flerval";
    val(svar: S, c: C): readonly Alternativ[];
}
/** An object within the object: «fore», «efter». One that may be left out is, when none of its questions is answered. */
interface Grupp<T, S, C extends Grund> {
    slag: "grupp";
    falt: Tabell<T, C>;
    frivilligt?: boolean;
    nar?(svar: S, c: C): boolean;
}

export type Falt<V, S, C extends Grund> = [V] extends [boolean]
    ? Gemensamt<S, C> & JaNejslag
    : [V] extends [number]
      ? Gemensamt<S, C> & (Talslag | (Valslag<S, C> & { tal: true }))
      : [V] extends [string]
        ? Gemensamt<S, C> &
              (Textslag | Dagslag | Valslag<S, C> | Beloppslag<S, C>)
        : [V] extends [readonly unknown[]]
          ? Gemensamt<S, C> & Flervalsslag<S, C>
          : Grupp<V, S, C>;

/** The same, once the table has been checked against the contract. */
type Losa = Record<string, unknown>;
export type Ettfalt = Gemensamt<Losa, Grund> &
    (
        | Textslag
        | Dagslag
        | Talslag
        | Beloppslag<Losa, Grund>
        | (Valslag<Losa, Grund> & { tal?: boolean })
        | JaNejslag
        | Flervalsslag<Losa, Grund>
    );
type Engrupp = Omit<Grupp<Losa, Losa, Grund>, "falt"> & { falt: Lostabell };
type Lostabell = Readonly<Record<string, Ettfalt | Engrupp>>;

/** A field where it stands. */
export interface Plats {
    namn: string;
    /** Where the contract has it, as a JSON pointer. */
    pekare: string;
    falt: Ettfalt;
    /** The answers it stands among. */
    svar: Losa;
}

const los = (tabell: unknown): Lostabell => tabell as Lostabell;

function losaPlatser(
    tabell: Lostabell,
    svar: Losa,
    c: Grund,
    under: string,
): Plats[] {
    return Object.entries(tabell)
        .filter(([, f]) => f.nar?.(svar, c) ?? true)
        .flatMap(([namn, falt]) => {
            const pekare = `${under}/${namn}`;
            return falt.slag === "grupp"
                ? losaPlatser(falt.falt, svar[namn] as Losa, c, pekare)
                : [{ namn, pekare, falt, svar }];
        });
}

/** The fields that are asked, in order. */
export function platser<T, C extends Grund>(
    tabell: Tabell<T, C>,
    svar: Svar<T>,
    c: C,
    under = "",
): Plats[] {
    return losaPlatser(los(tabell), svar, c, under);
}

/** The choices of a field; none where there is nothing to choose. */
export function alternativen(
    { falt, svar }: Plats,
    c: Grund,
): readonly Alternativ[] {
    switch (falt.slag) {
        case "val":
        case "lista":
        case "flerval":
            return falt.val(svar, c);
        case "jaNej":
            return [
                { varde: "ja", text: "Ja" },
                { varde: "nej", text: "Nej" },
            ];
        case "text":
        case "textyta":
        case "dag":
        case "heltal":
        case "belopp":
            return [];
    }
}

function svaretPa({ svar, namn }: Plats): string {
    const v = svar[namn];
    return typeof v === "string" ? v : "";
}

/** What is both chosen and shown: what is no longer a choice has no box to put it out by. */
function valda(p: Plats, c: Grund): readonly Alternativ[] {
    const v = p.svar[p.namn];
    return Array.isArray(v)
        ? alternativen(p, c).filter((a) => v.includes(a.varde))
        : [];
}

function arTomt(p: Plats, c: Grund): boolean {
    return p.falt.slag === "flerval"
        ? valda(p, c).length === 0
        : svaretPa(p).trim() === "";
}

/** An optional part of which nothing is answered is left out. */
function utelamnad(grupp: Engrupp, svar: Losa, c: Grund): boolean {
    return (
        grupp.frivilligt === true &&
        losaPlatser(grupp.falt, svar, c, "").every((p) => arTomt(p, c))
    );
}

// Empty, from the wire and to it.

function losaFran(tabell: Lostabell, varden: Losa): Losa {
    return Object.fromEntries(
        Object.entries(tabell).map(([namn, f]) => [
            namn,
            f.slag === "grupp"
                ? losaFran(f.falt, (varden[namn] ?? {}) as Losa)
                : svaretAv(f, varden[namn]),
        ]),
    );
}

function svaretAv(falt: Ettfalt, varde: unknown): string | string[] {
    if (falt.slag === "flerval") {
        return Array.isArray(varde) ? (varde as string[]).slice() : [];
    }
    if (typeof varde === "boolean") {
        return varde ? "ja" : "nej";
    }
    if (falt.slag === "belopp" && typeof varde === "string") {
        return beloppstext(varde);
    }
    return typeof varde === "string" || typeof varde === "number"
        ? String(varde)
        : "";
}

/** The answers that what is registered gives; what is not there is not answered. */
export function franTrad<T, C extends Grund>(
    tabell: Tabell<T, C>,
    varden: { [K in keyof T]?: T[K] | undefined },
): Svar<T> {
    return losaFran(los(tabell), varden) as Svar<T>;
}

export function tomma<T, C extends Grund>(tabell: Tabell<T, C>): Svar<T> {
    return franTrad(tabell, {});
}

/** A whole number, however it is spaced; undefined for what is none. */
export function heltal(text: string): number | undefined {
    const rent = text.replace(/[\s%]/g, "");
    return /^\d{1,7}$/.test(rent) ? Number(rent) : undefined;
}

function losaTill(tabell: Lostabell, svar: Losa, c: Grund): Losa {
    const ut: Losa = {};
    for (const [namn, falt] of Object.entries(tabell)) {
        if (!(falt.nar?.(svar, c) ?? true)) {
            continue;
        }
        if (falt.slag === "grupp") {
            const del = svar[namn] as Losa;
            if (!utelamnad(falt, del, c)) {
                ut[namn] = losaTill(falt.falt, del, c);
            }
            continue;
        }
        const p = { namn, pekare: "", falt, svar };
        const text = svaretPa(p).trim();
        if (falt.slag === "flerval") {
            ut[namn] = valda(p, c).map((a) => a.varde);
        } else if (text !== "" || falt.frivilligt !== true) {
            ut[namn] = tradvarde(falt, text);
        }
    }
    return ut;
}

function tradvarde(falt: Ettfalt, text: string): unknown {
    switch (falt.slag) {
        case "jaNej":
            return text === "ja";
        case "heltal":
            return heltal(text) ?? 0;
        case "belopp":
            return tolkaBelopp(text) ?? "0.00";
        case "dag":
        case "flerval":
            return text;
        case "val":
        case "lista":
            return falt.tal ? Number(text) : (falt.rent?.(text) ?? text);
        case "text":
        case "textyta":
            return falt.rent?.(text) ?? text;
    }
}

/** What is sent: only what is asked. */
export function tillTrad<T, C extends Grund>(
    tabell: Tabell<T, C>,
    svar: Svar<T>,
    c: C,
): T {
    return losaTill(los(tabell), svar, c) as T;
}

// Names and faults.

/** «/efter/arbetar» → «Förvärvsarbetar efter», in order, also of what is not asked now. */
export function etiketter<T, C extends Grund>(
    tabell: Tabell<T, C>,
    under = "",
): Etiketter {
    return losaEtiketter(los(tabell), under);
}

function losaEtiketter(tabell: Lostabell, under: string): Etiketter {
    return Object.assign(
        {},
        ...Object.entries(tabell).map(([namn, f]) =>
            f.slag === "grupp"
                ? losaEtiketter(f.falt, `${under}/${namn}`)
                : { [`${under}/${namn}`]: f.kort ?? f.etikett },
        ),
    ) as Etiketter;
}

function kravet(falt: Ettfalt): string {
    const namn = iMening(falt.kort ?? falt.etikett);
    switch (falt.slag) {
        case "jaNej":
            return "Svara ja eller nej.";
        case "val":
        case "lista":
        case "flerval":
            return `Välj ${namn}.`;
        case "text":
        case "textyta":
        case "dag":
        case "heltal":
        case "belopp":
            return `Fyll i ${namn}.`;
    }
}

function formfel(p: Plats, c: Grund): Felord | undefined {
    const { falt } = p;
    const text = svaretPa(p);
    switch (falt.slag) {
        case "dag":
            return dagfel(p.pekare, text, falt.framat ? undefined : c.idag)[0];
        case "heltal": {
            const n = heltal(text);
            return n === undefined || n < falt.min || n > falt.max
                ? {
                      regel: "utanfor-granser",
                      meddelande: `${falt.vad} ska vara ett heltal från ${antal(falt.min)} till ${antal(falt.max)}.`,
                  }
                : undefined;
        }
        case "belopp":
            return beloppsfel(
                tolkaBelopp(text),
                falt.negativt?.(p.svar, c) ?? false,
            );
        case "text":
        case "textyta":
            return falt.max !== undefined && text.length > falt.max
                ? {
                      regel: "for-langt",
                      meddelande: `Texten får vara högst ${falt.max} tecken.`,
                  }
                : undefined;
        case "val":
        case "lista":
        case "jaNej":
        case "flerval":
            return undefined;
    }
}

/** The largest amount of a field, in öre. */
const maxBelopp = 1_000_000_000_000;

function beloppsfel(
    belopp: string | undefined,
    negativt: boolean,
): Felord | undefined {
    if (belopp === undefined) {
        return {
            regel: "fel-form",
            meddelande:
                "Skriv beloppet i kronor, till exempel 1 250 000 eller 1250,50.",
        };
    }
    const n = ore(belopp);
    return Math.abs(n) > maxBelopp
        ? {
              regel: "belopp-for-stort",
              meddelande: "Beloppet får vara högst 10 000 000 000 kronor.",
          }
        : n < 0 && !negativt
          ? {
                regel: "belopp-negativt",
                meddelande: "Beloppet får inte vara negativt.",
            }
          : undefined;
}

/** What the form itself can see is wrong with a field: at most one fault. */
export function faltetsFel(p: Plats, c: Grund): Faltfel | undefined {
    const { falt, svar, pekare } = p;
    if (falt.last?.(svar, c) !== undefined) {
        return undefined;
    }
    if (arTomt(p, c)) {
        return falt.frivilligt
            ? undefined
            : {
                  pekare,
                  regel: "obligatoriskt",
                  meddelande: falt.krav ?? kravet(falt),
              };
    }
    const fel = formfel(p, c) ?? falt.fel?.(svar, c);
    return fel && { pekare, regel: fel.regel, meddelande: fel.meddelande };
}

/** What the form itself can see is wrong, in order; the server has the last word, in the same words. */
export function granska<T, C extends Grund>(
    tabell: Tabell<T, C>,
    svar: Svar<T>,
    c: C,
    under = "",
): Faltfel[] {
    return platser(tabell, svar, c, under).flatMap(
        (p) => faltetsFel(p, c) ?? [],
    );
}

// In words.

export interface Utskriftsrad {
    etikett: string;
    text: string;
    /** The id of its element in the form. */
    faltId: string;
    pekare: string;
}

/** What is said of a question that was left out. */
export const inteIfyllt = "Inte ifyllt";

export function svaretIOrd(p: Plats, c: Grund): string {
    const { falt } = p;
    const text = svaretPa(p).trim();
    if (falt.slag === "flerval") {
        return (
            valda(p, c)
                .map((a) => a.text)
                .join(", ") || inteIfyllt
        );
    }
    if (text === "") {
        return (
            (falt.slag === "lista" && falt.frivilligt && falt.tom) || inteIfyllt
        );
    }
    if (falt.slag === "heltal") {
        const n = heltal(text);
        return n === undefined || falt.enhet === undefined
            ? text
            : `${antal(n)} ${falt.enhet}`;
    }
    if (falt.slag === "belopp") {
        const belopp = tolkaBelopp(text);
        return belopp === undefined ? text : `${beloppstext(belopp)} kr`;
    }
    return alternativen(p, c).find((a) => a.varde === text)?.text ?? text;
}

/** The answers as they are read before they are saved: what is asked, in order. */
export function utskrift<T, C extends Grund>(
    tabell: Tabell<T, C>,
    svar: Svar<T>,
    c: C,
    under = "",
): Utskriftsrad[] {
    return platser(tabell, svar, c, under)
        .filter((p) => p.falt.last?.(p.svar, c) !== "")
        .map((p) => ({
            etikett: p.falt.kort ?? p.falt.etikett,
            text: svaretIOrd(p, c),
            faltId: faltId(p.pekare),
            pekare: p.pekare,
        }));
}
