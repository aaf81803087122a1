import { ordSlutForeStart } from "@/shared/api/regler.gen";
import type { Roll, Schema } from "@/shared/api/typer";
import { arDag } from "@/shared/datum.logic";
import {
    type Felord,
    type Grund,
    type Svar,
    type Tabell,
    etiketter,
    franTrad,
    tillTrad,
    tomma,
} from "@/shared/formular/tabell";
import { administrerar } from "@/shared/session/behorighet.logic";
import type { Alternativ } from "@/shared/ui/alternativ";

export type Fraga = Schema<"Fraga">;
type Svarstyp = Schema<"Svarstyp">;

const svarstyper: Record<Svarstyp, string> = {
    ENVAL: "Ett av flera alternativ",
    FLERVAL: "Ett eller flera alternativ",
    JA_NEJ: "Ja eller nej",
    HELTAL: "Heltal",
    SKALA: "Skala",
};

/** Who makes the organisation's questions; the server decides, this is what is shown. */
export function farAndraFragor(
    jag: Schema<"Jag">,
    roller: readonly Roll[],
    organisationId: string,
): boolean {
    return (
        roller.includes("SAMVERKANSADMINISTRATOR") &&
        administrerar(jag).some((o) => o.id === organisationId)
    );
}

interface Fragesammanhang extends Grund {
    /** It is answered: only its last day can be another. */
    besvaradTom?: string | undefined;
}

/** As the form has it: one alternative a line. */
interface Frageform extends Omit<Schema<"NyFraga">, "alternativ"> {
    alternativ: string;
}

const medAlternativ = (svarstyp: string): boolean =>
    svarstyp === "ENVAL" || svarstyp === "FLERVAL";

export function raderAv(text: string): string[] {
    return text
        .split("\n")
        .map((rad) => rad.trim())
        .filter((rad) => rad !== "");
}

function last(_: unknown, c: Fragesammanhang): string | undefined {
    return c.besvaradTom === undefined
        ? undefined
        : "Ändras inte: frågan är besvarad.";
}

export const fragetabell: Tabell<Frageform, Fragesammanhang> = {
    namn: {
        etikett: "Frågans namn",
        slag: "text",
        max: 100,
        hjalp: "Ett kort namn som skiljer frågan från de andra, också i rapporter",
        last,
    },
    innehall: {
        etikett: "Frågan",
        slag: "textyta",
        rader: 3,
        max: 500,
        hjalp: "Som den ställs till deltagaren. Fråga aldrig efter personnummer, diagnoser eller andra känsliga uppgifter.",
        last,
    },
    franOchMed: {
        etikett: "Från och med",
        slag: "dag",
        framat: true,
        hjalp: "Frågan ställs när startdagen eller avslutningsdagen ligger inom tiden",
        last,
    },
    tillOchMed: {
        etikett: "Till och med",
        slag: "dag",
        framat: true,
        frivilligt: true,
        hjalp: (c) =>
            c.besvaradTom === undefined
                ? "Lämna tomt när frågan gäller tills vidare"
                : `Lämna tomt när frågan gäller tills vidare. Den kan stängas tidigast ${c.besvaradTom}, då den senast besvarades.`,
        fel: (s, c) => slutfel(s, c),
    },
    svarstyp: {
        etikett: "Svaret är",
        kort: "Svarstyp",
        slag: "val",
        val: () => som(svarstyper),
        krav: "Välj hur frågan besvaras.",
        last,
    },
    alternativ: {
        etikett: "Alternativ",
        slag: "textyta",
        rader: 5,
        max: 2100,
        under: true,
        hjalp: "Ett alternativ på varje rad, i den ordning de ska stå",
        krav: "Ange minst två alternativ.",
        nar: (s) => medAlternativ(s.svarstyp),
        fel: (s) => alternativfel(raderAv(s.alternativ)),
        last,
    },
    minst: {
        etikett: "Lägsta svar",
        slag: "heltal",
        min: 0,
        max: 9998,
        vad: "Lägsta svar",
        under: true,
        nar: (s) => s.svarstyp === "HELTAL",
        last,
    },
    hogst: {
        etikett: "Högsta svar",
        slag: "heltal",
        min: 1,
        max: 9999,
        vad: "Högsta svar",
        under: true,
        nar: (s) => s.svarstyp === "HELTAL",
        fel: (s) =>
            Number(s.hogst) <= Number(s.minst)
                ? {
                      regel: "for-litet",
                      meddelande:
                          "Det högsta talet ska vara större än det lägsta.",
                  }
                : undefined,
        last,
    },
    steg: {
        etikett: "Antal steg",
        slag: "heltal",
        min: 2,
        max: 11,
        vad: "Antal steg",
        under: true,
        hjalp: "Från 1 och uppåt",
        nar: (s) => s.svarstyp === "SKALA",
        last,
    },
    lagstOrd: {
        etikett: "Ord vid det lägsta steget",
        slag: "text",
        max: 100,
        under: true,
        frivilligt: true,
        nar: (s) => s.svarstyp === "SKALA",
        last,
    },
    hogstOrd: {
        etikett: "Ord vid det högsta steget",
        slag: "text",
        max: 100,
        under: true,
        frivilligt: true,
        nar: (s) => s.svarstyp === "SKALA",
        last,
    },
    vidIn: {
        etikett: "Ställs frågan vid inregistrering?",
        kort: "Vid inregistrering",
        slag: "jaNej",
        fel: (s) => aldrig(s),
        last,
    },
    vidUt: {
        etikett: "Ställs frågan vid utregistrering?",
        kort: "Vid utregistrering",
        slag: "jaNej",
        last,
    },
};

