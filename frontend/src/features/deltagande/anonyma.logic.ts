import type { Faltfel, Schema } from "@/shared/api/typer";
import { antal as medMellanrum } from "@/shared/text.logic";

/** One «Lägg till»: not registered before «Spara». */
export interface Tillagda {
    kvinnor: number;
    man: number;
}

export interface Anonymsvar {
    inregistreringsar: string;
    antalKvinnor: string;
    antalMan: string;
    tillagda: Tillagda[];
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

function antal(text: string): number | undefined {
    const rent = text.replace(/\s/g, "");
    return /^\d{1,5}$/.test(rent) && Number(rent) <= hogst
        ? Number(rent)
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
    svar.tillagda.push(
        kon === "kvinnor" ? { kvinnor: n, man: 0 } : { kvinnor: 0, man: n },
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
    if (svar.inregistreringsar === "") {
        fel.push({
            pekare: "/inregistreringsar",
            regel: "obligatoriskt",
            meddelande: "Välj ett år.",
        });
    }
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
    const s = summa(svar.tillagda);
    for (const [antalet, pekare] of [
        [s.kvinnor, "/antalKvinnor"],
        [s.man, "/antalMan"],
    ] as const) {
        if (antalet > hogst) {
            fel.push({ pekare, regel: "utanfor-granser", meddelande: granser });
        }
    }
    return fel;
}

export function tillAnonyma(svar: Anonymsvar): Schema<"NyaAnonyma"> {
    const s = summa(svar.tillagda);
    return {
        inregistreringsar: Number(svar.inregistreringsar),
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
