import { ProblemFel } from "@/shared/api/problem";
import type { Faltfel, Schema } from "@/shared/api/typer";
import { arDag } from "@/shared/datum.logic";
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

/** Under 15 an assessment of maturity is recorded: a rule of thumb, never a block. */
export const tumregel = 15;

export function fragarMognad(alder: number | undefined): boolean {
    return alder !== undefined && alder < tumregel;
}

export function granskaSamtycke(
    svar: Samtyckessvar,
    idag: string,
    alder: number | undefined,
): Faltfel[] {
    const fel: Faltfel[] = [];
    const dagfel = (pekare: string, dag: string): void => {
        if (!arDag(dag)) {
            fel.push({
                pekare,
                regel: "datum",
                meddelande:
                    "Skriv datumet som åååå-mm-dd, till exempel 2026-03-01.",
            });
        } else if (dag > idag) {
            fel.push({
                pekare,
                regel: "framtida-dag",
                meddelande: "Dagen får inte vara efter dagens datum.",
            });
        }
    };
    if (svar.blankett === "") {
        fel.push({
            pekare: "/blankett",
            regel: "obligatoriskt",
            meddelande: "Välj en blankett.",
        });
    }
    if (svar.datum === "") {
        fel.push({
            pekare: "/datum",
            regel: "obligatoriskt",
            meddelande: "Fältet måste fyllas i.",
        });
    } else {
        dagfel("/datum", svar.datum);
    }
    if (svar.sprak === "") {
        fel.push({
            pekare: "/sprak",
            regel: "obligatoriskt",
            meddelande: "Välj ett språk.",
        });
    }
    if (fragarMognad(alder) && svar.mognadDatum !== "") {
        dagfel("/mognadsbedomning/datum", svar.mognadDatum);
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

/** The refusal says that the person is erased: with the samtycke goes what was typed for it. */
export function arAterkallat(fel: unknown): boolean {
    return (
        fel instanceof ProblemFel &&
        ["aterkallat", "identitet-borta"].includes(fel.regel)
    );
}
