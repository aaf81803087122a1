import { describe, expect, it } from "vitest";
import { samtyckesfrist } from "@/features/samtycke/samtycke.logic";
import { dagarKvar, rattasTill } from "./frister.logic";

describe("fristerna", () => {
    it("en felregistrering rättas i trettio dagar", () => {
        expect(rattasTill("2026-03-01")).toBe("2026-03-31");
    });
    it.each([
        [0, 30, "om 30 dagar"],
        [29, 1, "om 1 dag"],
        [30, 0, "efter i dag"],
        [31, 0, "efter i dag"],
    ])("ett samtycke som väntat %i dagar har %i kvar", (sedan, kvar, ord) => {
        expect(dagarKvar(sedan)).toBe(kvar);
        expect(samtyckesfrist(sedan)).toBe(ord);
    });
});
