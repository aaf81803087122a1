import type { Roll, Schema } from "@/shared/api/typer";
import {
    type Grund,
    type Tabell,
    type Svar,
    etiketter,
    franTrad,
    tomma,
} from "@/shared/formular/tabell";
import { rollnamn } from "@/shared/session/behorighet.logic";
import { plusDagar } from "@/shared/datum.logic";
import { orgnr } from "@/shared/text.logic";
import type { Alternativ } from "@/shared/ui/alternativ";

export type Uppdragspost = Schema<"Uppdragspost">;
export type Uppdragstagare = Schema<"Uppdragstagare">;

/** Where uppdrag are shown and given: in an organisation and all its insatser, or in one insats. */
export interface Uppdragsplats {
    organisationId: string;
    insatsId?: string | undefined;
}

type Jag = Schema<"Jag">;

function administrerar(jag: Jag, organisationId: string): boolean {
    return jag.uppdrag.some(
        (u) =>
            u.roll === "SAMVERKANSADMINISTRATOR" &&
            u.organisationId === organisationId &&
            u.insatsId === undefined,
    );
}

function ansvararFor(jag: Jag, p: Uppdragsplats): boolean {
    return jag.uppdrag.some(
        (u) =>
            u.roll === "INSATSANSVARIG" &&
            (u.insatsId === undefined
                ? u.organisationId === p.organisationId
                : u.insatsId === p.insatsId),
    );
}

/** The roles that one may give there; the server decides, this is what is shown. */
export function rollerAttGe(
    jag: Jag,
    roller: readonly Roll[],
    p: Uppdragsplats,
): Schema<"Uppdragsroll">[] {
    if (p.insatsId === undefined) {
        return administrerar(jag, p.organisationId)
            ? ["SAMVERKANSADMINISTRATOR", "INSATSANSVARIG", "DELTAGARANSVARIG"]
            : roller.includes("SYSTEMFORVALTARE")
              ? ["SAMVERKANSADMINISTRATOR"]
              : [];
    }
    return administrerar(jag, p.organisationId)
        ? ["DELTAGARANSVARIG", "INSATSANSVARIG"]
        : ansvararFor(jag, p)
          ? ["DELTAGARANSVARIG"]
          : [];
}

/** May one see who has uppdrag there? */
export function farSeUppdrag(
    jag: Jag,
    roller: readonly Roll[],
    p: Uppdragsplats,
): boolean {
    return (
        roller.includes("SYSTEMFORVALTARE") ||
        administrerar(jag, p.organisationId) ||
        (p.insatsId !== undefined && ansvararFor(jag, p))
    );
}

/** May one give the uppdrag another end? */
export function farAndraUppdrag(
    jag: Jag,
    roller: readonly Roll[],
    u: Uppdragspost,
): boolean {
    if (u.roll === "MASKIN" || u.lage === "AVSLUTAT") {
        return false;
    }
    return (
        roller.includes("SYSTEMFORVALTARE") ||
        administrerar(jag, u.organisationId) ||
        (u.roll === "DELTAGARANSVARIG" &&
            u.insatsId !== undefined &&
            ansvararFor(jag, u))
    );
}

/** What an uppdrag gives today, in words. */
export const lagesord: Record<Schema<"Uppdragslage">, string> = {
    GALLER: "Gäller",
    KOMMANDE: "Börjar senare",
    AVSLUTAT: "Avslutat",
    SPARRAD: "Ger inget: användaren är spärrad",
    UTAN_BEHORIGHET: "Ger inget: behörigheten gäller inte i dag",
    INTE_MEDLEM: "Ger inget: arbetsgivaren är inte medlem",
};

interface Uppdragssammanhang extends Grund {
    roller: readonly Schema<"Uppdragsroll">[];
    tagare: readonly Uppdragstagare[];
}

type Uppgifter = Schema<"NyttUppdrag">;

export const uppdragstabell: Tabell<Uppgifter, Uppdragssammanhang> = {
    roll: {
        etikett: "Uppdrag",
        slag: "val",
        val: (_, c) => c.roller.map((r) => ({ varde: r, text: rollnamn[r] })),
        foljd: (s) => {
            s.anvandareId = "";
        },
    },
    anvandareId: {
        etikett: "Vem får uppdraget?",
        kort: "Användare",
        slag: "lista",
        tom: "Välj användare",
        krav: "Välj en användare.",
        hjalp: "De som har behörigheten och är anställda hos en ingående organisation. Saknas någon ska behörigheten först beställas.",
        nar: (s) => s.roll !== "",
        val: (_, c) => c.tagare.map(tagaren),
    },
    franOchMed: { etikett: "Från och med", slag: "dag", framat: true },
    tillOchMed: {
        etikett: "Till och med",
        slag: "dag",
        framat: true,
        frivilligt: true,
        hjalp: "Lämna tomt när uppdraget gäller tills vidare",
        fel: (s) =>
            s.tillOchMed < s.franOchMed
                ? {
                      regel: "slut-fore-start",
                      meddelande:
                          "Till och med får inte vara före från och med.",
                  }
                : undefined,
    },
};

function tagaren(t: Uppdragstagare): Alternativ {
    return {
        varde: t.id,
        text: `${t.namn} (${orgnr(t.arbetsgivare)}), behörig till och med ${t.behorigTillOchMed}`,
    };
}

export const uppdragsetiketter = etiketter(uppdragstabell);

/** A new one begins today; where only one role can be given it is chosen. */
export function tomtUppdrag(
    roller: readonly Schema<"Uppdragsroll">[],
    idag: string,
): Svar<Uppgifter> {
    return {
        ...tomma(uppdragstabell),
        roll: (roller.length === 1 && roller[0]) || "",
        franOchMed: idag,
    };
}

export const sluttabell: Tabell<Schema<"AndratUppdrag">, Grund> = {
    tillOchMed: {
        etikett: "Sista dag",
        slag: "dag",
        framat: true,
        frivilligt: true,
        hjalp: "Lämna tomt när uppdraget gäller tills vidare",
    },
};

export const slutetiketter = etiketter(sluttabell);

/** Where a draft goes on: the page that its form stands on. */
interface Utkastplats {
    organisationId: string;
    /** "": the organisation's page. */
    insatsId: string;
}

export function platsen(p: Uppdragsplats): Utkastplats {
    return { organisationId: p.organisationId, insatsId: p.insatsId ?? "" };
}

/** An uppdrag whose end is changed, and the version that it began from. */
interface Slutsvar extends Svar<Schema<"AndratUppdrag">>, Utkastplats {
    version: number;
}

export function slutsvarAv(u: Uppdragspost, p: Uppdragsplats): Slutsvar {
    return {
        ...franTrad(sluttabell, u),
        ...platsen(p),
        version: u.version,
    };
}

/** Whoever has it; "" of somebody who is erased. */
export function namn(u: Uppdragspost): string {
    return u.innehavare?.namn ?? "";
}

/** What ends at once has yesterday as its last day; what has not begun, the day before its first. */
export function slutGenast(u: Uppdragspost, idag: string): string {
    return plusDagar(u.franOchMed > idag ? u.franOchMed : idag, -1);
}

/** «2026-11-30 – tills vidare». */
export function tiden(u: Uppdragspost): string {
    if (u.tillOchMed !== undefined && u.tillOchMed < u.franOchMed) {
        return `${u.franOchMed}, slutade samma dag`;
    }
    return `${u.franOchMed} – ${u.tillOchMed ?? "tills vidare"}`;
}
