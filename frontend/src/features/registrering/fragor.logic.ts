import type { Etiketter } from "@/shared/ui/formular.logic";

/** What both measurements ask. */
export type Fraga =
    | "forsorjning"
    | "arbetssokande"
    | "arbetar"
    | "arbetarProcent"
    | "arbetstyper"
    | "studerar"
    | "studerarProcent";

interface Fragetext {
    fraga: string;
    /** What blankett 9448 and 9449 say at the field. */
    hjalp: string;
    /** The short name, for the list of faults and the timeline. */
    kort: string;
}

const aktivt =
    "Aktivt arbetssökande är den som söker arbete och är i stånd att direkt ta ett anvisat arbete. Utgå från deltagarens egen bedömning.";
const heltid =
    "100 procent är 40 timmar i veckan. Ange hela procent, från 1 till 100.";
const flera = "Flera alternativ kan väljas.";

/** The questions of the seed's form, before and after the insats, with the stödblankett's guidance. */
export const fragor: Record<"fore" | "efter", Record<Fraga, Fragetext>> = {
    fore: {
        forsorjning: {
            fraga: "Vilken/vilka offentliga försörjningar har deltagaren haft före insatsen?",
            hjalp: `${flera} Bara offentlig försörjning i Sverige räknas. Föräldrapenning och pension räknas som Ingen offentlig försörjning.`,
            kort: "Försörjning före",
        },
        arbetssokande: {
            fraga: "Är deltagaren inskriven som aktivt arbetssökande på Arbetsförmedlingen före denna insats?",
            hjalp: `${aktivt} Direkt före är inom en vecka.`,
            kort: "Aktivt arbetssökande före",
        },
        arbetar: {
            fraga: "Förvärvsarbetar deltagaren omedelbart före denna insats?",
            hjalp: "Svara Nej om deltagaren har en anställning men inte har arbetat direkt före insatsen, eller inte kan arbeta.",
            kort: "Förvärvsarbetar före",
        },
        arbetarProcent: {
            fraga: "Ange hur många procent deltagaren har arbetat (%)",
            hjalp: `${heltid} Allt arbete räknas ihop.`,
            kort: "Arbetets omfattning före",
        },
        arbetstyper: {
            fraga: "Ange om arbetet var",
            hjalp: flera,
            kort: "Typ av arbete före",
        },
        studerar: {
            fraga: "Har deltagaren studerat omedelbart före denna insats?",
            hjalp: "",
            kort: "Studier före",
        },
        studerarProcent: {
            fraga: "Ange hur många procent deltagaren har studerat (%)",
            hjalp: "Ange hela procent, från 1 till 100.",
            kort: "Studiernas omfattning före",
        },
    },
    efter: {
        forsorjning: {
            fraga: "Vilken/vilka offentliga försörjningar har deltagaren efter insatsen?",
            hjalp: `${flera} Bara offentlig försörjning i Sverige räknas. Föräldrapenning och pension räknas som Ingen offentlig försörjning.`,
            kort: "Försörjning efter",
        },
        arbetssokande: {
            fraga: "Är deltagaren inskriven som aktivt arbetssökande på Arbetsförmedlingen efter denna insats?",
            hjalp: aktivt,
            kort: "Aktivt arbetssökande efter",
        },
        arbetar: {
            fraga: "Förvärvsarbetar deltagaren direkt efter denna insats?",
            hjalp: "Svara Nej om deltagaren har en anställning men inte kan arbeta.",
            kort: "Förvärvsarbetar efter",
        },
        arbetarProcent: {
            fraga: "Ange hur många procent deltagaren arbetar (%)",
            hjalp: `${heltid} Allt arbete räknas ihop.`,
            kort: "Arbetets omfattning efter",
        },
        arbetstyper: {
            fraga: "Ange om arbetet är",
            hjalp: flera,
            kort: "Typ av arbete efter",
        },
        studerar: {
            fraga: "Studerar deltagaren direkt efter denna insats?",
            hjalp: "",
            kort: "Studier efter",
        },
        studerarProcent: {
            fraga: "Ange hur många procent deltagaren studerar (%)",
            hjalp: "Ange hela procent, från 1 till 100.",
            kort: "Studiernas omfattning efter",
        },
    },
};

const ordning: Fraga[] = [
    "forsorjning",
    "arbetssokande",
    "arbetar",
    "arbetarProcent",
    "arbetstyper",
    "studerar",
    "studerarProcent",
];

function under(prefix: string, nar: "fore" | "efter"): Etiketter {
    return Object.fromEntries(
        ordning.map((f) => [`${prefix}/${f}`, fragor[nar][f].kort]),
    );
}

/** Blankett 9448, in the handbook's order. */
export const inetiketter: Etiketter = {
    "/startdag": "Startdag",
    "/stadsdel": "Stadsdel",
    "/utbildningsniva": "Högsta avslutade utbildningsnivå",
    "/arOffentligForsorjning": "Antal år med offentlig försörjning",
    ...under("/fore", "fore"),
    "/skal": "Varför rättas uppgiften?",
};

/** Blankett 9449, in the handbook's order. */
export const utetiketter: Etiketter = {
    "/avslutningsdag": "Avslutningsdag",
    "/avslutsanledning": "Avslutsanledning",
    ...under("/efter", "efter"),
    "/skal": "Varför rättas uppgiften?",
};

const samtyckesuppgifter: Etiketter = {
    "/datum": "Datum för samtycket",
    "/blankett": "Blankett",
    "/sprak": "Språk",
    "/satt": "Hur samtycket lämnades",
    "/mognadsbedomning/datum": "Datum för mognadsbedömningen",
    "/mognadsbedomning/vardnadshavare": "Vårdnadshavare",
};

/** The number is typed in the search above: what is wrong with it is said there. */
export const samtyckesetiketter: Etiketter = {
    "/personnummer": "Personnummer",
    ...samtyckesuppgifter,
};

/** Whom a samtycke is about is never corrected. */
export const rattatsamtyckesetiketter: Etiketter = {
    ...samtyckesuppgifter,
    "/skal": "Varför rättas uppgiften?",
};
