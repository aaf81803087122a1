import type { Faltfel, Schema } from "@/shared/api/typer";
import { skalfalt } from "@/shared/formular/skal";
import {
    type Grund,
    type Svar,
    type Tabell,
    etiketter,
    franTrad,
    heltal,
} from "@/shared/formular/tabell";
import { antal as medMellanrum } from "@/shared/text.logic";
import type { Alternativ } from "@/shared/ui/alternativ";
import { fragasOver } from "@/features/registrering/varning.logic";

/** One «Lägg till»: not registered before «Spara». */
interface Tillagda {
    kvinnor: number;
    man: number;
}

/** A row that waits for «Spara» keeps the year that it was added with. */
interface Tillagdrad extends Tillagda {
    ar: string;
}

interface Anonymsvar {
    inregistreringsar: string;
    antalKvinnor: string;
    antalMan: string;
    tillagda: Tillagdrad[];
}

export function tommaAnonyma(idag: string): Anonymsvar {
    return {
        inregistreringsar: idag.slice(0, 4),
        antalKvinnor: "",
        antalMan: "",
        tillagda: [],
    };
}

const hogst = 10_000;

interface Anonymsammanhang extends Grund {
    ar: readonly Alternativ[];
    rattar: boolean;
}

/** Nobody at all is a correction too: what should not have been registered. */
const antalet = {
    slag: "heltal",
    min: 0,
    max: hogst,
    vad: "Antalet",
    krav: `Antalet ska vara ett heltal från 0 till ${medMellanrum(hogst)}.`,
} as const;

export const anonymatabell: Tabell<
    Schema<"NyaAnonyma"> & Schema<"RattadeAnonyma">,
    Anonymsammanhang
> = {
    inregistreringsar: {
        etikett: "Inregistreringsår",
        slag: "lista",
        tal: true,
        val: (_, c) => c.ar,
        krav: "Välj ett år.",
        hjalp: "Det år deltagaren påbörjade insatsen",
    },
    antalKvinnor: { etikett: "Antal kvinnor", ...antalet },
    antalMan: { etikett: "Antal män", ...antalet },
    skal: skalfalt,
};
export const anonymaetiketter = etiketter(anonymatabell);

function antal(text: string): number | undefined {
    const n = heltal(text);
    return n !== undefined && n <= hogst ? n : undefined;
}

const valjAr: Faltfel = {
    pekare: "/inregistreringsar",
    regel: "obligatoriskt",
    meddelande: "Välj ett år.",
};

/** The number typed, when «Lägg till» is to ask first whether it is right. */
export function attFraga(
    svar: Anonymsvar,
    kon: "kvinnor" | "man",
): number | undefined {
    const n = antal(kon === "kvinnor" ? svar.antalKvinnor : svar.antalMan);
    return n !== undefined && n > fragasOver && svar.inregistreringsar !== ""
        ? n
        : undefined;
}

const granser = `Antalet ska vara ett heltal från 1 till ${medMellanrum(hogst)}.`;

/** What «Lägg till» beside one of the two fields does; a fault instead when it cannot. */
export function laggTill(
    svar: Anonymsvar,
    kon: "kvinnor" | "man",
): Faltfel | undefined {
    const pekare = kon === "kvinnor" ? "/antalKvinnor" : "/antalMan";
    const n = antal(kon === "kvinnor" ? svar.antalKvinnor : svar.antalMan);
    if (n === undefined || n === 0) {
        return { pekare, regel: "utanfor-granser", meddelande: granser };
    }
    const ar = svar.inregistreringsar;
    if (ar === "") {
        return valjAr;
    }
    svar.tillagda.push(
        kon === "kvinnor"
            ? { ar, kvinnor: n, man: 0 }
            : { ar, kvinnor: 0, man: n },
    );
    if (kon === "kvinnor") {
        svar.antalKvinnor = "";
    } else {
        svar.antalMan = "";
    }
    return undefined;
}

