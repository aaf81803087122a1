import { giltigaUnder, somVal } from "@/features/kodverk/kodverk.logic";
import type { Kodrad } from "@/features/kodverk/kodverk.logic";
import { kontaktpersontabell } from "@/features/samverkansorganisation/kontakt.logic";
import { ordManadensForsta } from "@/shared/api/regler.gen";
import type { Schema } from "@/shared/api/typer";
import { arDag } from "@/shared/datum.logic";
import {
    type Grund,
    type Svar,
    type Tabell,
    etiketter,
    franTrad,
    tomma,
} from "@/shared/formular/tabell";
import type { Ovanligt } from "@/shared/formular/kontroll";
import { antalMed } from "@/shared/text.logic";
import type { Alternativ } from "@/shared/ui/alternativ";

export const inriktningar: Record<Schema<"Inriktning">, string> = {
    INDIVIDINRIKTAD: "Individinriktad",
    STRUKTUROVERGRIPANDE: "Strukturövergripande",
};

export const deltagarregistreringar: Record<
    Schema<"Deltagarregistrering">,
    string
> = {
    MED_PERSONUPPGIFT_ELLER_ANONYM: "Med personuppgift/anonym",
    ENDAST_ANTAL: "Endast antal",
};

interface Insatssammanhang extends Grund {
    /** It is being registered, not changed. */
    ny: boolean;
    organisationer: readonly Alternativ[];
    preciserad: readonly Kodrad[];
    malgrupp: readonly Kodrad[];
    medlemmar: readonly Alternativ[];
    /** As it stands; undefined of a new one. */
    star?: Schema<"Insats"> | undefined;
}

type Uppgifter = Svar<Omit<Schema<"NyInsats">, "kontaktperson">>;

interface Insatssvar extends Svar<Schema<"NyInsats">> {
    /** The version a change began from; 0 for a new insats. */
    version: number;
}

const som = (v: Record<string, string>): Alternativ[] =>
    Object.entries(v).map(([varde, text]) => ({ varde, text }));

const last = (c: Insatssammanhang): string | undefined =>
    c.ny ? undefined : "Kan inte ändras när något är registrerat i insatsen.";

function giltiga(
    rader: readonly Kodrad[],
    s: Uppgifter,
    idag: string,
): Kodrad[] {
    const fran = arDag(s.startdatum) ? s.startdatum : idag;
    return giltigaUnder(
        rader,
        fran,
        arDag(s.slutdatum) && s.slutdatum >= fran ? s.slutdatum : undefined,
    );
}

function preciserade(s: Uppgifter, c: Insatssammanhang): Kodrad[] {
    return giltiga(c.preciserad, s, c.idag).filter(
        (r) => r.tillhor === s.inriktning,
    );
}

const lika = (a: readonly string[], b: readonly string[]): boolean =>
    [...a].sort().join() === [...b].sort().join();

/** It is about something else than today. */
function omskriven(s: Uppgifter, c: Insatssammanhang): boolean {
    return (
        c.star !== undefined &&
        s.inriktning === c.star.inriktning &&
        (s.preciseradInriktning !== c.star.preciseradInriktning ||
            !lika(s.malgrupper, c.star.malgrupper))
    );
}

/** What is asked of the insats itself, above whom one asks about it. */
export const insatsgrund: Tabell<
    Omit<Schema<"NyInsats">, "kontaktperson">,
    Insatssammanhang
> = {
    organisationId: {
        etikett: "Samverkansorganisation",
        slag: "lista",
        val: (_, c) => c.organisationer,
        tom: "Välj samverkansorganisation",
        krav: "Välj en samverkansorganisation.",
        last: (_, c) => (c.ny ? undefined : ""),
    },
    namn: { etikett: "Insatsnamn", slag: "text", max: 200 },
    startdatum: { etikett: "Startdatum", slag: "dag", framat: true },
    slutdatum: {
        etikett: "Slutdatum",
        slag: "dag",
        framat: true,
        frivilligt: true,
        hjalp: "Lämna tomt medan insatsen pågår",
        fel: (s) =>
            arDag(s.startdatum) && s.slutdatum < s.startdatum
                ? {
                      regel: "slut-fore-start",
                      meddelande: "Slutdatum får inte vara före startdatum.",
                  }
                : undefined,
    },
    beskrivning: {
        etikett: "Beskrivning",
        slag: "textyta",
        rader: 4,
        max: 2000,
        frivilligt: true,
    },
    inriktning: {
        etikett: "Inriktning",
        slag: "val",
        val: () => som(inriktningar),
        krav: "Välj en inriktning.",
        hjalp: last,
        foljd: vidInriktning,
    },
    preciseradInriktning: {
        etikett: "Preciserad inriktning",
        slag: "lista",
        val: (s, c) => somVal(preciserade(s, c)),
        tom: "Välj preciserad inriktning",
        krav: "Välj en preciserad inriktning.",
    },
    deltagarregistrering: {
        etikett: "Deltagarregistrering",
        slag: "val",
        val: () => som(deltagarregistreringar),
        krav: "Välj hur deltagare registreras.",
        hjalp: last,
    },
    malgrupper: {
        etikett: "Specifik målgrupp",
        slag: "flerval",
        val: (s, c) => somVal(giltiga(c.malgrupp, s, c.idag)),
        frivilligt: true,
    },
    gallerFran: {
        etikett: "Preciserad inriktning och målgrupp gäller från",
        slag: "dag",
        framat: true,
        frivilligt: true,
        hjalp: "Den första i en månad. Lämna tomt när det gäller från denna månad. Det som gällde förut står kvar till dess",
        nar: (s, c) => !c.ny && omskriven(s, c),
        fel: (s) =>
            arDag(s.gallerFran) && !s.gallerFran.endsWith("-01")
                ? { regel: "manadens-forsta", meddelande: ordManadensForsta }
                : undefined,
    },
    insatsanordnare: {
        etikett: "Insatsanordnare",
        slag: "text",
        max: 200,
        frivilligt: true,
    },
    inmatningsorganisation: {
        etikett: "Inmatningsorganisation",
        slag: "lista",
        val: (_, c) => c.medlemmar,
        tom: "Ingen",
        frivilligt: true,
        hjalp: "Den medlem som registrerar åt en extern insatsanordnare",
        rent: (nr) => nr.replace(/-/g, ""),
    },
};

