import { describe, expect, it } from "vitest";
import { lanAv, raknasTill } from "./lan.logic";

const kommun = (kod: string, lan: string, lanNamn: string) => ({
    kod,
    namn: kod,
    lan,
    lanNamn,
});

describe("länen av kommunerna", () => {
    it("står en gång var, i kodernas ordning", () => {
        expect(
            lanAv([
                kommun("2582", "25", "Norrbottens län"),
                kommun("0380", "03", "Uppsala län"),
                kommun("2580", "25", "Norrbottens län"),
            ]),
        ).toEqual([
            { varde: "03", text: "Uppsala län" },
            { varde: "25", text: "Norrbottens län" },
        ]);
        expect(lanAv([])).toEqual([]);
    });
});

describe("länet som organisationen räknas till", () => {
    const alla = [
        kommun("0180", "01", "Stockholms län"),
        kommun("0380", "03", "Uppsala län"),
        kommun("0381", "03", "Uppsala län"),
        kommun("1980", "19", "Västmanlands län"),
    ];

    it("sägs med de andra när kommunerna ligger i flera, i kodernas ordning", () => {
        const over = (...kommuner: string[]) =>
            raknasTill({ lan: "03", kommuner }, alla);
        expect(over("0380", "0381")).toEqual({
            text: "Uppsala län",
            flera: false,
        });
        expect(over("1980", "0380", "0381", "0180")).toEqual({
            text: "Uppsala län (kommuner även i Stockholms län och Västmanlands län)",
            flera: true,
        });
    });

    it("är koden tills länen har hämtats", () => {
        expect(raknasTill({ lan: "03", kommuner: ["0380"] }, [])).toEqual({
            text: "03",
            flera: false,
        });
    });
});
