import { describe, expect, it } from "vitest";
import {
    engangskod,
    granskaForstaSteget,
    granskaKod,
} from "./inloggning.logic";

describe("första steget", () => {
    it("kräver båda", () => {
        expect(
            granskaForstaSteget({ personnummer: "", huvudlosenord: "" }).map(
                (f) => f.pekare,
            ),
        ).toEqual(["/personnummer", "/huvudlosenord"]);
        expect(
            granskaForstaSteget({
                personnummer: "197701172392",
                huvudlosenord: "x",
            }),
        ).toEqual([]);
    });
});

describe("koden", () => {
    it("är sex siffror, med eller utan mellanrum", () => {
        expect(granskaKod("123 456")).toEqual([]);
        expect(engangskod(" 123 456 ")).toBe("123456");
        expect(granskaKod("12345")).toHaveLength(1);
        expect(granskaKod("12345a")).toHaveLength(1);
    });
});
