import { describe, expect, it } from "vitest";
import type { Roll, Schema } from "@/shared/api/typer";
import { menyFor } from "./behorighet.logic";
import { type Har, harPa, menyMed, undergrupper } from "./undermeny.logic";

type Uppdrag = Schema<"Uppdrag">;

/** Somebody with these roles in these places: «o» an organisation, «o/a» an insats of it. */
function jag(...uppdrag: [Roll, string][]): Schema<"Jag"> {
    return {
        id: "jag",
        fornamn: "Anna",
        efternamn: "Ek",
        personnummerMaskerat: "19770117-****",
        behorigheter: [],
        scopes: [],
        uppdrag: uppdrag.map(([roll, var_]): Uppdrag => {
            const [organisationId = "", insatsId] = var_.split("/");
            return {
                roll,
                organisationId,
                organisation: organisationId,
                ...(insatsId === undefined
                    ? {}
                    : { insatsId, insats: insatsId }),
            };
        }),
    };
}

/** «Insats: Budget /insatser/a/budget», each choice with its address. */
function valen(
    j: Schema<"Jag">,
    roller: Roll[],
    har: Har = {},
): Record<string, string[]> {
    return Object.fromEntries(
        undergrupper(j, roller, har).map((g) => [
            g.rubrik,
            g.val.map((v) => `${v.text} ${v.till}`),
        ]),
    );
}

/** Those under one choice, their addresses alone. */
function adresser(
    rubrik: string,
    j: Schema<"Jag">,
    roller: Roll[],
    har: Har = {},
): string[] {
    const grupp = undergrupper(j, roller, har).find((g) => g.rubrik === rubrik);
    return grupp?.val.map((v) => v.till) ?? [];
}

const d: Roll = "DELTAGARANSVARIG";
const s: Roll = "SAMVERKANSADMINISTRATOR";

describe("valen under menyn, för var och en av rollerna", () => {
    it("deltagaransvarig", () => {
        expect(valen(jag([d, "o/a"]), [d])).toEqual({
            Samverkansorganisation: [
                "Budget /samverkansorganisationer/o/budget",
            ],
            Insats: ["Budget /insatser/a/budget"],
            Deltagande: [
                "Registrera deltagare /insatser/a/registrera",
                "Anonyma deltagare /insatser/a/anonyma",
                "Samtycken /insatser/a/samtycken",
            ],
        });
    });
    it("samverkansadministratör", () => {
        expect(valen(jag([s, "o"]), [s])).toEqual({
            Samverkansorganisation: [
                "Budget /samverkansorganisationer/o/budget",
            ],
            Insats: [
                "Budget /insatser?till=insats-budget",
                "Registrera insats /insatser/ny",
            ],
            Deltagande: [
                "Kompletterande fråga /samverkansorganisationer/o/fragor",
            ],
        });
    });
    it("insatsansvarig", () => {
        const j = jag(["INSATSANSVARIG", "o/a"]);
        expect(valen(j, ["INSATSANSVARIG"])).toEqual({
            Samverkansorganisation: [
                "Budget /samverkansorganisationer/o/budget",
            ],
            Insats: ["Budget /insatser/a/budget"],
        });
    });
    it("systemförvaltare", () => {
        expect(valen(jag(), ["SYSTEMFORVALTARE"])).toEqual({
            Samverkansorganisation: [
                "Budget /samverkansorganisationer?till=organisation-budget",
                "Registrera samverkansorganisation /samverkansorganisationer/ny",
            ],
            Insats: ["Budget /insatser?till=insats-budget"],
        });
    });
    it.each([["SUSRAPPORT"], ["MASKIN"]] as const)("%s har inga", (roll) => {
        expect(valen(jag(), [roll])).toEqual({});
    });
    it("den som är både och har bådas", () => {
        expect(
            valen(jag([d, "o/a"], [s, "p"]), [d, s])["Deltagande"],
        ).toHaveLength(4);
    });
    it("den vars behörighet har gått ut har inte rollens val kvar", () => {
        const kvar = valen(jag([d, "o/a"], [s, "o"]), []);
        expect(kvar["Deltagande"]).toBeUndefined();
        expect(kvar["Insats"]).toEqual(["Budget /insatser?till=insats-budget"]);
    });
});

describe("undervalet gäller", () => {
    it("insatsen vars sida det är", () => {
        expect(
            adresser("Deltagande", jag([d, "o/a"], [d, "o/b"]), [d], {
                insatsId: "b",
            }),
        ).toEqual([
            "/insatser/b/registrera",
            "/insatser/b/anonyma",
            "/insatser/b/samtycken",
        ]);
    });
    it("den enda insatsen, var man än är", () => {
        expect(
            adresser("Deltagande", jag([d, "o/a"]), [d], {
                insatsId: "annan",
            })[0],
        ).toBe("/insatser/a/registrera");
    });
    it("den insats som väljs först av den som har flera", () => {
        const j = jag([d, "o/a"], [d, "o/b"]);
        expect(adresser("Deltagande", j, [d], { insatsId: "annan" })).toEqual([
            "/deltagande?till=registrera",
            "/deltagande?till=anonyma",
            "/deltagande?till=samtycken",
        ]);
        expect(adresser("Insats", j, [d])).toEqual([
            "/insatser?till=insats-budget",
        ]);
    });
    it("den organisation som väljs först av den som administrerar flera", () => {
        const j = jag([s, "o"], [s, "p"]);
        expect(adresser("Deltagande", j, [s])).toEqual([
            "/samverkansorganisationer?till=organisation-fragor",
        ]);
        expect(adresser("Deltagande", j, [s], { organisationId: "p" })).toEqual(
            ["/samverkansorganisationer/p/fragor"],
        );
        expect(
            adresser("Deltagande", j, [s], { organisationId: "annan" }),
        ).toEqual(["/samverkansorganisationer?till=organisation-fragor"]);
    });
    it("för den som får se alla den organisation vars sida det är", () => {
        expect(
            adresser("Samverkansorganisation", jag(), ["SYSTEMFORVALTARE"], {
                organisationId: "vilken",
            })[0],
        ).toBe("/samverkansorganisationer/vilken/budget");
    });
});

it.each([
    ["organisation-budget", undefined, true],
    ["samverkansorganisationer", "organisation-budget", true],
    ["samverkansorganisationer", undefined, false],
    ["samverkansorganisation", "organisation-budget", false],
])("är sidan %s för %s undervalets: %s", (sida, till, ar) => {
    const val = { kort: "", text: "", till: "", sidor: "organisation-budget" };
    expect(harPa(val, sida, till)).toBe(ar);
});

it("har Deltagande utan egen sida för den som bara har det som står under", () => {
    const meny = menyMed(menyFor([s]), undergrupper(jag([s, "o"]), [s]));
    expect(meny.map((m) => [m.label, m.href])).toEqual([
        ["Startsida", "/"],
        ["Samverkansorganisation", "/samverkansorganisationer"],
        ["Insats", "/insatser"],
        ["Deltagande", undefined],
        ["Rapporter", "/rapporter"],
    ]);
    const egen = menyFor([d]);
    expect(menyMed(egen, undergrupper(jag([d, "o/a"]), [d]))).toEqual(egen);
});
