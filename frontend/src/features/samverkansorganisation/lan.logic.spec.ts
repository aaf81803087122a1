import { describe, expect, it } from "vitest";
import { lanAv } from "./lan.logic";

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
