import { type Anrop, del } from "./montera";

/** What the mounted look-overs have in common: an insats, what was sent, and what is read before it is saved. */

export const id = "019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f";

export const insats = {
    id,
    namn: "Vägen in",
    startdatum: "2015-01-01",
    deltagarregistrering: "MED_PERSONUPPGIFT_ELLER_ANONYM",
    organisation: {
        id,
        namn: "Förbundet",
        samverkansform: "FINSAM",
        startdatum: "2008-01-01",
        medlemmar: [],
    },
};

export const lista = (data: readonly object[]): object => ({
    data,
    _meta: { limit: 100, count: data.length, totalRecords: data.length },
    _links: {},
});

/** A dry run. */
export const arProv = (a: Anrop): boolean =>
    a.params.query?.["provkor"] === true;

/** What was sent: dry runs and saves, in order. */
export function sant(anrop: readonly Anrop[] = []): string[] {
    return anrop
        .filter((a) => a.metod === "POST")
        .map((a) => (arProv(a) ? "prov" : "spara"));
}

/** The answers as they are read before they are saved. */
export const rader = (): string[] =>
    [...(del("kontroll")?.querySelectorAll(".kontroll__rad") ?? [])].map((r) =>
        [...r.querySelectorAll("dt, dd:not(.kontroll__andra)")]
            .map((e) => e.textContent.trim())
            .join(": "),
    );
