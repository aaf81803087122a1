import { describe, expect, it } from "vitest";
import { granska } from "@/shared/formular/tabell";
import { kontaktpersontabell } from "./kontakt.logic";

describe("en kontaktperson", () => {
    const tom = { namn: "", titel: "", telefon: "", epost: "" };
    it.each([
        ["", []],
        ["kim@example.se", []],
        ["kim@example", ["epost-format"]],
        ["kim", ["epost-format"]],
        ["k im@example.se", ["epost-format"]],
    ])("nås på %o", (epost, regler) => {
        expect(
            granska(
                kontaktpersontabell,
                { ...tom, epost },
                { idag: "2026-11-25" },
            ).map((f) => f.regel),
        ).toEqual(regler);
    });
});
