import { describe, expect, it } from "vitest";
import {
    ettAv,
    ettVarde,
    namnmonster,
    sidnummer,
    utanTomma,
} from "./fraga.logic";

describe("frågan i en adress", () => {
    it("läses ett värde i taget", () => {
        expect(ettVarde({ a: ["1", "2"], b: null, c: "" }, "a")).toBe("1");
        expect(ettVarde({ b: null }, "b")).toBeUndefined();
        expect(ettVarde({ c: "" }, "c")).toBeUndefined();
        expect(ettAv({ form: "FINSAM" }, "form", ["FINSAM", "ANNAN"])).toBe(
            "FINSAM",
        );
        expect(ettAv({ form: "x" }, "form", ["FINSAM"])).toBeUndefined();
    });
    it("har ett sidnummer, annars ett", () => {
        expect(sidnummer({ sida: "3" })).toBe(3);
        for (const sida of ["0", "-1", "x", "1.5", ""]) {
            expect(sidnummer({ sida })).toBe(1);
        }
    });
    it("skrivs utan tomma värden", () => {
        expect(utanTomma({ a: "1", b: undefined, c: "" })).toEqual({ a: "1" });
    });
    it("söker namn var som helst, utom där stjärnan säger", () => {
        expect(namnmonster(" upp ")).toBe("*upp*");
        expect(namnmonster("Upp*")).toBe("Upp*");
        expect(namnmonster("  ")).toBeUndefined();
    });
});
