import { ordObligatoriskt } from "@/shared/api/regler.gen";
import type { Faltfel, Schema } from "@/shared/api/typer";
import { arDag, dagfel } from "@/shared/datum.logic";
import type { Etiketter } from "@/shared/ui/formular.logic";

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

export interface Insatssvar {
    /** The version a change began from; 0 for a new insats. */
    version: number;
    organisationId: string;
    namn: string;
    startdatum: string;
    slutdatum: string;
    beskrivning: string;
    inriktning: string;
    preciseradInriktning: string;
    deltagarregistrering: string;
    malgrupper: string[];
    insatsanordnare: string;
    inmatningsorganisation: string;
}

export const insatsetiketter: Etiketter = {
    "/organisationId": "Samverkansorganisation",
    "/namn": "Insatsnamn",
    "/startdatum": "Startdatum",
    "/slutdatum": "Slutdatum",
    "/beskrivning": "Beskrivning",
    "/inriktning": "Inriktning",
    "/preciseradInriktning": "Preciserad inriktning",
    "/deltagarregistrering": "Deltagarregistrering",
    "/malgrupper": "Specifik målgrupp",
    "/insatsanordnare": "Insatsanordnare",
    "/inmatningsorganisation": "Inmatningsorganisation",
};

export function tomInsats(organisationId = ""): Insatssvar {
    return {
        version: 0,
        organisationId,
        namn: "",
        startdatum: "",
        slutdatum: "",
        beskrivning: "",
        inriktning: "",
        preciseradInriktning: "",
        deltagarregistrering: "",
        malgrupper: [],
        insatsanordnare: "",
        inmatningsorganisation: "",
    };
}

export function insatssvarAv(i: Schema<"Insats">): Insatssvar {
    return {
        version: i.version,
        organisationId: i.organisationId,
        namn: i.namn,
        startdatum: i.startdatum,
        slutdatum: i.slutdatum ?? "",
        beskrivning: i.beskrivning ?? "",
        inriktning: i.inriktning,
        preciseradInriktning: i.preciseradInriktning,
        deltagarregistrering: i.deltagarregistrering,
        malgrupper: [...i.malgrupper],
        insatsanordnare: i.insatsanordnare ?? "",
        inmatningsorganisation: i.inmatningsorganisation ?? "",
    };
}

/** The method an inriktning preselects (domain 3). */
export function forval(inriktning: string): Schema<"Deltagarregistrering"> {
    return inriktning === "STRUKTUROVERGRIPANDE"
        ? "ENDAST_ANTAL"
        : "MED_PERSONUPPGIFT_ELLER_ANONYM";
}

export function granskaInsats(s: Insatssvar): Faltfel[] {
    const fel: Faltfel[] = [];
    const krav = (falt: keyof Insatssvar, meddelande: string): void => {
        const v = s[falt];
        if (typeof v === "string" && v.trim() === "") {
            fel.push({
                pekare: `/${falt}`,
                regel: "obligatoriskt",
                meddelande,
            });
        }
    };
    krav("organisationId", "Välj en samverkansorganisation.");
    krav("namn", ordObligatoriskt);
    fel.push(...dagfel("/startdatum", s.startdatum));
    if (s.slutdatum !== "") {
        fel.push(...dagfel("/slutdatum", s.slutdatum));
    }
    if (
        arDag(s.startdatum) &&
        arDag(s.slutdatum) &&
        s.slutdatum < s.startdatum
    ) {
        fel.push({
            pekare: "/slutdatum",
            regel: "slut-fore-start",
            meddelande: "Slutdatum får inte vara före startdatum.",
        });
    }
    krav("inriktning", "Välj en inriktning.");
    krav("preciseradInriktning", "Välj en preciserad inriktning.");
    krav("deltagarregistrering", "Välj hur deltagare registreras.");
    return fel;
}

export function tillInsats(s: Insatssvar): Schema<"NyInsats"> {
    const text = (v: string): string | undefined =>
        v.trim() === "" ? undefined : v.trim();
    const frivilligt = {
        slutdatum: text(s.slutdatum),
        beskrivning: text(s.beskrivning),
        insatsanordnare: text(s.insatsanordnare),
        inmatningsorganisation: text(
            s.inmatningsorganisation.replace(/-/g, ""),
        ),
    };
    return {
        organisationId: s.organisationId,
        namn: s.namn.trim(),
        startdatum: s.startdatum,
        inriktning: s.inriktning as Schema<"Inriktning">,
        preciseradInriktning: s.preciseradInriktning,
        deltagarregistrering:
            s.deltagarregistrering as Schema<"Deltagarregistrering">,
        malgrupper: [...s.malgrupper],
        ...Object.fromEntries(
            Object.entries(frivilligt).filter(([, v]) => v !== undefined),
        ),
    };
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
