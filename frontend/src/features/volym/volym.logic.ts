import type { Schema } from "@/shared/api/typer";
import {
    type Grund,
    type Svar,
    type Tabell,
    etiketter,
    franTrad,
} from "@/shared/formular/tabell";

/** The highest of each count. */
const hogst = 1_000_000;

const antalet = {
    slag: "heltal",
    min: 0,
    max: hogst,
    vad: "Antalet",
} as const;

export const volymtabell: Tabell<Schema<"NyVolym">, Grund> = {
    antalKvinnor: { etikett: "Antal kvinnor", ...antalet },
    antalMan: { etikett: "Antal män", ...antalet },
    uppgiftSaknas: {
        etikett: "Uppgift om kön saknas",
        hjalp: "Deltagare där det inte är känt om de är kvinnor eller män",
        ...antalet,
    },
};

export const volymetiketter = etiketter(volymtabell);

interface Volymsvar extends Svar<Schema<"NyVolym">> {
    /** The version it was begun from. */
    version: number;
    insatsId: string;
    ar: string;
}

/** What is said of the year; nothing yet is not nobody. */
export function volymsvar(v: Schema<"Volym">, insatsId: string): Volymsvar {
    return {
        ...franTrad(volymtabell, v.version === 0 ? {} : v),
        version: v.version,
        insatsId,
        ar: String(v.ar),
    };
}
