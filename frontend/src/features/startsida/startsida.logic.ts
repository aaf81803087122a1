import { adress } from "@/shared/adresser";
import type { Roll, Schema } from "@/shared/api/typer";
import { dagarTill, plusDagar, plusManader } from "@/shared/datum.logic";
import { antal, antalMed } from "@/shared/text.logic";

/** The day of the month when SUS is to be complete (handbook: «den 15:e varje månad»). */
const sistaDag = 15;

/** Longer than this without an exit is worth a look [A]. */
const langTidManader = 24;

/** So long before its end a behörighet needs a new order [A]. */
const forvarningDagar = 60;

/** The next day when SUS is to be complete; today when it is that day. */
export function nastaSista(idag: string): string {
    const denna = `${idag.slice(0, 8)}${String(sistaDag)}`;
    return idag <= denna ? denna : plusManader(denna, 1);
}

/** The one before the next. */
export function forraSista(idag: string): string {
    return plusManader(nastaSista(idag), -1);
}

/** Those who began on this day or earlier have been there a long time. */
export function gransForLangTid(idag: string): string {
    return plusManader(idag, -langTidManader);
}

/** «idag», «i morgon», «om 3 dagar». */
export function omDagar(antal: number): string {
    if (antal <= 0) {
        return "i dag";
    }
    return antal === 1 ? "i morgon" : `om ${antal} dagar`;
}

/** What one insats holds. */
export interface Insatslage {
    id: string;
    namn: string;
    startdatum: string;
    slutdatum?: string | undefined;
    /** Undefined while it is not known. */
    pagaende?: number | undefined;
    nya?: number | undefined;
    langa?: number | undefined;
}

type Angelagenhet = "forsenad" | "snart" | "se-over";

interface Uppgift {
    nyckel: string;
    angelagenhet: Angelagenhet;
    insats?: { id: string; namn: string };
    text: string;
    /** Where it is done. */
    till: string;
    lanktext: string;
}

/** What is to be done in one insats before the next 15th, the most pressing first. */
export function uppgifterFor(i: Insatslage, idag: string): Uppgift[] {
    const ut: Uppgift[] = [];
    const sida = adress("insats", { insatsId: i.id });
    const insats = { id: i.id, namn: i.namn };
    const pagaende = i.pagaende ?? 0;
    const sista = nastaSista(idag);
    if (pagaende > 0 && i.slutdatum !== undefined && i.slutdatum <= sista) {
        const slut = i.slutdatum < idag;
        ut.push({
            nyckel: `${i.id}-slut`,
            angelagenhet: slut ? "forsenad" : "snart",
            insats,
            text: `${slut ? "Insatsen är slut sedan" : "Insatsen slutar"} ${i.slutdatum}. ${utregistrera(pagaende)}`,
            till: `${sida}?status=PAGAENDE#deltaganden`,
            lanktext: "Visa pågående",
        });
    } else if ((i.langa ?? 0) > 0) {
        const n = i.langa ?? 0;
        ut.push({
            nyckel: `${i.id}-lang`,
            angelagenhet: "se-over",
            insats,
            text: `${antal(n)} deltagare har varit med i mer än två år utan utregistrering. Stämmer det?`,
            till: `${sida}?status=PAGAENDE&startdagTill=${gransForLangTid(idag)}#deltaganden`,
            lanktext: "Gå igenom",
        });
    }
    const borjad = i.startdatum <= forraSista(idag);
    const pagar = i.slutdatum === undefined || i.slutdatum >= idag;
    if (borjad && pagar && i.nya === 0) {
        ut.push({
            nyckel: `${i.id}-inga`,
            angelagenhet: "se-over",
            insats,
            text: `Ingen har registrerats med startdag efter ${forraSista(idag)}. Har någon börjat?`,
            till: `${sida}/registrera`,
            lanktext: "Registrera deltagare",
        });
    }
    return ut;
}

function utregistrera(n: number): string {
    return `${antalMed(n, "pågående deltagande", "pågående deltaganden")} ska utregistreras.`;
}

interface Utgaende {
    roll: Roll;
    tillOchMed: string;
    dagar: number;
}

/** Roles that end soon and are not followed by another period of the same. */
export function utgaendeBehorigheter(
    jag: Schema<"Jag">,
    idag: string,
): Utgaende[] {
    return jag.behorigheter
        .filter((b) => b.franOchMed <= idag && b.tillOchMed >= idag)
        .filter(
            (b) =>
                !jag.behorigheter.some(
                    (a) =>
                        a.roll === b.roll &&
                        a.franOchMed === plusDagar(b.tillOchMed, 1),
                ),
        )
        .map((b) => ({
            roll: b.roll,
            tillOchMed: b.tillOchMed,
            dagar: dagarTill(idag, b.tillOchMed),
        }))
        .filter((b) => b.dagar <= forvarningDagar);
}

const rang: Record<Angelagenhet, number> = {
    forsenad: 0,
    snart: 1,
    "se-over": 2,
};

export function ordnade(uppgifter: readonly Uppgift[]): Uppgift[] {
    return [...uppgifter].sort(
        (a, b) => rang[a.angelagenhet] - rang[b.angelagenhet],
    );
}
