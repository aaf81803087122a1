import type { Schema } from "@/shared/api/typer";

interface Fragetext {
    etikett: string;
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
export const fragor: Record<
    "fore" | "efter",
    Record<keyof Schema<"Sysselsattning">, Fragetext>
> = {
    fore: {
        forsorjning: {
            etikett:
                "Vilken/vilka offentliga försörjningar har deltagaren haft före insatsen?",
            hjalp: `${flera} Bara offentlig försörjning i Sverige räknas. Föräldrapenning och pension räknas som Ingen offentlig försörjning.`,
            kort: "Försörjning före",
        },
        arbetssokande: {
            etikett:
                "Är deltagaren inskriven som aktivt arbetssökande på Arbetsförmedlingen före denna insats?",
            hjalp: `${aktivt} Direkt före är inom en vecka.`,
            kort: "Aktivt arbetssökande före",
        },
        arbetar: {
            etikett: "Förvärvsarbetar deltagaren omedelbart före denna insats?",
            hjalp: "Svara Nej om deltagaren har en anställning men inte har arbetat direkt före insatsen, eller inte kan arbeta.",
            kort: "Förvärvsarbetar före",
        },
        arbetarProcent: {
            etikett: "Ange hur många procent deltagaren har arbetat (%)",
            hjalp: `${heltid} Allt arbete räknas ihop.`,
            kort: "Arbetets omfattning före",
        },
        arbetstyper: {
            etikett: "Ange om arbetet var",
            hjalp: flera,
            kort: "Typ av arbete före",
        },
        studerar: {
            etikett: "Har deltagaren studerat omedelbart före denna insats?",
            hjalp: "",
            kort: "Studier före",
        },
        studerarProcent: {
            etikett: "Ange hur många procent deltagaren har studerat (%)",
            hjalp: "Ange hela procent, från 1 till 100.",
            kort: "Studiernas omfattning före",
        },
    },
    efter: {
        forsorjning: {
            etikett:
                "Vilken/vilka offentliga försörjningar har deltagaren efter insatsen?",
            hjalp: `${flera} Bara offentlig försörjning i Sverige räknas. Föräldrapenning och pension räknas som Ingen offentlig försörjning.`,
            kort: "Försörjning efter",
        },
        arbetssokande: {
            etikett:
                "Är deltagaren inskriven som aktivt arbetssökande på Arbetsförmedlingen efter denna insats?",
            hjalp: aktivt,
            kort: "Aktivt arbetssökande efter",
        },
        arbetar: {
            etikett: "Förvärvsarbetar deltagaren direkt efter denna insats?",
            hjalp: "Svara Nej om deltagaren har en anställning men inte kan arbeta.",
            kort: "Förvärvsarbetar efter",
        },
        arbetarProcent: {
            etikett: "Ange hur många procent deltagaren arbetar (%)",
            hjalp: `${heltid} Allt arbete räknas ihop.`,
            kort: "Arbetets omfattning efter",
        },
        arbetstyper: {
            etikett: "Ange om arbetet är",
            hjalp: flera,
            kort: "Typ av arbete efter",
        },
        studerar: {
            etikett: "Studerar deltagaren direkt efter denna insats?",
            hjalp: "",
            kort: "Studier efter",
        },
        studerarProcent: {
            etikett: "Ange hur många procent deltagaren studerar (%)",
            hjalp: "Ange hela procent, från 1 till 100.",
            kort: "Studiernas omfattning efter",
        },
    },
};
