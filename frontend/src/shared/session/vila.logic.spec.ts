import { describe, expect, it } from "vitest";
import {
    livstecken,
    skaVisaLiv,
    varningstid,
    vila,
    vilolage,
} from "./vila.logic";

const minut = 60_000;

describe("inloggningens vila", () => {
    it.each([
        [0, "vaken"],
        [28 * minut - 1, "vaken"],
        [28 * minut, "snart"],
        [30 * minut - 1, "snart"],
        [30 * minut, "slut"],
    ])("är efter %i ms «%s»", (sedan, lage) => {
        expect(vilolage(sedan)).toBe(lage);
    });
    it("varnar minst 20 sekunder före slutet", () => {
        expect(varningstid).toBeGreaterThanOrEqual(20_000);
    });
    it("hinner visa liv innan varningen", () => {
        expect(2 * livstecken).toBeLessThan(vila - varningstid);
    });
});

describe("livstecknet", () => {
    it.each([
        ["den som skriver utan att fråga servern", 5 * minut, 0, true],
        ["den som nyss frågade servern", 5 * minut - 1, 0, false],
        ["den som inte skriver längre", 6 * minut, 5 * minut, false],
    ])("från %s", (_vem, sedanSenast, sedanTangent, visa) => {
        expect(skaVisaLiv(sedanSenast, sedanTangent)).toBe(visa);
    });
});
