import { afterEach, describe, expect, it } from "vitest";
import {
    type Anrop,
    type Monterad,
    del,
    lugn,
    montera,
    nekande,
    tryck,
} from "@/shared/prov/montera";
import * as v from "@/shared/prov/varlden";
import DeltagandeSida from "./DeltagandeSida.vue";
import { minnsLista } from "./listminne";

const id = "019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f";

const inregistrering = {
    startdag: "2026-02-01",
    utbildningsniva: "GYMNASIUM",
    arOffentligForsorjning: 2,
    fore: {
        forsorjning: ["SA"],
        arbetssokande: false,
        arbetar: false,
        studerar: false,
    },
};
const utregistrering = {
    avslutningsdag: "2026-02-20",
    avslutsanledning: "FELREGISTRERING",
};

let sida: Monterad | undefined;

async function oppna(
    delar: object,
    fragor: () => object[] = () => [],
    omSamtycket: object = {},
): Promise<void> {
    const deltagande = {
        id,
        insatsId: id,
        samtyckeId: "samtycke",
        status: "PAGAENDE",
        startdag: "2026-02-01",
        version: 1,
        inregistrering,
        deltagare: { personnummer: "197701172392", namn: "Sven Envall" },
        ...delar,
    };
    const lista = (data: object[]): object => ({
        data,
        _meta: { limit: 100, count: data.length, totalRecords: data.length },
        _links: {},
    });
    sida = await montera(DeltagandeSida, {
        vag: `/deltaganden/${id}`,
        rutt: "/deltaganden/:deltagandeId",
        roll: "DELTAGARANSVARIG",
        server: (a: Anrop) => {
            switch (a.vag) {
                case "/deltaganden/{deltagandeId}":
                    return deltagande;
                case "/deltaganden/{deltagandeId}/versioner":
                    return lista([
                        {
                            typ: "IN",
                            version: 1,
                            registrerad: "2026-02-02T10:00:00Z",
                            registreradAv: id,
                            inregistrering: deltagande.inregistrering,
                        },
                        ...("utregistrering" in delar
                            ? [
                                  {
                                      typ: "UT",
                                      version: 1,
                                      // The day after in Sweden.
                                      registrerad: "2026-02-21T23:30:00Z",
                                      registreradAv: id,
                                      utregistrering,
                                  },
                              ]
                            : []),
                    ]);
                case "/samtycken/{samtyckeId}":
                    return {
                        id: "samtycke",
                        insatsId: id,
                        status: "ANVANT",
                        datum: "2026-01-30",
                        blankett: "9443",
                        sprak: "sv",
                        satt: "SKRIFTLIGT",
                        registrerat: "2026-01-30T10:00:00Z",
                        version: 1,
                        ...omSamtycket,
                    };
                case "/insatser/{insatsId}":
                    return {
                        id,
                        namn: "Vägen in",
                        startdatum: "2015-01-01",
                        organisation: {
                            id,
                            namn: "Förbundet",
                            samverkansform: "FINSAM",
                            startdatum: "2008-01-01",
                            medlemmar: [],
                        },
                    };
                case "/samverkansorganisationer/{organisationId}/fragor":
                    return lista(fragor());
                default:
                    return lista([]);
            }
        },
    });
}

afterEach(() => {
    sida?.bort();
    sida = undefined;
});