export const insatskontakt: Tabell<
    Pick<Schema<"NyInsats">, "kontaktperson">,
    Insatssammanhang
> = {
    kontaktperson: {
        slag: "grupp",
        frivilligt: true,
        falt: kontaktpersontabell,
    },
};

/** All that is sent, in the order it is asked. */
export const insatstabell: Tabell<Schema<"NyInsats">, Insatssammanhang> = {
    ...insatsgrund,
    ...insatskontakt,
};

export const insatsetiketter = etiketter(insatstabell);

/** An inriktning preselects the method, and has preciserade inriktningar of its own. */
function vidInriktning(
    s: Uppgifter,
    fore: Uppgifter,
    c: Insatssammanhang,
): void {
    if (fore.inriktning !== "" || s.deltagarregistrering === "") {
        s.deltagarregistrering = forval(s.inriktning);
    }
    if (!preciserade(s, c).some((r) => r.kod === s.preciseradInriktning)) {
        s.preciseradInriktning = "";
    }
}

export function tomInsats(organisationId = ""): Insatssvar {
    return { ...tomma(insatstabell), version: 0, organisationId };
}

export function insatssvarAv(i: Schema<"Insats">): Insatssvar {
    return { ...franTrad(insatstabell, i), version: i.version };
}

/**
 * A new insats begun from another: what it is and how, not when. What is only of the other's organisation stays
 * there, unless the new one is in it.
 */
export function kopiaAv(
    i: Schema<"Insats">,
    organisationer: readonly { id: string }[],
): Insatssvar {
    const egen = organisationer.some((o) => o.id === i.organisationId);
    const till = egen
        ? i.organisationId
        : organisationer.length === 1
          ? (organisationer[0]?.id ?? "")
          : "";
    const tom = tomInsats();
    return {
        ...insatssvarAv(i),
        ...(egen
            ? {}
            : {
                  inmatningsorganisation: "",
                  kontaktperson: tom.kontaktperson,
              }),
        organisationId: till,
        startdatum: "",
        slutdatum: "",
        version: 0,
    };
}

/** What is told before an insats is ended: who is open in it then, and till when they are. */
export function oppnaVidSlut(
    oppna: number,
    slutdatum: string | undefined,
): Ovanligt[] {
    return oppna === 0 || slutdatum === undefined
        ? []
        : [
              {
                  nyckel: "oppna",
                  text: `${antalMed(oppna, "deltagande", "deltaganden")} pågår i insatsen och ska registreras ut senast ${slutdatum}.`,
                  pekare: "/slutdatum",
              },
          ];
}

/** The method an inriktning preselects (domain 3). */
export function forval(inriktning: string): Schema<"Deltagarregistrering"> {
    return inriktning === "STRUKTUROVERGRIPANDE"
        ? "ENDAST_ANTAL"
        : "MED_PERSONUPPGIFT_ELLER_ANONYM";
}

/** The last day of the insats or of its organisation, the earlier; undefined: neither has one. */
export function slutdag(
    insats: Pick<Schema<"Insats">, "slutdatum"> & {
        organisation: Pick<Schema<"Insats">["organisation"], "slutdatum">;
    },
): string | undefined {
    return [insats.slutdatum, insats.organisation.slutdatum]
        .filter((slut) => slut !== undefined)
        .sort()[0];
}

/** The insats is over, by its own last day or its organisation's. */
export function arAvslutad(
    insats: Pick<Schema<"Insats">, "slutdatum"> & {
        organisation: Pick<Schema<"Insats">["organisation"], "slutdatum">;
    },
    idag: string,
): boolean {
    return [insats.slutdatum, insats.organisation.slutdatum].some(
        (slut) => slut !== undefined && slut < idag,
    );
}
