import { describe, expect, it } from "vitest";
import { type Webblasare, hinderFor } from "./webblasare.logic";

const hel: Webblasare = {
    saker: true,
    https: true,
    kakor: true,
    kakan: true,
    lagring: true,
};

describe("webblasaren", () => {
    it("står inte i vägen när den kan allt", () => {
        expect(hinderFor(hel)).toBeUndefined();
        expect(hinderFor({ ...hel, https: false })).toBeUndefined();
    });

    it.each([
        ["http till en annan värd", { saker: false, https: false }, "osaker"],
        ["inga kakor", { kakor: false }, "kakor"],
        ["kakan stannar inte", { kakan: false }, "kakor"],
        ["Safari på localhost", { https: false, kakan: false }, "localhost"],
        ["inget lagras", { lagring: false }, "lagring"],
    ] as const)("säger vad som hindrar: %s", (_, brist, id) => {
        const hinder = hinderFor({ ...hel, ...brist });
        expect(hinder?.id).toBe(id);
        expect(hinder?.stopp).toBe(id !== "lagring");
    });
});
