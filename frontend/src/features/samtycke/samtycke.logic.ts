import { ProblemFel } from "@/shared/api/problem";
import type { Regel } from "@/shared/api/regler.gen";
import type { Faltfel, Schema } from "@/shared/api/typer";
import { arDag, dagfel } from "@/shared/datum.logic";
import { arId } from "@/shared/fraga.logic";
import { antalMed, enRad } from "@/shared/text.logic";
import { dagarKvar } from "@/features/deltagande/frister.logic";
import { type JaNej, skalfel } from "@/features/registrering/matning.logic";

/** The samtycke as the form holds it: never the number or the name. */
export interface Samtyckessvar {
    blankett: string;
    datum: string;
    sprak: string;
    satt: string;
    mognadDatum: string;
    vardnadshavare: JaNej;
}

/** A samtycke to correct: whom it is about cannot be. */
export interface Rattatsvar extends Samtyckessvar {
    /** The version the correction began from. */
    version: number;
    skal: string;
}

export function rattatsvarAv(s: Schema<"Samtycke">): Rattatsvar {
    const m = s.mognadsbedomning;
    return {
        blankett: s.blankett,
        datum: s.datum,
        sprak: s.sprak ?? "",
        satt: s.satt,
        mognadDatum: m?.datum ?? "",
        vardnadshavare: m === undefined ? "" : m.vardnadshavare ? "ja" : "nej",
        version: s.version,
        skal: "",
    };
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

/** The age that a number tells on a day; undefined where it does not tell the birth date. */
export function alderEnligt(nummer: string, dag: string): number | undefined {
    const dagar = Number(nummer.slice(6, 8));
    const fodd = [
        nummer.slice(0, 4),
        nummer.slice(4, 6),
        String(dagar > 60 ? dagar - 60 : dagar).padStart(2, "0"),
    ].join("-");
    if (!arDag(fodd)) {
        return undefined;
    }
    const ar = Number(dag.slice(0, 4)) - Number(fodd.slice(0, 4));
    // As the server reckons (register.Datum.Alder): born on 29 February one is older on 28 February in common years.
    const fyller =
        fodd.slice(5) === "02-29" && !arDag(`${dag.slice(0, 4)}-02-29`)
            ? "02-28"
            : fodd.slice(5);
    return dag.slice(5) < fyller ? ar - 1 : ar;
}

/** Whether a correction asks of the assessment: as at the registration, or because one is made. */
export function rattarMognad(s: Schema<"Samtycke">, idag: string): boolean {
    return (
        s.mognadsbedomning !== undefined ||
        fragarMognad(alderEnligt(s.deltagare?.personnummer ?? "", idag))
    );
}

/**
 * The law came into force, and no blankett or språk of the kodverk holds before it: the server would
 * name those two, where it is the day that is wrong.
 */
const forstaDag = "2004-01-01";

export function granskaSamtycke(
    svar: Samtyckessvar,
    idag: string,
    mognad: boolean,
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
    if (mognad && svar.mognadDatum !== "") {
        fel.push(...dagfel("/mognadsbedomning/datum", svar.mognadDatum, idag));
    }
    if (mognad && svar.mognadDatum !== "" && svar.vardnadshavare === "") {
        fel.push({
            pekare: "/mognadsbedomning/vardnadshavare",
            regel: "obligatoriskt",
            meddelande: "Svara ja eller nej.",
        });
    }
    return fel;
}

export function granskaRattat(
    svar: Rattatsvar,
    idag: string,
    mognad: boolean,
): Faltfel[] {
    return [...granskaSamtycke(svar, idag, mognad), ...skalfel(svar.skal)];
}

export function tillSamtycke(
    svar: Samtyckessvar,
    personnummer: string,
    mognad: boolean,
): Schema<"NyttSamtycke"> {
    return { personnummer, ...uppgifter(svar, mognad) };
}

/** A correction says all anew: what the form has no field for goes along as it was. */
export function tillRattat(
    svar: Rattatsvar,
    fore: Schema<"Samtycke">,
    mognad: boolean,
): Schema<"RattatSamtycke"> {
    return {
        ...uppgifter(svar, mognad),
        ...(fore.externtId === undefined ? {} : { externtId: fore.externtId }),
        skal: enRad(svar.skal),
    };
}

function uppgifter(
    svar: Samtyckessvar,
    mognad: boolean,
): Omit<Schema<"RattatSamtycke">, "skal" | "externtId"> {
    return {
        blankett: svar.blankett,
        datum: svar.datum,
        sprak: svar.sprak,
        satt: svar.satt === "ELEKTRONISKT" ? "ELEKTRONISKT" : "SKRIFTLIGT",
        ...(mognad && svar.mognadDatum !== ""
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
    "identitet-raderad",
] satisfies Regel[]);

/** The refusal says that the person is erased: with the samtycke goes what was typed for it. */
export function arAterkallat(fel: unknown): boolean {
    return fel instanceof ProblemFel && borta.has(fel.regel);
}

/** The samtycke that waits already, when the refusal says where it is. */
export function vantandeSamtycke(fel: unknown): string | undefined {
    if (
        !(fel instanceof ProblemFel) ||
        fel.regel !== ("samtycke-vantar" satisfies Regel)
    ) {
        return undefined;
    }
    const id = fel.plats?.split("/").at(-1) ?? "";
    return arId.test(id) ? id : undefined;
}

/** When a samtycke was registered: «I dag», «1 dag sedan», «12 dagar sedan». */
export function samtyckesalder(dagar: number | undefined): string {
    return dagar === undefined
        ? ""
        : dagar === 0
          ? "I dag"
          : `${antalMed(dagar, "dag", "dagar")} sedan`;
}

/** When one that waits is erased: «efter i dag», «om 3 dagar». */
export function samtyckesfrist(dagarSedan: number | undefined): string {
    if (dagarSedan === undefined) {
        return "";
    }
    const kvar = dagarKvar(dagarSedan);
    return kvar === 0 ? "efter i dag" : `om ${antalMed(kvar, "dag", "dagar")}`;
}

export const samtyckessatt: Record<Schema<"Samtyckessatt">, string> = {
    SKRIFTLIGT: "Skriftligt, på blankett",
    ELEKTRONISKT: "Elektroniskt",
};

const raderad: Record<Schema<"IdentitetRaderad">, string> = {
    ATERKALLELSE: "Personen visas inte: samtycket är återkallat.",
    SKYDD: "Personen visas inte: skyddade personuppgifter.",
    GALLRING: "Personen visas inte: personuppgifterna är gallrade.",
};

/** Why there is no person to show. */
export function utanPersonuppgifter(
    skal: Schema<"IdentitetRaderad"> | undefined,
): string {
    return skal === undefined
        ? "Personuppgifterna är borttagna."
        : raderad[skal];
}

/** A deltagande whose person is protected goes on without a name: it is ended as others, and not corrected. */
export function kanBaraAvslutas(
    d: Pick<Schema<"Deltagande">, "status" | "deltagare">,
): boolean {
    return d.status === "PAGAENDE" && d.deltagare === undefined;
}

/** The samtycke that waits is what these answers of a draft have made. */
export function arSammaSamtycke(
    svar: unknown,
    vantar: { datum: string } | undefined,
): boolean {
    return (
        typeof svar === "object" &&
        svar !== null &&
        "datum" in svar &&
        svar.datum === vantar?.datum
    );
}
