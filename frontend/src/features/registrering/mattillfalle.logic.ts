import type { Schema } from "@/shared/api/typer";

type Kort = Schema<"DeltagandeKort">;

type Registreringsslag = "in" | "ut";

/** What «Återkalla samtycke» is called among the choices of «Registrering». */
export const aterkallelse = "aterkalla";

/** One choice of «Mättillfälle»: a new registration, or an earlier one by its day. */
export interface Mattillfalle {
    varde: string;
    text: string;
    /** Undefined: a new in-registration, which needs a samtycke; or the samtycke that waits. */
    deltagandeId?: string;
    rattar: boolean;
}

const lagen = {
    PAGAENDE: "pågår",
    AVSLUTAD: "avslutat",
    FELREGISTRERAD: "felregistrerat",
} as const;

/** Nyregistrering only when the person has no open deltagande in the insats. */
export function mattillfallenIn(
    deltaganden: readonly Kort[],
    far: boolean,
): Mattillfalle[] {
    const oppet = deltaganden.some((d) => d.status === "PAGAENDE");
    return [
        ...(oppet || !far
            ? []
            : [{ varde: "ny", text: "Nyregistrering", rattar: false }]),
        ...nyastForst(deltaganden).map((d) => ({
            varde: d.id,
            text: `${d.startdag} (${lagen[d.status]})`,
            deltagandeId: d.id,
            rattar: true,
        })),
    ];
}

/** Nyutregistrering of the open deltagande, or an earlier exit. */
export function mattillfallenUt(deltaganden: readonly Kort[]): Mattillfalle[] {
    const ordnade = nyastForst(deltaganden);
    return [
        ...ordnade
            .filter((d) => d.status === "PAGAENDE")
            .map((d) => ({
                varde: `ny-${d.id}`,
                text: "Nyutregistrering",
                deltagandeId: d.id,
                rattar: false,
            })),
        ...ordnade
            .filter(
                (d) =>
                    d.status !== "PAGAENDE" && d.avslutningsdag !== undefined,
            )
            .map((d) => ({
                varde: d.id,
                text: `${d.avslutningsdag ?? ""} (${lagen[d.status]})`,
                deltagandeId: d.id,
                rattar: true,
            })),
    ];
}

/** The samtycken that can be withdrawn: the one that waits, and each deltagande's own. */
export function aterkallbara({
    oanvantSamtycke: s,
    deltaganden = [],
}: Pick<
    Schema<"DeltagareSvar">,
    "oanvantSamtycke" | "deltaganden"
>): Mattillfalle[] {
    return [
        ...(s
            ? [
                  {
                      varde: s.id,
                      text: `Samtycke från ${s.datum} (väntar på inregistrering)`,
                      rattar: false,
                  },
              ]
            : []),
        ...nyastForst(deltaganden).map((d) => ({
            varde: d.id,
            text: `Deltagande från ${d.startdag} (${lagen[d.status]})`,
            deltagandeId: d.id,
            rattar: false,
        })),
    ];
}

function nyastForst(deltaganden: readonly Kort[]): Kort[] {
    return [...deltaganden].sort((a, b) =>
        b.startdag.localeCompare(a.startdag),
    );
}

/** What the person most likely is about to do. */
export function troligt(deltaganden: readonly Kort[]): Registreringsslag {
    return deltaganden.some((d) => d.status === "PAGAENDE") ? "ut" : "in";
}

/** Why nobody can be registered with this number; undefined: it goes well. */
export type Hinder = "saknas" | "skyddad" | "bytt" | "avregistrerad";

export function hinder(svar: Schema<"DeltagareSvar">): Hinder | undefined {
    if (svar.skyddad) {
        return "skyddad";
    }
    if (!svar.hittad) {
        return "saknas";
    }
    if (svar.bytt === true) {
        return "bytt";
    }
    return svar.avregistrerad ? "avregistrerad" : undefined;
}
