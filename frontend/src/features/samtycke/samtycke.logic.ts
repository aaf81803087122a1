import { ProblemFel } from "@/shared/api/problem";
import type { Regel } from "@/shared/api/regler.gen";
import type { Schema } from "@/shared/api/typer";
import { arDag } from "@/shared/datum.logic";
import { skalfalt } from "@/shared/formular/skal";
import {
    type Grund,
    type Svar,
    type Tabell,
    etiketter,
    franTrad,
    tillTrad,
    tomma,
} from "@/shared/formular/tabell";
import { arId } from "@/shared/fraga.logic";
import { antalMed } from "@/shared/text.logic";
import { type Kodrad, somVal } from "@/features/kodverk/kodverk.logic";

export interface Samtyckessammanhang extends Grund {
    /** The code lists as they are on the day. */
    blanketter: readonly Kodrad[];
    sprak: readonly Kodrad[];
    /** The assessment of maturity is asked for. */
    mognad: boolean;
    rattar: boolean;
}

/** Whom it is about is typed in the search, never kept and never corrected; another system's id goes along as it was. */
type Uppgifter = Omit<
    Schema<"NyttSamtycke"> & Schema<"RattatSamtycke">,
    "personnummer" | "externtId"
>;

/**
 * The law came into force, and no blankett or språk of the kodverk holds before it: the server would
 * name those two, where it is the day that is wrong.
 */
const forstaDag = "2004-01-01";

export const samtyckessatt: Record<Schema<"Samtyckessatt">, string> = {
    SKRIFTLIGT: "Skriftligt, på blankett",
    ELEKTRONISKT: "Elektroniskt",
};

const mognadstabell: Tabell<Schema<"Mognadsbedomning">, Samtyckessammanhang> = {
    datum: {
        etikett: "Datum för mognadsbedömningen",
        slag: "dag",
        frivilligt: true,
        hjalp: "Du som registrerar är den som har bedömt. Lämna tomt om ingen bedömning är gjord.",
    },
    // Asked of an assessment alone: an answer without its day would not be sent.
    vardnadshavare: {
        etikett: "Har även vårdnadshavare samtyckt?",
        kort: "Vårdnadshavare",
        slag: "jaNej",
        nar: (s) => s.datum !== "",
    },
};

export const samtyckestabell: Tabell<Uppgifter, Samtyckessammanhang> = {
    datum: {
        etikett: "Datum för samtycket",
        slag: "dag",
        hjalp: "Dagen då deltagaren skrev under",
        fel: (s) =>
            s.datum < forstaDag
                ? {
                      regel: "for-tidig-dag",
                      meddelande: `Dagen får inte vara före ${forstaDag}.`,
                  }
                : undefined,
    },
    blankett: {
        etikett: "Blankett",
        slag: "lista",
        val: (_, c) => somVal(c.blanketter),
        krav: "Välj en blankett.",
    },
    sprak: {
        etikett: "Språk",
        slag: "lista",
        val: (_, c) => somVal(c.sprak),
        krav: "Välj ett språk.",
    },
    satt: {
        etikett: "Hur lämnades samtycket?",
        kort: "Hur samtycket lämnades",
        slag: "val",
        val: () =>
            Object.entries(samtyckessatt).map(([varde, text]) => ({
                varde,
                text,
            })),
    },
    mognadsbedomning: {
        slag: "grupp",
        falt: mognadstabell,
        frivilligt: true,
        nar: (_, c) => c.mognad,
    },
    skal: skalfalt,
};

const uppgiftsetiketter = etiketter(samtyckestabell);

/** The number is typed in the search above: what is wrong with it is said there. */
export const samtyckesetiketter = {
    "/personnummer": "Personnummer",
    ...uppgiftsetiketter,
};
export const rattatsamtyckesetiketter = uppgiftsetiketter;

/** The samtycke as the form holds it: never the number or the name. */
export type Samtyckessvar = Svar<Uppgifter>;

/** A samtycke to correct: whom it is about cannot be. */
export interface Rattatsvar extends Samtyckessvar {
    /** The version the correction began from. */
    version: number;
}

export function rattatsvarAv(s: Schema<"Samtycke">): Rattatsvar {
    return { ...franTrad(samtyckestabell, s), version: s.version };
}

export function tomtSamtycke(): Samtyckessvar {
    return {
        ...tomma(samtyckestabell),
        blankett: "9443",
        sprak: "sv",
        satt: "SKRIFTLIGT",
    };
}

/**
 * About one person's maturity: not kept. The draft knows the insats, not the
 * person, and after a reload it may be opened for another.
 */
export const omPersonen = ["mognadsbedomning"] as const;

/** Under 15 an assessment of maturity is recorded: a rule of thumb, never a block. */
const tumregel = 15;

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

export function tillSamtycke(
    svar: Samtyckessvar,
    personnummer: string,
    c: Samtyckessammanhang,
): Schema<"NyttSamtycke"> {
    return { personnummer, ...tillTrad(samtyckestabell, svar, c) };
}

/** A correction says all anew: what the form has no field for goes along as it was. */
export function tillRattat(
    svar: Rattatsvar,
    fore: Schema<"Samtycke">,
    c: Samtyckessammanhang,
): Schema<"RattatSamtycke"> {
    return {
        ...tillTrad(samtyckestabell, svar, c),
        ...(fore.externtId === undefined ? {} : { externtId: fore.externtId }),
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

/** So long one waits: the server's setting as it is delivered; the contract does not tell it [A]. */
export const samtyckesdagar = 30;

/** When one that waits is erased: «efter i dag», «om 3 dagar». */
export function samtyckesfrist(dagarSedan: number | undefined): string {
    if (dagarSedan === undefined) {
        return "";
    }
    const kvar = Math.max(0, samtyckesdagar - dagarSedan);
    return kvar === 0 ? "efter i dag" : `om ${antalMed(kvar, "dag", "dagar")}`;
}

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
