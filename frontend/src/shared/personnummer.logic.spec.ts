import { describe, expect, it } from "vitest";
import tabell from "../../../backend/register/testdata/personnummer.json";
import {
    granskaPersonnummer,
    renskrivet,
    somTangenter,
    tolvSiffror,
} from "./personnummer.logic";

describe("ett personnummer", () => {
    it.each([
        "197701172392",
        "19770117-2392",
        "770117-2392",
        "7701172392",
        " 770117-2392 ",
        "19770117\u20132392",
        "770117\u22122392",
        "770117 \u2014 2392",
        "19770117\u00a02392",
        "\u200e19770117\u200b-2392\ufeff",
        "1977-01-17-2392",
        "1977.01.17/2392",
        "19770117\t2392",
        "1 9 7 7 0 1 1 7 2 3 9 2",
        "１９７７０１１７－２３９２",
    ])("läses ur «%s»", (text) => {
        expect(tolvSiffror(text)).toBe("197701172392");
        expect(granskaPersonnummer(text)).toEqual([]);
    });
    it("kan vara ett samordningsnummer", () => {
        expect(tolvSiffror("197010632391")).toBe("197010632391");
        expect(tolvSiffror("701063\u20132391")).toBe("197010632391");
    });
    it.each(tabell.map((rad) => [rad.why, rad] as const))(
        "läses som servern gör: %s",
        (_, rad) => {
            expect(tolvSiffror(rad.text) ?? "").toBe(rad.siffror);
        },
    );
    it("har plus från det år man fyller hundra, var det än delas", () => {
        expect(tolvSiffror("190101+2391")).toBe("191901012391");
        expect(tolvSiffror("19 01 01 + 2391")).toBe("191901012391");
        expect(tolvSiffror("19+01 01 2391")).toBe("201901012391");
    });
    it.each([
        "770117-2393",
        "77011",
        "abc",
        "771317-2392",
        "770117,2392",
        "nr 770117-2392",
        "\u2013",
    ])("läses inte ur «%s»", (text) => {
        expect(tolvSiffror(text)).toBeUndefined();
        expect(granskaPersonnummer(text)).toHaveLength(1);
    });
    it("säger om det är kontrollsiffran eller formen som är fel", () => {
        const sagt = (text: string): string | undefined =>
            granskaPersonnummer(text)[0]?.meddelande;
        expect(sagt("770117-2393")).toBe(
            "Kontrollsiffran i personnumret stämmer inte.",
        );
        expect(sagt("701063-2392")).toBe(
            "Kontrollsiffran i personnumret stämmer inte.",
        );
        for (const text of ["77011", "771317-2392", "abc"]) {
            expect(sagt(text), text).toMatch(/tio eller tolv siffror/);
        }
    });
    it("måste fyllas i", () => {
        expect(granskaPersonnummer(" \u00a0")[0]?.regel).toBe("obligatoriskt");
    });
});

describe("ett inklistrat nummer", () => {
    it("skrivs som tangentbordet gör, tecken för tecken", () => {
        expect(somTangenter("77\u200b01\u201317\u00a0٢٣")).toBe("7701-17 23");
        expect(somTangenter("Åsa, 2.5/3+")).toBe("Åsa, 2.5/3+");
    });
    it("får sitt enda skiljetecken före de fyra sista", () => {
        expect(renskrivet("1977-01-17\u20132392")).toBe("19770117-2392");
        expect(renskrivet("77 01 17 23 92")).toBe("770117-2392");
        expect(renskrivet("09.01.01 + 2386")).toBe("090101+2386");
    });
    it("som redan går att läsa, eller inte är färdigt, står som det är", () => {
        for (const text of ["197701172392", "770117+2392", "1977-01-", ""]) {
            expect(renskrivet(text)).toBe(text);
        }
    });
});
