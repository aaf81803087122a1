import { ProblemFel } from "@/shared/api/problem";
import type { Regel } from "@/shared/api/regler.gen";
import type { Faltfel, Schema } from "@/shared/api/typer";
import { dagfel } from "@/shared/datum.logic";
import type { JaNej } from "./matning.logic";

/** The samtycke as the form holds it: never the number or the name. */
export interface Samtyckessvar {
    blankett: string;
    datum: string;
    sprak: string;
    satt: string;
    mognadDatum: string;
    vardnadshavare: JaNej;
}

export function tomtSamtycke(blankett = "9443"): Samtyckessvar {
    return {
        blankett,
        datum: "",
        sprak: "sv",
        satt: "SKRIFTLIGT",
        mognadDatum: "",
        vardnadshavare: "",
    };
}

/**
 * About one person's maturity: not kept. The draft knows the insats, not the
 * person, and after a reload it may be opened for another.
 */
export const omPersonen = ["mognadDatum", "vardnadshavare"] as const;

/** Under 15 an assessment of maturity is recorded: a rule of thumb, never a block. */
export const tumregel = 15;

export function fragarMognad(alder: number | undefined): boolean {
    return alder !== undefined && alder < tumregel;
}

/**
 * The law came into force, and no blankett or språk of the kodverk holds before it: the server would
 * name those two, where it is the day that is wrong.
 */
const forstaDag = "2004-01-01";

export function granskaSamtycke(
    svar: Samtyckessvar,
    idag: string,
    alder: number | undefined,
): Faltfel[] {
    const fel: Faltfel[] = [];
    if (svar.blankett === "") {
        fel.push({
            pekare: "/blankett",
            regel: "obligatoriskt",
            meddelande: "Välj en blankett.",
        });
    }
    const dagens = dagfel("/datum", svar.datum, idag);
    fel.push(...dagens);
    if (dagens.length === 0 && svar.datum < forstaDag) {
        fel.push({
            pekare: "/datum",
            regel: "for-tidig-dag",
            meddelande: `Dagen får inte vara före ${forstaDag}.`,
        });
    }
    if (svar.sprak === "") {
        fel.push({
            pekare: "/sprak",
            regel: "obligatoriskt",
            meddelande: "Välj ett språk.",
        });
    }
    if (fragarMognad(alder) && svar.mognadDatum !== "") {
        fel.push(...dagfel("/mognadsbedomning/datum", svar.mognadDatum, idag));
    }
    if (
        fragarMognad(alder) &&
        svar.mognadDatum !== "" &&
        svar.vardnadshavare === ""
    ) {
        fel.push({
            pekare: "/mognadsbedomning/vardnadshavare",
            regel: "obligatoriskt",
            meddelande: "Svara ja eller nej.",
        });
    }
    return fel;
}

export function tillSamtycke(
    svar: Samtyckessvar,
    personnummer: string,
    alder: number | undefined,
): Schema<"NyttSamtycke"> {
    return {
        personnummer,
        blankett: svar.blankett,
        datum: svar.datum,
        sprak: svar.sprak,
        satt: svar.satt === "ELEKTRONISKT" ? "ELEKTRONISKT" : "SKRIFTLIGT",
        ...(fragarMognad(alder) && svar.mognadDatum !== ""
            ? {
                  mognadsbedomning: {
                      datum: svar.mognadDatum,
                      vardnadshavare: svar.vardnadshavare === "ja",
                  },
              }
            : {}),
    };
}

const borta = new Set<string>([
    "aterkallat",
    "identitet-borta",
] satisfies Regel[]);

/** The refusal says that the person is erased: with the samtycke goes what was typed for it. */
export function arAterkallat(fel: unknown): boolean {
    return fel instanceof ProblemFel && borta.has(fel.regel);
}
