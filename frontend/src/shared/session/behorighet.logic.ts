import { adress } from "@/shared/adresser";
import type { Roll, Schema } from "@/shared/api/typer";

type Jag = Schema<"Jag">;

/** What the program calls each role. */
export const rollnamn: Record<Roll, string> = {
    SUSRAPPORT: "SUS-rapport",
    SAMVERKANSADMINISTRATOR: "Samverkansadministratör",
    INSATSANSVARIG: "Insatsansvarig",
    DELTAGARANSVARIG: "Deltagaransvarig",
    SYSTEMFORVALTARE: "Systemförvaltare",
    MASKIN: "Maskinklient",
};

/** The roles that hold on a day. */
export function rollerPa(jag: Jag, dag: string): Roll[] {
    const nu = jag.behorigheter.filter(
        (b) => b.franOchMed <= dag && b.tillOchMed >= dag,
    );
    return [...new Set(nu.map((b) => b.roll))];
}

/** The insatser where the person registers participants. */
export function registrerarI(jag: Jag): Set<string> {
    return new Set(
        jag.uppdrag.flatMap((u) =>
            u.roll === "DELTAGARANSVARIG" && u.insatsId !== undefined
                ? [u.insatsId]
                : [],
        ),
    );
}

/** May the person change the insats? The server decides; this is what is shown. */
export function farAndraInsats(
    jag: Jag,
    insatsId: string,
    organisationId: string,
): boolean {
    return jag.uppdrag.some(
        (u) =>
            (u.roll === "INSATSANSVARIG" && u.insatsId === insatsId) ||
            (u.roll === "SAMVERKANSADMINISTRATOR" &&
                u.organisationId === organisationId &&
                u.insatsId === undefined),
    );
}

/** Volym and budgets are read by the organisation's own and by Försäkringskassan. */
export function farSeBudget(
    jag: Jag,
    roller: readonly Roll[],
    organisationId: string,
): boolean {
    return (
        roller.includes("SYSTEMFORVALTARE") ||
        jag.uppdrag.some((u) => u.organisationId === organisationId)
    );
}

/** The organisations that the person administers. */
export function administrerar(jag: Jag): { id: string; namn: string }[] {
    return jag.uppdrag
        .filter(
            (u) =>
                u.roll === "SAMVERKANSADMINISTRATOR" &&
                u.insatsId === undefined,
        )
        .map((u) => ({ id: u.organisationId, namn: u.organisation }));
}

export interface Menyval {
    label: string;
    route: string;
    href: string;
    /** Also where there is no room for the whole menu: what is used most. */
    framst?: boolean;
}

const menyn: (Menyval & { roller?: Roll[] })[] = [
    { label: "Startsida", route: "startsida", href: adress("startsida") },
    {
        label: "Administration",
        route: "administration",
        href: adress("administration"),
        roller: ["SYSTEMFORVALTARE"],
    },
    {
        label: "Samverkansorganisation",
        route: "samverkansorganisation",
        href: adress("samverkansorganisationer"),
    },
    {
        label: "Insats",
        route: "insats",
        href: adress("insatser"),
        framst: true,
    },
    {
        label: "Deltagande",
        route: "deltagande",
        href: adress("deltagande"),
        framst: true,
        roller: ["DELTAGARANSVARIG"],
    },
    {
        label: "Rapporter",
        route: "rapporter",
        href: adress("rapporter"),
        roller: [
            "SUSRAPPORT",
            "SAMVERKANSADMINISTRATOR",
            "INSATSANSVARIG",
            "DELTAGARANSVARIG",
            "SYSTEMFORVALTARE",
        ],
    },
];

/** The menu of SUS, each choice for those who may. */
export function menyFor(roller: readonly Roll[]): Menyval[] {
    return menyn
        .filter((m) => m.roller?.some((r) => roller.includes(r)) ?? true)
        .map(({ label, route, href, framst = false }) => ({
            label,
            route,
            href,
            framst,
        }));
}
