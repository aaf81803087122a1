import type { Schema } from "@/shared/api/typer";
import type { Ettfalt, Grund, Tabell } from "@/shared/formular/tabell";
import type { Alternativ } from "@/shared/ui/alternativ";
import type { Fraga } from "./fraga.logic";

/** The answers to some questions, each by the question's id; of several choices there is a list. */
export type Svarsform = Record<string, string>;

/** What a question without an answer says: it can be chosen, so that an answer can be taken back. */
export const ingetSvar = "Inget svar";

/** Asked at a measurement on a day. */
export function stalls(
    f: Fraga,
    matning: Schema<"Matningstyp">,
    dag: string,
): boolean {
    return (
        f.franOchMed <= dag &&
        (f.tillOchMed === undefined || f.tillOchMed >= dag) &&
        (matning === "IN" ? f.vidIn : f.vidUt)
    );
}

function stegen(f: Fraga): Alternativ[] {
    const steg = f.steg ?? 0;
    return Array.from({ length: steg }, (_, i) => {
        const n = i + 1;
        const ord = n === 1 ? f.lagstOrd : n === steg ? f.hogstOrd : undefined;
        return {
            varde: String(n),
            text: ord === undefined ? String(n) : `${n} – ${ord}`,
        };
    });
}

/** What can be chosen; none where a number is typed. */
export function alternativFor(f: Fraga): Alternativ[] {
    return f.svarstyp === "SKALA"
        ? stegen(f)
        : (f.alternativ ?? []).map((a) => ({
              varde: a.kod,
              text: a.etikett,
          }));
}

/** A registered answer in words. */
export function svarIOrd(f: Fraga, svar: Schema<"Fragesvar">): string {
    const val = alternativFor(f);
    const koder = svar.tal === undefined ? svar.koder : [String(svar.tal)];
    return (koder ?? [])
        .map((k) => val.find((a) => a.varde === k)?.text ?? k)
        .join(", ");
}

function falt(f: Fraga): Ettfalt {
    const gemensamt = {
        etikett: f.innehall,
        kort: f.namn,
        frivilligt: true,
    } as const;
    const val = (): readonly Alternativ[] => alternativFor(f);
    switch (f.svarstyp) {
        case "FLERVAL":
            return { ...gemensamt, slag: "flerval", val };
        case "HELTAL":
            return {
                ...gemensamt,
                slag: "heltal",
                min: f.minst ?? 0,
                max: f.hogst ?? 9999,
                vad: "Svaret",
            };
        case "ENVAL":
        case "JA_NEJ":
        case "SKALA":
            return {
                ...gemensamt,
                slag: "val",
                val: () => [...val(), { varde: "", text: ingetSvar }],
            };
    }
}

/** The questions as a table of a form: which they are is known first when it is drawn. */
export function svarstabell(
    fragor: readonly Fraga[],
): Tabell<Svarsform, Grund> {
    return Object.fromEntries(
        fragor.map((f) => [f.id, falt(f)]),
    ) as unknown as Tabell<Svarsform, Grund>;
}

export function tommaSvar(fragor: readonly Fraga[]): Svarsform {
    const svar: Record<string, unknown> = Object.fromEntries(
        fragor.map((f) => [f.id, f.svarstyp === "FLERVAL" ? [] : ""]),
    );
    return svar as Svarsform;
}
