import { describe, expect, it } from "vitest";
import tabell from "../../../backend/register/testdata/fritext.json";
import { harPersonnummer } from "./fritext.logic";

describe("ett personnummer i en text, enligt serverns tabell", () => {
    it.each(tabell.map((rad) => [rad.why, rad] as const))("%s", (_, rad) => {
        expect(harPersonnummer(rad.text)).toBe(rad.personnummer);
    });
    it("har rader av båda slagen", () => {
        expect(tabell.filter((rad) => rad.personnummer).length).toBeGreaterThan(
            40,
        );
        expect(
            tabell.filter((rad) => !rad.personnummer).length,
        ).toBeGreaterThan(40);
    });
});
