import { describe, expect, it } from "vitest";
import type { Schema } from "@/shared/api/typer";
import {
    type Ingaendesvar,
    delade,
    granskaIngaende,
    ingaendeetiketter,
    medlemmarUnder,
    nyPeriod,
    radAv,
    radenIOrd,
    raderAv,
    tillIngaende,
} from "./ingaende.logic";

const kassan: Ingaendesvar = {
    organisationsnummer: "2021005521",
    namn: "Försäkringskassan",
    typ: "FORSAKRINGSKASSAN",
    giltigFran: "",
    giltigTom: "",
    flaggor: ["medlem", "finansiar"],
};
const rad = (mer: Partial<Ingaendesvar>): Ingaendesvar => ({
    ...kassan,
    ...mer,
});
const ingaende = (
    mer: Partial<Schema<"IngaendeOrganisation">>,
): Schema<"IngaendeOrganisation"> => ({
    organisationsnummer: kassan.organisationsnummer,
    namn: kassan.namn,
    typ: kassan.typ,
    giltigFran: "2005-01-01",
    medlem: true,
    finansiar: true,
    konsument: false,
    ...mer,
});

const felen = (...rader: Ingaendesvar[]): string[] =>
    granskaIngaende(rader).map((f) => `${f.pekare} ${f.regel}`);

describe("ingående organisationer som rader", () => {
    it.each([
        ["FORSAKRINGSKASSAN", ["medlem", "finansiar"]],
        ["ARBETSFORMEDLINGEN", ["medlem"]],
        ["REGION", ["medlem", "finansiar"]],
        ["KOMMUN", ["medlem", "finansiar"]],
        ["SAMORDNINGSFORBUND", ["finansiar", "konsument"]],
        ["ESF", ["finansiar"]],
        ["OVRIG", ["finansiar"]],
    ] as const)("en %s är från början %s", (typ, vantat) => {
        expect(radAv({ ...kassan, typ }).flaggor).toEqual(vantat);
    });

    it("går fram och åter till tråden", () => {
        const o = {
            startdatum: "2005-01-01",
            ingaendeOrganisationer: [
                ingaende({ giltigTom: "2010-12-31" }),
                ingaende({ giltigFran: "2011-01-01", finansiar: false }),
            ],
        };
        const rader = raderAv(o);
        expect(rader.map((r) => [r.giltigFran, r.giltigTom])).toEqual([
            ["", "2010-12-31"],
            ["2011-01-01", ""],
        ]);
        expect(tillIngaende(rader)).toEqual([
            {
                organisationsnummer: "2021005521",
                giltigTom: "2010-12-31",
                medlem: true,
                finansiar: true,
                konsument: false,
            },
            {
                organisationsnummer: "2021005521",
                giltigFran: "2011-01-01",
                medlem: true,
                finansiar: false,
                konsument: false,
            },
        ]);
    });

    it("ser själv vad som är fel", () => {
        expect(felen()).toEqual(["/ingaendeOrganisationer obligatoriskt"]);
        expect(felen(kassan)).toEqual([]);
        expect(felen(kassan, kassan)).toEqual([
            "/ingaendeOrganisationer/1 dubblett",
        ]);
        expect(
            felen(
                rad({ giltigTom: "2010-12-31" }),
                rad({ giltigFran: "2010-12-31" }),
            ),
        ).toEqual(["/ingaendeOrganisationer/1/giltigFran ingaende-overlappar"]);
        expect(
            felen(
                rad({ giltigTom: "2010-12-31" }),
                rad({ giltigFran: "2011-01-01" }),
                rad({ organisationsnummer: "2120003005" }),
            ),
        ).toEqual([]);
        expect(
            felen(rad({ giltigFran: "2011-01-02", giltigTom: "2011-01-01" })),
        ).toEqual(["/ingaendeOrganisationer/0/giltigTom slut-fore-start"]);
        expect(felen(rad({ giltigFran: "snart" }))).toEqual([
            "/ingaendeOrganisationer/0/giltigFran datum",
        ]);
        expect(
            felen(rad({ typ: "SAMORDNINGSFORBUND", flaggor: ["finansiar"] })),
        ).toEqual(["/ingaendeOrganisationer/0 forbund-konsument"]);
    });

    it("ger en ny period dagen efter den förra", () => {
        const forr = rad({ giltigTom: "2010-12-31" });
        const ny = nyPeriod(forr);
        expect([ny.giltigFran, ny.giltigTom]).toEqual(["2011-01-01", ""]);
        ny.flaggor.push("konsument");
        expect(forr.flaggor).not.toContain("konsument");
        expect(nyPeriod(kassan).giltigFran).toBe("");
    });

    it("läses som ord", () => {
        expect(radenIOrd(kassan)).toBe("Hela tiden: Medlem, Finansiär");
        expect(radenIOrd(rad({ giltigFran: "2011-01-01", flaggor: [] }))).toBe(
            "2011-01-01 – tills vidare: varken medlem, finansiär eller konsument",
        );
        expect(radenIOrd(rad({ giltigTom: "2011-01-01" }))).toContain(
            "Från start – 2011-01-01",
        );
        expect(Object.keys(ingaendeetiketter(2))).toHaveLength(7);
        expect(ingaendeetiketter(1)["/ingaendeOrganisationer/0"]).toBe(
            "Ingående organisation 1",
        );
    });

    it("skiljer de avslutade från dem som gäller eller ska gälla", () => {
        const { nu, avslutade } = delade(
            [
                ingaende({ namn: "a", giltigTom: "2026-03-01" }),
                ingaende({ namn: "b", giltigTom: "2026-03-02" }),
                ingaende({ namn: "c", giltigFran: "2027-01-01" }),
            ],
            "2026-03-02",
        );
        expect(nu.map((i) => i.namn)).toEqual(["b", "c"]);
        expect(avslutade.map((i) => i.namn)).toEqual(["a"]);
    });

    it("vet vem som är medlem någon dag under en insats, en gång", () => {
        const o = {
            ingaendeOrganisationer: [
                ingaende({ giltigTom: "2010-12-31" }),
                ingaende({ giltigFran: "2011-01-01" }),
                ingaende({
                    organisationsnummer: "2120003005",
                    namn: "Uppsala kommun",
                    giltigFran: "2012-01-01",
                    giltigTom: "2012-12-31",
                }),
                ingaende({
                    organisationsnummer: "2220001925",
                    medlem: false,
                }),
            ],
        };
        const vilka = (fran: string, tom: string): string[] =>
            medlemmarUnder(o, fran, tom).map((m) => m.text);
        expect(vilka("2013-01-01", "")).toEqual([
            "Försäkringskassan (202100-5521)",
        ]);
        expect(vilka("2010-01-01", "2012-01-01")).toEqual([
            "Försäkringskassan (202100-5521)",
            "Uppsala kommun (212000-3005)",
        ]);
        expect(vilka("", "")).toHaveLength(2);
        expect(vilka("2009-01-01", "2011-12-31")).toHaveLength(1);
    });
});
