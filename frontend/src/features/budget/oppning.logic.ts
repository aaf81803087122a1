import type { Schema } from "@/shared/api/typer";
import { type Grund, type Tabell, etiketter } from "@/shared/formular/tabell";
import { enRad } from "@/shared/text.logic";

/** Why a closed year is opened. */
export const oppningstabell: Tabell<Schema<"NyOppning">, Grund> = {
    skal: {
        etikett: "Varför öppnas budgetåret?",
        kort: "Skäl",
        slag: "textyta",
        rader: 3,
        max: 500,
        hjalp: "Skriv inga personuppgifter.",
        krav: "Skriv kort varför budgetåret öppnas.",
        rent: enRad,
    },
};

export const oppningsetiketter = etiketter(oppningstabell);
