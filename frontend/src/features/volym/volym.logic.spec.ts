import { describe, expect, it } from "vitest";
import { granska, tillTrad } from "@/shared/formular/tabell";
import { volym } from "@/shared/prov/varlden";
import { volymsvar, volymtabell } from "./volym.logic";

const c = { idag: "2026-03-02" };

describe("volymens formulär", () => {
    it("har det som är sagt, och är tomt när inget är det", () => {
        expect(volymsvar(volym, "i")).toEqual({
            antalKvinnor: "40",
            antalMan: "31",
            uppgiftSaknas: "2",
            version: 1,
            insatsId: "i",
            ar: "2026",
        });
        const tom = volymsvar({ ...volym, antalMan: 0, version: 0 }, "i");
        expect(tom).toMatchObject({ antalMan: "", version: 0 });
        expect(granska(volymtabell, tom, c).map((f) => f.regel)).toEqual([
            "obligatoriskt",
            "obligatoriskt",
            "obligatoriskt",
        ]);
    });
    it("tar antal från noll till en miljon", () => {
        const svar = {
            antalKvinnor: "1 000 000",
            antalMan: "0",
            uppgiftSaknas: "1000001",
        };
        expect(granska(volymtabell, svar, c)).toMatchObject([
            { pekare: "/uppgiftSaknas", regel: "utanfor-granser" },
        ]);
        expect(
            tillTrad(volymtabell, { ...svar, uppgiftSaknas: "7" }, c),
        ).toEqual({ antalKvinnor: 1_000_000, antalMan: 0, uppgiftSaknas: 7 });
    });
});