export function summa(tillagda: readonly Tillagda[]): Tillagda {
    return tillagda.reduce(
        (s, t) => ({ kvinnor: s.kvinnor + t.kvinnor, man: s.man + t.man }),
        { kvinnor: 0, man: 0 },
    );
}

/** The years that the insats touches, up to this one, newest first. */
export function aren(
    insats: Pick<Schema<"Insats">, "startdatum" | "slutdatum">,
    idag: string,
): string[] {
    const fran = Math.max(2000, Number(insats.startdatum.slice(0, 4)));
    const till = Math.min(
        Number(idag.slice(0, 4)),
        Number((insats.slutdatum ?? idag).slice(0, 4)),
    );
    const ut: string[] = [];
    for (let ar = till; ar >= fran; ar--) {
        ut.push(String(ar));
    }
    return ut;
}

/** What is wrong before «Spara»: also a number that is typed but not added. */
export function granskaAnonyma(svar: Anonymsvar): Faltfel[] {
    const fel: Faltfel[] = [];
    const inteTillagt =
        "Klicka på «Lägg till» för att ta med antalet, eller töm fältet.";
    if (svar.antalKvinnor.trim() !== "") {
        fel.push({
            pekare: "/antalKvinnor",
            regel: "inte-tillagt",
            meddelande: inteTillagt,
        });
    }
    if (svar.antalMan.trim() !== "") {
        fel.push({
            pekare: "/antalMan",
            regel: "inte-tillagt",
            meddelande: inteTillagt,
        });
    }
    if (fel.length === 0 && svar.tillagda.length === 0) {
        fel.push({
            pekare: "/antalKvinnor",
            regel: "inget-antal",
            meddelande:
                "Ange minst en kvinna eller en man och klicka på «Lägg till».",
        });
    }
    for (const [pekare, antalet] of [
        ["/antalKvinnor", (s: Tillagda) => s.kvinnor],
        ["/antalMan", (s: Tillagda) => s.man],
    ] as const) {
        if (attSpara(svar).some((s) => antalet(s) > hogst)) {
            fel.push({ pekare, regel: "utanfor-granser", meddelande: granser });
        }
    }
    return fel;
}

/** What «Spara» registers: one registration a year, newest first. */
export function attSpara(svar: Anonymsvar): Tillagdrad[] {
    const alla = [...new Set(svar.tillagda.map((t) => t.ar))].sort().reverse();
    return alla.map((ar) => ({
        ar,
        ...summa(svar.tillagda.filter((t) => t.ar === ar)),
    }));
}

export function tillAnonyma(s: Tillagdrad): Schema<"NyaAnonyma"> {
    return {
        inregistreringsar: Number(s.ar),
        antalKvinnor: s.kvinnor,
        antalMan: s.man,
    };
}

/** Counted in the insats so far, by year, newest first. */
export function perAr(
    rader: readonly Schema<"Anonyma">[],
): { ar: number; kvinnor: number; man: number }[] {
    const ut = new Map<number, { ar: number; kvinnor: number; man: number }>();
    for (const r of rader) {
        const a = ut.get(r.inregistreringsar) ?? {
            ar: r.inregistreringsar,
            kvinnor: 0,
            man: 0,
        };
        a.kvinnor += r.antalKvinnor;
        a.man += r.antalMan;
        ut.set(r.inregistreringsar, a);
    }
    return [...ut.values()].sort((a, b) => b.ar - a.ar);
}

/** A registration being corrected, as it stands in the form. */
interface Anonymrattelse extends Svar<Schema<"RattadeAnonyma">> {
    /** Where a draft goes on. */
    insatsId: string;
    /** The version that the correction began from. */
    version: number;
}

export function rattelseAv(a: Schema<"Anonyma">): Anonymrattelse {
    return {
        ...franTrad(anonymatabell, a),
        insatsId: a.insatsId,
        version: a.version,
    };
}
