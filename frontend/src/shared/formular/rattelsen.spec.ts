import { afterEach, describe, expect, it } from "vitest";
import { type Bank, banker } from "@/shared/prov/banker";
import { del, finns, skriv, tryck, valj } from "@/shared/prov/handgrepp";
import { type Sida, oppna } from "@/shared/prov/oppna";
import * as v from "@/shared/prov/varlden";

let sida: Sida;
afterEach(() => sida.bort());

/** What a correction changes, as it is read: «Startdag: Var: … Blir: …». */
const andrade = (): string[] =>
    [...document.querySelectorAll(".kontroll__rad--andrad")].map((r) =>
        [...r.querySelectorAll("dt, dd:not(.kontroll__andra)")]
            .map((e) => e.textContent.replaceAll(/\s+/g, " ").trim())
            .join(" "),
    );
const sagt = (): string =>
    del("andringar")?.querySelector("p")?.textContent ?? "";

function banken(namn: string): Bank {
    const bank = banker[namn];
    if (!bank) {
        throw new Error(`${namn} finns inte`);
    }
    return bank;
}

async function tillFormularet(namn: string): Promise<void> {
    const bank = banken(namn);
    sida = await oppna(bank.vag, {
        ...(bank.roll ? { roll: bank.roll } : {}),
        ...(bank.svara ? { svara: bank.svara } : {}),
    });
    await bank.fram();
}

const skal = (): Promise<void> => skriv("/skal", "Fel uppgift");

describe("rättelsens kontroll visar det gamla bredvid det nya", () => {
    it.each<[string, string, () => Promise<void>, string[]]>([
        [
            "inregistreringens rättelse",
            "Rättelsen ändrar en uppgift.",
            async () => {
                await skriv("/arOffentligForsorjning", "9");
                await skal();
            },
            ["Antal år med offentlig försörjning Var: 3 år Blir: 9 år"],
        ],
        [
            "utregistreringens rättelse",
            "Rättelsen ändrar en uppgift.",
            async () => {
                await skriv("/avslutningsdag", v.dag(-3));
                await skal();
            },
            [`Avslutningsdag Var: ${v.dag(-2)} Blir: ${v.dag(-3)}`],
        ],
        [
            "de anonymas rättelse",
            "Rättelsen ändrar 2 uppgifter.",
            async () => {
                await skriv("/antalKvinnor", "7");
                await skriv("/antalMan", "0");
                await skal();
            },
            [
                `Antal kvinnor Var: ${v.anonyma.antalKvinnor} Blir: 7`,
                `Antal män Var: ${v.anonyma.antalMan} Blir: 0`,
            ],
        ],
        [
            "ändringen av samverkansorganisationen",
            "Det du har fyllt i ändrar en uppgift.",
            () => skriv("/namn", "Nytt förbund"),
            [`Namn Var: ${v.organisation.namn} Blir: Nytt förbund`],
        ],
        [
            "ändringen av en insats",
            "Det du har fyllt i ändrar en uppgift.",
            () => skriv("/namn", "Nya spår"),
            [`Insatsnamn Var: ${v.insats.namn} Blir: Nya spår`],
        ],
    ])("i %s", async (namn, lopande, gor, rader) => {
        await tillFormularet(namn);
        await gor();
        await tryck("spara");
        await finns("kontroll");
        expect(sagt()).toBe(lopande);
        expect(andrade()).toEqual(rader);
    });

    it("också för de frågor som inte längre ställs", async () => {
        await tillFormularet("utregistreringens rättelse");
        await valj("/avslutsanledning", "FELREGISTRERING");
        await skal();
        await tryck("spara");
        await finns("kontroll");
        const rader = andrade();
        expect(rader.length).toBeGreaterThan(2);
        expect(rader[0]).toContain("Blir: Felregistrering");
        for (const rad of rader.slice(1)) {
            expect(rad).toMatch(/ Var: .+ Blir: Inte ifyllt$/);
        }
    });

    it("och säger när den inte ändrar något", async () => {
        await tillFormularet("inregistreringens rättelse");
        await skal();
        await tryck("spara");
        await finns("kontroll");
        expect(sagt()).toBe("Rättelsen ändrar ingen uppgift.");
        expect(andrade()).toEqual([]);
    });

    it("men är tyst om det som är nytt", async () => {
        await tillFormularet("inregistreringen");
        await banken("inregistreringen").fyll();
        await tryck("spara");
        await finns("kontroll");
        expect(del("andringar")).toBeNull();
        expect(andrade()).toEqual([]);
    });
});

describe("den som sparas utan kontroll visar det vid knappen", () => {
    it("för samtycket", async () => {
        await tillFormularet("samtyckets rättelse");
        expect(sagt()).toBe("Rättelsen ändrar ingen uppgift.");
        await skriv("/datum", v.dag(-5));
        expect(sagt()).toBe("Rättelsen ändrar en uppgift:");
        expect(andrade()).toEqual([
            `Datum för samtycket Var: ${v.samtycke.datum} Blir: ${v.dag(-5)}`,
        ]);
    });
});