describe("deltagandets sida", () => {
    it("visar det som gäller, sedan historiken, och samtycket med dag, blankett, språk och väg", async () => {
        await oppna({});
        expect(
            [...document.querySelectorAll("h2")].map((h) =>
                h.textContent.trim(),
            ),
        ).toEqual(["Gällande uppgifter", "Historik", "Återkalla samtycket"]);
        const rader = [
            ...(del("gallande")?.querySelectorAll("tbody tr") ?? []),
        ].map((r) =>
            [...r.children].map((c) => c.textContent.trim()).join(" | "),
        );
        expect(rader).toContain("Försörjning | SA | –");
        const samtycket = del("samtycket");
        expect(samtycket?.textContent.replace(/\s+/g, " ").trim()).toBe(
            "2026-01-30, 9443, sv, skriftligt, på blankett",
        );
        expect(samtycket?.querySelector("a")?.getAttribute("href")).toBe(
            "/samtycken/samtycke",
        );
        expect(
            [...document.querySelectorAll("nav[aria-label='Du är här'] a")].map(
                (a) => a.textContent.trim(),
            ),
        ).toEqual(["Startsida", "Vägen in"]);
    });

    it("visar svaren på de kompletterande frågorna, och frågar bara efter dem när det finns några", async () => {
        const fragat = (): number =>
            (sida?.anrop ?? []).filter((a) => a.vag.endsWith("/fragor")).length;
        await oppna({});
        expect(fragat()).toBe(0);
        sida?.bort();
        const besvarat = {
            inregistrering: {
                ...inregistrering,
                svar: [{ fragaId: v.fraga.id, koder: ["2"] }],
            },
        };
        await oppna(besvarat, () => [v.fraga]);
        expect(fragat()).toBe(1);
        expect(del("gallande")?.textContent).toMatch(/Stöd\s*Praktik/);
        expect(del("tidslinje")?.textContent).toMatch(/Stöd\s*Praktik/);
        expect(del("fragor-saknas")).toBeNull();
        sida?.bort();
        await oppna(besvarat, () => {
            throw nekande(403, "behorighet-saknas", "Nej.");
        });
        expect(del("fragor-saknas")).not.toBeNull();
        expect(del("gallande")?.textContent).toMatch(
            /Kompletterande fråga\s*Besvarad/,
        );
    });

    it("säger till och med vilken dag en felregistrering kan rättas", async () => {
        await oppna({ status: "FELREGISTRERAD", utregistrering });
        expect(del("kan-rattas")?.textContent).toContain(
            "Det kan rättas till och med 2026-03-24.",
        );
    });

    it("förklarar ett pågående deltagande utan namn, och ett som är två", async () => {
        await oppna({
            deltagare: undefined,
            identitetRaderad: "SKYDD",
            sammaPersonSom: "annat",
        });
        expect(del("utan-namn")?.textContent).toContain(
            "Deltagandet pågår och räknas, utan namn, tills du utregistrerar",
        );
        expect(del("samma-person")?.textContent).toContain(
            "har bytt ut det ena numret",
        );
        expect(del("ratta-in")).toBeNull();
    });

    it("har återkallelsen i historiken", async () => {
        await oppna(
            { deltagare: undefined, identitetRaderad: "ATERKALLELSE" },
            undefined,
            { status: "ATERKALLAT", aterkallat: "2026-02-21T23:30:00Z" },
        );
        const [senast] = [
            ...(del("tidslinje")?.querySelectorAll("li.tidslinje__punkt") ??
                []),
        ];
        expect(senast?.textContent.replace(/\s+/g, " ").trim()).toBe(
            "Samtycket återkallades Registrerad 2026-02-22 00:30",
        );
        expect(senast?.querySelector("dl")).toBeNull();
    });

    it("återkallar inget förrän man kryssat i att man fått återkallelsen", async () => {
        await oppna({});
        const sanda = (): number =>
            (sida?.anrop ?? []).filter((a) => a.metod === "POST").length;
        await tryck("aterkalla");
        // Nothing that erases has the focus, nor comes first.
        expect(document.activeElement?.tagName).not.toBe("BUTTON");
        expect(
            [...document.querySelectorAll("[data-test^=aterkalla-]")].map((e) =>
                e.getAttribute("data-test"),
            ),
        ).toEqual(["aterkalla-fatt", "aterkalla-nej", "aterkalla-ja"]);
        await tryck("aterkalla-ja");
        expect(del("fatt-saknas")).not.toBeNull();
        expect(sanda()).toBe(0);
        document
            .querySelector<HTMLElement>("[data-test=aterkallelse] input")
            ?.click();
        await lugn();
        await tryck("aterkalla-ja");
        expect(sanda()).toBe(1);
        expect(del("aterkallat")).not.toBeNull();
    });

    it("har vägen tillbaka till listan som den var", async () => {
        minnsLista(id, `/insatser/${id}?status=PAGAENDE&sida=2`, [{ id }], () =>
            Promise.resolve([]),
        );
        await oppna({});
        expect(del("till-listan")?.getAttribute("href")).toBe(
            `/insatser/${id}?status=PAGAENDE&sida=2#deltaganden`,
        );
    });
});
