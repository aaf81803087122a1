import { ordEpostFormat } from "@/shared/api/regler.gen";
import type { Faltfel, Schema } from "@/shared/api/typer";
import type { Grund, Tabell } from "@/shared/formular/tabell";

export const epostfalt = {
    etikett: "E-post",
    slag: "text",
    max: 200,
    frivilligt: true,
    fel: (s: { epost: string }) =>
        /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(s.epost)
            ? undefined
            : { regel: "epost-format", meddelande: ordEpostFormat },
} as const;

/** Who is asked about an organisation or an insats; folded away in its form and on its page. */
export const kontaktpersontabell: Tabell<Schema<"Kontaktperson">, Grund> = {
    namn: {
        etikett: "Kontaktperson",
        slag: "text",
        max: 100,
        frivilligt: true,
    },
    titel: {
        etikett: "Kontaktpersonens titel",
        slag: "text",
        max: 100,
        frivilligt: true,
    },
    telefon: {
        etikett: "Kontaktpersonens telefon",
        slag: "text",
        max: 30,
        frivilligt: true,
    },
    epost: { ...epostfalt, etikett: "Kontaktpersonens e-post" },
};

/** A contact that is folded away is brought out when something is wrong in it. */
export function iKontakten(fel: readonly Faltfel[]): boolean {
    return fel.some((f) => /^\/(adress|kontaktperson)\b/.test(f.pekare));
}
