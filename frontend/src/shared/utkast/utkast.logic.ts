import { harPersonnummer } from "@/shared/fritext.logic";

/** How long a draft lives after the last change. */
export const livslangd = 12 * 60 * 60_000;

const prefix = "sus-utkast:";

/** What a draft is about: a form, and the samtycke or the insats it was begun for. */
export interface Utkastnyckel {
    form: string;
    id: string;
}

/** A draft as it is stored: answers, never a number or a name. */
interface Utkastpost {
    sparad: number;
    svar: unknown;
    /** The Idempotency-Key that these answers have been sent with. */
    nyckel?: string;
    /** The step that was come to, in a form that has steps. */
    steg?: string;
}

export function lagringsnyckel(
    anvandareId: string,
    { form, id }: Utkastnyckel,
): string {
    return `${prefix}${anvandareId}:${form}:${id}`;
}

/** The parts of a key of ours; undefined for anybody else's. */
export function tolkaNyckel(
    nyckel: string,
): (Utkastnyckel & { anvandareId: string }) | undefined {
    if (!nyckel.startsWith(prefix)) {
        return undefined;
    }
    const [anvandareId, form, id, ...rest] = nyckel
        .slice(prefix.length)
        .split(":");
    return anvandareId !== undefined &&
        form !== undefined &&
        id !== undefined &&
        rest.length === 0
        ? { anvandareId, form, id }
        : undefined;
}

/** Reads what was stored; undefined when it is broken or too old. */
export function tolkaPost(
    text: string | null,
    nu: number,
): Utkastpost | undefined {
    if (text === null) {
        return undefined;
    }
    try {
        const v: unknown = JSON.parse(text);
        if (
            typeof v !== "object" ||
            v === null ||
            !("sparad" in v) ||
            !("svar" in v) ||
            typeof v.sparad !== "number"
        ) {
            return undefined;
        }
        return nu - v.sparad < livslangd && v.sparad <= nu + 60_000
            ? {
                  sparad: v.sparad,
                  svar: v.svar,
                  ...("nyckel" in v && typeof v.nyckel === "string"
                      ? { nyckel: v.nyckel }
                      : {}),
                  ...("steg" in v && typeof v.steg === "string"
                      ? { steg: v.steg }
                      : {}),
              }
            : undefined;
    } catch {
        return undefined;
    }
}

/** A copy without what is a personnummer: a free text is kept without it or not at all. */
export function utanPersonnummer(v: unknown): unknown {
    if (typeof v === "string") {
        return harPersonnummer(v) ? "" : v;
    }
    if (Array.isArray(v)) {
        return v.map(utanPersonnummer);
    }
    if (typeof v === "object" && v !== null) {
        return Object.fromEntries(
            Object.entries(v).map(([k, x]) => [k, utanPersonnummer(x)]),
        );
    }
    return v;
}

/**
 * Puts stored answers into a form of today: only what the form has, and of the
 * same kind. A form that changed between two versions loses a field, not the page.
 */
export function passaIn<T extends object>(tom: T, svar: unknown): T {
    const ut: Record<string, unknown> = Object.fromEntries(Object.entries(tom));
    if (typeof svar !== "object" || svar === null) {
        return ut as T;
    }
    for (const [namn, varde] of Object.entries(svar)) {
        if (!(namn in ut)) {
            continue;
        }
        const mall = ut[namn];
        if (mall !== null && typeof mall === "object" && !Array.isArray(mall)) {
            ut[namn] = passaIn(mall, varde);
        } else if (
            Array.isArray(mall) === Array.isArray(varde) &&
            typeof mall === typeof varde &&
            varde !== null
        ) {
            ut[namn] = varde;
        }
    }
    return ut as T;
}
