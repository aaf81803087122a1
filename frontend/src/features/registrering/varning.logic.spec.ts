import { describe, expect, it } from "vitest";
import { undranOm, undranOmIn, undranOmRattelse } from "./varning.logic";

const kort = {
    varning: "kort-tid",
    pekare: "/avslutningsdag",
    meddelande: "Deltagandet varade i högst två dagar.",
};

describe("det som är ovanligt", () => {
    it("är samma fråga så länge svaret den gäller är detsamma", () => {
        const [en] = undranOm([kort], {
            avslutningsdag: "2026-01-02",
            avslutsanledning: "FLYTT",
        });
        const [samma] = undranOm([kort], {
            avslutningsdag: "2026-01-02",
            avslutsanledning: "SJUKDOM",
        });
        const [annan] = undranOm([kort], { avslutningsdag: "2026-01-03" });
        expect(en?.text).toBe("Deltagandet varade i högst två dagar.");
        expect(samma?.nyckel).toBe(en?.nyckel);
        expect(annan?.nyckel).not.toBe(en?.nyckel);
    });

    it("säger vilket år det gäller när det finns flera", () => {
        const varning = {
            varning: "lange-sedan",
            pekare: "/inregistreringsar",
            meddelande: "Länge sedan.",
        };
        const [u] = undranOm([varning], { inregistreringsar: 2019 }, "2019");
        expect(u?.text).toBe("2019: Länge sedan.");
    });

    it("inuti ett svar hittas där", () => {
        const varning = {
            varning: "ingen-med-manga-ar",
            pekare: "/fore/forsorjning",
            meddelande: "Ingen, fast tio år.",
        };
        const [en] = undranOm([varning], { fore: { forsorjning: ["INGEN"] } });
        const [annan] = undranOm([varning], { fore: { forsorjning: ["SA"] } });
        expect(en?.nyckel).not.toBe(annan?.nyckel);
    });

    it("leder till samtycket när det är det som rättas, och bara då", () => {
        const om = (varning: string): string | undefined =>
            undranOmIn([{ varning, pekare: "/samtyckeId", meddelande: "?" }], {
                samtyckeId: "s",
            } as never)[0]?.rattas;
        expect(om("samtycke-fore-fodelsen")).toBe("/samtycken/s/ratta");
        expect(om("samtycke-fore-insatsen")).toBe("/samtycken/s/ratta");
        expect(om("under-15-utan-bedomning")).toBe("/samtycken/s/ratta");
        expect(om("kommun-utanfor")).toBeUndefined();
    });
});

describe("ett rättat antal anonyma", () => {
    const fore = { antalKvinnor: 2, antalMan: 30 };
    const ny = { inregistreringsar: 2026, skal: "Fel antal" };
    it.each([
        [20, 30, []],
        [21, 30, ["Är det rätt med 21 kvinnor för 2026?"]],
        [0, 29, []],
        [
            10_000,
            31,
            [
                "Är det rätt med 10 000 kvinnor för 2026?",
                "Är det rätt med 31 män för 2026?",
            ],
        ],
    ])("%i kvinnor och %i män", (antalKvinnor, antalMan, vantat) => {
        expect(
            undranOmRattelse(fore, { ...ny, antalKvinnor, antalMan }).map((u) =>
                u.text.replaceAll(/\s/g, " "),
            ),
        ).toEqual(vantat);
    });
});
