import { describe, expect, it } from "vitest";
import {
    beloppstext,
    kolumn,
    ore,
    skillnad,
    somBelopp,
    summa,
    tolkaBelopp,
} from "./belopp.logic";

describe("ett belopp", () => {
    it("tolkas som det skrivs och klistras in", () => {
        for (const [text, vill] of [
            ["0", "0.00"],
            ["1250", "1250.00"],
            ["1 250 000", "1250000.00"],
            ["1\u00a0250\u202f000,50", "1250000.50"],
            ["1250,5", "1250.50"],
            ["1250.05", "1250.05"],
            ["1 250,50 kr", "1250.50"],
            ["-5", "-5.00"],
            ["−0,05", "-0.05"],
            ["–7", "-7.00"],
            ["-0", "0.00"],
            ["007", "7.00"],
            ["10 000 000 000", "10000000000.00"],
            ["9999999999999,99", "9999999999999.99"],
        ]) {
            expect(tolkaBelopp(text ?? ""), text).toBe(vill);
        }
        for (const text of [
            "",
            " ",
            "kr",
            "1.250",
            "1,250",
            "1,5,0",
            "1250,505",
            ",50",
            "1e3",
            "--1",
            "ett",
            "12345678901234",
        ]) {
            expect(tolkaBelopp(text), text).toBeUndefined();
        }
    });
    it("läses med mellanrum, komma och minus", () => {
        expect(beloppstext("1250000.50")).toBe("1\u00a0250\u00a0000,50");
        expect(beloppstext("-1000.00")).toBe("−1\u00a0000,00");
        expect(beloppstext("-0.05")).toBe("−0,05");
        expect(beloppstext("999.00")).toBe("999,00");
    });
    it("är samma på tråden, i ören och i text", () => {
        for (const n of [0, 1, 99, 100, 12345, -1, -99, -100, 1e12, -1e12]) {
            expect(ore(somBelopp(n))).toBe(n);
            expect(tolkaBelopp(beloppstext(somBelopp(n)))).toBe(somBelopp(n));
        }
    });
    it("summeras på öret", () => {
        expect(summa("0.10", "0.20", undefined, "-0.05")).toBe("0.25");
        expect(summa()).toBe("0.00");
        expect(skillnad("0.30", "0.10")).toBe("-0.20");
        let s = 0;
        let facit = 0n;
        for (let i = 0; i < 10_000; i++) {
            const n = Math.floor(Math.random() * 2e12) - 1e12;
            s = ore(summa(somBelopp(s % 1e12), somBelopp(n)));
            facit = (facit % 1_000_000_000_000n) + BigInt(n);
            expect(BigInt(s)).toBe(facit);
        }
    });
});

describe("en kolumn", () => {
    it("är den första i det som kopierats, utan slutet av sista raden", () => {
        expect(kolumn("1 000,00\r\n2\t3\r\n\r\n4\r\n")).toEqual([
            "1 000,00",
            "2",
            "",
            "4",
        ]);
        expect(kolumn("7")).toEqual(["7"]);
    });
});
