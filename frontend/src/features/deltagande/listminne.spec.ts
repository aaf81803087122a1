import { describe, expect, it } from "vitest";
import { listanMed, minnsLista, nastaILista } from "./listminne";

describe("listan som gås igenom", () => {
    minnsLista("i", "/insatser/i?sida=2", [
        { id: "a", status: "PAGAENDE" },
        { id: "b", status: "AVSLUTAD" },
        { id: "c", status: "PAGAENDE" },
    ]);
    it("har den nästa som pågår, och ingen efter den sista", () => {
        expect(nastaILista("a")).toBe("c");
        expect(nastaILista("b")).toBe("c");
        expect(nastaILista("c")).toBeUndefined();
        expect(nastaILista("annan")).toBeUndefined();
    });
    it("leder tillbaka till sig själv, för den som fanns i den", () => {
        expect(listanMed("a")?.adress).toBe("/insatser/i?sida=2");
        expect(listanMed("annan")).toBeUndefined();
    });
});
