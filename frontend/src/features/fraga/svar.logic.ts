import type { Ettfalt, Grund, Tabell } from "@/shared/formular/tabell";
import type { Alternativ } from "@/shared/ui/alternativ";
import type { Fraga } from "./fraga.logic";

/** The answers to some questions, each by the question's id; of several choices there is a list. */
type Svarsform = Record<string, string>;

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

function falt(f: Fraga): Ettfalt {
    const gemensamt = {
        etikett: f.innehall,
        kort: f.namn,
        frivilligt: true,
    } as const;
    const val = (): readonly Alternativ[] =>
        f.svarstyp === "SKALA"
            ? stegen(f)
            : (f.alternativ ?? []).map((a) => ({
                  varde: a.kod,
                  text: a.etikett,
              }));
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
            return { ...gemensamt, slag: "val", val };
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
