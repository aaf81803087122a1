import { afterEach, describe, expect, it } from "vitest";
import { type Monterad, del, montera } from "@/shared/prov/montera";
import OrganisationSida from "./OrganisationSida.vue";

const id = "019373a0-1111-7aaa-8bbb-0a1b2c3d4e5f";

const kommuner = [
    { kod: "0305", namn: "Håbo", lan: "03", lanNamn: "Uppsala län" },
    { kod: "0380", namn: "Uppsala", lan: "03", lanNamn: "Uppsala län" },
    { kod: "0180", namn: "Stockholm", lan: "01", lanNamn: "Stockholms län" },
    { kod: "1980", namn: "Västerås", lan: "19", lanNamn: "Västmanlands län" },
];

const rad = (
    giltigFran: string,
    giltigTom: string | undefined,
    verksamhetsomrade: string,
    koder: string[],
) => ({
    giltigFran,
    giltigTom,
    verksamhetsomrade,
    lan: "03",
    kommuner: koder,
});

let sida: Monterad | undefined;

async function oppna(rader: ReturnType<typeof rad>[]): Promise<void> {
    const sist = rader[rader.length - 1];
    const lista = (data: unknown[]) => ({
        data,
        _meta: { totalRecords: data.length },
    });
    sida = await montera(OrganisationSida, {
        vag: `/samverkansorganisationer/${id}`,
        rutt: "/samverkansorganisationer/:organisationId",
        roll: "SUSRAPPORT",
        server: (a) => {
            switch (a.vag) {
                case "/samverkansorganisationer/{organisationId}":
                    return {
                        id,
                        namn: "Förbundet",
                        organisationsnummer: "2220001925",
                        samverkansform: "FINSAM",
                        startdatum: rader[0]?.giltigFran,
                        verksamhetsomrade: sist?.verksamhetsomrade,
                        kommuner: sist?.kommuner,
                        stadsdelar: [],
                        ingaendeOrganisationer: [],
                        lan: "03",
                        rader,
                        version: 1,
                    };
                case "/kommuner":
                    return lista(kommuner);
                case "/kodverk":
                    return lista(
                        a.params.query?.["kodverk"] === "VERKSAMHETSOMRADE"
                            ? ["OSTER Öster", "NORR Norr"].map((o, n) => ({
                                  kodverk: "VERKSAMHETSOMRADE",
                                  kod: o.split(" ")[0],
                                  etikett: o.split(" ")[1],
                                  giltigFran: "2004-01-01",
                                  ordning: n,
                              }))
                            : [],
                    );
                default:
                    return lista([]);
            }
        },
    });
}

const tabellen = (): string[] =>
    [...(del("over-tid")?.querySelectorAll("tbody tr") ?? [])].map((tr) =>
        [...tr.children].map((c) => c.textContent.trim()).join("|"),
    );

afterEach(() => {
    sida?.bort();
    sida = undefined;
});

describe("samverkansorganisationens sida", () => {
    it("säger var organisationen har stått, när den inte alltid har stått där", async () => {
        await oppna([
            rad("2005-01-01", "2025-06-30", "OSTER", ["0380", "0305"]),
            rad("2025-07-01", "2026-12-31", "NORR", ["0380", "0305"]),
            rad("2027-01-01", undefined, "NORR", ["0380", "0305", "1980"]),
        ]);
        expect(del("over-tid")?.querySelector("h2")?.textContent).toBe(
            "Verksamhetsområde och kommuner över tid",
        );
        expect(tabellen()).toEqual([
            "2005-01-01|2025-06-30|Öster|Uppsala län|Håbo och Uppsala",
            "2025-07-01|2026-12-31|Norr|Uppsala län|Håbo och Uppsala",
            "2027-01-01||Norr|Uppsala län (kommuner även i Västmanlands län)|Håbo, Uppsala och Västerås",
        ]);
        expect(del("raknas-till")?.textContent).toBe(
            "Uppsala län (kommuner även i Västmanlands län)",
        );
        expect(del("raknas-till")?.previousElementSibling?.textContent).toBe(
            "Räknas till län",
        );
    });

    it("har ingen tabell med en rad, och inget län när kommunerna ligger i ett", async () => {
        await oppna([rad("2005-01-01", undefined, "OSTER", ["0380", "0305"])]);
        expect(document.body.textContent).toContain("Öster");
        expect(del("over-tid")).toBeNull();
        expect(del("raknas-till")).toBeNull();
    });
});
