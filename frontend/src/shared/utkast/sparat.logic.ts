import { type Utskriftsrad, inteIfyllt } from "@/shared/formular/tabell";

/** Which version of a question was answered is sent, and not kept. */
const baraSant = "fragaversion";

/** An empty list says what none does. */
function sagerInget(v: unknown): boolean {
    return v === undefined || (Array.isArray(v) && v.length === 0);
}

/** The same whatever order the keys, and the choices of a list, stand in. */
function ordnad(v: unknown): unknown {
    if (Array.isArray(v)) {
        return v
            .map(ordnad)
            .map((x) => JSON.stringify(x))
            .sort();
    }
    if (typeof v === "object" && v !== null) {
        return Object.fromEntries(
            Object.entries(v)
                .filter(([namn, x]) => namn !== baraSant && !sagerInget(x))
                .sort(([a], [b]) => a.localeCompare(b))
                .map(([k, x]) => [k, ordnad(x)]),
        );
    }
    return v;
}

/** Why it was changed is no part of what it says. */
const skalet = "skal";

/** What stands there is what was typed here too: nothing of it is lost. */
export function sparadesSa(typat: object, sparat: object): boolean {
    const [a, b] = [typat, sparat].map((o) =>
        JSON.stringify(ordnad({ ...o, [skalet]: undefined })),
    );
    return a === b;
}

/** A field that holds one thing and says another in the form. */
export interface Skillnad {
    pekare: string;
    etikett: string;
    sparat: string;
    ifyllt: string;
}

type Rad = Pick<Utskriftsrad, "etikett" | "pekare" | "text">;

/** Where the answers differ from what stands there, in the form's order; a question that only one of them has is not filled in in the other. */
export function skillnaderna(
    ifyllt: readonly Rad[],
    sparat: readonly Rad[],
): Skillnad[] {
    const nu = new Map(sparat.map((r) => [r.pekare, r]));
    const har = new Map(ifyllt.map((r) => [r.pekare, r]));
    const bara = sparat.filter((r) => !har.has(r.pekare));
    return [...ifyllt, ...bara]
        .filter((r) => r.pekare !== `/${skalet}`)
        .map(({ pekare, etikett }) => ({
            pekare,
            etikett,
            sparat: nu.get(pekare)?.text ?? inteIfyllt,
            ifyllt: har.get(pekare)?.text ?? inteIfyllt,
        }))
        .filter((s) => s.sparat !== s.ifyllt);
}
