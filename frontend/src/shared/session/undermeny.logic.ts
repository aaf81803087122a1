import { adress } from "@/shared/adresser";
import type { Roll, Schema } from "@/shared/api/typer";
import { type Menyval, administrerar, registrerarI } from "./behorighet.logic";

/** A choice under one of the menu's. */
export interface Underval {
    /** Where there is no room the first word is enough. */
    kort: string;
    text: string;
    till: string;
    /** The pages that it leads to have names that begin so. */
    sidor: string;
}

export interface Undergrupp {
    /** The choice of the menu that they stand under. */
    route: string;
    rubrik: string;
    val: Underval[];
}

/** Whose page it is, by its address. */
export interface Har {
    insatsId?: string | undefined;
    organisationId?: string | undefined;
}

/** The one whose page it is, or one's only one; undefined: it has to be chosen first. */
function denEna(
    egna: ReadonlySet<string>,
    har: string | undefined,
): string | undefined {
    return har !== undefined && egna.has(har)
        ? har
        : egna.size === 1
          ? [...egna][0]
          : undefined;
}

/** In the organisation, or in one that is chosen first. */
function iOrganisation(
    sida: "organisation-budget" | "organisation-fragor",
    en: string | undefined,
): string {
    return en === undefined
        ? `${adress("samverkansorganisationer")}?till=${sida}`
        : adress(sida, { organisationId: en });
}

function budget(till: string, sidor: string): Underval {
    return { kort: "Budget", text: "Budget", till, sidor };
}

function organisationsval(
    jag: Schema<"Jag">,
    roller: readonly Roll[],
    { organisationId }: Har,
): Underval[] {
    const egna = new Set(jag.uppdrag.map((u) => u.organisationId));
    const forvaltar = roller.includes("SYSTEMFORVALTARE");
    const val: Underval[] = [];
    if (forvaltar || egna.size > 0) {
        // Who may read every organisation's is taken to none by itself.
        const en = forvaltar ? organisationId : denEna(egna, organisationId);
        const sida = "organisation-budget";
        val.push(budget(iOrganisation(sida, en), sida));
    }
    if (forvaltar) {
        val.push({
            kort: "Registrera",
            text: "Registrera samverkansorganisation",
            till: adress("organisation-ny"),
            sidor: "organisation-ny",
        });
    }
    return val;
}

function insatsval(
    jag: Schema<"Jag">,
    roller: readonly Roll[],
    { insatsId }: Har,
): Underval[] {
    const forvaltar = roller.includes("SYSTEMFORVALTARE");
    const administrator = administrerar(jag).length > 0;
    const egna = new Set(jag.uppdrag.flatMap((u) => u.insatsId ?? []));
    const val: Underval[] = [];
    if (forvaltar || jag.uppdrag.length > 0) {
        // An administrator has the organisation's, which are not told here.
        const en =
            forvaltar || administrator ? undefined : denEna(egna, insatsId);
        const sida = "insats-budget";
        val.push(
            budget(
                en === undefined
                    ? `${adress("insatser")}?till=${sida}`
                    : adress(sida, { insatsId: en }),
                sida,
            ),
        );
    }
    if (roller.includes("SAMVERKANSADMINISTRATOR") && administrator) {
        val.push({
            kort: "Registrera",
            text: "Registrera insats",
            till: adress("insats-ny"),
            sidor: "insats-ny",
        });
    }
    return val;
}

function deltagandeval(
    jag: Schema<"Jag">,
    roller: readonly Roll[],
    { insatsId, organisationId }: Har,
): Underval[] {
    const val: Underval[] = [];
    const egna = registrerarI(jag);
    if (roller.includes("DELTAGARANSVARIG") && egna.size > 0) {
        const en = denEna(egna, insatsId);
        const till = (vad: "registrera" | "anonyma" | "samtycken"): string =>
            en === undefined
                ? `${adress("deltagande")}?till=${vad}`
                : adress(vad, { insatsId: en });
        val.push(
            {
                kort: "Registrera",
                text: "Registrera deltagare",
                till: till("registrera"),
                sidor: "registrera",
            },
            {
                kort: "Anonyma",
                text: "Anonyma deltagare",
                till: till("anonyma"),
                sidor: "anonyma",
            },
            {
                kort: "Samtycken",
                text: "Samtycken",
                till: till("samtycken"),
                sidor: "samtycke",
            },
        );
    }
    const administrerade = new Set(administrerar(jag).map((o) => o.id));
    if (roller.includes("SAMVERKANSADMINISTRATOR") && administrerade.size > 0) {
        const sida = "organisation-fragor";
        val.push({
            kort: "Frågor",
            text: "Kompletterande fråga",
            till: iOrganisation(sida, denEna(administrerade, organisationId)),
            sidor: sida,
        });
    }
    return val;
}

/** What stands under the menu's choices, for those who may: what is of the page's own insats or organisation leads there. */
export function undergrupper(
    jag: Schema<"Jag">,
    roller: readonly Roll[],
    har: Har = {},
): Undergrupp[] {
    return [
        {
            route: "samverkansorganisation",
            rubrik: "Samverkansorganisation",
            val: organisationsval(jag, roller, har),
        },
        {
            route: "insats",
            rubrik: "Insats",
            val: insatsval(jag, roller, har),
        },
        {
            route: "deltagande",
            rubrik: "Deltagande",
            val: deltagandeval(jag, roller, har),
        },
    ].filter((g) => g.val.length > 0);
}

/** The group whose choice leads to the page; `till` says what a page where one chooses is for. */
export function harPa(
    val: Underval,
    sida: string,
    till: string | undefined,
): boolean {
    const valjer = ["deltagande", "insatser", "samverkansorganisationer"];
    const visar = valjer.includes(sida) ? (till ?? "") : sida;
    return visar.startsWith(val.sidor);
}

/** A choice of the menu, which may have no page of its own but what stands under it. */
export type Huvudval = Omit<Menyval, "href"> & { href?: string };

/** The menu with a place for every group: Deltagande is none's own page who registers nobody. */
export function menyMed(
    meny: readonly Menyval[],
    grupper: readonly Undergrupp[],
): Huvudval[] {
    const saknas = grupper
        .filter((g) => !meny.some((m) => m.route === g.route))
        .map(({ route, rubrik }) => ({ route, label: rubrik }));
    const fore = meny.findIndex((m) => m.route === "rapporter");
    const plats = fore === -1 ? meny.length : fore;
    return [...meny.slice(0, plats), ...saknas, ...meny.slice(plats)];
}