export const frageetiketter = etiketter(fragetabell);

const som = (v: Record<string, string>): Alternativ[] =>
    Object.entries(v).map(([varde, text]) => ({ varde, text }));

function slutfel(
    s: Pick<Svar<Frageform>, "franOchMed" | "tillOchMed">,
    c: Fragesammanhang,
): Felord | undefined {
    if (arDag(s.franOchMed) && s.tillOchMed < s.franOchMed) {
        return { regel: "slut-fore-start", meddelande: ordSlutForeStart };
    }
    return c.besvaradTom !== undefined && s.tillOchMed < c.besvaradTom
        ? {
              regel: "fraga-besvarad",
              meddelande: `Frågan har besvarats så sent som ${c.besvaradTom}. Den kan stängas tidigast den dagen.`,
          }
        : undefined;
}

function alternativfel(rader: readonly string[]): Felord | undefined {
    if (rader.length < 2) {
        return { regel: "for-fa", meddelande: "Ange minst två alternativ." };
    }
    if (rader.length > 20) {
        return { regel: "for-manga", meddelande: "Ange högst 20 alternativ." };
    }
    return new Set(rader).size < rader.length
        ? {
              regel: "dubblett",
              meddelande: "Samma alternativ står mer än en gång.",
          }
        : undefined;
}

function aldrig(
    s: Pick<Svar<Frageform>, "vidIn" | "vidUt">,
): Felord | undefined {
    return s.vidIn === "nej" && s.vidUt === "nej"
        ? {
              regel: "obligatoriskt",
              meddelande:
                  "Välj om frågan ställs vid inregistrering, vid utregistrering eller vid båda.",
          }
        : undefined;
}

/** The answers hold where the draft goes on, and the version that a change began from. */
export interface Fragesvar extends Svar<Frageform> {
    organisationId: string;
    version: number;
}

export function tomFraga(organisationId: string, idag: string): Fragesvar {
    return {
        ...tomma(fragetabell),
        franOchMed: idag,
        organisationId,
        version: 0,
    };
}

export function fragesvarAv(f: Fraga): Fragesvar {
    return {
        ...franTrad(fragetabell, {
            ...f,
            alternativ: medAlternativ(f.svarstyp)
                ? (f.alternativ ?? []).map((a) => a.etikett).join("\n")
                : "",
        }),
        organisationId: f.organisationId,
        version: f.version,
    };
}

/** The same question for the year after: what was asked last year is asked again. */
export function kopiaAv(f: Fraga, idag: string): Fragesvar {
    const ar =
        Number(idag.slice(0, 4)) +
        (f.franOchMed >= `${idag.slice(0, 4)}-01-01` ? 1 : 0);
    return {
        ...fragesvarAv(f),
        franOchMed: `${ar}-01-01`,
        tillOchMed: f.tillOchMed === undefined ? "" : `${ar}-12-31`,
        version: 0,
    };
}

/** As it is sent. */
export function tillFraga(
    svar: Svar<Frageform>,
    c: Fragesammanhang,
): Schema<"NyFraga"> {
    const { alternativ, ...mer } = tillTrad(fragetabell, svar, c) as Omit<
        Frageform,
        "alternativ"
    > & { alternativ?: string };
    return {
        ...mer,
        ...(alternativ === undefined
            ? {}
            : { alternativ: raderAv(alternativ) }),
    };
}

/** «2026-01-01 – tills vidare». */
export function tiden(f: Fraga): string {
    return `${f.franOchMed} – ${f.tillOchMed ?? "tills vidare"}`;
}

/** When it is asked, in words. */
export function nar(f: Fraga): string {
    return f.vidIn && f.vidUt
        ? "In- och utregistrering"
        : f.vidIn
          ? "Inregistrering"
          : "Utregistrering";
}

/** How it is answered, in words: «Ett av flera alternativ: Samtal, Praktik». */
export function svaren(f: Fraga): string {
    const ord = svarstyper[f.svarstyp];
    switch (f.svarstyp) {
        case "ENVAL":
        case "FLERVAL":
            return `${ord}: ${(f.alternativ ?? []).map((a) => a.etikett).join(", ")}`;
        case "HELTAL":
            return `${ord}, ${f.minst ?? 0}–${f.hogst ?? 0}`;
        case "SKALA":
            return `${ord}, 1–${f.steg ?? 0}`;
        case "JA_NEJ":
            return ord;
    }
}

/** The ids when one has taken another's place; undefined: nothing moves. */
export function flyttad(
    ids: readonly string[],
    id: string,
    till: number,
): string[] | undefined {
    const fran = ids.indexOf(id);
    if (fran < 0 || till < 0 || till >= ids.length || fran === till) {
        return undefined;
    }
    const ny = ids.filter((i) => i !== id);
    ny.splice(till, 0, id);
    return ny;
}
