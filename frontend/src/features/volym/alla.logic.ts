import type { Faltfel, Schema } from "@/shared/api/typer";
import { summa } from "@/shared/belopp.logic";
import { heltal } from "@/shared/formular/tabell";
import type { Etiketter } from "@/shared/ui/formular.logic";

/** The columns that are filled in. */
export const falten = [
    { namn: "antalKvinnor", etikett: "Kvinnor" },
    { namn: "antalMan", etikett: "Män" },
    { namn: "uppgiftSaknas", etikett: "Uppgift saknas" },
] as const;

type Volym = Schema<"NyVolym">;

/** An insats of the year, as the table has it. */
export interface Volymrad extends Record<keyof Volym, string> {
    insatsId: string;
    namn: string;
    /** It only counts: volym is said of it. */
    raknar: boolean;
    version: number;
    /** What is saved; nothing before anything is said. */
    fran: Volym | undefined;
    planerat: number | undefined;
    budget: string;
    utfall: string;
}

/** What is saved, and over it what has been typed and not saved. */
export function volymrader(
    b: Schema<"Organisationsbudget">,
    skrivna: readonly Volymrad[],
): Volymrad[] {
    return b.insatser.map((i) => {
        const v = i.volym;
        const fran =
            v && v.version > 0
                ? {
                      antalKvinnor: v.antalKvinnor,
                      antalMan: v.antalMan,
                      uppgiftSaknas: v.uppgiftSaknas,
                  }
                : undefined;
        const rad: Volymrad = {
            insatsId: i.insatsId,
            namn: i.namn,
            raknar: v !== undefined,
            version: v?.version ?? 0,
            fran,
            antalKvinnor: fran?.antalKvinnor.toString() ?? "",
            antalMan: fran?.antalMan.toString() ?? "",
            uppgiftSaknas: fran?.uppgiftSaknas.toString() ?? "",
            planerat: i.planeratAntal,
            budget: summa(
                i.insatskostnader.budget,
                i.esfInsatskostnader.budget,
            ),
            utfall: summa(
                i.insatskostnader.utfall,
                i.esfInsatskostnader.utfall,
            ),
        };
        const skriven = skrivna.find((r) => r.insatsId === i.insatsId);
        if (skriven && arAndrad(skriven)) {
            for (const { namn } of falten) {
                rad[namn] = skriven[namn];
            }
        }
        return rad;
    });
}

function arAndrad(r: Volymrad): boolean {
    return falten.some(
        ({ namn }) => r[namn].trim() !== (r.fran?.[namn].toString() ?? ""),
    );
}

/** The rows that say something else than what is saved. */
export function andradeRader(rader: readonly Volymrad[]): Volymrad[] {
    return rader.filter((r) => r.raknar && arAndrad(r));
}

/** What is left empty in a row that says something is nobody. */
export function tillVolym(r: Volymrad): Volym {
    return {
        antalKvinnor: heltal(r.antalKvinnor) ?? 0,
        antalMan: heltal(r.antalMan) ?? 0,
        uppgiftSaknas: heltal(r.uppgiftSaknas) ?? 0,
    };
}

export function pekareTill(
    rad: number,
    falt: (typeof falten)[number]["namn"],
): string {
    return `/${rad}/${falt}`;
}

export function radetiketter(rader: readonly Volymrad[]): Etiketter {
    return Object.fromEntries(
        rader.flatMap((r, n) =>
            falten.map(({ namn, etikett }) => [
                pekareTill(n, namn),
                `${r.namn}, ${etikett.toLowerCase()}`,
            ]),
        ),
    );
}

const hogst = 1_000_000;

/** What is wrong in the rows that may be filled in; each is told at its place among all. */
export function granskaRader(
    skrivbara: readonly Volymrad[],
    alla: readonly Volymrad[],
): Faltfel[] {
    return skrivbara.filter(arAndrad).flatMap((r) =>
        falten.flatMap(({ namn }) => {
            const n = heltal(r[namn]);
            const ratt =
                r[namn].trim() === "" || (n !== undefined && n <= hogst);
            return ratt
                ? []
                : [
                      {
                          pekare: pekareTill(alla.indexOf(r), namn),
                          regel: "utanfor-granser",
                          meddelande:
                              "Antalet ska vara ett heltal från 0 till 1000000.",
                      },
                  ];
        }),
    );
}
