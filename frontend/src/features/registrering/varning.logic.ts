import type { Ovanligt } from "@/shared/formular/kontroll";
import { adress } from "@/shared/adresser";
import type { Schema } from "@/shared/api/typer";
import { antalMed } from "@/shared/text.logic";

export type Varning = Schema<"Varning">;

/** Something odd that is asked about before it is saved. */
export interface Undran extends Ovanligt {
    /** The same for the same oddity of the same answer: it is asked about once. */
    nyckel: string;
}

/** What stands at a JSON pointer; undefined: nothing does. */
function svaretVid(kropp: unknown, pekare: string): unknown {
    let har = kropp;
    for (const namn of pekare.split("/").slice(1)) {
        har =
            typeof har === "object" && har !== null
                ? (har as Record<string, unknown>)[namn]
                : undefined;
    }
    return har;
}

/** What the server found odd in a body, as it is asked. */
export function undranOm(
    varningar: readonly Varning[],
    kropp: unknown,
    delen = "",
): Undran[] {
    return varningar.map(({ varning, pekare, meddelande }) => ({
        nyckel: JSON.stringify([
            delen,
            varning,
            pekare,
            svaretVid(kropp, pekare),
        ]),
        text: delen === "" ? meddelande : `${delen}: ${meddelande}`,
        pekare,
    }));
}

/** What a correction of the samtycke can mend, by the ids of the contract. */
const omSamtycket = new Set([
    "under-15-utan-bedomning",
    "samtycke-fore-fodelsen",
    "samtycke-fore-insatsen",
]);

/** What is odd in an in-registration; where the samtycke is what is wrong, with the way to it. */
export function undranOmIn(
    varningar: readonly Varning[],
    kropp: Schema<"NyttDeltagande">,
): Undran[] {
    return undranOm(varningar, kropp).map((u, n) =>
        omSamtycket.has(varningar[n]?.varning ?? "")
            ? {
                  ...u,
                  rattas: adress("samtycke-ratta", {
                      samtyckeId: kropp.samtyckeId,
                  }),
              }
            : u,
    );
}

/** More than this of one kön in one registration is asked about: «22» may be a 2. */
export const fragasOver = 20;

/** A corrected number that has become so large is asked about, as a new one is. */
export function undranOmRattelse(
    fore: Pick<Schema<"Anonyma">, "antalKvinnor" | "antalMan">,
    ny: Schema<"RattadeAnonyma">,
): Undran[] {
    const ut: Undran[] = [];
    for (const [falt, en, flera] of [
        ["antalKvinnor", "kvinna", "kvinnor"],
        ["antalMan", "man", "män"],
    ] as const) {
        if (ny[falt] > fragasOver && ny[falt] > fore[falt]) {
            ut.push({
                nyckel: `${falt} ${String(ny[falt])}`,
                text: `Är det rätt med ${antalMed(ny[falt], en, flera)} för ${ny.inregistreringsar}?`,
                pekare: `/${falt}`,
            });
        }
    }
    return ut;
}
